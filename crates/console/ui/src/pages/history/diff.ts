import type { Change } from "./types";

/** One attribute of what changed, on both sides; undefined where a side does not have it. */
export interface Difference {
  attribute: string;
  before: unknown;
  after: unknown;
}

function sideOf(side: Change["before"]): Record<string, unknown> {
  return (side ?? {}) as Record<string, unknown>;
}

/** The attributes of a change, in the order in which they come. */
export function differencesOf(change: Pick<Change, "before" | "after">): Difference[] {
  const before = sideOf(change.before);
  const after = sideOf(change.after);
  const attributes = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return attributes.map((attribute) => ({ attribute, before: before[attribute], after: after[attribute] }));
}

export type Shown = { kind: "nothing" } | { kind: "text"; text: string } | { kind: "code"; text: string };

/** A value as a person reads it: text as it is, lists and objects as JSON. */
export function shown(value: unknown): Shown {
  if (value === undefined || value === null) return { kind: "nothing" };
  if (typeof value === "string") return value.includes("\n") ? { kind: "code", text: value } : { kind: "text", text: value };
  if (typeof value === "object") return { kind: "code", text: JSON.stringify(value, null, 2) };
  return { kind: "text", text: String(value) };
}

/** What changed, from the outside in: `database · schema.table · field`. */
export function nameOf(change: Pick<Change, "database_name" | "object_schema" | "object_name" | "field_name">): string {
  const object = [change.object_schema, change.object_name].filter(Boolean).join(".");
  return [change.database_name, object, change.field_name].filter(Boolean).join(" · ");
}
