import { useEffect, useRef } from "react";

/** Gives the focus to rows of a virtual list by their `data-index`: to one that is not drawn yet as soon as it is. */
export function useRowFocus(list: () => Element | null): (index: number) => void {
  const wanted = useRef<number | null>(null);
  const give = () => {
    if (wanted.current === null) return;
    const row = list()?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (!row) return;
    wanted.current = null;
    row.focus();
  };
  // After whatever was drawn.
  useEffect(give);
  return (index) => {
    wanted.current = index;
    give();
  };
}
