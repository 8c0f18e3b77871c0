// Who refers to a table and to whom it refers, as a graph.
import { pathOfTable } from "../address";
import type { Relation, RelationEnd, Table } from "../types";
import type { Graph, GraphNode } from "./graph";

/** The key of one end: its id, or its names where it has not been scanned. */
function keyOf(end: RelationEnd): string {
  return end.table_id == null ? JSON.stringify([end.database_name, end.table_schema, end.table_name]) : `table-${end.table_id}`;
}

export function relationsGraph(table: Table, database: string, relations: readonly Relation[]): Graph {
  const root = `table-${table.id}`;
  const nodes = new Map<string, GraphNode>();
  nodes.set(root, {
    id: root,
    title: table.table_name,
    subtitle: place(database, table.table_schema),
    kind: table.table_type.includes("VIEW") ? "view" : "table",
    isRoot: true,
    to: null,
  });
  const edges = new Map<string, Graph["edges"][number]>();
  for (const relation of relations) {
    for (const end of [relation.from, relation.to]) {
      const id = keyOf(end);
      if (nodes.has(id)) continue;
      nodes.set(id, {
        id,
        title: end.table_name,
        subtitle: place(end.database_name, end.table_schema),
        kind: relation.kind === "view_dependency" && end === relation.from ? "view" : "table",
        isRoot: false,
        to: end.table_id == null ? null : pathOfTable(end.table_id, null, "relations"),
        faded: end.table_id == null,
      });
    }
    const id = `${relation.kind}-${relation.id}`;
    // Of a key that points to its own table both lists tell.
    edges.set(id, {
      id,
      from: keyOf(relation.from),
      to: keyOf(relation.to),
      label: relation.kind === "foreign_key" ? relation.from.fields.join(", ") : undefined,
      dashed: relation.kind === "view_dependency",
    });
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

export function place(...parts: (string | null | undefined)[]): string {
  return parts.filter((part) => part).join(" / ");
}
