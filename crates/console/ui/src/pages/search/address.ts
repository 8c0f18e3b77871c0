// Where a result leads, and what the address of this page holds.
import { KINDS, type SearchItem, type SearchKind } from "./types";

export function linkOf(item: SearchItem): string {
  switch (item.kind) {
    case "field":
      return item.path.table_id == null ? `/catalog/field-${item.id}` : `/catalog/table-${item.path.table_id}?field=${item.id}`;
    default:
      return `/catalog/${item.kind}-${item.id}`;
  }
}

/** What holds a result, from the top. */
export function placeOf(item: SearchItem): string[] {
  const { path } = item;
  const above = [path.datasource_name, path.database_name, path.table_schema, path.table_name];
  const count = { datasource: 0, database: 1, table: 3, field: 4 }[item.kind];
  return above.slice(0, count).filter((name) => name != null && name !== "") as string[];
}

export function parseKind(text: string | null): SearchKind | undefined {
  return KINDS.find((kind) => kind === text);
}

export function parseSource(text: string | null): number | undefined {
  return text && /^\d{1,18}$/.test(text) ? Number(text) : undefined;
}
