import type { Meta } from "../../api";

type Cost = Meta["Cost"];
type Changes = Meta["ChangeCounts"];

export interface Outcome {
  cost: Cost | undefined;
  changes: Changes | undefined;
  /** Whatever else a run has left. */
  rest: Record<string, unknown> | undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function hasNumbers(value: unknown, names: string[]): value is Record<string, unknown> {
  return isRecord(value) && names.every((name) => typeof value[name] === "number");
}

/** Takes the result of a run apart: what it cost and changed has a place of its own, the rest is shown as it is. */
export function outcomeOf(result: unknown): Outcome {
  if (!isRecord(result)) return { cost: undefined, changes: undefined, rest: undefined };
  const { cost, changes, ...others } = result;
  const isCost = hasNumbers(cost, ["statements", "rows", "seconds"]);
  const isChanges = hasNumbers(changes, ["added", "changed", "removed"]);
  const rest = { ...others, ...(isCost || cost == null ? {} : { cost }), ...(isChanges || changes == null ? {} : { changes }) };
  return {
    cost: isCost ? (cost as unknown as Cost) : undefined,
    changes: isChanges ? (changes as unknown as Changes) : undefined,
    rest: Object.keys(rest).length === 0 ? undefined : rest,
  };
}
