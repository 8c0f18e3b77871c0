// The syncs and deep scans of a data source. The API tells them by source alone, so those of other databases are among them.
import { useMemo } from "react";
import { Anchor, Badge, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { $meta, flatPages } from "../../../api";
import { Ago, type ColumnDef, Count, DataTable, Duration, Empty, moreOf, QueryState, StatusBadge } from "../../../ui";
import { pages } from "../paging";
import type { SyncLog } from "../types";

export function ScansTab({ resourceId, database }: { resourceId: number; database?: string }) {
  const { t } = useTranslation("catalog");
  const navigate = useNavigate();
  const query = $meta.useInfiniteQuery(
    "get",
    "/api/metadata/sync-logs",
    { params: { query: { resource_id: resourceId, limit: 100 } } },
    pages,
  );
  const columns = useMemo<ColumnDef<SyncLog>[]>(
    () => [
      {
        id: "status",
        header: t("scans.status"),
        meta: { width: "8rem" },
        cell: ({ row: { original } }) => (
          <Anchor
            component={Link}
            to={`/jobs/${original.job_id}`}
            aria-label={t("scans.open", { id: original.id })}
            onClick={(event) => event.stopPropagation()}
          >
            <StatusBadge status={original.status} />
          </Anchor>
        ),
      },
      {
        id: "what",
        header: t("scans.what"),
        cell: ({ row: { original } }) => {
          const isThis = database !== undefined && (original.target_database ?? "").split(",").some((name) => name.trim() === database);
          return (
            <Group gap={6} wrap="nowrap">
              <Text size="sm" fw={isThis ? 600 : undefined} lineClamp={2} className="breakable">
                {original.sync_type === "deep" ? t("scans.deep", { databases: original.target_database ?? "" }) : t("scans.sync")}
              </Text>
              {original.mode === "full" ? <Badge variant="default">{t("scans.full")}</Badge> : null}
            </Group>
          );
        },
      },
      { id: "began", header: t("scans.began"), cell: ({ row }) => <Ago at={row.original.started_at} none={t("scans.notYet")} /> },
      { id: "took", header: t("scans.took"), meta: { align: "right" }, cell: ({ row }) => <Duration seconds={row.original.duration_seconds} /> },
      { id: "tables", header: t("database.tables"), meta: { align: "right" }, cell: ({ row }) => <Count n={row.original.tables_scanned} /> },
      {
        id: "found",
        header: t("scans.found"),
        cell: ({ row: { original } }) => (
          <Text span size="sm" className="figures" title={t("scans.foundHint")}>
            +{original.added_count} ~{original.changed_count} −{original.removed_count}
          </Text>
        ),
      },
      {
        id: "error",
        header: t("scans.error"),
        cell: ({ row }) => (
          <Text size="sm" c="red" lineClamp={2} className="breakable" title={row.original.error_message ?? undefined}>
            {row.original.error_message}
          </Text>
        ),
      },
    ],
    [t, database],
  );
  return (
    <Stack gap="sm">
      {database === undefined ? null : (
        <Text size="sm" c="dimmed">
          {t("scans.ofSource", { name: database })}
        </Text>
      )}
      <QueryState query={query} empty={<Empty title={t("scans.empty")} whatToDo={t("scans.emptyHint")} />}>
        {(data) => (
          <DataTable
            label={t("tabs.scans")}
            columns={columns}
            rows={flatPages(data)}
            rowId={(row) => String(row.id)}
            onOpen={(row) => void navigate(`/jobs/${row.job_id}`)}
            more={moreOf(query)}
            minWidth={680}
          />
        )}
      </QueryState>
    </Stack>
  );
}
