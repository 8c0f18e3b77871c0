import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { $meta } from "../../api";
import { Count, Duration, Progress } from "../../ui";
import { share, useLiveJob } from "../../work";

interface Props {
  scanId: number;
  sourceName: string;
  /** Called with how far it is, null as long as nobody knows. */
  onProgress: (scanId: number, progress: number | null) => void;
  onEnd: () => void;
}

/** One scan that reads what is managed, live. */
export function ScanLine({ scanId, sourceName, onProgress, onEnd }: Props) {
  const { t } = useTranslation("manage");
  const status = $meta.useQuery(
    "get",
    "/api/metadata/scan/status/{scan_id}",
    { params: { path: { scan_id: scanId } } },
    { staleTime: 30_000 },
  );
  const jobId = status.data?.job_id ?? null;
  const job = useLiveJob(jobId, onEnd);
  const progress = (job ? share(job) : status.data?.progress) ?? null;
  useEffect(() => onProgress(scanId, progress), [scanId, progress, onProgress]);
  if (jobId === null) return null;
  return (
    <Stack gap={4}>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Anchor component={Link} to={`/jobs/${jobId}`} size="sm" truncate>
          {t("scan.of", { name: sourceName })}
        </Anchor>
        <Text size="xs" c="dimmed" className="figures" flex="none">
          {job && (
            <>
              <Count n={job.records_processed} />
              {job.records_total != null && (
                <>
                  {" / "}
                  <Count n={job.records_total} />
                </>
              )}{" "}
              {t("scan.tables")}
              {job.seconds_left != null && (
                <>
                  {" · "}
                  {t("scan.left")} <Duration seconds={job.seconds_left} />
                </>
              )}
            </>
          )}
        </Text>
      </Group>
      <Progress value={progress} label={t("scan.of", { name: sourceName })} />
      {job?.message && (
        <Text size="xs" c="dimmed" truncate>
          {job.message}
        </Text>
      )}
    </Stack>
  );
}
