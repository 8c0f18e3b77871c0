import { Anchor, Group, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago, FreshnessBadge } from "../../ui";
import type { PipelineTable } from "../../work";
import { catalogPath, tableName } from "./table-name";

interface Props {
  role: string;
  table: PipelineTable | null | undefined;
  timeLabel: string;
  at: string | null | undefined;
  freshness: string;
}

/** One end of a pipeline: its table, where that lies, and how fresh it is. */
export function TableEnd({ role, table, timeLabel, at, freshness }: Props) {
  const { t } = useTranslation("pipelines");
  return (
    <Paper withBorder p="sm" flex="1 1 0" miw={0}>
      <Stack gap={4}>
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <Text size="xs" c="dimmed">
            {role}
          </Text>
          <FreshnessBadge value={freshness} />
        </Group>
        {table ? (
          <>
            <Anchor component={Link} to={catalogPath(table)} size="sm" fw={600} truncate title={tableName(table)}>
              {tableName(table)}
            </Anchor>
            <Text size="xs" c="dimmed" truncate title={`${table.datasource_name} / ${table.database_name}`}>
              {table.datasource_name} / {table.database_name}
            </Text>
          </>
        ) : (
          <Text size="sm" c="var(--mantine-color-error)">
            {t("tableGone")}
          </Text>
        )}
        <Text size="sm">
          {timeLabel}: <Ago at={at} />
        </Text>
      </Stack>
    </Paper>
  );
}
