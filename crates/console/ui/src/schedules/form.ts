import type { TFunction } from "i18next";

import { cronOf, timesOf, type Times } from "./cron";
import type { CreateSchedule, Schedule, UpdateSchedule } from "./types";

/** What the dialog holds while somebody types. */
export interface ScheduleForm extends Times {
  source: string;
  level: "1" | "2";
  databases: string[];
  timeZone: string | null;
  jitter: number | string;
}

export function formOf(schedule: Schedule | undefined, sourceId: number | undefined): ScheduleForm {
  if (schedule === undefined) {
    return {
      source: sourceId === undefined ? "" : String(sourceId),
      level: "1",
      databases: [],
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      jitter: "",
      ...timesOf("0 2 * * *"),
    };
  }
  return {
    source: String(schedule.datasource_id),
    level: schedule.level === 2 ? "2" : "1",
    databases: schedule.databases ?? [],
    timeZone: schedule.time_zone,
    jitter: schedule.jitter_seconds,
    ...timesOf(schedule.cron),
  };
}

function jitter(form: ScheduleForm): number | null {
  return form.jitter === "" ? null : Number(form.jitter);
}

export function toCreate(form: ScheduleForm): CreateSchedule {
  return {
    resource_id: Number(form.source),
    level: Number(form.level),
    cron: cronOf(form),
    time_zone: form.timeZone,
    jitter_seconds: jitter(form),
    ...(form.level === "2" ? { databases: form.databases } : {}),
  };
}

/** Only what differs, so that a schedule that follows the service's settings goes on doing so. */
export function toUpdate(form: ScheduleForm, schedule: Schedule): UpdateSchedule {
  const before = formOf(schedule, undefined);
  const update: UpdateSchedule = {};
  if (cronOf(form) !== cronOf(before)) update.cron = cronOf(form);
  if (form.timeZone && form.timeZone !== before.timeZone) update.time_zone = form.timeZone;
  if (jitter(form) !== null && jitter(form) !== jitter(before)) update.jitter_seconds = jitter(form);
  if (schedule.origin !== "manager" && form.databases.join("\n") !== before.databases.join("\n")) {
    update.databases = form.databases;
  }
  return update;
}

export function rules(t: TFunction<"schedules">) {
  return {
    source: (source: string) => (source === "" ? t("schedules:form.needSource") : null),
    databases: (databases: string[], form: ScheduleForm) =>
      form.level === "2" && databases.length === 0 ? t("schedules:form.needDatabases") : null,
    cron: (cron: string, form: ScheduleForm) =>
      form.preset === "custom" && cron.trim() === "" ? t("schedules:form.needCron") : null,
    time: (time: string, form: ScheduleForm) =>
      form.preset !== "hourly" && form.preset !== "custom" && !/^\d{2}:\d{2}$/.test(time) ? t("schedules:form.needTime") : null,
  };
}

const FIELDS: Record<string, keyof ScheduleForm> = {
  resource_id: "source",
  cron: "cron",
  databases: "databases",
  time_zone: "timeZone",
  jitter_seconds: "jitter",
};

/** The input that a JSON pointer of a problem document speaks of. */
export function fieldOf(pointer: string): keyof ScheduleForm | undefined {
  return FIELDS[pointer.replace(/^\//, "").split("/")[0] ?? ""];
}
