import { Anchor, Badge, Stack, Text, TextInput, Tooltip } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { $meta, cursorPages, flatPages } from "../../api";
import { Ago, Bytes, Count, DataTable, Empty, QueryState, moreOf, type ColumnDef } from "../../ui";
import type { Database } from "./types";

function useColumns(): ColumnDef<Database>[] {
  const { t } = useTranslation("sources");
  return useMemo(
    () => [
      {
        id: "name",
        header: t("databases.name"),
        meta: { width: "260px" },
        cell: ({ row: { original } }) => (
          <Anchor
            component={Link}
            to={`/catalog/database-${original.id}`}
            size="sm"
            truncate
            display="block"
            maw={360}
            title={original.database_name}
          >
            {original.database_name}
          </Anchor>
        ),
      },
      {
        id: "state",
        header: t("databases.state"),
        meta: { width: "150px" },
        cell: ({ row: { original } }) => <DatabaseState database={original} />,
      },
      {
        id: "tables",
        header: t("databases.tables"),
        meta: { width: "100px", align: "right" },
        cell: ({ row: { original } }) => <Count n={original.table_count} />,
      },
      {
        id: "size",
        header: t("databases.size"),
        meta: { width: "110px", align: "right" },
        cell: ({ row: { original } }) => <Bytes n={original.total_size_bytes} />,
      },
      {
        id: "charset",
        header: t("databases.charset"),
        meta: { width: "200px" },
        cell: ({ row: { original } }) => (
          <Text size="sm" truncate maw={240}>
            {[original.charset, original.collation].filter(Boolean).join(" · ")}
          </Text>
        ),
      },
      {
        id: "seen",
        header: t("databases.seen"),
        meta: { width: "140px" },
        cell: ({ row: { original } }) => <Ago at={original.last_sync_at} />,
      },
    ],
    [t],
  );
}

function DatabaseState({ database }: { database: Database }) {
  const { t } = useTranslation("sources");
  if (!database.is_accessible) {
    return (
      <Tooltip label={database.inaccessible_reason ?? t("databases.noReason")} multiline maw={420} events={{ hover: true, focus: true, touch: true }}>
        <Badge color="orange" variant="light" tabIndex={0}>
          {t("databases.inaccessible")}
        </Badge>
      </Tooltip>
    );
  }
  return (
    <Badge color={database.is_scanned ? "teal" : "gray"} variant="light">
      {database.is_scanned ? t("databases.scanned") : t("databases.listed")}
    </Badge>
  );
}

/** The databases of a source, filtered by the server, so that thousands of them stay quick. */
export function DatabasesPanel({ sourceId, busy }: { sourceId: number; busy: boolean }) {
  const { t } = useTranslation("sources");
  const [filter, setFilter] = useState("");
  const [q] = useDebouncedValue(filter.trim(), 250);
  const columns = useColumns();
  const query = $meta.useInfiniteQuery(
    "get",
    "/api/metadata/databases",
    { params: { query: { resource_id: sourceId, limit: 200, ...(q ? { q } : {}) } } },
    cursorPages({ refetchInterval: busy ? 3_000 : false, placeholderData: keepPreviousData }),
  );
  return (
    <Stack>
      <TextInput
        aria-label={t("databases.filter")}
        placeholder={t("databases.filter")}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
        maw={360}
      />
      <QueryState
        query={query}
        empty={
          q ? (
            <Empty title={t("databases.noMatch", { q })} whatToDo={t("databases.noMatchHint")} />
          ) : (
            <Empty title={t("databases.none")} whatToDo={busy ? t("databases.noneYet") : t("databases.noneHint")} />
          )
        }
      >
        {(data) => (
          <DataTable
            // Another list begins at its top.
            key={q}
            label={t("tabs.databases")}
            columns={columns}
            rows={flatPages(data)}
            rowId={(row) => String(row.id)}
            more={moreOf(query)}
          />
        )}
      </QueryState>
    </Stack>
  );
}
