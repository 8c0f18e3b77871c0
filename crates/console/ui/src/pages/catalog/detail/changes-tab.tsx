// What scans found different, newest first; one opens its before and after.
import { useMemo, useState } from "react";
import { Badge, Stack } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { $meta, flatPages } from "../../../api";
import { Ago, type ColumnDef, DataTable, Empty, moreOf, QueryState, SideDrawer } from "../../../ui";
import { pages } from "../paging";
import type { Change } from "../types";
import { BeforeAfter } from "./before-after";

const COLORS: Record<Change["change_type"], string> = {
  baseline: "gray",
  added: "teal",
  changed: "blue",
  removed: "red",
  renamed: "violet",
  resized: "gray",
};

type Of = { table_id: number } | { database_id: number } | { resource_id: number };

export function ChangesTab({ of }: { of: Of }) {
  const { t } = useTranslation("catalog");
  const [shown, setShown] = useState<Change | null>(null);
  const query = $meta.useInfiniteQuery("get", "/api/metadata/changes", { params: { query: { ...of, limit: 100 } } }, pages);
  const columns = useMemo<ColumnDef<Change>[]>(
    () => [
      {
        id: "what",
        header: t("changes.what"),
        meta: { width: "8rem" },
        cell: ({ row }) => (
          <Badge color={COLORS[row.original.change_type]} className="badge">
            {changeWord(row.original.change_type, t)}
          </Badge>
        ),
      },
      { id: "name", header: t("changes.object"), cell: ({ row }) => <span className="breakable">{nameOf(row.original)}</span> },
      { id: "kind", header: t("object.kind"), meta: { width: "8rem" }, cell: ({ row }) => objectWord(row.original.object_type, t) },
      {
        id: "attributes",
        header: t("changes.attributes"),
        cell: ({ row }) => <span className="breakable">{Object.keys(row.original.before ?? {}).join(", ")}</span>,
      },
      { id: "at", header: t("changes.found"), meta: { width: "9rem" }, cell: ({ row }) => <Ago at={row.original.changed_at} /> },
    ],
    [t],
  );
  return (
    <>
      <QueryState query={query} empty={<Empty title={t("changes.empty")} whatToDo={t("changes.emptyHint")} />}>
        {(data) => (
          <DataTable
            label={t("tabs.history")}
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
        size="xl"
        title={shown ? `${changeWord(shown.change_type, t)}: ${nameOf(shown)}` : ""}
      >
        <Stack gap="md">{shown ? <BeforeAfter before={shown.before} after={shown.after} /> : null}</Stack>
      </SideDrawer>
    </>
  );
}

function nameOf(change: Change): string {
  const names = [change.object_schema, change.object_name, change.field_name].filter((name) => name);
  return names.length > 0 ? names.join(".") : change.database_name;
}

function changeWord(type: Change["change_type"], t: TFunction<"catalog">): string {
  switch (type) {
    case "baseline":
      return t("changes.baseline");
    case "added":
      return t("changes.added");
    case "changed":
      return t("changes.changed");
    case "removed":
      return t("changes.removed");
    case "renamed":
      return t("changes.renamed");
    case "resized":
      return t("changes.resized");
  }
}

function objectWord(type: Change["object_type"], t: TFunction<"catalog">): string {
  switch (type) {
    case "database":
      return t("kind.database");
    case "table":
      return t("kind.table");
    case "field":
      return t("kind.field");
    case "object":
      return t("kind.object");
  }
}
