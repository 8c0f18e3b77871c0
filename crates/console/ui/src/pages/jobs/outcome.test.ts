import { describe, expect, it } from "vitest";

import { outcomeOf } from "./outcome";

const COST = { statements: 3, rows: 10, seconds: 0.2 };
const CHANGES = { added: 1, changed: 0, removed: 2, renamed: 0 };

describe("the result of a run", () => {
  it("is nothing where there is none", () => {
    expect(outcomeOf(null)).toEqual({ cost: undefined, changes: undefined, rest: undefined });
    expect(outcomeOf(undefined)).toEqual({ cost: undefined, changes: undefined, rest: undefined });
  });

  it("tells cost and changes of a scan", () => {
    expect(outcomeOf({ cost: COST, changes: CHANGES })).toEqual({ cost: COST, changes: CHANGES, rest: undefined });
  });

  it("keeps what a program outside has left, whatever it calls it", () => {
    const result = { cost: "12 EUR", model: "large" };
    expect(outcomeOf(result)).toEqual({ cost: undefined, changes: undefined, rest: result });
  });
});
