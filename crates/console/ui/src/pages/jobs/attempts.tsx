import { Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Meta } from "../../api";
import { Ago, type ColumnDef, DataTable, Duration, LongText, Section, StatusBadge } from "../../ui";
import { secondsOf } from "./times";

type Attempt = Meta["JobAttempt"];

const ENDS = new Set(["SUCCESS", "PARTIAL", "FAILED", "CANCELLED"]);

function Outcome({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation("jobs");
  const { outcome } = attempt;
  if (outcome === null || outcome === undefined) return <StatusBadge status="RUNNING" />;
  if (ENDS.has(outcome)) return <StatusBadge status={outcome} />;
  const words = { HANDED_BACK: t("handedBack"), RETRY: t("tryAgain"), LOST: t("lost") };
  return <Text size="sm">{outcome in words ? words[outcome as keyof typeof words] : outcome}</Text>;
}

/** Each attempt at a run: when, by which worker, and why it ended. */
export function Attempts({ attempts }: { attempts: Attempt[] }) {
  const { t } = useTranslation("jobs");
  const columns = useMemo<ColumnDef<Attempt>[]>(
    () => [
      { id: "attempt", header: t("attempt"), cell: ({ row }) => row.original.attempt },
      { id: "outcome", header: t("outcome"), cell: ({ row }) => <Outcome attempt={row.original} /> },
      {
        id: "started",
        header: t("started"),
        cell: ({ row }) => (
          <span className="unbroken">
            <Ago at={row.original.started_at} />
          </span>
        ),
      },
      {
        id: "took",
        header: t("took"),
        cell: ({ row }) => (
          <Duration
            seconds={secondsOf({ started_at: row.original.started_at, completed_at: row.original.ended_at ?? null })}
          />
        ),
      },
      {
        id: "worker",
        header: t("worker"),
        cell: ({ row }) => (
          <Text size="sm" truncate maw={200} title={row.original.worker}>
            {row.original.worker}
          </Text>
        ),
      },
      {
        id: "error",
        header: t("why"),
        cell: ({ row }) => (row.original.error ? <LongText text={row.original.error} lines={2} /> : null),
      },
    ],
    [t],
  );
  if (attempts.length === 0) return null;
  return (
    <Section title={t("attempts")}>
      <DataTable
        label={t("attempts")}
        columns={columns}
        rows={attempts}
        rowId={(attempt) => String(attempt.attempt)}
        maxHeight="24rem"
      />
    </Section>
  );
}
