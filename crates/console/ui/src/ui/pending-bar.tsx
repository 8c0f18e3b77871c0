import { Group, Progress as Bar, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatAgo, formatCount } from "./format";
import { useNow } from "./use-now";

interface PendingBarProps {
  /** How many rows wait; null where that was never measured. */
  rows: number | null | undefined;
  /** Of how many, for the length of the bar. */
  total?: number | null;
  measuredAt?: string | null;
  /** How they were counted: `count`, `watermark` or `key`. */
  method?: string | null;
}

/** "512 rows waiting", when that was measured and how. */
export function PendingBar({ rows, total, measuredAt, method }: PendingBarProps) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  if (rows === null || rows === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {t("common:pending.unmeasured")}
      </Text>
    );
  }
  const formatted = formatCount(rows, i18n.language);
  const text = t("common:pending.rows", { count: rows, formatted });
  const waiting = rows <= 0 ? 0 : total && total > 0 ? Math.max(2, Math.min(100, (rows / total) * 100)) : 100;
  const ago = measuredAt ? formatAgo(new Date(measuredAt), Math.max(now, Date.parse(measuredAt)), i18n.language) : null;
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600} className="figures">
          {text}
        </Text>
      </Group>
      <Bar.Root size="lg">
        <Bar.Section
          value={waiting}
          color={rows > 0 ? "orange" : "teal"}
          aria-label={t("common:pending.label")}
          aria-valuetext={text}
        />
      </Bar.Root>
      {ago !== null && (
        <Text size="xs" c="dimmed">
          {t("common:pending.measured", { ago, method: t(`common:method.${method ?? "count"}`, { defaultValue: method }) })}
        </Text>
      )}
    </Stack>
  );
}
