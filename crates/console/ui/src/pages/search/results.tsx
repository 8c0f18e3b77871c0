import { type KeyboardEvent, useEffect, useRef } from "react";
import { Button, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { flatPages } from "../../api";
import { Empty, Loading, Problem } from "../../ui";
import { ResultLine } from "./result-line";
import type { useSearch } from "./use-search";
import classes from "./search.module.css";

/** The results as a list of links; arrow keys go from the search box into it and through it. */
export function Results({ query, q }: { query: ReturnType<typeof useSearch>; q: string }) {
  const { t } = useTranslation("search");
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const from = document.activeElement;
      if (event.key !== "ArrowDown" || event.defaultPrevented || !(from instanceof HTMLInputElement) || from.type !== "search") return;
      const first = list.current?.querySelector<HTMLElement>("[data-result]");
      if (!first) return;
      event.preventDefault();
      first.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-result]")];
    const at = links.findIndex((link) => link === document.activeElement);
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 };
    const to = moves[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    // Above the first result is the box in which one types.
    if (to < 0) document.querySelector<HTMLElement>('input[type="search"]')?.focus();
    else links[Math.min(to, links.length - 1)]?.focus();
  };

  if (query.data === undefined) {
    return query.isError ? <Problem error={query.error} retry={() => void query.refetch()} /> : <Loading />;
  }
  const items = flatPages(query.data);
  return (
    <Stack gap="sm" aria-busy={query.isPlaceholderData}>
      {query.isError ? <Problem error={query.error} retry={() => void query.refetch()} /> : null}
      <VisuallyHidden role="status">
        {query.isPlaceholderData ? "" : t("found", { count: items.length })}
      </VisuallyHidden>
      {items.length === 0 ? (
        <Empty title={t("nothing", { q })} whatToDo={t("nothingHint")} />
      ) : (
        <ul ref={list} className={classes.results} aria-label={t("results")} onKeyDown={onKeyDown}>
          {items.map((item) => (
            <li key={`${item.kind} ${item.id}`}>
              <ResultLine item={item} />
            </li>
          ))}
        </ul>
      )}
      {query.hasNextPage ? (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("more")}
        </Button>
      ) : items.length > 10 ? (
        <Text size="sm" c="dimmed" ta="center">
          {t("end")}
        </Text>
      ) : null}
    </Stack>
  );
}
