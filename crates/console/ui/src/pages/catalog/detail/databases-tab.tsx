import { useMemo } from "react";
import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { $meta, flatPages } from "../../../api";
import { Ago, Bytes, type ColumnDef, Count, DataTable, Empty, moreOf, QueryState } from "../../../ui";
import { pathOf } from "../address";
import { pages } from "../paging";
import type { Database } from "../types";
import { EntryLink } from "./entry-link";
import { FilterInput, useFilter } from "./filter-input";

export function DatabasesTab({ resourceId }: { resourceId: number }) {
  const { t } = useTranslation("catalog");
  const navigate = useNavigate();
  const filter = useFilter();
  const query = $meta.useInfiniteQuery(
    "get",
    "/api/metadata/databases",
    { params: { query: { resource_id: resourceId, limit: 100, ...(filter.q ? { q: filter.q } : {}) } } },
    pages,
  );
  const columns = useMemo<ColumnDef<Database>[]>(
    () => [
      {
        id: "name",
        header: t("field.name"),
        cell: ({ row: { original } }) => (
          <EntryLink to={pathOf(`database-${original.id}`)} name={original.database_name} removed={original.removed_at != null} />
        ),
      },
      { id: "tables", header: t("database.tables"), meta: { align: "right" }, cell: ({ row }) => <Count n={row.original.table_count} /> },
      { id: "size", header: t("database.size"), meta: { align: "right" }, cell: ({ row }) => <Bytes n={row.original.total_size_bytes} /> },
      { id: "collation", header: t("database.collation"), cell: ({ row }) => row.original.collation ?? "" },
      { id: "scan", header: t("database.lastScan"), cell: ({ row }) => <Ago at={row.original.last_scan_at} /> },
    ],
    [t],
  );
  return (
    <Stack gap="sm">
      <FilterInput {...filter} label={t("filter.databases")} />
      <QueryState
        query={query}
        empty={filter.q ? <Empty title={t("filter.nothing")} whatToDo={t("filter.nothingHint")} /> : <Empty title={t("source.empty")} whatToDo={t("source.emptyHint")} />}
      >
        {(data) => (
          <DataTable
            label={t("tabs.databases")}
            columns={columns}
            rows={flatPages(data)}
            rowId={(row) => String(row.id)}
            onOpen={(row) => void navigate(pathOf(`database-${row.id}`))}
            more={moreOf(query)}
          />
        )}
      </QueryState>
    </Stack>
  );
}
