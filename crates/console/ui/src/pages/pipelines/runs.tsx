import { Anchor, SegmentedControl, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { $meta, cursorPages, flatPages } from "../../api";
import { Ago, type ColumnDef, Count, DataTable, moreOf, QueryState, Section, StatusBadge } from "../../ui";
import { firstLine, isActive, useJobTypeName, type Job, type PipelineView } from "../../work";

interface Kind {
  value: string;
  label: string;
  query: { scope: string; type?: string };
}

interface Read {
  state: { data?: { pages: { items: Job[] }[] } };
}

function useKinds(pipeline: PipelineView): Kind[] {
  const { t } = useTranslation("pipelines");
  const { id, fill, etl } = pipeline;
  const kinds: Kind[] = [{ value: "own", label: t("runsOwn"), query: { scope: `pipeline:${id}` } }];
  // What programs outside report has the type and scope that the pipeline names.
  if (fill.kind === "external" && fill.job_type && fill.target_scope) {
    kinds.push({ value: "fill", label: t("runsFill"), query: { scope: fill.target_scope, type: fill.job_type } });
  }
  if (etl.kind === "external" && etl.job_type && etl.target_scope) {
    kinds.push({ value: "etl", label: t("runsEtl"), query: { scope: etl.target_scope, type: etl.job_type } });
  }
  return kinds;
}

function useColumns(): ColumnDef<Job>[] {
  const { t } = useTranslation("pipelines");
  const typeName = useJobTypeName();
  return useMemo(
    () => [
      { id: "status", header: t("state"), cell: ({ row }) => <StatusBadge status={row.original.status} /> },
      {
        id: "type",
        header: t("run"),
        cell: ({ row }) => (
          <Anchor component={Link} to={`/jobs/${row.original.id}`} size="sm">
            {typeName(row.original.job_type)}
          </Anchor>
        ),
      },
      { id: "when", header: t("accepted"), cell: ({ row }) => <Ago at={row.original.queued_at} /> },
      {
        id: "processed",
        header: t("processed"),
        meta: { align: "right" },
        cell: ({ row }) => <Count n={row.original.records_processed} />,
      },
      {
        id: "failed",
        header: t("failed"),
        meta: { align: "right" },
        cell: ({ row }) => <Count n={row.original.records_failed} />,
      },
      {
        id: "why",
        header: t("why"),
        cell: ({ row }) => (
          <Text size="sm" truncate maw={320} title={row.original.error_details ?? undefined}>
            {firstLine(row.original.error_details)}
          </Text>
        ),
      },
    ],
    [t, typeName],
  );
}

/** The runs of a pipeline, newest first: those of Plumbline, and those that programs outside reported. */
export function Runs({ pipeline }: { pipeline: PipelineView }) {
  const { t } = useTranslation("pipelines");
  const kinds = useKinds(pipeline);
  const [value, setValue] = useState("own");
  const kind = kinds.find((one) => one.value === value) ?? kinds[0];
  const columns = useColumns();
  const busy = pipeline.last_jobs.some((job) => isActive(job.status));
  const query = $meta.useInfiniteQuery(
    "get",
    "/api/metadata/jobs",
    { params: { query: { limit: 50, ...kind?.query } } },
    cursorPages({
      refetchInterval: (read: Read) =>
        busy || read.state.data?.pages.some((page) => page.items.some((job) => isActive(job.status))) ? 3_000 : 30_000,
    }),
  );
  return (
    <Section title={t("runs")}>
      {kinds.length > 1 ? (
        <SegmentedControl
          data={kinds.map(({ value: kindValue, label }) => ({ value: kindValue, label }))}
          value={kind?.value}
          onChange={setValue}
          aria-label={t("runsWhich")}
          w="fit-content"
          maw="100%"
        />
      ) : null}
      <QueryState query={query} empty={<Text size="sm">{t("noRuns")}</Text>}>
        {(data) => (
          <DataTable
            label={t("runs")}
            columns={columns}
            rows={flatPages(data)}
            rowId={(job) => job.id}
            more={moreOf(query)}
            maxHeight="26rem"
            minWidth={760}
          />
        )}
      </QueryState>
    </Section>
  );
}
