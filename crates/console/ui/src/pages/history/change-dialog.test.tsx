import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { show } from "../../testing/render";
import { ChangeDialog } from "./change-dialog";
import type { Change } from "./types";

// The document of the API calls both sides plain objects.
const change = {
  id: 1,
  scan_id: 12,
  changed_at: "2026-01-01T00:00:00Z",
  change_type: "changed",
  object_type: "field",
  datasource_id: 1,
  database_id: 3,
  database_name: "shop",
  object_schema: "public",
  object_name: "orders",
  field_name: "total",
  table_id: 7,
  before: { column_type: "varchar(40)" },
  after: { column_type: "<script>" },
} as unknown as Change;

describe("a change", () => {
  it("opens its before and after, whatever they hold", async () => {
    await show(<ChangeDialog change={change} onClose={() => {}} />);
    expect(screen.getByText("shop · public.orders · total")).toBeInTheDocument();
    expect(screen.getByRole("columnheader", { name: "Before" })).toBeInTheDocument();
    expect(screen.getByText("varchar(40)")).toBeInTheDocument();
    expect(screen.getByText("<script>")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "Show in the catalog" })).toHaveAttribute("href", "/catalog/table-7");
  });

  it("has one side alone where something is new", async () => {
    const added = { ...change, change_type: "added", before: null } as Change;
    await show(<ChangeDialog change={added} onClose={() => {}} />);
    expect(screen.queryByRole("columnheader", { name: "Before" })).not.toBeInTheDocument();
    expect(screen.getByRole("columnheader", { name: "After" })).toBeInTheDocument();
  });
});
