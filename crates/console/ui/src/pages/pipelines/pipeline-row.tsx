import { Anchor, Group, Paper, Stack } from "@mantine/core";
import { Link } from "react-router";

import { FreshnessBadge } from "../../ui";
import { JobLine, StepButtons, usePipelineSteps, type PipelineView } from "../../work";
import { Edge } from "./edge";
import { Problems } from "./problems";

/** One pipeline of the list: its edge, what runs, what can be started. */
export function PipelineRow({ pipeline }: { pipeline: PipelineView }) {
  const steps = usePipelineSteps(pipeline.id, pipeline.last_jobs);
  return (
    <Paper withBorder p="md" component="article" aria-label={pipeline.name}>
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Group gap="sm" miw={0} flex="1 1 200px" wrap="nowrap">
            <Anchor component={Link} to={`/pipelines/${pipeline.id}`} fw={600} truncate title={pipeline.name}>
              {pipeline.name}
            </Anchor>
            <FreshnessBadge value={pipeline.freshness} />
          </Group>
          <StepButtons
            name={pipeline.name}
            fillKind={pipeline.fill.kind}
            etlKind={pipeline.etl.kind}
            hasProblems={pipeline.problems.length > 0}
            isBusy={steps.isBusy}
            start={steps.start}
            withMeasure
            compact
          />
        </Group>
        <Problems problems={pipeline.problems} />
        <Edge pipeline={pipeline} />
        {steps.active.map(({ jobId }) => (
          <JobLine
            key={jobId}
            jobId={jobId}
            jobType={pipeline.last_jobs.find((job) => job.id === jobId)?.job_type}
            onEnd={() => steps.ended(jobId)}
          />
        ))}
      </Stack>
    </Paper>
  );
}
