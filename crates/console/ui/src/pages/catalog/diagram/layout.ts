// Where the nodes of a diagram stand: ELK's layers, reckoned beside the page in a worker.
import ELK from "elkjs/lib/elk-api";
import workerUrl from "elkjs/lib/elk-worker.min.js?url";
import type { Graph } from "./graph";

export const NODE_WIDTH = 210;
export const NODE_HEIGHT = 56;

const LAYERS = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.layered.spacing.nodeNodeBetweenLayers": "140",
  "elk.spacing.nodeNode": "22",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
};

export type Places = ReadonlyMap<string, { x: number; y: number }>;

/** Lays a graph out. The worker lives as long as that takes. */
export async function layOut(graph: Graph): Promise<Places> {
  const elk = new ELK({ workerFactory: () => new Worker(workerUrl) });
  try {
    const known = new Set(graph.nodes.map((node) => node.id));
    const laid = await elk.layout({
      id: "root",
      layoutOptions: LAYERS,
      children: graph.nodes.map(({ id }) => ({ id, width: NODE_WIDTH, height: NODE_HEIGHT })),
      edges: graph.edges
        .filter((edge) => known.has(edge.from) && known.has(edge.to))
        .map(({ id, from, to }) => ({ id, sources: [from], targets: [to] })),
    });
    return new Map((laid.children ?? []).map(({ id, x, y }) => [id, { x: x ?? 0, y: y ?? 0 }]));
  } finally {
    elk.terminateWorker();
  }
}
