import type { Meta } from "../../../api";
import type { FormValues, Pair } from "./values";

type CreatePipeline = Meta["CreatePipeline"];
type UpdatePipeline = Meta["UpdatePipeline"];

function toMap(pairs: Pair[]): Record<string, string> {
  return Object.fromEntries(pairs.filter(({ from, to }) => from !== "" || to !== "").map(({ from, to }) => [from, to]));
}

function orNull(text: string): string | null {
  return text === "" ? null : text;
}

function numberOrNull(value: number | string): number | null {
  return typeof value === "number" ? value : null;
}

function fill({ fill: it }: FormValues): Meta["FillRequest"] {
  if (it.kind === "external") {
    return { kind: "external", job_type: orNull(it.job_type), target_scope: orNull(it.target_scope) };
  }
  return {
    kind: "sql",
    resource_id: it.resource_id === null ? null : Number(it.resource_id),
    database: it.database,
    query: it.query,
    mode: it.mode,
    key: it.key.length === 0 ? null : it.key,
    mapping: toMap(it.mapping),
  };
}

function etl({ etl: it }: FormValues): Meta["EtlRequest"] {
  switch (it.kind) {
    case "sql":
      return { kind: "sql", statement: it.statement };
    case "http":
      return {
        kind: "http",
        url: it.url,
        headers: toMap(it.headers),
        timeout_seconds: numberOrNull(it.timeout_seconds),
      };
    case "external":
      return { kind: "external", job_type: orNull(it.job_type), target_scope: orNull(it.target_scope) };
  }
}

function delta({ delta: { method, pairs } }: FormValues): Meta["DeltaRequest"] {
  const [first] = pairs;
  if (method === "count") return { method };
  if (method === "watermark" || pairs.length === 1) {
    return { method, sync_column: first?.from ?? "", biz_column: first?.to ?? "" };
  }
  return { method, sync_columns: pairs.map(({ from }) => from), biz_columns: pairs.map(({ to }) => to) };
}

/** The body of `POST /pipelines`. */
export function toRequest(values: FormValues): CreatePipeline {
  const { schedule } = values;
  return {
    name: values.name.trim(),
    sync_table_id: Number(values.sync.table),
    biz_table_id: Number(values.biz.table),
    fill: fill(values),
    etl: etl(values),
    delta: delta(values),
    target: values.target,
    threshold: numberOrNull(values.threshold),
    schedule: values.isScheduled
      ? {
          cron: schedule.cron.trim(),
          time_zone: schedule.time_zone,
          jitter_seconds: numberOrNull(schedule.jitter_seconds),
          paused: schedule.paused,
        }
      : null,
  };
}

/** The body of `PATCH /pipelines/{id}`: only what differs, since what is named anew may forget its measurements. */
export function toChanges(values: FormValues, before: FormValues): UpdatePipeline {
  const now = toRequest(values);
  const then = toRequest(before);
  const changed = Object.entries(now).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(then[name as keyof CreatePipeline]),
  );
  return Object.fromEntries(changed) as UpdatePipeline;
}
