import { NumberInput, Stack, Switch, TagsInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";

import type { SourceForm } from "./form";

/** What of the server is in the catalog, and how hard it may be asked. */
export function OptionFields({ form }: { form: UseFormReturnType<SourceForm> }) {
  const { t } = useTranslation("sources");
  const postgres = form.values.engine === "postgresql";
  return (
    <Stack gap="sm">
      <TagsInput
        label={t("form.includeDatabases")}
        description={t("form.patternHint")}
        placeholder="shop*"
        clearable
        {...form.getInputProps("includeDatabases")}
      />
      <TagsInput
        label={t("form.excludeDatabases")}
        placeholder="*_tmp"
        clearable
        {...form.getInputProps("excludeDatabases")}
      />
      {postgres && (
        <>
          <TagsInput
            label={t("form.includeSchemas")}
            clearable
            {...form.getInputProps("includeSchemas")}
          />
          <TagsInput
            label={t("form.excludeSchemas")}
            placeholder="audit_*"
            clearable
            {...form.getInputProps("excludeSchemas")}
          />
        </>
      )}
      <NumberInput
        label={t("form.maxConnections")}
        description={t("form.maxConnectionsHint")}
        min={1}
        max={16}
        allowDecimal={false}
        {...form.getInputProps("maxConnections")}
      />
      <Switch
        label={t("form.writable")}
        description={t("form.writableHint")}
        {...form.getInputProps("writable", { type: "checkbox" })}
      />
    </Stack>
  );
}
