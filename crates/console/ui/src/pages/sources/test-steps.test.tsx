import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { show } from "../../testing/render";
import { TestSteps } from "./test-steps";
import type { TestReport } from "./types";

const failed: TestReport = {
  ok: false,
  steps: [
    { name: "resolve", ok: true, detail: "10.0.0.7", duration_ms: 3 },
    { name: "connect", ok: false, detail: "<b>nobody</b> listens at 10.0.0.7:3306", duration_ms: 12 },
  ],
};

describe("a connection test", () => {
  it("shows the step that failed with its reason, and those that were not tried", async () => {
    await show(<TestSteps report={failed} running={false} />);
    expect(screen.getByText("<b>nobody</b> listens at 10.0.0.7:3306")).toBeInTheDocument();
    expect(screen.getAllByRole("img", { name: "Not tried" })).toHaveLength(5);
    expect(screen.getByRole("img", { name: "Failed" })).toBeInTheDocument();
  });

  it("speaks Chinese", async () => {
    const { container } = await show(<TestSteps report={{ ok: true, steps: [] }} running={false} />, { language: "zh" });
    expect(within(container).getByText("连接正常。")).toBeInTheDocument();
  });

  it("tells of the password where that is read elsewhere", async () => {
    const steps = [{ name: "password", ok: false, detail: "there is no variable SHOP", duration_ms: 0 }];
    await show(<TestSteps report={{ ok: false, steps }} running={false} />);
    expect(screen.getByText("Read the password")).toBeInTheDocument();
  });
});
