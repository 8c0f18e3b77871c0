// The lineage of a table as a graph.
import { pathOfTable } from "../address";
import type { Lineage, LineageNode } from "../types";
import type { Graph, GraphNode } from "./graph";
import { place } from "./relations";

export function lineageGraph(lineage: Lineage): Graph {
  return {
    nodes: lineage.nodes.map((node) => graphNode(node, lineage.root)),
    edges: lineage.edges.map((edge) => ({
      id: `${edge.kind} ${edge.from} ${edge.to} ${edge.pipeline_id ?? ""}`,
      from: edge.from,
      to: edge.to,
      label: edge.pipeline_name ?? undefined,
      dashed: edge.kind === "view_dependency",
    })),
  };
}

export function titleOf(node: LineageNode): string {
  return node.table?.table_name ?? node.name ?? node.id;
}

export function subtitleOf(node: LineageNode): string {
  const { table } = node;
  return table ? place(table.datasource_name, table.database_name, table.table_schema) : (node.namespace ?? "");
}

export function linkOf(node: LineageNode): string | null {
  if (node.table) return pathOfTable(node.table.table_id, null, "lineage");
  return node.last_run ? `/jobs/${encodeURIComponent(node.last_run.job_id)}` : null;
}

function graphNode(node: LineageNode, root: string): GraphNode {
  const isView = node.table?.table_type.includes("VIEW") ?? false;
  return {
    id: node.id,
    title: titleOf(node),
    subtitle: subtitleOf(node),
    kind: node.kind === "table" ? (isView ? "view" : "table") : node.kind,
    isRoot: node.id === root,
    to: node.id === root ? null : linkOf(node),
    faded: node.table?.removed_at != null,
  };
}
