import { useMemo, useState } from "react";
import { Alert, Button, Group, Stack, Table as Grid, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Ago, type ColumnDef, DataTable, Empty, SideDrawer } from "../../../ui";
import { previewAsCsv } from "../copy/csv";
import { download } from "../copy/download";
import type { Preview } from "../types";

/** A value as the API tells it: null, true or false, a whole number, or the server's own text. */
type Value = string | number | boolean | null;

/** The most that a column takes, in pixels. */
const WIDEST = 320;

interface Row {
  at: number;
  values: Value[];
}

export function PreviewTable({ preview, at }: { preview: Preview; at: number }) {
  const { t } = useTranslation("catalog");
  const [shown, setShown] = useState<Row | null>(null);
  const rows = useMemo<Row[]>(() => preview.rows.map((values, row) => ({ at: row, values: values as Value[] })), [preview.rows]);
  const cut = useMemo(() => new Set(preview.cut.map((it) => `${it.row} ${it.column}`)), [preview.cut]);
  const columns = useMemo<ColumnDef<Row>[]>(
    () =>
      preview.columns.map((column, index) => ({
        id: String(index),
        header: () => (
          <Text span inherit display="block" maw={WIDEST} truncate title={`${column.name}: ${column.column_type}`}>
            {column.name}
          </Text>
        ),
        meta: { align: typeof preview.rows[0]?.[index] === "number" ? "right" : "left" },
        cell: ({ row: { original } }) => <Cell value={original.values[index] ?? null} cut={cut.has(`${original.at} ${index}`)} />,
      })),
    [preview, cut],
  );
  if (preview.rows.length === 0) return <Empty title={t("rows.empty")} whatToDo={t("rows.emptyHint")} />;
  return (
    <Stack gap="xs">
      {preview.truncated_by === "bytes" ? (
        <Alert color="orange" variant="light">
          {t("rows.truncatedBytes")}
        </Alert>
      ) : null}
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {preview.truncated ? t("rows.some", { count: preview.rows.length }) : t("rows.all", { count: preview.rows.length })}{" "}
          <Ago at={new Date(at).toISOString()} />
        </Text>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => download(`${preview.table_name}.csv`, "text/csv;charset=utf-8", previewAsCsv(preview))}
        >
          {t("rows.download")}
        </Button>
      </Group>
      <DataTable
        label={t("rows.label", { name: preview.table_name })}
        columns={columns}
        rows={rows}
        rowId={(row) => String(row.at)}
        onOpen={setShown}
        minWidth={480}
        maxHeight="60vh"
      />
      <SideDrawer
        opened={shown !== null}
        onClose={() => setShown(null)}
        size="lg"
        title={t("rows.one")}
      >
        {shown ? <OneRow preview={preview} row={shown} cut={cut} /> : null}
      </SideDrawer>
    </Stack>
  );
}

/** All of one row, each value to its end. */
function OneRow({ preview, row, cut }: { preview: Preview; row: Row; cut: ReadonlySet<string> }) {
  const { t } = useTranslation("catalog");
  return (
    <Grid layout="fixed" verticalSpacing={6} aria-label={t("rows.one")}>
      <Grid.Tbody>
        {preview.columns.map((column, index) => (
          <Grid.Tr key={`${index} ${column.name}`}>
            <Grid.Th scope="row" w="32%" className="breakable">
              {column.name}
              <Text size="xs" c="dimmed">
                {column.column_type}
              </Text>
            </Grid.Th>
            <Grid.Td className="long-text">
              <Cell value={row.values[index] ?? null} cut={cut.has(`${row.at} ${index}`)} whole />
            </Grid.Td>
          </Grid.Tr>
        ))}
      </Grid.Tbody>
    </Grid>
  );
}

function Cell({ value, cut, whole = false }: { value: Value; cut: boolean; whole?: boolean }) {
  const { t } = useTranslation("catalog");
  if (value === null) {
    return (
      <Text span size="sm" c="dimmed" fs="italic">
        NULL
      </Text>
    );
  }
  const text = String(value);
  const more = cut ? (
    <Text span c="dimmed" title={t("rows.cut")}>
      {" "}
      …
    </Text>
  ) : null;
  if (whole) {
    return (
      <Text span size="sm" className="long-text">
        {text}
        {more}
      </Text>
    );
  }
  // A cell shows the beginning of what may be a novel, on one line.
  return (
    <Text span display="block" size="sm" maw={WIDEST} truncate>
      {text.length <= 300 ? text : text.slice(0, 300)}
      {more}
    </Text>
  );
}
