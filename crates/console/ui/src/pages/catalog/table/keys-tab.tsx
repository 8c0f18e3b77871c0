// Keys, indexes, checks, triggers and partitions of a table.
import type { ReactNode } from "react";
import { Badge, Group, Stack, Table as Grid, Text, Title } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../ui";
import { WideTable } from "../detail/wide-table";
import type { Index, Key, TableDetail } from "../types";

export function KeysTab({ table }: { table: TableDetail }) {
  const { t } = useTranslation("catalog");
  const { keys = [], indexes = [], checks = [], triggers = [], partitioning } = table.details;
  const parts = partitioning?.parts ?? [];
  if (keys.length + indexes.length + checks.length + triggers.length === 0 && !partitioning) {
    return <Empty title={t("keys.empty")} whatToDo={table.is_scanned ? t("keys.emptyHint") : t("table.noColumnsHint")} />;
  }
  return (
    <Stack gap="lg">
      <Part
        title={t("keys.keys")}
        head={[t("field.name"), t("keys.kind"), t("table.columns"), t("keys.references")]}
        rows={keys.map((key) => [key.name, keyKind(key, t), columnsOf(key), referenceOf(key)])}
      />
      <Part
        title={t("keys.indexes")}
        head={[t("field.name"), t("keys.method"), t("table.columns"), t("keys.marks")]}
        rows={indexes.map((index) => [index.name, index.method, indexColumns(index), <Marks key="marks" index={index} />])}
      />
      <Part
        title={t("keys.checks")}
        head={[t("field.name"), t("keys.condition")]}
        rows={checks.map((check) => [check.name, check.expression])}
      />
      <Part
        title={t("keys.triggers")}
        head={[t("field.name"), t("keys.when"), t("keys.statement")]}
        rows={triggers.map((trigger) => [
          trigger.name,
          `${trigger.timing} ${trigger.events.join(", ")} (${trigger.level})`,
          trigger.statement ?? "",
        ])}
      />
      {partitioning ? (
        <Stack gap="xs">
          <Title order={3} size="h4">
            {t("keys.partitions")}
          </Title>
          <Text size="sm" ff="monospace" className="breakable">
            {partitioning.method} {partitioning.expression}
          </Text>
          <Part
            head={[t("field.name"), t("keys.bound"), t("field.comment")]}
            rows={parts.map((part) => [part.sub_name ? `${part.name} / ${part.sub_name}` : part.name, part.bound ?? "", part.comment ?? ""])}
          />
        </Stack>
      ) : null}
    </Stack>
  );
}

function Part({ title, head, rows }: { title?: string; head: string[]; rows: ReactNode[][] }) {
  if (rows.length === 0) return null;
  return (
    <Stack gap="xs">
      {title ? (
        <Title order={3} size="h4">
          {title}
        </Title>
      ) : null}
      <WideTable>
        <Grid verticalSpacing={6} aria-label={title ?? head[0]}>
          <Grid.Thead>
            <Grid.Tr>
              {head.map((cell) => (
                <Grid.Th key={cell}>{cell}</Grid.Th>
              ))}
            </Grid.Tr>
          </Grid.Thead>
          <Grid.Tbody>
            {rows.map((row, at) => (
              // Names are not unique among all kinds of servers' things; the list does not change while it is shown.
              <Grid.Tr key={at}>
                {row.map((cell, column) => (
                  <Grid.Td key={head[column]} className="breakable" valign="top" fw={column === 0 ? 500 : undefined}>
                    {cell}
                  </Grid.Td>
                ))}
              </Grid.Tr>
            ))}
          </Grid.Tbody>
        </Grid>
      </WideTable>
    </Stack>
  );
}

function keyKind(key: Key, t: TFunction<"catalog">): string {
  switch (key.kind) {
    case "primary":
      return t("keys.primary");
    case "unique":
      return t("keys.unique");
    case "foreign":
      return t("keys.foreign");
    case "exclusion":
      return t("keys.exclusion");
  }
}

function columnsOf(key: Key): string {
  return key.columns.length > 0 ? key.columns.join(", ") : (key.definition ?? "");
}

function referenceOf(key: Key): string {
  const to = key.references;
  if (!to) return "";
  const name = [to.database_name, to.table_schema, to.table_name].filter((part) => part).join(".");
  const actions = [
    to.on_update === "NO ACTION" ? "" : ` ON UPDATE ${to.on_update}`,
    to.on_delete === "NO ACTION" ? "" : ` ON DELETE ${to.on_delete}`,
  ];
  return `${name} (${to.columns.join(", ")})${actions.join("")}`;
}

function indexColumns(index: Index): string {
  const columns = index.columns.map((column) => {
    const name = column.name ?? column.expression ?? "";
    return `${name}${column.prefix_length ? `(${column.prefix_length})` : ""}${column.descending ? " DESC" : ""}`;
  });
  const included = index.included?.length ? ` INCLUDE (${index.included.join(", ")})` : "";
  return `${columns.join(", ")}${included}${index.predicate ? ` WHERE ${index.predicate}` : ""}`;
}

function Marks({ index }: { index: Index }) {
  const { t } = useTranslation("catalog");
  return (
    <Group gap={4}>
      {index.primary ? <Badge className="badge">{t("keys.primary")}</Badge> : null}
      {index.unique && !index.primary ? (
        <Badge variant="outline" className="badge">
          {t("keys.unique")}
        </Badge>
      ) : null}
      {index.valid ? null : (
        <Badge color="red" className="badge">
          {t("keys.invalid")}
        </Badge>
      )}
      {index.visible ? null : (
        <Badge color="gray" className="badge">
          {t("keys.invisible")}
        </Badge>
      )}
    </Group>
  );
}
