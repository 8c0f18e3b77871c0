// Cuts a text at the offsets that the API tells, which count Unicode code points and not what a string of JavaScript is made of.
import type { Span } from "./types";

export interface Piece {
  text: string;
  marked: boolean;
}

export function pieces(text: string, spans: readonly Span[] | null | undefined): Piece[] {
  if (!spans || spans.length === 0) return text === "" ? [] : [{ text, marked: false }];
  const points = Array.from(text);
  const found: Piece[] = [];
  let at = 0;
  const add = (to: number, marked: boolean) => {
    if (to > at) found.push({ text: points.slice(at, to).join(""), marked });
    at = Math.max(at, to);
  };
  for (const [start = 0, end = 0] of [...spans].sort(([one = 0], [other = 0]) => one - other)) {
    const last = Math.min(end, points.length);
    add(Math.min(start, points.length), false);
    add(last, true);
  }
  add(points.length, false);
  return found;
}

/** The part of a long text around what is marked first, so that it is in sight. */
export function excerpt(all: readonly Piece[], before = 40): Piece[] {
  const first = all.findIndex((piece) => piece.marked);
  const head = all[0];
  if (first !== 1 || !head) return [...all];
  const points = Array.from(head.text);
  if (points.length <= before * 2) return [...all];
  return [{ text: `…${points.slice(-before).join("")}`, marked: false }, ...all.slice(1)];
}
