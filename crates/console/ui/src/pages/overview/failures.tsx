import { Anchor, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconReload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useSession } from "../../session";
import { Ago, StatusBadge } from "../../ui";
import { firstLine, useJobActions, useJobTypeName, useScopeName, type JobStatus, type OverviewFailure } from "../../work";

const SHOWN = 5;
const OURS = new Set(["METADATA_SYNC", "DEEP_SCAN", "SQL_SYNC", "SQL_ETL", "HTTP_ETL", "MEASURE"]);

function Failure({ failure }: { failure: OverviewFailure }) {
  const { t } = useTranslation("overview");
  const { can } = useSession();
  const typeName = useJobTypeName();
  const scopeName = useScopeName();
  const { retry, retrying } = useJobActions();
  const [retriedAs, setRetriedAs] = useState<string>();
  const type = typeName(failure.job_type);

  return (
    <Paper withBorder p="sm" component="li">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} flex="1 1 260px" miw={0}>
          <Group gap="xs">
            <StatusBadge status={failure.status as JobStatus} />
            <Anchor component={Link} to={`/jobs/${failure.job_id}`} fw={500} size="sm">
              {type}
            </Anchor>
            <Text size="sm" truncate title={failure.target_scope} maw="100%">
              {scopeName(failure)}
            </Text>
            <Text size="sm" c="dimmed">
              <Ago at={failure.completed_at} />
            </Text>
          </Group>
          <Text size="sm" lineClamp={2} title={failure.error ?? undefined}>
            {firstLine(failure.error) || t("noReason", { count: failure.records_failed })}
          </Text>
        </Stack>
        {retriedAs !== undefined ? (
          <Anchor component={Link} to={`/jobs/${retriedAs}`} size="sm">
            {t("retriedShow")}
          </Anchor>
        ) : can("operator") && OURS.has(failure.job_type) ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconReload size={16} aria-hidden />}
            aria-label={t("retryOf", { type, scope: scopeName(failure) })}
            loading={retrying}
            onClick={() =>
              retry(
                { id: failure.job_id, job_type: failure.job_type, target_scope: failure.target_scope },
                setRetriedAs,
              )
            }
          >
            {t("retry")}
          </Button>
        ) : null}
      </Group>
    </Paper>
  );
}

/** What failed lately and has not gone well since; nothing is shown while nothing has. */
export function Failures({ failures }: { failures: OverviewFailure[] }) {
  const { t } = useTranslation("overview");
  const [all, setAll] = useState(false);
  if (failures.length === 0) return null;
  const shown = all ? failures : failures.slice(0, SHOWN);

  return (
    <section aria-labelledby="overview-failures">
      <Title order={2} size="h4" mb="sm" id="overview-failures">
        {t("failures")}
      </Title>
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
        {shown.map((failure) => (
          <Failure key={failure.job_id} failure={failure} />
        ))}
      </Stack>
      {failures.length > SHOWN ? (
        <Button variant="subtle" size="xs" mt="xs" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t("showFewer") : t("showAllFailures", { n: failures.length })}
        </Button>
      ) : null}
    </section>
  );
}
