// A graph of tables, drawn. Loaded by the tabs that draw alone, since it and ELK are large.
import "@xyflow/react/dist/style.css";
import { type CSSProperties, useMemo } from "react";
import { Center, Loader, useComputedColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Background, Controls, type Edge, MarkerType, type Node, ReactFlow } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../../ui";
import type { Graph, GraphNode } from "./graph";
import { layOut, NODE_HEIGHT, NODE_WIDTH } from "./layout";
import { EntryNode } from "./entry-node";
import classes from "./diagram.module.css";

export type EntryData = GraphNode & Record<string, unknown>;

const NODE_TYPES = { entry: EntryNode };

/** What is left free above and below the nodes, with the buttons that zoom. */
const MARGIN = 120;
/** How long a label is that fits between two nodes; the list below the diagram has all of it. */
const LABEL = 20;

function short(label: string | undefined): string | undefined {
  return label && label.length > LABEL ? `${label.slice(0, LABEL - 1)}…` : label;
}

export default function Diagram({ graph, label }: { graph: Graph; label: string }) {
  const { t } = useTranslation("catalog");
  const scheme = useComputedColorScheme("light");
  const places = useQuery({
    queryKey: ["catalog-layout", graph],
    queryFn: () => layOut(graph),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const nodes = useMemo<Node<EntryData>[]>(
    () =>
      graph.nodes.map((node) => ({
        id: node.id,
        type: "entry",
        position: places.data?.get(node.id) ?? { x: 0, y: 0 },
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
        data: { ...node },
      })),
    [graph, places.data],
  );
  const edges = useMemo<Edge[]>(
    () =>
      graph.edges.map((edge) => ({
        id: edge.id,
        source: edge.from,
        target: edge.to,
        label: short(edge.label),
        animated: false,
        className: edge.dashed ? classes.dashed : undefined,
        markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
      })),
    [graph],
  );
  const height = Math.max(0, ...[...(places.data?.values() ?? [])].map(({ y }) => y)) + NODE_HEIGHT + MARGIN;
  if (places.isPending) {
    return (
      <Center className={classes.frame} role="status" aria-label={t("diagram.drawing")}>
        <Loader aria-hidden />
      </Center>
    );
  }
  if (places.isError) return <Problem error={places.error} retry={() => void places.refetch()} />;
  return (
    <div className={classes.frame} style={{ "--diagram-height": `${height}px` } as CSSProperties} role="group" aria-label={label}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        colorMode={scheme}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.1 }}
        minZoom={0.1}
        nodesConnectable={false}
        nodesDraggable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        onlyRenderVisibleElements={graph.nodes.length > 100}
        ariaLabelConfig={{
          "controls.ariaLabel": t("diagram.controls"),
          "controls.zoomIn.ariaLabel": t("diagram.zoomIn"),
          "controls.zoomOut.ariaLabel": t("diagram.zoomOut"),
          "controls.fitView.ariaLabel": t("diagram.fit"),
        }}
      >
        <Background />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}
