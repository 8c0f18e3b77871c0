import { Anchor, Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago, Count, type ColumnDef, Duration, StatusBadge } from "../../ui";
import { useJobTypeName, useScopeName, type Job } from "../../work";
import { JobActions } from "./job-actions";
import { JobProgress } from "./job-progress";
import { Reason } from "./reason";
import { secondsOf } from "./times";

/** The columns of the list of runs. */
export function useColumns(): ColumnDef<Job>[] {
  const { t } = useTranslation("jobs");
  const typeName = useJobTypeName();
  const scopeName = useScopeName();
  return useMemo(
    () => [
      {
        id: "status",
        header: t("status"),
        cell: ({ row }) => <StatusBadge status={row.original.status} />,
      },
      {
        id: "type",
        header: t("type"),
        cell: ({ row }) => (
          <Anchor component={Link} to={`/jobs/${row.original.id}`} size="sm" fw={500} truncate display="block" maw={220}>
            {typeName(row.original.job_type)}
          </Anchor>
        ),
      },
      {
        id: "scope",
        header: t("scope"),
        cell: ({ row }) => (
          <Text size="sm" truncate maw={280} title={row.original.target_scope}>
            {scopeName(row.original)}
          </Text>
        ),
      },
      {
        id: "progress",
        header: t("progress"),
        cell: ({ row }) => (
          <Stack gap={2}>
            <JobProgress job={row.original} compact />
            <Reason job={row.original} />
          </Stack>
        ),
      },
      {
        id: "failed",
        header: t("failed"),
        meta: { align: "right" },
        cell: ({ row }) => (row.original.records_failed === 0 ? null : <Count n={row.original.records_failed} />),
      },
      {
        id: "accepted",
        header: t("accepted"),
        cell: ({ row }) => (
          <span className="unbroken">
            <Ago at={row.original.queued_at} />
          </span>
        ),
      },
      {
        id: "took",
        header: t("took"),
        meta: { align: "right" },
        cell: ({ row }) => {
          const seconds = secondsOf(row.original);
          return seconds === undefined ? null : (
            <span className="unbroken">
              <Duration seconds={seconds} />
            </span>
          );
        },
      },
      {
        id: "actions",
        header: t("actions"),
        cell: ({ row }) => <JobActions job={row.original} compact />,
      },
    ],
    [t, typeName, scopeName],
  );
}
