import { Alert, Group, Stack, Text } from "@mantine/core";
import { IconHandStop } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { Ago, Page, QueryState, Section, StatusBadge } from "../../ui";
import { isActive, useJob, useJobTypeName, useRefreshWork, useScopeName, type JobDetails } from "../../work";
import { Attempts } from "./attempts";
import { FailedRows } from "./failed-rows";
import { JobActions } from "./job-actions";
import { JobErrors } from "./job-errors";
import { JobFacts } from "./job-facts";
import { JobOutcome } from "./job-outcome";
import { JobProgress } from "./job-progress";

function Content({ job }: { job: JobDetails }) {
  const { t } = useTranslation("jobs");
  const active = isActive(job.status);
  return (
    <Stack gap="lg">
      {active && job.cancel_requested_at ? (
        <Alert color="orange" icon={<IconHandStop size={18} aria-hidden />}>
          {t("stopRequested")} <Ago at={job.cancel_requested_at} />
        </Alert>
      ) : null}
      {active ? (
        <Section title={t("progress")}>
          {job.status === "QUEUED" && !job.run_after ? <Text size="sm">{t("waitsForTurn")}</Text> : null}
          <JobProgress job={job} />
        </Section>
      ) : null}
      <JobErrors job={job} />
      <JobFacts job={job} />
      <JobOutcome job={job} />
      {job.records_failed > 0 ? <FailedRows job={job} /> : null}
      <Attempts attempts={job.attempts} />
    </Stack>
  );
}

/** The page of one run. */
export function JobPage({ id }: { id: string }) {
  const { t } = useTranslation("jobs");
  const typeName = useJobTypeName();
  const scopeName = useScopeName();
  const navigate = useNavigate();
  const query = useJob(id);
  const job = query.data;
  const refresh = useRefreshWork();
  const active = job !== undefined && isActive(job.status);
  const wasActive = useRef(false);
  useEffect(() => {
    if (wasActive.current && !active) refresh();
    wasActive.current = active;
  }, [active, refresh]);
  const title = job === undefined ? t("job") : typeName(job.job_type);

  return (
    <Page
      title={title}
      heading={
        job === undefined ? undefined : (
          <Group gap="sm" component="span">
            {title}
            <span role="status">
              <StatusBadge status={job.status} />
            </span>
          </Group>
        )
      }
      description={job === undefined ? undefined : scopeName(job)}
      actions={
        job === undefined ? null : <JobActions job={job} onRetried={(jobId) => void navigate(`/jobs/${jobId}`)} />
      }
    >
      <QueryState query={query}>{(data) => <Content job={data} />}</QueryState>
    </Page>
  );
}
