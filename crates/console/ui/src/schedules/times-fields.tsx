import { Group, NumberInput, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { weekdayName } from "./cron";
import type { ScheduleForm } from "./form";

const DAYS = [1, 2, 3, 4, 5, 6, 0];

/** When it runs: one of the usual times, or an expression. */
export function TimesFields({ form }: { form: UseFormReturnType<ScheduleForm> }) {
  const { t, i18n } = useTranslation("schedules");
  const { preset, timeZone } = form.values;
  // The server may know a zone that this browser has another name for.
  const zones = useMemo(
    () => [...new Set([...(timeZone ? [timeZone] : []), "UTC", ...Intl.supportedValuesOf("timeZone")])],
    [timeZone],
  );
  return (
    <>
      <Group grow align="flex-start">
        <Select
          label={t("form.preset")}
          allowDeselect={false}
          data={[
            { value: "hourly", label: t("preset.hourly") },
            { value: "daily", label: t("preset.daily") },
            { value: "weekly", label: t("preset.weekly") },
            { value: "monthly", label: t("preset.monthly") },
            { value: "custom", label: t("preset.custom") },
          ]}
          {...form.getInputProps("preset")}
        />
        {preset === "weekly" && (
          <Select
            label={t("form.weekday")}
            allowDeselect={false}
            data={DAYS.map((day) => ({ value: String(day), label: weekdayName(day, i18n.language) }))}
            {...form.getInputProps("weekday")}
          />
        )}
        {preset !== "hourly" && preset !== "custom" && (
          <TextInput type="time" label={t("form.time")} required {...form.getInputProps("time")} />
        )}
      </Group>
      {preset === "custom" && (
        <TextInput
          label={t("form.cron")}
          description={t("form.cronHint")}
          placeholder="30 2 * * MON-FRI"
          required
          spellCheck={false}
          {...form.getInputProps("cron")}
        />
      )}
      <Select
        label={t("form.timeZone")}
        description={t("form.timeZoneHint")}
        searchable
        clearable
        limit={60}
        data={zones}
        {...form.getInputProps("timeZone")}
      />
      <NumberInput
        label={t("form.jitter")}
        description={t("form.jitterHint")}
        min={0}
        max={86400}
        allowDecimal={false}
        {...form.getInputProps("jitter")}
      />
    </>
  );
}
