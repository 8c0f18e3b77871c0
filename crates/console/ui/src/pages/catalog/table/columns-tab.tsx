import { useMemo } from "react";
import { Badge, Group, Stack, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { type ColumnDef, DataTable, Empty, moreOf, QueryState } from "../../../ui";
import { FilterInput, useFilter } from "../detail/filter-input";
import type { Field, Table } from "../types";
import { FieldCard } from "./field-card";
import { useFields } from "./use-fields";

export function ColumnsTab({ table, selected }: { table: Table; selected: number | undefined }) {
  const { t } = useTranslation("catalog");
  const { query, fields } = useFields(table.id);
  const filter = useFilter();
  const [, setSearch] = useSearchParams();
  const columns = useColumns();
  // All of them are here, so nobody has to be asked.
  const shown = useMemo(() => {
    const wanted = filter.text.trim().toLocaleLowerCase();
    const has = (text: string | null | undefined) => text?.toLocaleLowerCase().includes(wanted) ?? false;
    return wanted ? fields.filter((it) => has(it.field_name) || has(it.column_type) || has(it.field_comment)) : fields;
  }, [fields, filter.text]);
  const select = (field: Field | null) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (field) after.set("field", String(field.id));
      else after.delete("field");
      return after;
    });
  const current = selected === undefined ? undefined : fields.find((field) => field.id === selected);
  return (
    <Stack gap="sm">
      {current ? <FieldCard field={current} onClose={() => select(null)} /> : null}
      <QueryState query={query} empty={<Empty title={t("table.noColumns")} whatToDo={t("table.noColumnsHint")} />}>
        {() => (
          <>
            {fields.length > 10 ? <FilterInput {...filter} label={t("filter.columns")} /> : null}
            <DataTable
              label={t("tabs.columns")}
              columns={columns}
              rows={shown}
              rowId={(row) => String(row.id)}
              onOpen={select}
              isSelected={(row) => row.id === selected}
              empty={<Empty title={t("filter.nothing")} whatToDo={t("filter.nothingHint")} />}
              more={moreOf(query)}
              maxHeight="60vh"
              minWidth={640}
            />
          </>
        )}
      </QueryState>
    </Stack>
  );
}

function useColumns(): ColumnDef<Field>[] {
  const { t } = useTranslation("catalog");
  return useMemo<ColumnDef<Field>[]>(
    () => [
      { id: "position", header: "#", meta: { align: "right", width: "2.5rem" }, cell: ({ row }) => row.original.field_position },
      {
        id: "name",
        header: t("field.name"),
        cell: ({ row: { original } }) => (
          <Group gap="2px 6px" miw={150}>
            <Text span size="sm" fw={500} className="breakable">
              {original.field_name}
            </Text>
            <KeyBadge field={original} />
          </Group>
        ),
      },
      {
        id: "type",
        header: t("field.type"),
        cell: ({ row }) => (
          <Text span size="sm" ff="monospace" miw={90} lineClamp={2} className="breakable" title={row.original.column_type}>
            {row.original.column_type}
          </Text>
        ),
      },
      {
        id: "nullable",
        header: t("field.nullable"),
        meta: { width: "5rem" },
        cell: ({ row }) => (row.original.is_nullable ? t("field.yes") : t("field.no")),
      },
      {
        id: "default",
        header: t("field.default"),
        cell: ({ row: { original } }) => (
          <Text span size="sm" ff="monospace" lineClamp={2} className="breakable">
            {original.generation_expression ?? original.column_default ?? original.extra}
          </Text>
        ),
      },
      {
        id: "comment",
        header: t("field.comment"),
        cell: ({ row }) => (
          <Text size="sm" lineClamp={2} className="breakable" title={row.original.field_comment ?? undefined}>
            {row.original.field_comment}
          </Text>
        ),
      },
    ],
    [t],
  );
}

function KeyBadge({ field }: { field: Field }) {
  const { t } = useTranslation("catalog");
  switch (field.column_key) {
    case "PRI":
      return (
        <Badge size="xs" leftSection={<IconKey size={10} aria-hidden />} className="badge">
          {t("field.primary")}
        </Badge>
      );
    case "UNI":
      return (
        <Badge size="xs" variant="outline" className="badge">
          {t("field.unique")}
        </Badge>
      );
    case "MUL":
      return (
        <Badge size="xs" variant="default" className="badge">
          {t("field.indexed")}
        </Badge>
      );
    default:
      return null;
  }
}
