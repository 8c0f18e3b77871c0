import { describe, expect, it } from "vitest";

import { emptyForm, fieldOf, formOf, toCreate, toTest, toUpdate } from "./form";
import type { Datasource } from "./types";

const stored: Datasource = {
  id: 1,
  datasource_name: "shop",
  datasource_type: "postgresql",
  host: "db.example",
  port: 5432,
  username: "reader",
  default_database: "shop",
  tls: { mode: "require" },
  options: { include_databases: ["shop*"], writable: true },
  paused: false,
  server_facts: {} as never,
  sync_status: "success",
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
};

describe("the form of a source", () => {
  it("asks for what was typed and leaves out what was not", () => {
    const form = { ...emptyForm(), name: " shop ", host: " db ", username: "reader", password: "env:no" };
    expect(toCreate(form)).toMatchObject({ name: "shop", host: "db", port: 3306, password: "env:no", database: null });
    expect(toTest(form)).not.toHaveProperty("name");
    expect(toCreate({ ...form, secret: "reference", passwordFrom: "env:SHOP" })).not.toHaveProperty("password");
  });

  it("has no schemas where the server has none", () => {
    const form = { ...emptyForm(), includeSchemas: ["public"] };
    expect(toCreate(form).options).toMatchObject({ include_schemas: [] });
    expect(toCreate({ ...form, engine: "postgresql" }).options).toMatchObject({ include_schemas: ["public"] });
  });

  it("changes nothing of a source that nobody touched", () => {
    const form = formOf(stored);
    expect(toUpdate(form, formOf(stored))).toEqual({});
  });

  it("changes only what was touched, and never the password by accident", () => {
    const before = formOf(stored);
    expect(toUpdate({ ...before, host: "new.example" }, before)).toEqual({ host: "new.example" });
    expect(toUpdate({ ...before, secret: "password", password: "p" }, before)).toEqual({ password: "p" });
    expect(toUpdate({ ...before, excludeDatabases: ["*_tmp"] }, before).options).toMatchObject({
      include_databases: ["shop*"],
      exclude_databases: ["*_tmp"],
      writable: true,
    });
  });

  it("finds the input that a problem points at", () => {
    expect(fieldOf("/host")).toBe("host");
    expect(fieldOf("/tls/ca_certificate")).toBe("caCertificate");
    expect(fieldOf("/options/include_databases/0")).toBe("includeDatabases");
    expect(fieldOf("/options/unheard_of")).toBeUndefined();
  });
});
