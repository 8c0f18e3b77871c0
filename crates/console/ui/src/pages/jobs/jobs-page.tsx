import { Button, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { flatPages } from "../../api";
import { DataTable, Empty, moreOf, Page, QueryState } from "../../ui";
import { FilterBar } from "./filter-bar";
import { useColumns } from "./use-columns";
import { useFilters } from "./use-filters";
import { useJobs } from "./use-jobs";

/** Every run of anything, newest first. */
export function JobsPage() {
  const { t } = useTranslation("jobs");
  const { filters, change, clear, isFiltered } = useFilters();
  const query = useJobs(filters);
  const columns = useColumns();

  return (
    <Page title={t("title")}>
      <Stack gap="md">
        <FilterBar filters={filters} change={change} clear={clear} isFiltered={isFiltered} />
        <QueryState
          query={query}
          empty={
            isFiltered ? (
              <Empty
                title={t("nothingFound")}
                whatToDo={t("nothingFoundHint")}
                action={
                  <Button variant="default" onClick={clear}>
                    {t("clearFilters")}
                  </Button>
                }
              />
            ) : (
              <Empty
                title={t("none")}
                whatToDo={t("noneHint")}
                action={
                  <Button component={Link} to="/sources" variant="default">
                    {t("showSources")}
                  </Button>
                }
              />
            )
          }
        >
          {(data) => (
            <DataTable
              label={t("title")}
              columns={columns}
              rows={flatPages(data)}
              rowId={(job) => job.id}
              more={moreOf(query)}
              minWidth={1000}
            />
          )}
        </QueryState>
      </Stack>
    </Page>
  );
}
