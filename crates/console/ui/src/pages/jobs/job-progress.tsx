import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Count, Progress } from "../../ui";
import { isActive, share, TimeLeft, type Job } from "../../work";

interface Props {
  job: Job;
  /** For a cell of a table: the bar and the figures alone. */
  compact?: boolean;
}

/** How far a run has come, and how long the rest will take. */
export function JobProgress({ job, compact = false }: Props) {
  const { t } = useTranslation("jobs");
  const done = share(job);
  const active = isActive(job.status);

  return (
    <Stack gap={4}>
      {active && done !== undefined ? <Progress value={done} /> : null}
      <Group gap="xs" wrap={compact ? "nowrap" : "wrap"} fz={compact && active ? "xs" : "sm"}>
        {job.records_processed > 0 || (job.records_total ?? 0) > 0 ? (
          <Text inherit className="unbroken">
            <Count n={job.records_processed} />
            {job.records_total ? (
              <>
                {" / "}
                <Count n={job.records_total} />
              </>
            ) : null}
          </Text>
        ) : null}
        {active ? (
          <Text inherit c="dimmed" className="unbroken">
            <TimeLeft job={job} />
          </Text>
        ) : null}
        {!compact && active && job.records_per_second ? (
          <Text inherit c="dimmed">
            <Count n={Math.round(job.records_per_second)} /> {t("perSecond")}
          </Text>
        ) : null}
      </Group>
      {!compact && active && job.message ? (
        <Text size="sm" c="dimmed" className="breakable">
          {job.message}
        </Text>
      ) : null}
    </Stack>
  );
}
