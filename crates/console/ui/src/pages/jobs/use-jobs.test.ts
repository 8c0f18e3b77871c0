import { describe, expect, it } from "vitest";

import type { Job } from "../../work";
import { scopeQuery, withJob } from "./use-jobs";

const job = (id: string, version: number) => ({ id, version }) as Job;

describe("the list of jobs", () => {
  it("asks for all jobs of a data source or a pipeline, or of the very scope", () => {
    expect(scopeQuery("datasource:3")).toEqual({ resource_id: 3 });
    expect(scopeQuery("pipeline:7")).toEqual({ pipeline_id: 7 });
    expect(scopeQuery("datasource:3/shop")).toEqual({ scope: "datasource:3/shop" });
    expect(scopeQuery("")).toEqual({});
  });

  it("shows the newer state of a job, and leaves alone what is newer or not there", () => {
    const data = { pages: [{ items: [job("a", 2), job("b", 5)] }] };
    expect(withJob(data, job("a", 3))).toEqual({ pages: [{ items: [job("a", 3), job("b", 5)] }] });
    expect(withJob(data, job("b", 4))).toBe(data);
    expect(withJob(data, job("c", 1))).toBe(data);
    expect(withJob(undefined, job("c", 1))).toBeUndefined();
  });
});
