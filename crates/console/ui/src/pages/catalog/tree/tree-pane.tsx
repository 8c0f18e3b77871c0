// The left side of the page: a filter and the tree below it.
import { useCallback, useEffect, useMemo, useState } from "react";
import { CloseButton, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconFilter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { parseSelection, pathOf, pathOfTable, type Selection, type Tab, TABS, treeId } from "../address";
import type { TreeNode } from "../types";
import { ancestorsOf, type CatalogPath } from "../use-path";
import { CatalogTree } from "./catalog-tree";
import { type NodeRow, ROOT } from "./flatten";
import { LevelLoader } from "./level-loader";
import { useReveal } from "./use-reveal";
import { useTree } from "./use-tree";

interface TreePaneProps {
  selection: Selection;
  field: number | undefined;
  path: CatalogPath;
}

export function TreePane({ selection, field, path }: TreePaneProps) {
  const { t } = useTranslation("catalog");
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), 250);
  // Where the filter looks stays as it is while somebody filters, whatever they select meanwhile.
  const [scope, setScope] = useState<TreeNode | null>(null);
  const only = q ? scope : null;
  const tree = useTree(only);
  const selected = field === undefined ? (treeId(selection) ?? null) : `field-${field}`;
  const ancestors = useMemo(() => ancestorsOf(path, selection), [path, selection]);
  const { reveal, onRevealed } = useReveal(tree, selected, field === undefined ? undefined : treeId(selection), ancestors, path.loading);

  const holder = path.nodes.at(-1) ?? null;
  const onFilter = (value: string) => {
    if (!text.trim()) setScope(holder);
    setText(value);
  };
  const [query] = useSearchParams();
  // Whoever goes from table to table compares the same of each. Rows alone are not read unasked: each reading is recorded.
  const kept = selection.kind === "table" ? TABS.find((tab) => tab === query.get("tab") && tab !== "rows") : undefined;
  const onSelect = useCallback(
    (row: NodeRow) => {
      const { node } = row;
      void navigate(addressOf(row, kept));
      if (node.kind !== "table" && row.expandable && !row.expanded) tree.expand([node.id]);
    },
    [navigate, tree, kept],
  );
  useEffect(() => {
    if (!q) setScope(null);
  }, [q]);

  const within = (text.trim() ? scope : holder)?.name;
  return (
    <Stack gap="xs" flex={1} mih={0}>
      <TextInput
        size="sm"
        value={text}
        onChange={(event) => onFilter(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && setText("")}
        leftSection={<IconFilter size={16} aria-hidden />}
        rightSection={text ? <CloseButton size="sm" aria-label={t("tree.clearFilter")} onClick={() => setText("")} /> : null}
        aria-label={within ? t("tree.filterIn", { name: within }) : t("tree.filter")}
        placeholder={within ? t("tree.filterIn", { name: within }) : t("tree.filter")}
        maxLength={200}
      />
      {only ? (
        <Text size="xs" c="dimmed" truncate>
          {t("tree.filtered", { name: only.name })}
        </Text>
      ) : null}
      {tree.open.map((parent) => {
        const own = q && parent === (only?.id ?? ROOT) ? q : "";
        return <LevelLoader key={parent} parent={parent} q={own} report={tree.report} />;
      })}
      <CatalogTree tree={tree} selected={selected} onSelect={onSelect} reveal={reveal} onRevealed={onRevealed} />
    </Stack>
  );
}

function addressOf({ node, parent }: NodeRow, tab: Tab | undefined): string {
  if (node.kind === "table" && node.catalog_id != null) return pathOfTable(node.catalog_id, null, tab);
  const table = node.kind === "field" && parent ? parseSelection(parent) : null;
  return table?.kind === "table" ? pathOfTable(table.id, node.catalog_id) : pathOf(node.id);
}
