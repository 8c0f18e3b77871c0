import { Text } from "@mantine/core";

import { firstLine, type Job } from "../../work";

const BAD = new Set(["FAILED", "PARTIAL"]);

/** The first line of why a run did not go well, or why its last attempt did not. */
export function Reason({ job }: { job: Job }) {
  const line = firstLine(job.error_details);
  if (line === "") return null;
  return (
    <Text size="xs" c={BAD.has(job.status) ? "var(--mantine-color-error)" : "dimmed"} lineClamp={2} maw={340} title={line}>
      {line}
    </Text>
  );
}
