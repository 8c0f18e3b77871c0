import { Text } from "@mantine/core";
import {
  IconChevronRight,
  IconColumns3,
  IconDatabase,
  IconFolder,
  IconServer2,
  IconTable,
  IconTableShortcut,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { TreeNode } from "../types";
import type { NodeRow } from "./flatten";
import classes from "./tree.module.css";

export interface Place {
  id: string;
  /** Pixels from the top of the tree. */
  top: number;
  active: boolean;
}

interface TreeRowProps extends Place {
  row: NodeRow;
  selected: boolean;
  onOpen: () => void;
  onToggle: () => void;
}

/** The width of one step inwards, in pixels. */
const STEP = 16;

export function TreeRow({ id, top, active, row, selected, onOpen, onToggle }: TreeRowProps) {
  const { t, i18n } = useTranslation("catalog");
  const { node } = row;
  const count = node.child_count;
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={row.depth}
      aria-posinset={row.position}
      aria-setsize={row.size}
      aria-expanded={row.expandable ? row.expanded : undefined}
      aria-selected={selected}
      className={classes.row}
      data-active={active || undefined}
      data-selected={selected || undefined}
      style={{ transform: `translateY(${top}px)`, paddingInlineStart: 6 + (row.depth - 1) * STEP }}
      onClick={onOpen}
      onDoubleClick={row.expandable ? onToggle : undefined}
    >
      <span
        className={classes.toggle}
        data-expanded={row.expanded || undefined}
        aria-hidden
        onClick={(event) => {
          if (!row.expandable) return;
          event.stopPropagation();
          onToggle();
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        {row.expandable ? <IconChevronRight size={14} /> : null}
      </span>
      <Icon node={node} />
      <Text span size="sm" truncate className={classes.name} data-removed={node.removed_at ? true : undefined} title={node.name}>
        {node.name || t("tree.unnamed")}
      </Text>
      {node.removed_at ? (
        <Text span size="xs" c="dimmed" className={classes.side}>
          {t("tree.removed")}
        </Text>
      ) : node.kind === "field" && node.label ? (
        <Text span size="xs" c="dimmed" truncate className={classes.side} title={node.label}>
          {node.label}
        </Text>
      ) : count != null && node.kind !== "field" ? (
        <Text span size="xs" c="dimmed" className={classes.side}>
          {count.toLocaleString(i18n.language)}
        </Text>
      ) : null}
    </div>
  );
}

function Icon({ node }: { node: TreeNode }) {
  const common = { size: 16, className: classes.icon, "aria-hidden": true } as const;
  switch (node.kind) {
    case "datasource":
      return <IconServer2 {...common} />;
    case "database":
      return <IconDatabase {...common} />;
    case "schema":
      return <IconFolder {...common} />;
    case "table":
      return node.label?.includes("VIEW") ? <IconTableShortcut {...common} /> : <IconTable {...common} />;
    case "field":
      return <IconColumns3 {...common} />;
  }
}
