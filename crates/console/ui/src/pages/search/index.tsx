// Search: names and comments of all levels, as one types in the box at the head of every page.
import { Group, SegmentedControl, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Empty, Page } from "../../ui";
import { parseKind, parseSource } from "./address";
import { Results } from "./results";
import { kindWord } from "./result-line";
import { SourceSelect } from "./source-select";
import { KINDS } from "./types";
import { useSearch } from "./use-search";
import classes from "./search.module.css";

const DEBOUNCE_MS = 180;

export default function SearchPage() {
  const { t } = useTranslation("search");
  const [params, setParams] = useSearchParams();
  const typed = (params.get("q") ?? "").trim();
  const [q] = useDebouncedValue(typed, DEBOUNCE_MS);
  const kind = parseKind(params.get("kind"));
  const source = parseSource(params.get("resource_id"));
  // Nothing to look for is known at once.
  const asked = typed === "" ? "" : q;
  const query = useSearch({
    q: asked,
    ...(kind === undefined ? {} : { kind }),
    ...(source === undefined ? {} : { resource_id: source }),
  });
  const set = (name: string, value: string | undefined) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (value) after.set(name, value);
        else after.delete(name);
        return after;
      },
      { replace: true },
    );
  return (
    <Page title={asked === "" ? t("title") : t("titleOf", { q: asked })} heading={t("title")}>
      <Stack gap="md" maw={860}>
        <Group gap="sm">
          <SegmentedControl
            size="sm"
            aria-label={t("kinds")}
            className={classes.kinds}
            value={kind ?? "all"}
            onChange={(value) => set("kind", parseKind(value))}
            data={[{ value: "all", label: t("kind.all") }, ...KINDS.map((it) => ({ value: it, label: kindWord(it, t) }))]}
          />
          <SourceSelect value={source} onChange={(id) => set("resource_id", id === undefined ? undefined : String(id))} />
        </Group>
        {asked === "" ? (
          <Empty title={t("start")} whatToDo={t("startHint")} icon={<IconSearch size={24} stroke={1.5} />} />
        ) : (
          <Results query={query} q={asked} />
        )}
      </Stack>
    </Page>
  );
}
