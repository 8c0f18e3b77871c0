import { Anchor, Badge, Button, Card, Group, Stack, Text, Tooltip } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useSession } from "../../session";
import { Ago, Count, StatusBadge } from "../../ui";
import { firstLine, JobLine, type OverviewSource } from "../../work";
import { Line } from "./line";
import { useSourceSync } from "./use-source-sync";

/** What a server is called before it has said which one it is. */
const PROTOCOLS: Record<string, string> = { mysql: "MySQL", postgresql: "PostgreSQL" };

/** Where one data source stands: when its databases were last read, how much of it the catalog has. */
export function SourceCard({ source }: { source: OverviewSource }) {
  const { t } = useTranslation("overview");
  const { t: words } = useTranslation("work");
  const { can } = useSession();
  const sync = useSourceSync(source.id, source.active_job_id ?? null);
  const why = !can("operator") ? words("needsOperator") : source.paused ? t("isPaused") : undefined;
  const failed = source.sync_status === "failed" ? firstLine(source.error_message) : "";

  return (
    <Card withBorder padding="md" component="article" aria-label={source.datasource_name}>
      <Stack gap="sm" h="100%">
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Anchor component={Link} to={`/sources/${source.id}`} fw={600} truncate title={source.datasource_name}>
            {source.datasource_name}
          </Anchor>
          <Group gap={4} wrap="nowrap">
            {source.paused ? (
              <Badge variant="light" color="gray">
                {t("paused")}
              </Badge>
            ) : null}
            <StatusBadge status={source.sync_status} />
          </Group>
        </Group>
        <Stack gap={4}>
          <Line label={t("lastSynchronised")}>
            <Ago at={source.last_sync_at} />
          </Line>
          <Line label={t("kind")}>{source.flavor ?? PROTOCOLS[source.datasource_type] ?? source.datasource_type}</Line>
          <Line label={t("databases")}>
            <Count n={source.databases} />
          </Line>
          <Line label={t("tablesAndViews")}>
            <Count n={source.tables} />
          </Line>
          <Line label={t("records")}>
            {source.records === null || source.records === undefined ? t("notKnown") : <Count n={source.records} />}
          </Line>
        </Stack>
        {failed === "" ? null : (
          <Text size="sm" c="var(--mantine-color-error)" lineClamp={2} title={source.error_message ?? undefined}>
            {failed}
          </Text>
        )}
        {sync.jobId === null ? null : <JobLine key={sync.jobId} jobId={sync.jobId} onEnd={sync.ended} />}
        <Group mt="auto">
          <Tooltip label={why} disabled={why === undefined} events={{ hover: true, focus: true, touch: true }}>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconRefresh size={16} aria-hidden />}
              aria-label={t("syncNowOf", { name: source.datasource_name })}
              loading={sync.starting || sync.jobId !== null}
              data-disabled={why === undefined ? undefined : true}
              aria-disabled={why === undefined ? undefined : true}
              onClick={() => {
                if (why === undefined) sync.start();
              }}
            >
              {t("syncNow")}
            </Button>
          </Tooltip>
        </Group>
      </Stack>
    </Card>
  );
}
