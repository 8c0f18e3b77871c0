// Foreign keys and views, both ways: drawn, and as a list for those who do not see a drawing.
import { useMemo } from "react";
import { Button, Stack, Table as Grid, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { $meta, flatPages } from "../../../api";
import { Empty, QueryState } from "../../../ui";
import { pathOfTable } from "../address";
import { EntryLink } from "../detail/entry-link";
import { WideTable } from "../detail/wide-table";
import { LazyDiagram } from "../diagram/lazy-diagram";
import { place, relationsGraph } from "../diagram/relations";
import { pages } from "../paging";
import type { Relation, RelationEnd, Table } from "../types";

/** How many of each direction are drawn; more than that nobody can follow. */
const DRAWN = 60;

export function RelationsTab({ table, database }: { table: Table; database: string }) {
  const { t } = useTranslation("catalog");
  const to = useRelations(table.id, "to");
  const from = useRelations(table.id, "from");
  const incoming = useMemo(() => flatPages(to.data), [to.data]);
  const outgoing = useMemo(() => flatPages(from.data), [from.data]);
  const graph = useMemo(
    () => relationsGraph(table, database, [...outgoing.slice(0, DRAWN), ...incoming.slice(0, DRAWN)]),
    [table, database, incoming, outgoing],
  );
  const left = Math.max(0, incoming.length - DRAWN) + Math.max(0, outgoing.length - DRAWN);
  return (
    <QueryState query={from} isEmpty={() => false}>
      {() => (
        <QueryState query={to} isEmpty={() => false}>
          {() =>
            incoming.length + outgoing.length === 0 ? (
              <Empty title={t("relations.empty")} whatToDo={t("relations.emptyHint")} />
            ) : (
              <Stack gap="md">
                <LazyDiagram graph={graph} label={t("relations.label", { name: table.table_name })} />
                {left > 0 ? (
                  <Text size="sm" c="dimmed">
                    {t("relations.left", { count: left })}
                  </Text>
                ) : null}
                <List title={t("relations.refersTo")} relations={outgoing} other={(it) => it.to} />
                <List title={t("relations.referredBy")} relations={incoming} other={(it) => it.from} />
                {from.hasNextPage || to.hasNextPage ? (
                  <Button
                    variant="default"
                    loading={from.isFetchingNextPage || to.isFetchingNextPage}
                    onClick={() => void (from.hasNextPage ? from : to).fetchNextPage()}
                  >
                    {t("relations.more")}
                  </Button>
                ) : null}
              </Stack>
            )
          }
        </QueryState>
      )}
    </QueryState>
  );
}

function useRelations(tableId: number, direction: "to" | "from") {
  return $meta.useInfiniteQuery(
    "get",
    "/api/metadata/relations",
    { params: { query: { table_id: tableId, direction, limit: 100 } } },
    pages,
  );
}

interface ListProps {
  title: string;
  relations: readonly Relation[];
  /** The end that is not this table. */
  other: (relation: Relation) => RelationEnd;
}

function List({ title, relations, other }: ListProps) {
  const { t } = useTranslation("catalog");
  if (relations.length === 0) return null;
  return (
    <WideTable>
      <Grid verticalSpacing={6} captionSide="top">
        <Grid.Caption ta="start" fw={600} c="var(--mantine-color-text)">
          {title}
        </Grid.Caption>
        <Grid.Thead>
          <Grid.Tr>
            <Grid.Th>{t("kind.table")}</Grid.Th>
            <Grid.Th>{t("relations.by")}</Grid.Th>
            <Grid.Th>{t("relations.fields")}</Grid.Th>
          </Grid.Tr>
        </Grid.Thead>
        <Grid.Tbody>
          {relations.map((relation) => {
            const end = other(relation);
            const name = place(end.database_name, end.table_schema, end.table_name);
            return (
              <Grid.Tr key={`${relation.kind} ${relation.id}`}>
                <Grid.Td className="breakable">
                  {end.table_id == null ? name : <EntryLink to={pathOfTable(end.table_id, null, "relations")} name={name} />}
                </Grid.Td>
                <Grid.Td className="breakable">{relation.kind === "view_dependency" ? t("relations.view") : relation.name}</Grid.Td>
                <Grid.Td className="breakable">{fieldsOf(relation)}</Grid.Td>
              </Grid.Tr>
            );
          })}
        </Grid.Tbody>
      </Grid>
    </WideTable>
  );
}

function fieldsOf(relation: Relation): string {
  const { from, to } = relation;
  return from.fields.length === 0 ? to.fields.join(", ") : `${from.fields.join(", ")} → ${to.fields.join(", ")}`;
}
