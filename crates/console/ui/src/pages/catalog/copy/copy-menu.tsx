// Takes a table elsewhere: as the statement that makes it, as Markdown, as CSV.
import { useState } from "react";
import { Button, Menu, Modal, Textarea } from "@mantine/core";
import { IconChevronDown, IconCopy, IconFileTypeCsv, IconMarkdown, IconSql } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNotify } from "../../../ui";
import { useFields } from "../table/use-fields";
import type { Engine, TableDetail } from "../types";
import { createTable } from "./create-table";
import { fieldsAsCsv } from "./csv";
import { markdown } from "./markdown";

export function CopyMenu({ table, engine }: { table: TableDetail; engine: Engine | undefined }) {
  const { t } = useTranslation("catalog");
  const notify = useNotify();
  const { fields, isComplete } = useFields(table.id);
  // What could not be put on the clipboard, which a page without TLS has none of: to be taken by hand.
  const [byHand, setByHand] = useState<string | null>(null);
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      notify.done(t("copy.done"));
    } catch {
      setByHand(text);
    }
  };
  const words = () => ({
    position: "#",
    name: t("field.name"),
    type: t("field.type"),
    nullable: t("field.nullable"),
    key: t("field.key"),
    fallback: t("field.default"),
    comment: t("field.comment"),
    yes: t("field.yes"),
    no: t("field.no"),
  });
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            disabled={!isComplete || !engine || fields.length === 0}
            leftSection={<IconCopy size={14} aria-hidden />}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            {t("copy.as")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconSql size={16} aria-hidden />} onClick={() => engine && void copy(createTable(engine, table, fields))}>
            CREATE TABLE
          </Menu.Item>
          <Menu.Item leftSection={<IconMarkdown size={16} aria-hidden />} onClick={() => void copy(markdown(table, fields, words()))}>
            Markdown
          </Menu.Item>
          <Menu.Item leftSection={<IconFileTypeCsv size={16} aria-hidden />} onClick={() => void copy(fieldsAsCsv(fields))}>
            CSV
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={byHand !== null}
        onClose={() => setByHand(null)}
        title={t("copy.byHand")}
        size="lg"
      >
        <Textarea
          aria-label={t("copy.text")}
          value={byHand ?? ""}
          readOnly
          autosize
          maxRows={20}
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
        />
      </Modal>
    </>
  );
}
