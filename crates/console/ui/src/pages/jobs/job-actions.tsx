import { Button, Group } from "@mantine/core";
import { IconPlayerStop, IconReload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useSession } from "../../session";
import { isActive, useJobActions, useJobTypeName, useScopeName, type Job } from "../../work";

const RETRYABLE = new Set(["FAILED", "PARTIAL", "CANCELLED"]);

interface Props {
  job: Job;
  compact?: boolean;
  /** Called with the id of the job that does this one again. */
  onRetried?: (jobId: string) => void;
}

/** Stop, for what is active; retry, for what Plumbline ran and did not go well. */
export function JobActions({ job, compact = false, onRetried }: Props) {
  const { t } = useTranslation("jobs");
  const { can } = useSession();
  const typeName = useJobTypeName();
  const scopeName = useScopeName();
  const { cancel, retry, cancelling, retrying } = useJobActions();
  if (!can("operator")) return null;

  const size = compact ? "compact-sm" : "sm";
  const variant = compact ? "subtle" : "default";
  const words = { type: typeName(job.job_type), scope: scopeName(job) };
  // A run from outside can only be done again by its program.
  const mayRetry = RETRYABLE.has(job.status) && job.trigger !== "external";
  return (
    <Group gap="xs" wrap="nowrap">
      {isActive(job.status) ? (
        <Button
          size={size}
          variant={variant}
          color="red"
          leftSection={<IconPlayerStop size={16} aria-hidden />}
          aria-label={t("stopOf", words)}
          loading={cancelling}
          disabled={Boolean(job.cancel_requested_at)}
          onClick={() => cancel(job)}
        >
          {t("stop")}
        </Button>
      ) : null}
      {mayRetry ? (
        <Button
          size={size}
          variant={variant}
          leftSection={<IconReload size={16} aria-hidden />}
          aria-label={t("retryOf", words)}
          loading={retrying}
          onClick={() => retry(job, onRetried)}
        >
          {t("retry")}
        </Button>
      ) : null}
    </Group>
  );
}
