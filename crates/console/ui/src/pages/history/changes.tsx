import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { $meta, cursorPages, flatPages } from "../../api";
import { DataTable, Loading, Problem, type ColumnDef } from "../../ui";
import { ChangeDialog } from "./change-dialog";
import { ChangeBadge } from "./change-badge";
import { nameOf } from "./diff";
import type { Change, ChangeCounts } from "./types";

interface Props {
  source: number;
  scanId: number;
  since: string;
  counts: ChangeCounts;
}

/** Changes are told by time and not by run: so many pages of later ones are read by themselves. */
const PAGES_BY_ITSELF = 10;

function useColumns(): ColumnDef<Change>[] {
  const { t } = useTranslation("history");
  const kinds = useMemo(
    () => ({
      database: t("kind.database"),
      table: t("kind.table"),
      field: t("kind.field"),
      object: t("kind.object"),
    }),
    [t],
  );
  return useMemo(
    () => [
      {
        id: "type",
        header: t("changes.type"),
        meta: { width: "110px" },
        cell: ({ row: { original } }) => <ChangeBadge type={original.change_type} />,
      },
      {
        id: "kind",
        header: t("changes.kind"),
        meta: { width: "100px" },
        cell: ({ row: { original } }) => <Text size="sm">{kinds[original.object_type]}</Text>,
      },
      {
        id: "name",
        header: t("changes.name"),
        cell: ({ row: { original } }) => (
          <Text size="sm" className="breakable">
            {nameOf(original)}
          </Text>
        ),
      },
    ],
    [t, kinds],
  );
}

/** What a run found different; a change opens its before and after. */
export function Changes({ source, scanId, since, counts }: Props) {
  const { t } = useTranslation("history");
  const [opened, setOpened] = useState<Change | null>(null);
  const columns = useColumns();
  const expected = counts.added + counts.changed + counts.removed + (counts.renamed ?? 0) > 0;
  const query = $meta.useInfiniteQuery(
    "get",
    "/api/metadata/changes",
    { params: { query: { resource_id: source, since, limit: 500 } } },
    cursorPages({ enabled: expected }),
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = query;
  const pages = query.data?.pages.length ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError && pages < PAGES_BY_ITSELF) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, pages, fetchNextPage]);
  const changes = useMemo(
    () => flatPages(query.data).filter((change) => change.scan_id === scanId),
    [query.data, scanId],
  );

  if (!expected) return <Text size="sm">{t("changes.none")}</Text>;
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t("changes.title")}
      </Title>
      {query.error !== null && <Problem error={query.error} retry={() => void query.refetch()} />}
      {changes.length > 0 && (
        <DataTable
          label={t("changes.title")}
          columns={columns}
          rows={changes}
          rowId={(change) => String(change.id)}
          onOpen={setOpened}
          minWidth={420}
          maxHeight="60vh"
        />
      )}
      {query.isPending || isFetchingNextPage ? (
        <Loading />
      ) : hasNextPage ? (
        <Group>
          <Text size="sm" c="dimmed">
            {t("changes.later")}
          </Text>
          <Button size="xs" variant="default" onClick={() => void fetchNextPage()}>
            {t("changes.readOn")}
          </Button>
        </Group>
      ) : (
        changes.length === 0 && !isError && <Text size="sm">{t("changes.forgotten")}</Text>
      )}
      {opened && <ChangeDialog change={opened} onClose={() => setOpened(null)} />}
    </Stack>
  );
}
