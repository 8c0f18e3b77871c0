import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { $meta } from "../../api";
import { Ago, Duration, QueryState, SideDrawer, StatusBadge } from "../../ui";
import { Changes } from "./changes";
import { Counts } from "./counts";
import { Failures } from "./failures";
import { Removals } from "./removals";
import { isActive, type ScanStatus } from "./types";

interface Props {
  scanId: number;
  names: ReadonlyMap<number, string>;
  onClose: () => void;
}

/** One run: how it went, what it could not read, what it doubts and what it found different. */
export function ScanDrawer({ scanId, names, onClose }: Props) {
  const { t } = useTranslation("history");
  const query = $meta.useQuery(
    "get",
    "/api/metadata/scan/status/{scan_id}",
    { params: { path: { scan_id: scanId } } },
    { refetchInterval: (found) => (found.state.data && isActive(found.state.data.status) ? 2_000 : false) },
  );
  const source = query.data && (names.get(query.data.resource_id) ?? `#${query.data.resource_id}`);
  return (
    <SideDrawer
      opened
      onClose={onClose}
      size="xl"
      title={source ? t("run.title", { name: source }) : t("run.untitled")}
    >
      <QueryState query={query}>{(status) => <Run status={status} />}</QueryState>
    </SideDrawer>
  );
}

function Run({ status }: { status: ScanStatus }) {
  const { t } = useTranslation("history");
  const { changes } = status;
  return (
    <Stack>
      <Group gap="md">
        <StatusBadge status={status.status} />
        <Text size="sm" c="dimmed">
          <Ago at={status.started_at} none={t("run.notStarted")} />
          {status.duration_seconds != null && (
            <>
              {" · "}
              <Duration seconds={status.duration_seconds} />
            </>
          )}
        </Text>
        <Anchor component={Link} to={`/jobs/${status.job_id}`} size="sm">
          {t("run.job")}
        </Anchor>
      </Group>
      <Counts
        added={changes.added}
        changed={changes.changed}
        removed={changes.removed}
        renamed={changes.renamed ?? 0}
      />
      <Failures status={status} />
      {status.status === "PARTIAL" && <Removals scanId={status.scan_id} />}
      {!isActive(status.status) && status.started_at != null && (
        <Changes source={status.resource_id} scanId={status.scan_id} since={status.started_at} counts={changes} />
      )}
    </Stack>
  );
}
