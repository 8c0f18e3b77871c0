import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useTranslation } from "react-i18next";

import { $meta, asProblem, idempotencyKey } from "../api";
import { useJobNotes } from "./notify";
import { useJobTypeName } from "./use-job-type-name";
import { useRefreshWork } from "./use-refresh-work";
import { useScopeName } from "./use-scope-name";

interface Named {
  id: string;
  job_type: string;
  target_scope: string;
}

interface JobActions {
  /** Asks first, naming what is stopped. */
  cancel: (job: Named) => void;
  retry: (job: Named, onStarted?: (jobId: string) => void) => void;
  cancelling: boolean;
  retrying: boolean;
}

/** Stops a job, or does again what one was asked to do. */
export function useJobActions(): JobActions {
  const { t } = useTranslation("work");
  const typeName = useJobTypeName();
  const scopeName = useScopeName();
  const refresh = useRefreshWork();
  const notes = useJobNotes();
  const cancel = $meta.useMutation("post", "/api/metadata/jobs/{id}/cancel");
  const retry = $meta.useMutation("post", "/api/metadata/jobs/{id}/retry");

  return {
    cancelling: cancel.isPending,
    retrying: retry.isPending,
    cancel: (job) => {
      modals.openConfirmModal({
        title: t("cancelTitle"),
        children: (
          <Text size="sm">{t("cancelQuestion", { type: typeName(job.job_type), scope: scopeName(job) })}</Text>
        ),
        labels: { confirm: t("cancelJob"), cancel: t("keepRunning") },
        confirmProps: { color: "red" },
        onConfirm: () => {
          cancel.mutate(
            { params: { path: { id: job.id } } },
            { onSettled: refresh, onError: (error) => notes.failed(t("cannotCancel"), error) },
          );
        },
      });
    },
    retry: (job, onStarted) => {
      retry.mutate(
        { params: { path: { id: job.id }, header: { "Idempotency-Key": idempotencyKey() } } },
        {
          onSuccess: (started) => {
            notes.queued(t("retryQueued", { type: typeName(job.job_type) }), started.job_id);
            onStarted?.(started.job_id);
          },
          onSettled: refresh,
          onError: (error: unknown) => {
            notes.failed(t("cannotRetry"), error);
            const { status, problem } = asProblem(error);
            // What is asked for is under way already: that job is the one to look at.
            if (status === 409 && problem.job_id && problem.job_id !== job.id) onStarted?.(problem.job_id);
          },
        },
      );
    },
  };
}
