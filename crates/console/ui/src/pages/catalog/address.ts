// The address holds what is selected: /catalog/table-3?tab=keys, with the ids that the tree uses.

export type Selection =
  | { kind: "none" }
  | { kind: "datasource"; id: number }
  | { kind: "database"; id: number }
  | { kind: "schema"; id: number; schema: string }
  | { kind: "table"; id: number }
  | { kind: "field"; id: number }
  | { kind: "unknown"; text: string };

export const TABS = ["columns", "keys", "relations", "lineage", "definition", "rows", "history", "scans"] as const;
export type Tab = (typeof TABS)[number];

const PLAIN = /^(datasource|database|table|field)-(\d{1,18})$/;
const SCHEMA = /^schema-(\d{1,18})-([^]*)$/;

/** What an id of the tree means; nothing is selected where it is absent or empty. */
export function parseSelection(text: string | undefined): Selection {
  if (!text) return { kind: "none" };
  const plain = PLAIN.exec(text);
  if (plain) return { kind: plain[1] as "datasource" | "database" | "table" | "field", id: Number(plain[2]) };
  const schema = SCHEMA.exec(text);
  if (schema) return { kind: "schema", id: Number(schema[1]), schema: schema[2] ?? "" };
  return { kind: "unknown", text };
}

/** The id by which the tree knows a selection; undefined where it knows none. */
export function treeId(selection: Selection): string | undefined {
  switch (selection.kind) {
    case "none":
    case "unknown":
      return undefined;
    case "schema":
      return schemaId(selection.id, selection.schema);
    default:
      return `${selection.kind}-${selection.id}`;
  }
}

export function schemaId(database: number, schema: string): string {
  return `schema-${database}-${schema}`;
}

/** The path of an entry of the tree. */
export function pathOf(id: string): string {
  return `/catalog/${encodeURIComponent(id)}`;
}

/** The path of a table, and of a field in it. */
export function pathOfTable(table: number, field?: number | null, tab?: Tab): string {
  const query = new URLSearchParams();
  if (tab) query.set("tab", tab);
  if (field != null) query.set("field", String(field));
  const text = query.toString();
  return `${pathOf(`table-${table}`)}${text ? `?${text}` : ""}`;
}

/** The tab that the query string names, or the first of those there are. */
export function parseTab<T extends string>(text: string | null, tabs: readonly [T, ...T[]]): T {
  return tabs.find((tab) => tab === text) ?? tabs[0];
}

/** A positive whole number of the query string. */
export function parseId(text: string | null): number | undefined {
  return text && /^\d{1,18}$/.test(text) ? Number(text) : undefined;
}
