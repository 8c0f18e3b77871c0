import { Alert, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconClock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { Ago, LongText } from "../../ui";
import { isActive, type Job } from "../../work";

/** Why a run failed, or why its last attempt did and when the next one is due. */
export function JobErrors({ job }: { job: Job }) {
  const { t } = useTranslation("jobs");
  const again = isActive(job.status) && job.run_after;
  if (!job.error_details && !again) return null;
  const color = job.status === "FAILED" ? "red" : "orange";
  const title =
    job.status === "FAILED" ? t("whyFailed") : isActive(job.status) ? t("whyLastAttemptFailed") : t("whatFailed");

  return (
    <Alert color={color} title={title} icon={<IconAlertTriangle size={18} aria-hidden />}>
      <Stack gap="xs">
        {job.error_details ? <LongText text={job.error_details} lines={8} /> : null}
        {again ? (
          <Group gap={6}>
            <IconClock size={16} aria-hidden />
            <Text size="sm">
              {t("nextAttempt")} <Ago at={job.run_after} />
            </Text>
          </Group>
        ) : null}
      </Stack>
    </Alert>
  );
}
