// A row that is no entry: more is coming, nothing is there, or it could not be read.
import { useEffect } from "react";
import { Loader, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { asProblem } from "../../../api";
import type { Level, Row } from "./flatten";
import type { Place } from "./tree-row";
import classes from "./tree.module.css";

interface NoteRowProps extends Place {
  row: Exclude<Row, { type: "node" }>;
  level: Level | undefined;
  onOpen: () => void;
}

export function NoteRow({ id, top, active, row, level, onOpen }: NoteRowProps) {
  const { t } = useTranslation("catalog");
  // Whoever scrolls here wants the next page.
  const { hasNext, fetchingNext, fetchNext } = level ?? {};
  useEffect(() => {
    if (row.type === "more" && hasNext && !fetchingNext) fetchNext?.();
  }, [row.type, hasNext, fetchingNext, fetchNext]);

  const empty = () => {
    switch (row.kind) {
      case null:
        return t("tree.noSources");
      case "datasource":
        return t("tree.noDatabases");
      case "table":
        return t("tree.noFields");
      default:
        return t("tree.noTables");
    }
  };
  const text =
    row.type === "error"
      ? t("tree.failed", { detail: asProblem(level?.error).message })
      : row.type === "empty"
        ? empty()
        : t("tree.loading");
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={row.depth}
      aria-selected={false}
      className={classes.row}
      data-active={active || undefined}
      style={{ transform: `translateY(${top}px)`, paddingInlineStart: 6 + (row.depth - 1) * 16 }}
      onClick={onOpen}
    >
      <span className={classes.toggle} aria-hidden>
        {row.type === "loading" || row.type === "more" ? <Loader size={12} /> : null}
      </span>
      <Text span size="sm" truncate c={row.type === "error" ? "red" : "dimmed"} className={classes.name} title={text}>
        {text}
      </Text>
    </div>
  );
}
