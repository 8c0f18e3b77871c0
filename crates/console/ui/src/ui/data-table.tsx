import { Loader, ScrollArea, Table, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import {
  type ColumnDef as TanStackColumnDef,
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  type Header,
  type Row as TableRow,
  type RowData,
  type SortingState,
  useReactTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRowFocus } from "./use-row-focus";

declare module "@tanstack/react-table" {
  // The names of the parameters are those of the interface that is added to.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface ColumnMeta<TData extends RowData, TValue> {
    align?: "left" | "right" | "center";
    /** The width, as CSS has it: "12rem", "30%". */
    width?: string;
  }
}

// Columns of one table have values of several types.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type ColumnDef<Row> = TanStackColumnDef<Row, any>;

/** How a list goes on where the API tells it page by page. */
export interface MoreRows {
  hasMore: boolean;
  loading: boolean;
  load: () => void;
}

export interface DataTableProps<Row> {
  /** What the table has, for those who do not see it. */
  label: string;
  columns: ColumnDef<Row>[];
  rows: Row[];
  rowId?: (row: Row, index: number) => string;
  /** By click and Enter. */
  onOpen?: (row: Row) => void;
  isSelected?: (row: Row) => boolean;
  /** Instead of the table where there are no rows. */
  empty?: ReactNode;
  more?: MoreRows;
  /** Whether the rows that are here may be sorted: only where they are all. */
  sortable?: boolean;
  /** The height from which on it scrolls, as CSS has it. */
  maxHeight?: string;
  /** The width below which it scrolls sideways. */
  minWidth?: number;
  /** What a row is expected to be high; rows are measured. */
  rowHeight?: number;
}

/** How near the end of the rows the next page is read. */
const AHEAD = 20;
const OVERSCAN = 12;

/** A table of any length: only rows in view are drawn. Arrow keys, Home, End and Enter work in it. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, onOpen, isSelected, empty, more, sortable = false } = props;
  const { maxHeight = "70vh", minWidth = 640, rowHeight = 37 } = props;
  const { t } = useTranslation();
  const [viewport, setViewport] = useState<HTMLDivElement | null>(null);
  const [sorting, setSorting] = useState<SortingState>([]);
  const [active, setActive] = useState(0);
  const table = useReactTable({
    data: rows,
    columns,
    getRowId: rowId,
    enableSorting: sortable,
    state: { sorting },
    onSortingChange: setSorting,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  const model = table.getRowModel().rows;
  const virtualizer = useVirtualizer({
    count: model.length,
    getScrollElement: () => viewport,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    getItemKey: (index) => model[index]?.id ?? index,
  });
  const focusRow = useRowFocus(() => viewport);
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const { hasMore = false, loading = false, load } = more ?? {};
  useEffect(() => {
    if (hasMore && !loading && last >= model.length - AHEAD) load?.();
  }, [hasMore, loading, load, last, model.length]);

  if (model.length === 0 && empty !== undefined && !hasMore) return <>{empty}</>;

  const focus = (index: number) => {
    const next = Math.min(Math.max(index, 0), model.length - 1);
    setActive(next);
    virtualizer.scrollToIndex(next);
    focusRow(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number) => {
    // Keys in a field or on a button of the row are theirs.
    if (event.target !== event.currentTarget) return;
    const moves: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + 10,
      PageUp: index - 10,
      Home: 0,
      End: model.length - 1,
    };
    const to = moves[event.key];
    const row = model[index];
    if (to !== undefined) focus(to);
    else if ((event.key === "Enter" || event.key === " ") && onOpen && row) onOpen(row.original);
    else return;
    event.preventDefault();
  };

  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const current = Math.min(active, model.length - 1);
  const tabStop = items.some((it) => it.index === current) ? current : (items[0]?.index ?? 0);
  return (
    <ScrollArea.Autosize mah={maxHeight} type="auto" viewportRef={setViewport} className="data-table">
      <Table
        aria-label={label}
        aria-rowcount={hasMore ? -1 : model.length + 1}
        miw={minWidth}
        stickyHeader
        highlightOnHover={onOpen !== undefined}
        verticalSpacing={7}
      >
        <Table.Thead>
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id} aria-rowindex={1}>
              {group.headers.map((header) => (
                <HeadCell key={header.id} header={header} />
              ))}
            </Table.Tr>
          ))}
        </Table.Thead>
        <Table.Tbody>
          <Spacer height={before} columns={columns.length} />
          {items.map((item) => {
            const row = model[item.index];
            if (!row) return null;
            return (
              <Table.Tr
                key={row.id}
                ref={virtualizer.measureElement}
                data-index={item.index}
                aria-rowindex={item.index + 2}
                aria-selected={isSelected ? isSelected(row.original) : undefined}
                data-selected={isSelected?.(row.original) || undefined}
                data-open={onOpen ? true : undefined}
                tabIndex={item.index === tabStop ? 0 : -1}
                onFocus={() => setActive(item.index)}
                onClick={onOpen ? () => onOpen(row.original) : undefined}
                onKeyDown={(event) => onKeyDown(event, item.index)}
              >
                <Cells row={row} columns={columns} />
              </Table.Tr>
            );
          })}
          <Spacer height={after} columns={columns.length} />
          {hasMore && (
            <Table.Tr>
              <Table.Td colSpan={columns.length} ta="center">
                <Loader size="xs" type="dots" role="img" aria-label={t("common:state.loading")} />
              </Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}

interface CellsProps<Row> {
  row: TableRow<Row>;
  /** Others mean other cells of the same row. */
  columns: ColumnDef<Row>[];
}

/** The cells of a row, drawn once and not at each step of scrolling. */
const Cells = memo(function Cells<Row>({ row }: CellsProps<Row>) {
  return row.getVisibleCells().map((cell) => (
    <Table.Td key={cell.id} ta={cell.column.columnDef.meta?.align}>
      {flexRender(cell.column.columnDef.cell, cell.getContext())}
    </Table.Td>
  ));
}) as <Row>(props: CellsProps<Row>) => ReactNode;

/** The room of the rows that are not drawn. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function HeadCell<Row>({ header }: { header: Header<Row, unknown> }) {
  const { t } = useTranslation();
  const { column } = header;
  const { align, width } = column.columnDef.meta ?? {};
  const sorted = column.getIsSorted();
  const content = header.isPlaceholder ? null : flexRender(column.columnDef.header, header.getContext());
  const Icon = sorted === "desc" ? IconChevronDown : IconChevronUp;
  const hint = sorted === "desc" ? t("common:table.sortDescending") : t("common:table.sortAscending");
  return (
    <Table.Th
      ta={align}
      w={width}
      aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}
    >
      {column.getCanSort() ? (
        <UnstyledButton fz="inherit" fw="inherit" onClick={column.getToggleSortingHandler()}>
          {content}
          {sorted && <Icon size={14} aria-label={hint} className="sort-icon" />}
        </UnstyledButton>
      ) : (
        content
      )}
    </Table.Th>
  );
}
