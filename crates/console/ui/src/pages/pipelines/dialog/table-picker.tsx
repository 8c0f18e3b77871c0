import { Fieldset, Select, SimpleGrid } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { DatabaseSelect, SourceSelect } from "./source-selects";
import { useDatabaseId, useTables, useTyped } from "./use-choices";
import { NO_TABLE, type TableChoice } from "./values";

interface Props {
  legend: string;
  value?: TableChoice;
  onChange?: (value: TableChoice) => void;
  error?: ReactNode;
}

/** A table of the catalog: its source, its database, then the table itself, found as one types. */
export function TablePicker({ legend, value = NO_TABLE, onChange, error }: Props) {
  const { t } = useTranslation("pipelines");
  const databaseId = useDatabaseId(value.source, value.database);
  const typed = useTyped(value.label);
  const { tables, problem } = useTables(databaseId, typed.q);
  const data = tables.some((table) => table.value === value.table)
    ? tables
    : value.table === null
      ? tables
      : [{ value: value.table, label: value.label }, ...tables];

  return (
    <Fieldset legend={legend}>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <SourceSelect
          label={t("source")}
          value={value.source}
          onChange={(source) => onChange?.({ source, database: null, table: null, label: "" })}
        />
        <DatabaseSelect
          label={t("database")}
          source={value.source}
          value={value.database}
          onChange={(database) => onChange?.({ ...value, database, table: null, label: "" })}
        />
        <Select
          label={t("table")}
          required
          searchable
          disabled={databaseId === undefined && value.table === null}
          data={data}
          filter={({ options }) => options}
          value={value.table}
          onChange={(table) =>
            onChange?.({ ...value, table, label: data.find((one) => one.value === table)?.label ?? "" })
          }
          searchValue={typed.text}
          onSearchChange={typed.setText}
          nothingFoundMessage={t("noTable")}
          error={error ?? problem}
        />
      </SimpleGrid>
    </Fieldset>
  );
}
