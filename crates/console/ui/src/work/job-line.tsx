import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Count, Progress, StatusBadge } from "../ui";
import { TimeLeft } from "./time-left";
import { share, type Job } from "./types";
import { useJobTypeName } from "./use-job-type-name";
import { useLiveJob } from "./use-job";

interface Props {
  jobId: string;
  /** What is known before the first event. */
  jobType?: string;
  onEnd?: (job: Job) => void;
}

/** One active job, live: what it is, how far it has come, how long it will take. */
export function JobLine({ jobId, jobType, onEnd }: Props) {
  const { t } = useTranslation("work");
  const typeName = useJobTypeName();
  const job = useLiveJob(jobId, onEnd);
  const type = job?.job_type ?? jobType;
  const done = job === undefined ? undefined : share(job);

  return (
    <Stack gap={4}>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Anchor component={Link} to={`/jobs/${jobId}`} size="sm" truncate>
          {type === undefined ? t("job") : typeName(type)}
        </Anchor>
        <span role="status">
          <StatusBadge status={job?.status ?? "QUEUED"} />
        </span>
      </Group>
      {done === undefined && job?.status !== "RUNNING" ? null : <Progress value={done} />}
      {job !== undefined && job.status === "RUNNING" && job.records_processed > 0 ? (
        <Text size="xs" c="dimmed">
          <Count n={job.records_processed} />
          {job.records_total ? (
            <>
              {" / "}
              <Count n={job.records_total} />
            </>
          ) : null}
          <TimeLeft job={job} before=" · " />
        </Text>
      ) : null}
    </Stack>
  );
}
