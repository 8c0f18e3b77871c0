import { ActionIcon, Checkbox, Text, Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconDatabase, IconServer } from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";

import { Bytes, Count, StatusBadge } from "../../ui";
import { NoteCells } from "./note-cells";
import { RowMenu } from "./row-menu";
import type { DatabaseRow, NoteRow, Row, SourceRow, TableRow } from "./rows";
import { isSettled, tickOf } from "./selection";
import { StateCell } from "./state-cell";
import type { ManagedObject } from "./types";
import type { Tree } from "./use-tree";
import classes from "./manage.module.css";

interface CellsProps<R> {
  row: R;
  tree: Tree;
}

/** The cells of a row, whatever it is; drawn once and not at each step of scrolling. */
export const RowCells = memo(function RowCells({ row, tree }: CellsProps<Row>) {
  switch (row.kind) {
    case "source":
      return <SourceCells row={row} tree={tree} />;
    case "database":
      return <DatabaseCells row={row} tree={tree} />;
    case "table":
      return <TableCells row={row} tree={tree} />;
    case "note":
      return <NoteCells row={row as NoteRow} onMore={() => tree.more(row.list)} />;
  }
});

function Chevron({ row, tree, name }: CellsProps<SourceRow | DatabaseRow> & { name: string }) {
  const { t } = useTranslation("manage");
  const Icon = row.expanded ? IconChevronDown : IconChevronRight;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={22}
      tabIndex={-1}
      aria-label={row.expanded ? t("tree.collapse", { name }) : t("tree.expand", { name })}
      onClick={() => tree.expand(row.key, !row.expanded)}
    >
      <Icon size={16} aria-hidden />
    </ActionIcon>
  );
}

function Tick({ row, tree, name }: CellsProps<DatabaseRow | TableRow> & { name: string }) {
  const { t } = useTranslation("manage");
  const tick = tickOf(tree.selection, row);
  if (!tree.canManage) return null;
  return (
    <Checkbox
      size="xs"
      tabIndex={-1}
      checked={tick === "on"}
      indeterminate={tick === "some"}
      disabled={isSettled(tree.selection, row) || !row.database.is_accessible}
      onChange={() => tree.tick(row)}
      aria-label={t("tree.tick", { name })}
    />
  );
}

function SourceCells({ row, tree }: CellsProps<SourceRow>) {
  const { t } = useTranslation("manage");
  const { source } = row;
  return (
    <>
      <div role="gridcell" className={classes.name}>
        <Chevron row={row} tree={tree} name={source.datasource_name} />
        <IconServer size={16} aria-hidden className={classes.room} />
        <Text size="sm" fw={600} truncate title={source.datasource_name}>
          {source.datasource_name}
        </Text>
      </div>
      <div role="gridcell" className={classes.figure} />
      <div role="gridcell" className={classes.figure} />
      <div role="gridcell">
        {source.sync_status === "success" && !source.paused ? (
          <Text size="sm" c="dimmed">
            {t("state.objects", { count: source.managed_count })}
          </Text>
        ) : (
          <StatusBadge status={source.paused ? "paused" : source.sync_status} />
        )}
      </div>
      <div role="gridcell" />
    </>
  );
}

function DatabaseCells({ row, tree }: CellsProps<DatabaseRow>) {
  const { t } = useTranslation("manage");
  const { database, source } = row;
  const name = database.database_name;
  const object = tree.objects.database(source.id, name);
  return (
    <>
      <div role="gridcell" className={`${classes.name} ${classes.level2}`}>
        <Chevron row={row} tree={tree} name={name} />
        <Tick row={row} tree={tree} name={name} />
        <IconDatabase size={16} aria-hidden className={classes.room} />
        <Text size="sm" truncate title={name} c={database.is_accessible ? undefined : "dimmed"}>
          {name}
        </Text>
      </div>
      <div role="gridcell" className={classes.figure}>
        {database.table_count != null && (
          <Text span size="sm">
            <Count n={database.table_count} /> {t("tree.tables", { count: database.table_count })}
          </Text>
        )}
      </div>
      <div role="gridcell" className={classes.figure}>
        <Bytes n={database.total_size_bytes} />
      </div>
      <div role="gridcell">
        {database.is_accessible ? (
          <StateCell
            object={object}
            progress={tree.progressOf(object)}
            tables={database.managed_tables}
            isManaged={database.is_managed}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {t("state.inaccessible")}
          </Text>
        )}
      </div>
      <MenuCell tree={tree} object={object} name={name} href={`/catalog/database-${database.database_id}`} />
    </>
  );
}

function TableCells({ row, tree }: CellsProps<TableRow>) {
  const { t } = useTranslation("manage");
  const { table, database, source } = row;
  const own = tree.objects.table(source.id, database.database_name, table);
  const object = own ?? tree.objects.database(source.id, database.database_name);
  const name = table.table_schema ? `${table.table_schema}.${table.table_name}` : table.table_name;
  const href = table.table_id != null ? `/catalog/table-${table.table_id}` : null;
  return (
    <>
      <div role="gridcell" className={`${classes.name} ${classes.level3}`}>
        <Tick row={row} tree={tree} name={name} />
        <Tooltip label={table.table_comment} disabled={!table.table_comment} multiline maw={420}>
          <Text size="sm" truncate title={name}>
            {table.table_schema && (
              <Text span inherit c="dimmed">
                {table.table_schema}.
              </Text>
            )}
            {table.table_name}
          </Text>
        </Tooltip>
        {table.table_type && table.table_type !== "TABLE" && (
          <Text span size="xs" c="dimmed" flex="none">
            {table.table_type}
          </Text>
        )}
      </div>
      <div role="gridcell" className={classes.figure}>
        {table.row_count != null && (
          <Text span size="sm">
            <Count n={table.row_count} approximate /> {t("tree.rows", { count: table.row_count })}
          </Text>
        )}
      </div>
      <div role="gridcell" className={classes.size} />
      <div role="gridcell">
        <StateCell
          object={table.is_managed ? object : own}
          progress={tree.progressOf(object)}
          isManaged={table.is_managed}
        />
      </div>
      <MenuCell tree={tree} object={own} name={name} href={href} />
    </>
  );
}

interface MenuCellProps {
  tree: Tree;
  object: ManagedObject | undefined;
  name: string;
  href: string | null;
}

function MenuCell({ tree, object, name, href }: MenuCellProps) {
  return (
    <div role="gridcell">
      {tree.canManage && object && (
        <RowMenu object={object} name={name} href={href} onRelease={() => tree.release(object)} />
      )}
    </div>
  );
}
