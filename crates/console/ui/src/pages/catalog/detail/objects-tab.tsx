// What of a database is no table: routines, sequences, types, extensions, events.
import { useMemo, useState } from "react";
import { Badge, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { $meta, flatPages } from "../../../api";
import { Code, type ColumnDef, DataTable, Empty, moreOf, QueryState, SideDrawer } from "../../../ui";
import { pages } from "../paging";
import type { DatabaseObject } from "../types";
import { Facts } from "./facts";
import { FilterInput, useFilter } from "./filter-input";

export function ObjectsTab({ databaseId, schema }: { databaseId: number; schema?: string }) {
  const { t } = useTranslation("catalog");
  const filter = useFilter();
  const [shown, setShown] = useState<DatabaseObject | null>(null);
  const query = $meta.useInfiniteQuery(
    "get",
    "/api/metadata/objects",
    {
      params: {
        query: {
          database_id: databaseId,
          limit: 100,
          ...(schema === undefined ? {} : { schema }),
          ...(filter.q ? { q: filter.q } : {}),
        },
      },
    },
    pages,
  );
  const columns = useMemo<ColumnDef<DatabaseObject>[]>(
    () => [
      {
        id: "kind",
        header: t("object.kind"),
        meta: { width: "9rem" },
        cell: ({ row }) => (
          <Badge variant="default" tt="none" className="badge">
            {row.original.object_kind}
          </Badge>
        ),
      },
      { id: "name", header: t("field.name"), cell: ({ row }) => <span className="breakable">{fullName(row.original)}</span> },
      {
        id: "comment",
        header: t("field.comment"),
        cell: ({ row }) => (
          <Text size="sm" lineClamp={2} className="breakable">
            {row.original.object_comment}
          </Text>
        ),
      },
    ],
    [t],
  );
  const empty = filter.q ? (
    <Empty title={t("filter.nothing")} whatToDo={t("filter.nothingHint")} />
  ) : (
    <Empty title={t("object.empty")} whatToDo={t("object.emptyHint")} />
  );
  return (
    <Stack gap="sm">
      <FilterInput {...filter} label={t("filter.objects")} />
      <QueryState query={query} empty={empty}>
        {(data) => (
          <DataTable
            label={t("tabs.objects")}
            columns={columns}
            rows={flatPages(data)}
            rowId={(row) => String(row.id)}
            onOpen={setShown}
            more={moreOf(query)}
          />
        )}
      </QueryState>
      <SideDrawer
        opened={shown !== null}
        onClose={() => setShown(null)}
        size="lg"
        title={shown ? fullName(shown) : ""}
      >
        {shown ? <Shown object={shown} /> : null}
      </SideDrawer>
    </Stack>
  );
}

function Shown({ object }: { object: DatabaseObject }) {
  const { t } = useTranslation("catalog");
  const { routine, sequence, data_type: type } = object.details;
  const facts = [
    { label: t("object.kind"), value: object.object_kind },
    { label: t("database.owner"), value: object.owner },
    { label: t("object.language"), value: routine?.language },
    { label: t("object.arguments"), value: routine?.arguments },
    { label: t("object.returns"), value: routine?.returns },
    { label: t("object.schedule"), value: routine?.schedule },
    { label: t("object.dataType"), value: sequence?.data_type ?? type?.base_type },
    { label: t("object.start"), value: sequence?.start },
    { label: t("object.increment"), value: sequence?.increment },
    { label: t("object.labels"), value: type?.labels?.join(", ") },
  ];
  return (
    <Stack gap="md">
      {object.object_comment ? <Text size="sm">{object.object_comment}</Text> : null}
      <Facts facts={facts} />
      {object.definition ? <Code text={object.definition} language="sql" /> : null}
    </Stack>
  );
}

function fullName(object: DatabaseObject): string {
  const schema = object.object_schema === "" ? "" : `${object.object_schema}.`;
  const isRoutine = object.signature !== "" || ["FUNCTION", "PROCEDURE", "AGGREGATE", "WINDOW"].includes(object.object_kind);
  return `${schema}${object.object_name}${isRoutine ? `(${object.signature})` : ""}`;
}
