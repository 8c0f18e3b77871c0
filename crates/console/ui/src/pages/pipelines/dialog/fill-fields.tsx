import { Fieldset, Select, SimpleGrid, Stack, TagsInput, Textarea } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { PairList } from "./pair-list";
import { ReportedFields } from "./reported-fields";
import { DatabaseSelect, SourceSelect } from "./source-selects";
import { useColumnNames } from "./use-choices";
import type { FormValues } from "./values";

/** How the sync table is filled. */
export function FillFields({ form }: { form: UseFormReturnType<FormValues> }) {
  const { t } = useTranslation("pipelines");
  const { fill, sync } = form.values;
  const columns = useColumnNames(sync.table);
  return (
    <Fieldset legend={t("fill")}>
      <Stack gap="sm">
        <Select
          label={t("fillKind")}
          allowDeselect={false}
          data={[
            { value: "sql", label: t("fillSql") },
            { value: "external", label: t("fillExternal") },
          ]}
          {...form.getInputProps("fill.kind")}
        />
        {fill.kind === "external" ? (
          <ReportedFields form={form} part="fill" />
        ) : (
          <>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <SourceSelect
                label={t("querySource")}
                {...form.getInputProps("fill.resource_id")}
                onChange={(source) => {
                  form.setFieldValue("fill.resource_id", source);
                  form.setFieldValue("fill.database", null);
                }}
              />
              <DatabaseSelect
                label={t("queryDatabase")}
                source={fill.resource_id}
                {...form.getInputProps("fill.database")}
              />
            </SimpleGrid>
            <Textarea
              label={t("query")}
              description={t("queryHint")}
              required
              autosize
              minRows={3}
              maxRows={14}
              spellCheck={false}
              styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
              {...form.getInputProps("fill.query")}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <Select
                label={t("mode")}
                allowDeselect={false}
                data={[
                  { value: "upsert", label: t("modeUpsertChoice") },
                  { value: "replace", label: t("modeReplaceChoice") },
                ]}
                {...form.getInputProps("fill.mode")}
              />
              <TagsInput
                label={t("key")}
                description={t("keyHint")}
                inputWrapperOrder={["label", "input", "description", "error"]}
                required={fill.mode === "upsert"}
                data={columns}
                maxTags={32}
                {...form.getInputProps("fill.key")}
              />
            </SimpleGrid>
            <PairList
              form={form}
              path="fill.mapping"
              legend={t("mapping")}
              hint={t("mappingHint")}
              from={{ label: t("queryColumn") }}
              to={{ label: t("syncColumn"), proposals: columns }}
              add={t("addMapping")}
            />
          </>
        )}
      </Stack>
    </Fieldset>
  );
}
