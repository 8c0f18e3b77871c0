import { useMemo } from "react";
import { Badge, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { $meta, flatPages } from "../../../api";
import { Bytes, type ColumnDef, Count, DataTable, Empty, moreOf, QueryState } from "../../../ui";
import { pathOfTable } from "../address";
import { pages } from "../paging";
import type { Table } from "../types";
import { EntryLink } from "./entry-link";
import { FilterInput, useFilter } from "./filter-input";

interface TablesTabProps {
  databaseId: number;
  schema?: string;
  /** Whether the database has schemas. */
  schemas: boolean;
}

export function TablesTab({ databaseId, schema, schemas }: TablesTabProps) {
  const { t } = useTranslation("catalog");
  const navigate = useNavigate();
  const filter = useFilter();
  const query = $meta.useInfiniteQuery(
    "get",
    "/api/metadata/tables",
    {
      params: {
        query: {
          database_id: databaseId,
          limit: 100,
          ...(schema === undefined ? {} : { schema }),
          ...(filter.q ? { q: filter.q } : {}),
        },
      },
    },
    pages,
  );
  const columns = useMemo<ColumnDef<Table>[]>(() => {
    const all: ColumnDef<Table>[] = [
      {
        id: "name",
        header: t("field.name"),
        cell: ({ row: { original } }) => (
          <EntryLink to={pathOfTable(original.id)} name={original.table_name} removed={original.removed_at != null} />
        ),
      },
      {
        id: "type",
        header: t("table.type"),
        cell: ({ row }) => (
          <Badge variant="default" tt="none" className="badge">
            {row.original.table_type}
          </Badge>
        ),
      },
      {
        id: "rows",
        header: t("table.rows"),
        meta: { align: "right" },
        cell: ({ row }) => <Count n={row.original.row_count} approximate={row.original.row_count_source === "estimate"} />,
      },
      { id: "size", header: t("table.dataSize"), meta: { align: "right" }, cell: ({ row }) => <Bytes n={row.original.data_size_bytes} /> },
      {
        id: "comment",
        header: t("field.comment"),
        cell: ({ row }) => (
          <Text size="sm" lineClamp={2} className="breakable" title={row.original.table_comment ?? undefined}>
            {row.original.table_comment}
          </Text>
        ),
      },
    ];
    const ofSchema: ColumnDef<Table> = { id: "schema", header: t("kind.schema"), cell: ({ row }) => row.original.table_schema };
    return schemas && schema === undefined ? [ofSchema, ...all] : all;
  }, [t, schemas, schema]);
  const empty = filter.q ? (
    <Empty title={t("filter.nothing")} whatToDo={t("filter.nothingHint")} />
  ) : (
    <Empty title={t("database.empty")} whatToDo={t("database.emptyHint")} />
  );
  return (
    <Stack gap="sm">
      <FilterInput {...filter} label={t("filter.tables")} />
      <QueryState query={query} empty={empty}>
        {(data) => (
          <DataTable
            label={t("tabs.tables")}
            columns={columns}
            rows={flatPages(data)}
            rowId={(row) => String(row.id)}
            onOpen={(row) => void navigate(pathOfTable(row.id))}
            more={moreOf(query)}
          />
        )}
      </QueryState>
    </Stack>
  );
}
