import { Group, Select } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { $manager, $meta, cursorPages, flatPages } from "../../api";
import { DataTable, Empty, moreOf, Page, QueryState } from "../../ui";
import { useFeedRefresh } from "../../work";
import { ScanDrawer } from "./scan-drawer";
import { isActive, STATUSES, type JobStatus } from "./types";
import { useColumns } from "./use-columns";

/** The sources by id, for the filter and for the names in the list. */
function useSourceNames() {
  const query = $manager.useInfiniteQuery(
    "get",
    "/api/manager/datasources",
    { params: { query: { limit: 500 } } },
    cursorPages(),
  );
  return useMemo(
    () => new Map(flatPages(query.data).map((source) => [source.id, source.datasource_name])),
    [query.data],
  );
}

function useLogs(source: number | null, status: JobStatus | null) {
  useFeedRefresh();
  const query = { limit: 100, ...(source ? { resource_id: source } : {}), ...(status ? { status } : {}) };
  return $meta.useInfiniteQuery(
    "get",
    "/api/metadata/sync-logs",
    { params: { query } },
    cursorPages({
      placeholderData: keepPreviousData,
      refetchInterval: (found: { state: { data?: { pages: { items: { status: JobStatus }[] }[] } } }) => {
        const logs = found.state.data?.pages.flatMap((page) => page.items) ?? [];
        return logs.some((log) => isActive(log.status)) ? 3_000 : 30_000;
      },
    }),
  );
}

/** `/history`: what syncs and deep scans found; the address holds the filters and what is open. */
export default function HistoryPage() {
  const { t } = useTranslation("history");
  const [params, setParams] = useSearchParams();
  const source = Number(params.get("source")) || null;
  const status = STATUSES.find((one) => one === params.get("status")) ?? null;
  const scan = Number(params.get("scan")) || null;
  const names = useSourceNames();
  const query = useLogs(source, status);
  const columns = useColumns(names);

  function set(name: string, value: string | null) {
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: name !== "scan" },
    );
  }

  const isFiltered = source !== null || status !== null;
  return (
    <Page title={t("title")} description={t("description")}>
      <Group gap="sm">
        <Select
          aria-label={t("filter.source")}
          placeholder={t("filter.allSources")}
          searchable
          clearable
          data={[...names].map(([id, name]) => ({ value: String(id), label: name }))}
          value={source ? String(source) : null}
          onChange={(value) => set("source", value)}
        />
        <Select
          aria-label={t("filter.status")}
          placeholder={t("filter.allStates")}
          clearable
          data={STATUSES.map((one) => ({ value: one, label: t(`common:status.${one}`) }))}
          value={status}
          onChange={(value) => set("status", value)}
        />
      </Group>
      <QueryState
        query={query}
        empty={
          <Empty
            title={isFiltered ? t("noMatch") : t("none")}
            whatToDo={isFiltered ? t("noMatchHint") : t("noneHint")}
          />
        }
      >
        {(data) => (
          <DataTable
            // Another list begins at its top.
            key={`${source} ${status}`}
            label={t("title")}
            columns={columns}
            rows={flatPages(data)}
            rowId={(log) => String(log.id)}
            onOpen={(log) => set("scan", String(log.id))}
            isSelected={(log) => log.id === scan}
            more={moreOf(query)}
            minWidth={960}
          />
        )}
      </QueryState>
      {scan !== null && <ScanDrawer key={scan} scanId={scan} names={names} onClose={() => set("scan", null)} />}
    </Page>
  );
}
