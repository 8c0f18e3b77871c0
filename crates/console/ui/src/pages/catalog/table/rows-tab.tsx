// Sample rows: some rows of the table as they are now.
import { useState } from "react";
import { Button, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Empty, Loading, Problem } from "../../../ui";
import type { Database, Table } from "../types";
import { PreviewTable } from "./preview-table";
import { RowsForm } from "./rows-form";
import { useFields } from "./use-fields";
import { type Access, useAccess } from "./use-access";
import { usePreview, type Wanted } from "./use-preview";

/** A table of more columns than this shows as many until somebody chooses. */
const COLUMNS = 60;

export function RowsTab({ table, database }: { table: Table; database: Database | undefined }) {
  return database ? <Allowed table={table} database={database} /> : <Loading />;
}

function Allowed({ table, database }: { table: Table; database: Database }) {
  const { t } = useTranslation("catalog");
  const access = useAccess(table, database);
  const { fields, isComplete, query } = useFields(table.id);
  if (!table.is_scanned) return <Empty title={t("table.noColumns")} whatToDo={t("table.noColumnsHint")} />;
  switch (access.kind) {
    case "loading":
      return <Loading />;
    case "error":
      return <Problem error={access.error} retry={access.retry} />;
    case "none":
      return (
        <Empty
          title={t("rows.notManaged")}
          whatToDo={t("rows.notManagedHint")}
          action={
            <Button component={Link} to="/manage" variant="default" size="xs">
              {t("database.manage")}
            </Button>
          }
        />
      );
    default:
      if (query.isError && !isComplete) return <Problem error={query.error} retry={() => void query.refetch()} />;
      if (!isComplete) return <Loading />;
      return <Rows table={table} access={access} names={fields.filter((it) => !it.removed_at).map((it) => it.field_name)} />;
  }
}

function Rows({ table, access, names }: { table: Table; access: Access; names: readonly string[] }) {
  const many = names.length > COLUMNS;
  const [wanted, setWanted] = useState<Wanted>({ where: "", limit: 50, columns: many ? names.slice(0, COLUMNS) : [] });
  const query = usePreview(table, access, wanted);
  const show = (next: Wanted) => {
    // The same again is meant as a fresh reading.
    if (JSON.stringify(next) === JSON.stringify(wanted)) void query.refetch();
    else setWanted(next);
  };
  return (
    <Stack gap="md">
      <RowsForm wanted={wanted} names={names} onShow={show} busy={query.isFetching} error={query.error} />
      {query.error ? <Problem error={query.error} retry={() => void query.refetch()} /> : null}
      {query.data ? <PreviewTable preview={query.data} at={query.dataUpdatedAt} /> : query.isFetching ? <Loading /> : null}
    </Stack>
  );
}
