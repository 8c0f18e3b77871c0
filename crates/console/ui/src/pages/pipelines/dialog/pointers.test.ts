import { describe, expect, it } from "vitest";

import { placeErrors } from "./pointers";
import { emptyValues, type FormValues } from "./values";

function errorsAt(pointers: string[], change: (values: FormValues) => void = () => undefined) {
  const values = emptyValues("UTC");
  change(values);
  return placeErrors(
    pointers.map((pointer) => ({ pointer, detail: pointer })),
    values,
  );
}

describe("errors of the service", () => {
  it("stand at the fields that they are about", () => {
    const { errors, rest } = errorsAt(["/name", "/sync_table_id", "/fill/query", "/schedule/cron"], (values) => {
      values.isScheduled = true;
    });
    expect(Object.keys(errors)).toEqual(["name", "sync", "fill.query", "schedule.cron"]);
    expect(rest).toEqual([]);
  });

  it("find a column of the mapping by its escaped name", () => {
    const { errors } = errorsAt(["/fill/mapping/a~1b~0c"], (values) => {
      values.fill.mapping = [
        { from: "x", to: "y" },
        { from: "a/b~c", to: "z" },
      ];
    });
    expect(errors).toEqual({ "fill.mapping.1.to": "/fill/mapping/a~1b~0c" });
  });

  it("find the columns of a key, of one column or of several", () => {
    expect(errorsAt(["/delta/biz_column"]).errors).toHaveProperty(["delta.pairs.0.to"]);
    expect(errorsAt(["/delta/sync_columns/2"]).errors).toHaveProperty(["delta.pairs.2.from"]);
  });

  it("are put together where one field has several", () => {
    expect(errorsAt(["/fill/key/0", "/fill/key"]).errors).toEqual({ "fill.key": "/fill/key/0; /fill/key" });
  });

  it("are kept where no field shows them", () => {
    const { errors, rest } = errorsAt(["/fill/job_type", "/something", "/schedule/cron"]);
    expect(errors).toEqual({});
    expect(rest.map(({ pointer }) => pointer)).toEqual(["/fill/job_type", "/something", "/schedule/cron"]);
  });
});
