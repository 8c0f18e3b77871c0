// Reads one table again, and tells how far that is.
import { useState } from "react";
import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { $meta, idempotencyKey } from "../../../api";
import { useSession } from "../../../session";
import { useNotify } from "../../../ui";
import { useLiveJob } from "../../../work";
import type { Database, Datasource, Table } from "../types";
import { selectorOf } from "./selector";

interface ScanButtonProps {
  table: Table;
  datasource: Datasource;
  database: Database;
}

export function ScanButton({ table, datasource, database }: ScanButtonProps) {
  const { t } = useTranslation("catalog");
  const session = useSession();
  const notify = useNotify();
  const client = useQueryClient();
  const [jobId, setJobId] = useState<string | null>(null);
  const start = $meta.useMutation("post", "/api/metadata/scan/deep", {
    onSuccess: (answer) => setJobId(answer.job_id),
    onError: (error) => notify.failed(error, t("scan.notStarted")),
  });
  useLiveJob(jobId, (job) => {
    setJobId(null);
    if (job.status === "SUCCESS") notify.done(t("scan.done", { name: table.table_name }));
    else notify.failed(new Error(job.error_details ?? t("scan.seeJobs")), t("scan.failed", { name: table.table_name }));
    // Whatever has been read of the catalog may be otherwise now; rows are read when somebody asks, and not before.
    void client.invalidateQueries({ predicate: ({ queryKey }) => /^\/api\/metadata\/(?!.*\/preview$)/.test(String(queryKey[1])) });
  });
  if (!session.can("operator")) return null;
  const { paused } = datasource;
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconRefresh size={14} aria-hidden />}
      loading={start.isPending || jobId !== null}
      disabled={paused || table.removed_at != null}
      title={paused ? t("scan.paused") : undefined}
      onClick={() =>
        start.mutate({
          params: { header: { "Idempotency-Key": idempotencyKey() } },
          body: { resource_id: datasource.id, database: database.database_name, tables: [selectorOf(table)] },
        })
      }
    >
      {t("scan.start")}
    </Button>
  );
}
