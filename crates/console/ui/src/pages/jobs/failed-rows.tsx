import { Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { $meta, cursorPages, flatPages, type Meta } from "../../api";
import { useSession } from "../../session";
import { type ColumnDef, DataTable, LongText, moreOf, QueryState, Section } from "../../ui";
import { isActive, type Job } from "../../work";

type FailedRow = Meta["FailedRow"];

const WHILE_ACTIVE = 5_000;

function Rows({ job }: { job: Job }) {
  const { t } = useTranslation("jobs");
  const query = $meta.useInfiniteQuery(
    "get",
    "/api/metadata/jobs/{id}/failed-rows",
    { params: { path: { id: job.id }, query: { limit: 100 } } },
    cursorPages({ refetchInterval: isActive(job.status) ? WHILE_ACTIVE : (false as const) }),
  );
  const columns = useMemo<ColumnDef<FailedRow>[]>(
    () => [
      {
        id: "key",
        header: t("rowKey"),
        meta: { width: "30%" },
        cell: ({ row }) => (
          <Text size="sm" className="breakable">
            {row.original.row_key}
          </Text>
        ),
      },
      { id: "reason", header: t("why"), cell: ({ row }) => <LongText text={row.original.reason} lines={2} /> },
    ],
    [t],
  );
  return (
    <QueryState query={query} empty={<Text size="sm">{t("noFailedRows")}</Text>}>
      {(data) => (
        <DataTable
          label={t("failedRows")}
          columns={columns}
          rows={flatPages(data)}
          rowId={(row) => String(row.id)}
          more={moreOf(query)}
          maxHeight="28rem"
        />
      )}
    </QueryState>
  );
}

/** The rows that a run could not write. They hold values, so they are for operators. */
export function FailedRows({ job }: { job: Job }) {
  const { t } = useTranslation("jobs");
  const { can } = useSession();
  return (
    <Section title={t("failedRows")}>
      {can("operator") ? <Rows job={job} /> : <Text size="sm">{t("failedRowsForOperators")}</Text>}
    </Section>
  );
}
