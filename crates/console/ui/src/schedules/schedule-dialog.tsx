import { Button, Group, Modal, SegmentedControl, Select, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { $meta, idempotencyKey, ProblemError } from "../api";
import { Problem } from "../ui";
import { DatabasesInput } from "./databases-input";
import { fieldOf, formOf, rules, toCreate, toUpdate, type ScheduleForm } from "./form";
import { TimesFields } from "./times-fields";
import type { Schedule } from "./types";
import { useRefreshSchedules, useSourceNames } from "./use-schedules";

interface Props {
  /** The one that is changed; absent to make one. */
  schedule?: Schedule | undefined;
  /** The source that it is for, where that is settled. */
  sourceId?: number | undefined;
  onClose: () => void;
}

/** Makes or changes a schedule. */
export function ScheduleDialog({ schedule, sourceId, onClose }: Props) {
  const { t } = useTranslation("schedules");
  const refresh = useRefreshSchedules();
  const settled = schedule?.datasource_id ?? sourceId;
  const names = useSourceNames(settled === undefined);
  const form = useForm<ScheduleForm>({ initialValues: formOf(schedule, settled), validate: rules(t) });
  const create = $meta.useMutation("post", "/api/metadata/schedules");
  const update = $meta.useMutation("patch", "/api/metadata/schedules/{id}");
  const [error, setError] = useState<unknown>(null);
  const source = form.values.source === "" ? undefined : Number(form.values.source);

  async function save(values: ScheduleForm) {
    setError(null);
    try {
      if (schedule) {
        await update.mutateAsync({ params: { path: { id: schedule.id } }, body: toUpdate(values, schedule) });
      } else {
        await create.mutateAsync({
          params: { header: { "Idempotency-Key": idempotencyKey() } },
          body: toCreate(values),
        });
      }
      refresh();
      onClose();
    } catch (problem) {
      setError(problem);
      if (!(problem instanceof ProblemError)) return;
      for (const one of problem.problem.errors ?? []) {
        const field = fieldOf(one.pointer);
        if (field) form.setFieldError(field, one.detail);
      }
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={schedule ? t("edit") : t("add")}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("common:action.close") }}
    >
      <form onSubmit={form.onSubmit((values) => void save(values))} noValidate>
        <Stack gap="sm">
          {settled === undefined && (
            <Select
              label={t("form.source")}
              required
              searchable
              data={[...names].map(([id, name]) => ({ value: String(id), label: name }))}
              {...form.getInputProps("source")}
            />
          )}
          {!schedule && (
            <SegmentedControl
              aria-label={t("form.level")}
              data={[
                { value: "1", label: t("level.one") },
                { value: "2", label: t("level.two") },
              ]}
              {...form.getInputProps("level")}
            />
          )}
          {form.values.level === "2" && (
            <DatabasesInput
              sourceId={source}
              readOnly={schedule?.origin === "manager"}
              {...form.getInputProps("databases")}
            />
          )}
          <TimesFields form={form} />
          {error !== null && <Problem error={error} />}
          <Group justify="flex-end">
            <Button variant="subtle" onClick={onClose}>
              {t("common:action.cancel")}
            </Button>
            <Button type="submit" loading={create.isPending || update.isPending}>
              {t("common:action.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
