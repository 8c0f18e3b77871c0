// What the data of a table come from, and what is made of them.
import { useMemo, useState } from "react";
import { Alert, Group, SegmentedControl, Stack, Table as Grid, Text } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { $meta } from "../../../api";
import { Ago, Empty, QueryState, StatusBadge } from "../../../ui";
import { EntryLink } from "../detail/entry-link";
import { WideTable } from "../detail/wide-table";
import { LazyDiagram } from "../diagram/lazy-diagram";
import { lineageGraph, linkOf, subtitleOf, titleOf } from "../diagram/lineage";
import type { Lineage, LineageNode } from "../types";

const DEPTHS = ["1", "2", "3", "5", "10"];
/** From here on a drawing is a tangle; the list has them all. */
const DRAWN = 200;

export function LineageTab({ tableId }: { tableId: number }) {
  const { t } = useTranslation("catalog");
  const [depth, setDepth] = useState("3");
  const query = $meta.useQuery("get", "/api/metadata/lineage", {
    params: { query: { table_id: tableId, depth: Number(depth) } },
  });
  return (
    <Stack gap="md">
      <Group gap="sm">
        <Text size="sm" id="lineage-depth">
          {t("lineage.depth")}
        </Text>
        <SegmentedControl size="xs" data={DEPTHS} value={depth} onChange={setDepth} aria-labelledby="lineage-depth" />
      </Group>
      <QueryState
        query={query}
        isEmpty={(lineage) => lineage.edges.length === 0}
        empty={<Empty title={t("lineage.empty")} whatToDo={t("lineage.emptyHint")} />}
      >
        {(lineage) => <Shown lineage={lineage} />}
      </QueryState>
    </Stack>
  );
}

function Shown({ lineage }: { lineage: Lineage }) {
  const { t } = useTranslation("catalog");
  const graph = useMemo(() => lineageGraph(lineage), [lineage]);
  const others = lineage.nodes.filter((node) => node.id !== lineage.root);
  return (
    <Stack gap="md">
      {lineage.truncated ? (
        <Alert color="orange" variant="light">
          {t("lineage.truncated")}
        </Alert>
      ) : null}
      {lineage.nodes.length <= DRAWN ? (
        <LazyDiagram graph={graph} label={t("lineage.label")} />
      ) : (
        <Alert color="blue" variant="light">
          {t("lineage.tooMany", { count: lineage.nodes.length })}
        </Alert>
      )}
      <WideTable>
        <Grid verticalSpacing={6} aria-label={t("lineage.label")}>
          <Grid.Thead>
            <Grid.Tr>
              <Grid.Th>{t("field.name")}</Grid.Th>
              <Grid.Th>{t("object.kind")}</Grid.Th>
              <Grid.Th>{t("lineage.where")}</Grid.Th>
              <Grid.Th ta="right">{t("lineage.distance")}</Grid.Th>
              <Grid.Th>{t("lineage.lastRun")}</Grid.Th>
            </Grid.Tr>
          </Grid.Thead>
          <Grid.Tbody>
            {others.map((node) => (
              <NodeLine key={node.id} node={node} />
            ))}
          </Grid.Tbody>
        </Grid>
      </WideTable>
    </Stack>
  );
}

function NodeLine({ node }: { node: LineageNode }) {
  const { t } = useTranslation("catalog");
  const link = linkOf(node);
  const title = titleOf(node);
  return (
    <Grid.Tr>
      <Grid.Td className="breakable">
        {link ? <EntryLink to={link} name={title} removed={node.table?.removed_at != null} /> : title}
      </Grid.Td>
      <Grid.Td>{kindWord(node.kind, t)}</Grid.Td>
      <Grid.Td className="breakable">{subtitleOf(node)}</Grid.Td>
      <Grid.Td ta="right">{node.distance}</Grid.Td>
      <Grid.Td>
        {node.last_run ? (
          <Group gap={6} wrap="nowrap">
            <StatusBadge status={node.last_run.status} />
            {node.last_run.completed_at ? <Ago at={node.last_run.completed_at} /> : null}
          </Group>
        ) : null}
      </Grid.Td>
    </Grid.Tr>
  );
}

function kindWord(kind: LineageNode["kind"], t: TFunction<"catalog">): string {
  switch (kind) {
    case "table":
      return t("kind.table");
    case "dataset":
      return t("kind.dataset");
    case "job":
      return t("kind.job");
  }
}
