import { Fieldset, NumberInput, Select, Stack, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { PairList } from "./pair-list";
import { ReportedFields } from "./reported-fields";
import type { FormValues } from "./values";

/** How the business table is made. */
export function EtlFields({ form }: { form: UseFormReturnType<FormValues> }) {
  const { t } = useTranslation("pipelines");
  const { kind } = form.values.etl;
  return (
    <Fieldset legend={t("etl")}>
      <Stack gap="sm">
        <Select
          label={t("etlKind")}
          allowDeselect={false}
          data={[
            { value: "sql", label: t("etlSql") },
            { value: "http", label: t("etlHttp") },
            { value: "external", label: t("etlExternal") },
          ]}
          {...form.getInputProps("etl.kind")}
        />
        {kind === "external" ? <ReportedFields form={form} part="etl" /> : null}
        {kind === "sql" ? (
          <Textarea
            label={t("statement")}
            description={t("statementHint")}
            required
            autosize
            minRows={3}
            maxRows={14}
            spellCheck={false}
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
            {...form.getInputProps("etl.statement")}
          />
        ) : null}
        {kind === "http" ? (
          <>
            <TextInput
              label={t("url")}
              required
              placeholder="https://etl.example/run"
              spellCheck={false}
              {...form.getInputProps("etl.url")}
            />
            <PairList
              form={form}
              path="etl.headers"
              legend={t("headers")}
              hint={t("headersHint")}
              from={{ label: t("headerName") }}
              to={{ label: t("headerValue"), placeholder: "env:ETL_TOKEN" }}
              add={t("addHeader")}
            />
            <NumberInput
              label={t("timeoutSeconds")}
              description={t("timeoutHint")}
              min={1}
              max={86_400}
              allowDecimal={false}
              w={{ base: "100%", sm: 240 }}
              {...form.getInputProps("etl.timeout_seconds")}
            />
          </>
        ) : null}
      </Stack>
    </Fieldset>
  );
}
