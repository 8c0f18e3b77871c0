import { Button, Group, Paper, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconChecklist, IconSearch } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { $manager, cursorPages, flatPages } from "../../api";
import { Empty, Page, Problem, QueryState } from "../../ui";
import { useFeedRefresh } from "../../work";
import { ManageDialog } from "./manage-dialog";
import { ManageTree } from "./manage-tree";
import { ReleaseDialog } from "./release-dialog";
import { Scans } from "./scans";
import { sumOf } from "./selection";
import type { Source } from "./types";
import { useRefreshManaged } from "./use-objects";
import { useTree } from "./use-tree";
import classes from "./manage.module.css";

/** `/manage`: which databases and tables are managed. */
export default function ManagePage() {
  const { t } = useTranslation("manage");
  useFeedRefresh();
  const query = $manager.useInfiniteQuery(
    "get",
    "/api/manager/datasources",
    { params: { query: { limit: 500 } } },
    cursorPages({ refetchInterval: 15_000 }),
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const sources = useMemo(() => flatPages(query.data), [query.data]);
  return (
    <Page title={t("title")} description={t("description")} fill>
      <QueryState
        query={query}
        empty={
          <Empty
            title={t("none")}
            whatToDo={t("noneHint")}
            action={
              <Button component={Link} to="/sources">
                {t("toSources")}
              </Button>
            }
          />
        }
      >
        {() => <Choose sources={sources} />}
      </QueryState>
    </Page>
  );
}

function useFilter() {
  const [text, setText] = useState("");
  const [settled] = useDebouncedValue(text.trim(), 250);
  return { text, setText, settled };
}

function Choose({ sources }: { sources: Source[] }) {
  const { t, i18n } = useTranslation("manage");
  const [params] = useSearchParams();
  const database = useFilter();
  const table = useFilter();
  const [asking, setAsking] = useState(false);
  const named = Number(params.get("source"));
  const first = sources.some((source) => source.id === named) ? named : sources.length === 1 ? (sources[0]?.id ?? null) : null;
  const filters = { database: database.settled, table: table.settled };
  const tree = useTree(sources, first, filters);
  const refresh = useRefreshManaged();
  const sums = sumOf(tree.selection);
  const chosen = [
    ...(sums.databases > 0 ? [t("chosen.databases", { count: sums.databases })] : []),
    ...(sums.tables > 0 ? [t("chosen.tables", { count: sums.tables })] : []),
  ];

  function onEnd() {
    tree.reset();
    refresh();
  }

  return (
    <>
      <Group gap="sm" align="flex-end">
        <TextInput
          label={t("filter.database")}
          placeholder={t("filter.contains")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={database.text}
          onChange={(event) => database.setText(event.currentTarget.value)}
        />
        <TextInput
          label={t("filter.table")}
          placeholder={t("filter.contains")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={table.text}
          onChange={(event) => table.setText(event.currentTarget.value)}
        />
      </Group>
      <Scans objects={tree.objects.all} sources={sources} onProgress={tree.report} onEnd={onEnd} />
      {tree.objectsError != null && <Problem error={tree.objectsError} title={t("objectsFailed")} retry={refresh} />}
      <ManageTree tree={tree} />
      {chosen.length > 0 && (
        <Paper withBorder shadow="sm" p="sm" className={classes.bar}>
          <Group justify="space-between">
            <Text size="sm" aria-live="polite">
              {t("chosen.sum", { what: new Intl.ListFormat(i18n.language).format(chosen) })}
            </Text>
            <Group gap="xs">
              <Button variant="subtle" onClick={() => tree.setSelection(new Map())}>
                {t("common:action.clear")}
              </Button>
              <Button leftSection={<IconChecklist size={16} aria-hidden />} onClick={() => setAsking(true)}>
                {t("manageEllipsis")}
              </Button>
            </Group>
          </Group>
        </Paper>
      )}
      {asking && (
        <ManageDialog
          selection={tree.selection}
          onClose={() => setAsking(false)}
          onDone={(rest) => tree.setSelection(rest)}
        />
      )}
      {tree.released && <ReleaseDialog object={tree.released} onClose={() => tree.release(null)} />}
    </>
  );
}
