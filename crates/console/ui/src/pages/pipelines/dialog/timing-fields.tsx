import { Fieldset, NumberInput, Select, SimpleGrid, Stack, Switch, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { DurationInput } from "./duration-input";
import type { FormValues } from "./values";

/** How old the data may be, and when the pipeline runs by itself. */
export function TimingFields({ form }: { form: UseFormReturnType<FormValues> }) {
  const { t } = useTranslation("pipelines");
  const { isScheduled, schedule, fill } = form.values;
  // The service may know a zone by a name that this browser does not have.
  const zones = useMemo(
    () => [
      ...new Set([...(schedule.time_zone ? [schedule.time_zone] : []), "UTC", ...Intl.supportedValuesOf("timeZone")]),
    ],
    [schedule.time_zone],
  );
  return (
    <Fieldset legend={t("timing")}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <DurationInput
            label={t("syncTarget")}
            description={t("syncTargetHint")}
            {...form.getInputProps("target.sync_seconds")}
          />
          <DurationInput
            label={t("etlTarget")}
            description={t("etlTargetHint")}
            {...form.getInputProps("target.etl_seconds")}
          />
          <NumberInput
            label={t("threshold")}
            description={t("thresholdHint")}
            min={1}
            allowDecimal={false}
            {...form.getInputProps("threshold")}
          />
        </SimpleGrid>
        <Switch
          label={t("isScheduled")}
          description={fill.kind === "external" ? t("scheduleMeasures") : t("scheduleFills")}
          {...form.getInputProps("isScheduled", { type: "checkbox" })}
        />
        {isScheduled ? (
          <>
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <TextInput
                label={t("cron")}
                description={t("cronHint")}
                required
                spellCheck={false}
                {...form.getInputProps("schedule.cron")}
              />
              <Select
                label={t("timeZone")}
                description={t("timeZoneHint")}
                searchable
                data={zones}
                {...form.getInputProps("schedule.time_zone")}
              />
              <NumberInput
                label={t("jitter")}
                description={t("jitterHint")}
                min={0}
                max={86_400}
                allowDecimal={false}
                {...form.getInputProps("schedule.jitter_seconds")}
              />
            </SimpleGrid>
            <Switch label={t("paused")} {...form.getInputProps("schedule.paused", { type: "checkbox" })} />
          </>
        ) : null}
      </Stack>
    </Fieldset>
  );
}
