// What a diagram shows, whatever it is of.

export interface GraphNode {
  id: string;
  title: string;
  subtitle: string;
  kind: "table" | "view" | "dataset" | "job";
  /** The one that the diagram is about. */
  isRoot: boolean;
  /** Where it leads; null for what has no page. */
  to: string | null;
  /** Whether it is gone, or not in the catalog. */
  faded?: boolean;
}

export interface GraphEdge {
  id: string;
  from: string;
  to: string;
  label?: string;
  dashed?: boolean;
}

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}
