import type { FieldError } from "../../../work";
import type { FormValues } from "./values";

function parts(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function place(list: { from: string }[], name: string | undefined): number | undefined {
  const index = list.findIndex(({ from }) => from === name);
  return index < 0 ? undefined : index;
}

/** The fields of the form that are shown just now, as far as they depend on a choice. */
function isShown(path: string, values: FormValues): boolean {
  const [part, field] = path.split(".");
  if (part === "fill" && field !== "kind") {
    const isReport = field === "job_type" || field === "target_scope";
    return isReport === (values.fill.kind === "external");
  }
  if (part === "etl" && field !== "kind") {
    const kinds: Record<string, string> = { statement: "sql", url: "http", headers: "http", timeout_seconds: "http" };
    return (kinds[field ?? ""] ?? "external") === values.etl.kind;
  }
  if (part === "delta" && field === "pairs") return values.delta.method !== "count";
  if (part === "schedule") return values.isScheduled;
  return true;
}

const PLAIN = new Set([
  "name",
  "threshold",
  "fill.kind",
  "fill.resource_id",
  "fill.database",
  "fill.query",
  "fill.mode",
  "fill.key",
  "fill.job_type",
  "fill.target_scope",
  "etl.kind",
  "etl.statement",
  "etl.url",
  "etl.timeout_seconds",
  "etl.job_type",
  "etl.target_scope",
  "delta.method",
  "target.sync_seconds",
  "target.etl_seconds",
  "schedule.cron",
  "schedule.time_zone",
  "schedule.jitter_seconds",
]);

function pathOf(pointer: string, values: FormValues): string | undefined {
  const [first = "", second = "", third] = parts(pointer);
  switch (`${first}/${second}`) {
    case "sync_table_id/":
      return "sync";
    case "biz_table_id/":
      return "biz";
    case "fill/mapping": {
      const index = place(values.fill.mapping, third);
      return index === undefined ? undefined : `fill.mapping.${index}.to`;
    }
    case "etl/headers": {
      const index = place(values.etl.headers, third);
      return index === undefined ? undefined : `etl.headers.${index}.to`;
    }
    case "delta/sync_column":
    case "delta/sync_columns":
      return `delta.pairs.${Number(third ?? 0)}.from`;
    case "delta/biz_column":
    case "delta/biz_columns":
      return `delta.pairs.${Number(third ?? 0)}.to`;
    case "fill/key":
      return "fill.key";
    default: {
      const path = second === "" ? first : `${first}.${second}`;
      return PLAIN.has(path) ? path : undefined;
    }
  }
}

interface Placed {
  /** By the path of a field of the form. */
  errors: Record<string, string>;
  /** What has no field here. */
  rest: FieldError[];
}

/** Brings what the service found wrong to the fields that it is about; a field with several errors shows them all. */
export function placeErrors(found: FieldError[], values: FormValues): Placed {
  const errors: Record<string, string> = {};
  const rest: FieldError[] = [];
  for (const error of found) {
    const path = pathOf(error.pointer, values);
    if (path === undefined || !isShown(path, values)) {
      rest.push(error);
      continue;
    }
    const before = errors[path];
    errors[path] = before === undefined ? error.detail : `${before}; ${error.detail}`;
  }
  return { errors, rest };
}
