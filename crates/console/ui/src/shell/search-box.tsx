import { Kbd, TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";

/** Leads to the search page, as one types there; `/` and Ctrl-K come here from anywhere. */
export function SearchBox() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const input = useRef<HTMLInputElement>(null);
  const onSearchPage = pathname === "/search";
  const asked = onSearchPage ? (new URLSearchParams(search).get("q") ?? "") : "";
  const [text, setText] = useState(asked);
  // Whether this box is on its way to the search page: what is typed meanwhile is the same visit.
  const going = useRef(false);
  // What the page shows is what the box says, also after going back; but whoever types is ahead of the page.
  useEffect(() => {
    if (document.activeElement !== input.current) setText(asked);
    if (!onSearchPage) going.current = false;
  }, [asked, onSearchPage]);

  const focus = () => {
    input.current?.focus();
    input.current?.select();
  };
  // In a field `/` is a letter; Ctrl-K is one nowhere.
  useHotkeys([["/", focus]]);
  useHotkeys([["mod+K", focus]], []);

  const go = (q: string) => {
    const replace = onSearchPage || going.current;
    going.current = true;
    const kept = new URLSearchParams(onSearchPage ? search : "");
    if (q.trim() === "") kept.delete("q");
    else kept.set("q", q);
    const query = kept.toString();
    void navigate(query === "" ? "/search" : `/search?${query}`, { replace });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go(text);
  };

  return (
    <form role="search" onSubmit={submit} className="search-box">
      <TextInput
        ref={input}
        type="search"
        name="q"
        value={text}
        onChange={(event) => {
          const next = event.currentTarget.value;
          setText(next);
          if (next !== "" || onSearchPage) go(next);
        }}
        placeholder={t("common:searchBox.placeholder")}
        aria-label={t("common:searchBox.placeholder")}
        title={t("common:searchBox.hint")}
        aria-keyshortcuts="/ Control+K"
        leftSection={<IconSearch size={16} stroke={1.6} />}
        rightSection={<Kbd size="xs" aria-hidden>/</Kbd>}
        autoComplete="off"
        spellCheck={false}
      />
    </form>
  );
}
