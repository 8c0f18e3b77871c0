import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

import { $meta, idempotencyKey, ProblemError } from "../../api";
import { useJobNotes, useRefreshWork, type Job } from "../../work";

/** Reads the databases of a source anew, and follows the job that does, or that reads of it whoever asked for it. */
export function useSourceSync(sourceId: number, activeJobId: string | null) {
  const { t } = useTranslation("overview");
  const notes = useJobNotes();
  const refresh = useRefreshWork();
  const [startedId, setStartedId] = useState<string | null>(null);
  // What has ended by the stream may still be active in the overview that was read before.
  const [endedId, setEndedId] = useState<string | null>(null);
  const jobId = startedId ?? (activeJobId === endedId ? null : activeJobId);
  const mutation = $meta.useMutation("post", "/api/metadata/sync/auto");

  const start = () =>
    mutation.mutate(
      {
        params: { header: { "Idempotency-Key": idempotencyKey() } },
        body: { resource_id: sourceId, force: true },
      },
      {
        onSuccess: (started) => setStartedId(started.job_id),
        onError: (error: unknown) => {
          const problem = error instanceof ProblemError ? error.problem : undefined;
          // Somebody else asked first: their job answers the question too.
          if (error instanceof ProblemError && error.kind === "scan-active" && problem?.job_id) setStartedId(problem.job_id);
          else notes.failed(t("cannotSyncSource"), error);
        },
        onSettled: refresh,
      },
    );
  const ended = useCallback(
    (job: Job) => {
      setStartedId(null);
      setEndedId(job.id);
      refresh();
    },
    [refresh],
  );

  return { jobId, start, ended, starting: mutation.isPending };
}
