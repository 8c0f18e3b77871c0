import type { PipelineView } from "../../../work";
import { tableName } from "../table-name";

export interface TableChoice {
  /** The id of its data source. */
  source: string | null;
  database: string | null;
  table: string | null;
  /** What the chosen table is called, until the lists are there. */
  label: string;
}

/** A column of one table, or a name, and what stands opposite. */
export interface Pair {
  from: string;
  to: string;
}

export interface FormValues {
  name: string;
  sync: TableChoice;
  biz: TableChoice;
  fill: {
    kind: "sql" | "external";
    resource_id: string | null;
    database: string | null;
    query: string;
    mode: "upsert" | "replace";
    key: string[];
    mapping: Pair[];
    job_type: string;
    target_scope: string;
  };
  etl: {
    kind: "sql" | "http" | "external";
    statement: string;
    url: string;
    headers: Pair[];
    timeout_seconds: number | string;
    job_type: string;
    target_scope: string;
  };
  delta: {
    method: "count" | "watermark" | "key";
    /** `from` is the column of the sync table, `to` that of the business table; a watermark has one pair. */
    pairs: Pair[];
  };
  target: { sync_seconds: number | null; etl_seconds: number | null };
  threshold: number | string;
  isScheduled: boolean;
  schedule: { cron: string; time_zone: string | null; jitter_seconds: number | string; paused: boolean };
}

export const NO_TABLE: TableChoice = { source: null, database: null, table: null, label: "" };

/** What the dialog begins with. */
export function emptyValues(timeZone: string): FormValues {
  return {
    name: "",
    sync: NO_TABLE,
    biz: NO_TABLE,
    fill: {
      kind: "sql",
      resource_id: null,
      database: null,
      query: "",
      mode: "upsert",
      key: [],
      mapping: [],
      job_type: "",
      target_scope: "",
    },
    etl: {
      kind: "sql",
      statement: "",
      url: "",
      headers: [],
      timeout_seconds: "",
      job_type: "",
      target_scope: "",
    },
    delta: { method: "key", pairs: [{ from: "", to: "" }] },
    target: { sync_seconds: null, etl_seconds: null },
    threshold: "",
    isScheduled: false,
    schedule: { cron: "30 2 * * *", time_zone: timeZone, jitter_seconds: "", paused: false },
  };
}

function toPairs(map: Record<string, string> | undefined): Pair[] {
  return Object.entries(map ?? {}).map(([from, to]) => ({ from, to }));
}

function toChoice(table: PipelineView["sync_table"]): TableChoice {
  if (!table) return NO_TABLE;
  return {
    source: String(table.datasource_id),
    database: table.database_name,
    table: String(table.id),
    label: tableName(table),
  };
}

function deltaPairs(delta: PipelineView["delta"]): Pair[] {
  if (delta.method === "watermark") return [{ from: delta.sync_column, to: delta.biz_column }];
  if (delta.method === "key") {
    return delta.sync_columns.map((from, place) => ({ from, to: delta.biz_columns[place] ?? "" }));
  }
  return [{ from: "", to: "" }];
}

/** A pipeline as the dialog shows it. */
export function valuesOf(pipeline: PipelineView, timeZone: string): FormValues {
  const values = emptyValues(timeZone);
  const { fill, etl, delta, target, schedule } = pipeline;
  return {
    name: pipeline.name,
    sync: toChoice(pipeline.sync_table),
    biz: toChoice(pipeline.biz_table),
    fill:
      fill.kind === "sql"
        ? {
            ...values.fill,
            kind: "sql",
            resource_id: String(fill.resource_id),
            database: fill.database,
            query: fill.query,
            mode: fill.mode ?? "upsert",
            key: fill.key ?? [],
            mapping: toPairs(fill.mapping),
          }
        : { ...values.fill, kind: "external", job_type: fill.job_type ?? "", target_scope: fill.target_scope ?? "" },
    etl:
      etl.kind === "sql"
        ? { ...values.etl, kind: "sql", statement: etl.statement }
        : etl.kind === "http"
          ? {
              ...values.etl,
              kind: "http",
              url: etl.url,
              headers: toPairs(etl.headers),
              timeout_seconds: etl.timeout_seconds,
            }
          : { ...values.etl, kind: "external", job_type: etl.job_type ?? "", target_scope: etl.target_scope ?? "" },
    delta: { method: delta.method, pairs: deltaPairs(delta) },
    target: { sync_seconds: target.sync_seconds ?? null, etl_seconds: target.etl_seconds ?? null },
    threshold: pipeline.threshold ?? "",
    isScheduled: schedule !== null && schedule !== undefined,
    schedule: schedule
      ? {
          cron: schedule.cron,
          time_zone: schedule.time_zone,
          jitter_seconds: schedule.jitter_seconds,
          paused: schedule.paused,
        }
      : values.schedule,
  };
}
