import { Alert, Anchor, Card } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { $meta } from "../../api";
import { LongText } from "../../ui";
import { JobLine } from "../../work";
import classes from "./sources.module.css";
import type { Datasource } from "./types";
import { isBusy, useRefreshSources } from "./use-sources";

/** What reads the source just now, live; else why the last run failed. */
export function ActiveRun({ source }: { source: Datasource }) {
  const { t } = useTranslation("sources");
  const refresh = useRefreshSources();
  const busy = isBusy(source);
  const runs = $meta.useQuery(
    "get",
    "/api/metadata/sync-logs",
    { params: { query: { resource_id: source.id, limit: 1 } } },
    { refetchInterval: busy ? 2_000 : 30_000 },
  );
  const last = runs.data?.items[0];
  if (last && (last.status === "QUEUED" || last.status === "RUNNING")) {
    return (
      <Card withBorder padding="sm">
        <JobLine
          key={last.job_id}
          jobId={last.job_id}
          jobType={last.sync_level === "database" ? "METADATA_SYNC" : "DEEP_SCAN"}
          onEnd={refresh}
        />
      </Card>
    );
  }
  const reason = source.error_message ?? null;
  if (source.sync_status !== "failed" || reason === null) return null;
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t("lastFailed")}>
      <div className={classes.detail}>
        <LongText text={reason} lines={6} />
      </div>
      {last && (
        <Anchor component={Link} to={`/jobs/${last.job_id}`} size="sm">
          {t("showRun")}
        </Anchor>
      )}
    </Alert>
  );
}
