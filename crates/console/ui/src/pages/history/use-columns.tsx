import { Anchor, Group, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago, Count, Duration, StatusBadge, type ColumnDef } from "../../ui";
import { Counts } from "./counts";
import type { SyncLog } from "./types";

/** The columns of the list of runs. */
export function useColumns(names: ReadonlyMap<number, string>): ColumnDef<SyncLog>[] {
  const { t } = useTranslation("history");
  return useMemo(
    () => [
      {
        id: "when",
        header: t("table.when"),
        meta: { width: "150px" },
        cell: ({ row: { original } }) => (
          <Text span size="sm" style={{ whiteSpace: "nowrap" }}>
            <Ago at={original.started_at ?? original.created_at} />
          </Text>
        ),
      },
      {
        id: "source",
        header: t("table.source"),
        meta: { width: "190px" },
        cell: ({ row: { original } }) => (
          <Anchor
            component={Link}
            to={`/sources/${original.datasource_id}`}
            size="sm"
            truncate
            display="block"
            maw={180}
            onClick={(event) => event.stopPropagation()}
          >
            {names.get(original.datasource_id) ?? `#${original.datasource_id}`}
          </Anchor>
        ),
      },
      {
        id: "what",
        header: t("table.what"),
        cell: ({ row: { original } }) => (
          <Text size="sm" truncate maw={210} title={original.target_database ?? undefined}>
            {original.sync_level === "database"
              ? t("level.sync")
              : t("level.deep", { databases: original.target_database ?? "" })}
          </Text>
        ),
      },
      {
        id: "status",
        header: t("table.status"),
        meta: { width: "130px" },
        cell: ({ row: { original } }) => <StatusBadge status={original.status} />,
      },
      {
        id: "changes",
        header: t("table.changes"),
        meta: { width: "200px" },
        cell: ({ row: { original } }) => (
          <Counts
            added={original.added_count}
            changed={original.changed_count}
            removed={original.removed_count}
            renamed={original.renamed_count ?? 0}
          />
        ),
      },
      {
        id: "read",
        header: t("table.read"),
        meta: { width: "110px", align: "right" },
        cell: ({ row: { original } }) => (
          <Group gap={4} justify="flex-end" wrap="nowrap">
            <Count n={original.sync_level === "database" ? original.databases_scanned : original.tables_scanned} />
          </Group>
        ),
      },
      {
        id: "duration",
        header: t("table.duration"),
        meta: { width: "110px", align: "right" },
        cell: ({ row: { original } }) => <Duration seconds={original.duration_seconds} />,
      },
    ],
    [t, names],
  );
}
