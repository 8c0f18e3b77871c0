import { Anchor, Group, Modal, ScrollArea, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago, Code, useAbove } from "../../ui";
import { ChangeBadge } from "./change-badge";
import { differencesOf, nameOf, shown } from "./diff";
import type { Change } from "./types";

/** One change with its before and after, attribute by attribute. */
export function ChangeDialog({ change, onClose }: { change: Change; onClose: () => void }) {
  const { t } = useTranslation("history");
  useAbove(true);
  const rows = differencesOf(change);
  // What is new or gone has one side alone.
  const hasBefore = change.before != null;
  const hasAfter = change.after != null;
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={<Text fw={600} className="breakable">{nameOf(change)}</Text>}
    >
      <Stack>
        <Group gap="md">
          <ChangeBadge type={change.change_type} />
          <Text size="sm" c="dimmed">
            {t("change.found")} <Ago at={change.changed_at} />
          </Text>
          {change.table_id != null && (
            <Anchor component={Link} to={`/catalog/table-${change.table_id}`} size="sm">
              {t("change.catalog")}
            </Anchor>
          )}
        </Group>
        {rows.length === 0 ? (
          <Text size="sm">{t("change.nothing")}</Text>
        ) : (
          <ScrollArea type="auto" viewportProps={{ tabIndex: 0 }}>
            <Table aria-label={t("change.label")} verticalSpacing="xs" withTableBorder withColumnBorders miw={480}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("change.attribute")}</Table.Th>
                  {hasBefore && <Table.Th>{t("change.before")}</Table.Th>}
                  {hasAfter && <Table.Th>{t("change.after")}</Table.Th>}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map(({ attribute, before, after }) => (
                  <Table.Tr key={attribute}>
                    <Table.Th scope="row" fw={500}>
                      {attribute}
                    </Table.Th>
                    {hasBefore && <Table.Td><Value value={before} /></Table.Td>}
                    {hasAfter && <Table.Td><Value value={after} /></Table.Td>}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </ScrollArea>
        )}
      </Stack>
    </Modal>
  );
}

function Value({ value }: { value: unknown }) {
  const print = shown(value);
  if (print.kind === "nothing") {
    return (
      <Text span size="sm" c="dimmed">
        –
      </Text>
    );
  }
  if (print.kind === "code") return <Code text={print.text} maxHeight={240} />;
  return (
    <Text size="sm" ff="monospace" className="breakable">
      {print.text}
    </Text>
  );
}
