import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

import { $meta, idempotencyKey, ProblemError } from "../api";
import { useJobNotes } from "./notify";
import { isActive, stepOf, type PipelineJob, type Step } from "./types";
import { useRefreshWork } from "./use-refresh-work";

export interface ActiveStep {
  jobId: string;
  step: Step | undefined;
}

interface PipelineSteps {
  /** Jobs of the pipeline that wait or run, those that were started just now among them. */
  active: ActiveStep[];
  isBusy: (step: Step) => boolean;
  start: (step: Step) => void;
  /** To be called when one of the active jobs has ended. */
  ended: (jobId: string) => void;
}

/** Starts the steps of a pipeline and knows which of them are under way. */
export function usePipelineSteps(pipelineId: number, lastJobs: PipelineJob[]): PipelineSteps {
  const { t } = useTranslation("work");
  const refresh = useRefreshWork();
  const notes = useJobNotes();
  const [started, setStarted] = useState<ActiveStep[]>([]);
  const [over, setOver] = useState<ReadonlySet<string>>(new Set());
  const sync = $meta.useMutation("post", "/api/metadata/pipelines/{id}/sync");
  const etl = $meta.useMutation("post", "/api/metadata/pipelines/{id}/run-etl");
  const measure = $meta.useMutation("post", "/api/metadata/pipelines/{id}/measure");
  const mutations = { sync, etl, measure };

  const known = lastJobs
    .filter((job) => isActive(job.status))
    .map((job): ActiveStep => ({ jobId: job.id, step: stepOf(job.job_type) }));
  const fresh = started.filter(({ jobId }) => !lastJobs.some((job) => job.id === jobId));
  // What has ended by its event stream may still be active in a list that was read before.
  const active = [...fresh, ...known].filter(({ jobId }) => !over.has(jobId));

  const ended = useCallback(
    (jobId: string) => {
      setOver((before) => new Set(before).add(jobId));
      setStarted((before) => before.filter((one) => one.jobId !== jobId));
      refresh();
    },
    [refresh],
  );

  const follow = (jobId: string, step: Step) =>
    setStarted((before) => (before.some((one) => one.jobId === jobId) ? before : [...before, { jobId, step }]));

  return {
    active,
    ended,
    isBusy: (step) => mutations[step].isPending || active.some((one) => one.step === step),
    start: (step) => {
      const title = {
        sync: t("cannotSync"),
        etl: t("cannotRunEtl"),
        measure: t("cannotMeasure"),
      }[step];
      mutations[step].mutate(
        { params: { path: { id: pipelineId }, header: { "Idempotency-Key": idempotencyKey() } } },
        {
          onSuccess: (answer) => follow(answer.job_id, step),
          onError: (error: unknown) => {
            const problem = error instanceof ProblemError ? error.problem : undefined;
            // Somebody else was faster: what is asked for is under way, so it is shown in place of an error.
            if (error instanceof ProblemError && error.kind === "pipeline-active" && problem?.job_id) follow(problem.job_id, step);
            else notes.failed(title, error);
          },
          onSettled: refresh,
        },
      );
    },
  };
}
