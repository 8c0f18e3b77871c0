import { Alert, Anchor, Card, Group, Stack } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago, FreshnessBadge, PendingBar } from "../../ui";
import { JobLine, StepButtons, usePipelineSteps, type OverviewPipeline } from "../../work";
import { Line } from "./line";

/** Where one pipeline stands, with what can be done about it. */
export function PipelineCard({ pipeline }: { pipeline: OverviewPipeline }) {
  const { t } = useTranslation("overview");
  const steps = usePipelineSteps(pipeline.id, pipeline.last_jobs);
  const jobType = (id: string) => pipeline.last_jobs.find((job) => job.id === id)?.job_type;

  return (
    <Card withBorder padding="md" component="article" aria-label={pipeline.name}>
      <Stack gap="sm" h="100%">
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Anchor component={Link} to={`/pipelines/${pipeline.id}`} fw={600} truncate title={pipeline.name}>
            {pipeline.name}
          </Anchor>
          <FreshnessBadge value={pipeline.freshness} />
        </Group>
        <Stack gap={4}>
          <Line label={t("lastSynchronised")}>
            <Ago at={pipeline.last_synced_at} />
          </Line>
          <Line label={t("lastProcessed")}>
            <Ago at={pipeline.last_processed_at} />
          </Line>
        </Stack>
        <PendingBar
          rows={pipeline.pending_rows}
          total={pipeline.measurement?.sync_rows}
          measuredAt={pipeline.measured_at}
          method={pipeline.method}
        />
        {pipeline.problems > 0 ? (
          <Alert color="orange" p="xs" icon={<IconAlertTriangle size={16} aria-hidden />}>
            <Anchor component={Link} to={`/pipelines/${pipeline.id}`} size="sm">
              {t("hasProblems", { count: pipeline.problems })}
            </Anchor>
          </Alert>
        ) : null}
        {steps.active.map(({ jobId }) => (
          <JobLine key={jobId} jobId={jobId} jobType={jobType(jobId)} onEnd={() => steps.ended(jobId)} />
        ))}
        <Group mt="auto">
          <StepButtons
            name={pipeline.name}
            fillKind={pipeline.fill.kind}
            etlKind={pipeline.etl.kind}
            hasProblems={pipeline.problems > 0}
            isBusy={steps.isBusy}
            start={steps.start}
            withMeasure
            compact
          />
        </Group>
      </Stack>
    </Card>
  );
}
