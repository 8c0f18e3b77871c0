import { describe, expect, it } from "vitest";

import type { PipelineView } from "../../../work";
import { toChanges, toRequest } from "./request";
import { valuesOf } from "./values";

const TABLE = { datasource_id: 1, datasource_name: "shop", database_name: "erp", table_schema: "public" };
const PIPELINE: PipelineView = {
  id: 1,
  name: "orders",
  sync_table_id: 7,
  biz_table_id: 9,
  sync_table: { ...TABLE, id: 7, table_name: "sync_orders" },
  biz_table: { ...TABLE, id: 9, table_name: "biz_orders" },
  fill: {
    kind: "sql",
    resource_id: 2,
    database: "erp",
    query: "select id from orders",
    mode: "upsert",
    key: ["id"],
    mapping: { total: "amount" },
  },
  etl: { kind: "sql", statement: "insert into biz_orders select * from sync_orders" },
  delta: { method: "key", sync_columns: ["id"], biz_columns: ["order_id"], sync_column: "id", biz_column: "order_id" },
  target: { sync_seconds: 86400, etl_seconds: null },
  threshold: 500,
  schedule: { cron: "30 2 * * *", time_zone: "UTC", jitter_seconds: 0, paused: false },
  problems: [],
  freshness: "fresh",
  sync_freshness: "fresh",
  etl_freshness: "unknown",
  method: "key",
  last_jobs: [],
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
};

describe("a pipeline in the dialog", () => {
  const before = valuesOf(PIPELINE, "UTC");

  it("is sent as it was read", () => {
    expect(toRequest(before)).toEqual({
      name: "orders",
      sync_table_id: 7,
      biz_table_id: 9,
      fill: PIPELINE.fill,
      etl: PIPELINE.etl,
      delta: { method: "key", sync_column: "id", biz_column: "order_id" },
      target: { sync_seconds: 86400, etl_seconds: null },
      threshold: 500,
      schedule: PIPELINE.schedule,
    });
  });

  it("sends only what was changed", () => {
    expect(toChanges(before, before)).toEqual({});
    expect(toChanges({ ...before, threshold: "", isScheduled: false }, before)).toEqual({
      threshold: null,
      schedule: null,
    });
  });

  it("sends a key of several columns as lists", () => {
    const pairs = [
      { from: "id", to: "order_id" },
      { from: "line", to: "line_no" },
    ];
    expect(toChanges({ ...before, delta: { method: "key", pairs } }, before)).toEqual({
      delta: { method: "key", sync_columns: ["id", "line"], biz_columns: ["order_id", "line_no"] },
    });
  });
});
