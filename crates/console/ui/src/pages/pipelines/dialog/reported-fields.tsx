import { SimpleGrid, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";

import type { FormValues } from "./values";

interface Props {
  form: UseFormReturnType<FormValues>;
  part: "fill" | "etl";
}

/** Under which type and scope a program outside reports its runs. */
export function ReportedFields({ form, part }: Props) {
  const { t } = useTranslation("pipelines");
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <TextInput
        label={t("jobType")}
        description={t("reportedHint")}
        placeholder={part === "fill" ? "METABASE_SYNC" : "AI_ETL"}
        spellCheck={false}
        {...form.getInputProps(`${part}.job_type`)}
      />
      <TextInput
        label={t("targetScope")}
        description={t("reportedScopeHint")}
        placeholder="orders"
        spellCheck={false}
        {...form.getInputProps(`${part}.target_scope`)}
      />
    </SimpleGrid>
  );
}
