import { Code, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { WideTable } from "./wide-table";

type Document = Record<string, unknown> | null | undefined;

/** The attributes that differ, side by side. */
export function BeforeAfter({ before, after }: { before: Document; after: Document }) {
  const { t } = useTranslation("catalog");
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  if (names.length === 0) return <Text c="dimmed">{t("changes.noDetails")}</Text>;
  return (
    <WideTable>
      <Table layout="fixed" verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="26%">{t("changes.attribute")}</Table.Th>
            {before ? <Table.Th>{t("changes.before")}</Table.Th> : null}
            {after ? <Table.Th>{t("changes.after")}</Table.Th> : null}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {names.map((name) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={500} className="breakable">
                {name}
              </Table.Th>
              {before ? <Value value={before[name]} /> : null}
              {after ? <Value value={after[name]} /> : null}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}

function Value({ value }: { value: unknown }) {
  if (value === undefined || value === null) {
    return (
      <Table.Td>
        <Text span size="sm" c="dimmed">
          –
        </Text>
      </Table.Td>
    );
  }
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <Table.Td valign="top">
      <Code block className="breakable">
        {text}
      </Code>
    </Table.Td>
  );
}
