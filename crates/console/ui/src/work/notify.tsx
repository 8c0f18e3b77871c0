import { Anchor, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMemo, type MouseEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { asProblem } from "../api";

/** Notes about jobs, each with the way to the job that it is about. */
export function useJobNotes() {
  const { t } = useTranslation("work");
  const navigate = useNavigate();
  return useMemo(() => {
    // Notes are drawn outside of the router, where its links cannot be.
    function linkTo(jobId: string, label: string): ReactNode {
      const path = `/jobs/${jobId}`;
      const open = (event: MouseEvent) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void navigate(path);
      };
      return (
        <Anchor href={path} size="sm" onClick={open}>
          {label}
        </Anchor>
      );
    }
    return {
      /** Why something could not be started: the detail, the job that is in the way, the id of the request. */
      failed: (title: string, error: unknown) => {
        const { problem, retryAfter } = asProblem(error);
        notifications.show({
          color: "red",
          title,
          autoClose: 12_000,
          message: (
            <Stack gap={2}>
              <Text size="sm" className="breakable">
                {problem.detail}
              </Text>
              {problem.job_id ? linkTo(problem.job_id, t("showActiveJob")) : null}
              {retryAfter === null ? null : (
                <Text size="sm">{t("tryAgainIn", { count: Math.ceil(retryAfter) })}</Text>
              )}
              {problem.request_id ? (
                <Text size="xs" c="dimmed" className="breakable">
                  {t("requestId", { id: problem.request_id })}
                </Text>
              ) : null}
            </Stack>
          ),
        });
      },
      /** That a job has been queued. */
      queued: (title: string, jobId: string) =>
        notifications.show({ color: "blue", title, message: linkTo(jobId, t("showJob")) }),
    };
  }, [t, navigate]);
}
