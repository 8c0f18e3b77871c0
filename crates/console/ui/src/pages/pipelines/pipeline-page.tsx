import { Button, Group, Stack } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useSession } from "../../session";
import { FreshnessBadge, loadedLater, Page, QueryState, Section } from "../../ui";
import { JobLine, StepButtons, usePipelineSteps, type PipelineView } from "../../work";
import { Definition } from "./definition";
import { Edge } from "./edge";
import { Measurement } from "./measurement";
import { Problems } from "./problems";
import { Runs } from "./runs";
import { usePipeline } from "./use-pipelines";

const EditDialog = loadedLater(() => import("./dialog/edit-dialog").then((it) => it.EditDialog));
const DeleteDialog = loadedLater(() => import("./delete-dialog").then((it) => it.DeleteDialog));

function Content({ pipeline }: { pipeline: PipelineView }) {
  const { t } = useTranslation("pipelines");
  const steps = usePipelineSteps(pipeline.id, pipeline.last_jobs);
  return (
    <Stack gap="lg">
      <Problems problems={pipeline.problems} />
      <Edge pipeline={pipeline} />
      <StepButtons
        name={pipeline.name}
        fillKind={pipeline.fill.kind}
        etlKind={pipeline.etl.kind}
        hasProblems={pipeline.problems.length > 0}
        isBusy={steps.isBusy}
        start={steps.start}
        withMeasure
        size="sm"
      />
      {steps.active.length === 0 ? null : (
        <Section title={t("underWay")}>
          {steps.active.map(({ jobId }) => (
            <JobLine
              key={jobId}
              jobId={jobId}
              jobType={pipeline.last_jobs.find((job) => job.id === jobId)?.job_type}
              onEnd={() => steps.ended(jobId)}
            />
          ))}
        </Section>
      )}
      <Measurement pipeline={pipeline} />
      <Runs pipeline={pipeline} />
      <Definition pipeline={pipeline} />
    </Stack>
  );
}

/** One pipeline: where it stands, what ran, how it is defined. */
export function PipelinePage({ id }: { id: number }) {
  const { t } = useTranslation("pipelines");
  const { can } = useSession();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<"edit" | "delete" | null>(null);
  const query = usePipeline(id);
  const pipeline = query.data;
  const title = pipeline?.name ?? t("pipeline");

  return (
    <Page
      title={title}
      heading={
        pipeline === undefined ? undefined : (
          <Group gap="sm" component="span">
            {title}
            <FreshnessBadge value={pipeline.freshness} />
          </Group>
        )
      }
      actions={
        pipeline !== undefined && can("admin") ? (
          <>
            <Button
              variant="default"
              leftSection={<IconPencil size={16} aria-hidden />}
              onClick={() => setDialog("edit")}
            >
              {t("common:action.edit")}
            </Button>
            <Button
              variant="default"
              color="red"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => setDialog("delete")}
            >
              {t("common:action.delete")}
            </Button>
          </>
        ) : null
      }
    >
      <QueryState query={query}>{(data) => <Content pipeline={data} />}</QueryState>
      {dialog === "edit" ? <EditDialog id={id} onClose={() => setDialog(null)} /> : null}
      {pipeline === undefined ? null : (
        <DeleteDialog
          pipeline={pipeline}
          opened={dialog === "delete"}
          onClose={() => setDialog(null)}
          onDeleted={() => void navigate("/pipelines", { replace: true })}
        />
      )}
    </Page>
  );
}
