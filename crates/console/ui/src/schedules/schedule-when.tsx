import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { timesOf, weekdayName } from "./cron";
import type { Schedule } from "./types";

/** When a schedule runs, in words where they are shorter than the expression. */
export function ScheduleWhen({ schedule }: { schedule: Schedule }) {
  const { t, i18n } = useTranslation("schedules");
  const times = timesOf(schedule.cron);
  const { time } = times;
  const words = {
    hourly: t("when.hourly"),
    daily: t("when.daily", { time }),
    weekly: t("when.weekly", { time, day: weekdayName(Number(times.weekday), i18n.language) }),
    monthly: t("when.monthly", { time }),
    custom: schedule.cron,
  }[times.preset];
  return (
    <Stack gap={0}>
      <Text size="sm" ff={times.preset === "custom" ? "monospace" : undefined} truncate title={schedule.cron}>
        {words}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {schedule.time_zone}
      </Text>
    </Stack>
  );
}
