import { describe, expect, it } from "vitest";

import { scopeName } from "./use-scope-name";

const NAMES = { sources: new Map([["3", "shop"]]), pipelines: new Map([["7", "orders"]]) };

describe("what a job works on", () => {
  it("is called as people called it", () => {
    expect(scopeName("pipeline:7", NAMES)).toBe("orders");
    expect(scopeName("datasource:3", NAMES)).toBe("shop");
    expect(scopeName("datasource:3/a/b", NAMES)).toBe("shop / a/b");
  });

  it("stays as it is where nobody knows the name", () => {
    expect(scopeName("pipeline:8", NAMES)).toBe("pipeline:8");
    expect(scopeName("datasource:30/x", NAMES)).toBe("datasource:30/x");
    expect(scopeName("nightly", NAMES)).toBe("nightly");
  });
});
