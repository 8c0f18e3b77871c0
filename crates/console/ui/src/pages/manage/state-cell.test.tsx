import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { show } from "../../testing/render";
import { StateCell } from "./state-cell";
import type { ManagedObject } from "./types";

function object(more: Partial<ManagedObject>): ManagedObject {
  return {
    id: 1,
    resource_id: 1,
    database: "shop",
    status: "ready",
    permission: "read",
    managed_at: "2026-01-01T00:00:00Z",
    managed_by: "ada",
    ...more,
  };
}

describe("the state of what can be managed", () => {
  it("is a word where nothing is managed, and a number where some of it is", async () => {
    await show(
      <>
        <StateCell object={undefined} progress={null} isManaged={false} />
        <StateCell object={undefined} progress={null} isManaged={false} tables={3} />
      </>,
    );
    expect(screen.getByText("Not managed")).toBeInTheDocument();
    expect(screen.getByText("3 tables managed")).toBeInTheDocument();
  });

  it("is how far the scan is", async () => {
    await show(<StateCell object={object({ status: "scanning" })} progress={0.43} isManaged />);
    expect(screen.getByText("43%")).toBeInTheDocument();
  });

  it("is the permission once it is ready", async () => {
    await show(<StateCell object={object({ permission: "write" })} progress={null} isManaged />, { language: "zh" });
    expect(screen.getByText("已纳管")).toBeInTheDocument();
    expect(screen.getByText("读写")).toBeInTheDocument();
  });
});
