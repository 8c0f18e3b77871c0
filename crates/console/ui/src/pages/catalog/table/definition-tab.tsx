import { useMemo } from "react";
import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Code, Empty, Loading, Problem } from "../../../ui";
import { createTable, isView } from "../copy/create-table";
import type { Engine, TableDetail } from "../types";
import { useFields } from "./use-fields";

/** The statement of a view as the server has it; of a table, one made from the catalog. */
export function DefinitionTab({ table, engine }: { table: TableDetail; engine: Engine | undefined }) {
  const { t } = useTranslation("catalog");
  const { query, fields, isComplete } = useFields(table.id);
  const text = useMemo(
    () => (engine && isComplete ? createTable(engine, table, fields) : null),
    [engine, isComplete, table, fields],
  );
  if (isView(table) && !table.view_definition) {
    return <Empty title={t("definition.hidden")} whatToDo={t("definition.hiddenHint")} />;
  }
  if (query.isError && text === null) return <Problem error={query.error} retry={() => void query.refetch()} />;
  if (text === null) return <Loading />;
  if (fields.length === 0 && !isView(table)) return <Empty title={t("table.noColumns")} whatToDo={t("table.noColumnsHint")} />;
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {isView(table) ? t("definition.view") : t("definition.made")}
      </Text>
      <Code text={text} language="sql" maxHeight={640} />
    </Stack>
  );
}
