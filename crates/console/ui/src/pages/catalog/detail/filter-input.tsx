import { useState } from "react";
import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconFilter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export interface Filter {
  text: string;
  setText: (text: string) => void;
  /** What to ask for: what stands there, once the typing rests. */
  q: string;
}

export function useFilter(): Filter {
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), 250);
  return { text, setText, q };
}

export function FilterInput({ text, setText, label }: Filter & { label: string }) {
  const { t } = useTranslation("catalog");
  return (
    <TextInput
      size="sm"
      maw={360}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Escape" && setText("")}
      leftSection={<IconFilter size={16} aria-hidden />}
      rightSection={text ? <CloseButton size="sm" aria-label={t("tree.clearFilter")} onClick={() => setText("")} /> : null}
      aria-label={label}
      placeholder={label}
      maxLength={200}
    />
  );
}
