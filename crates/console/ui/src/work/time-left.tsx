import { useTranslation } from "react-i18next";

import { Duration } from "../ui";
import type { Job } from "./types";

/** How long the rest of a run will take, where that is known and worth saying. */
export function TimeLeft({ job, before }: { job: Pick<Job, "seconds_left">; before?: string }) {
  const { t } = useTranslation("work");
  const seconds = job.seconds_left;
  if (seconds === null || seconds === undefined || seconds < 1) return null;
  return (
    <>
      {before}
      {t("timeLeft")} <Duration seconds={Math.ceil(seconds)} />
    </>
  );
}
