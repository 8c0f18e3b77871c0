import { describe, expect, it } from "vitest";

import { readFilters, sinceOf } from "./use-filters";

describe("the filters of the list of jobs", () => {
  it("come from the address", () => {
    expect(readFilters(new URLSearchParams("type=SQL_ETL&status=FAILED&since=24h&scope=pipeline%3A7"))).toEqual({
      type: "SQL_ETL",
      status: "FAILED",
      since: "24h",
      scope: "pipeline:7",
    });
  });

  it("leave out words that mean nothing", () => {
    expect(readFilters(new URLSearchParams("status=LOUD&since=toString"))).toEqual({
      type: "",
      status: "",
      since: "",
      scope: "",
    });
  });

  it("count from the minute, so that the same filter is the same request for a while", () => {
    const now = Date.parse("2026-01-02T10:00:59Z");
    expect(sinceOf("1h", now)).toBe("2026-01-02T09:00:00.000Z");
    expect(sinceOf("", now)).toBeUndefined();
  });
});
