import { describe, expect, it } from "vitest";

import { cronOf, timesOf, weekdayName } from "./cron";

describe("the usual times", () => {
  it.each([
    ["0 * * * *", "hourly"],
    ["30 2 * * *", "daily"],
    ["15 23 * * 5", "weekly"],
    ["0 4 1 * *", "monthly"],
  ])("reads %s as %s and writes it again", (cron, preset) => {
    const times = timesOf(cron);
    expect(times.preset).toBe(preset);
    expect(cronOf(times)).toBe(cron);
  });

  it("reads the words of cron", () => {
    expect(timesOf("@daily")).toMatchObject({ preset: "daily", time: "00:00" });
    expect(timesOf("@weekly")).toMatchObject({ preset: "weekly", weekday: "0" });
  });

  it.each(["*/15 * * * *", "0 0 * * 5#2", "0 0 1 1 *", "0 0,12 * * *", "@yearly"])("leaves %s as it is", (cron) => {
    expect(timesOf(cron).preset).toBe("custom");
    expect(cronOf(timesOf(cron))).toBe(cron);
  });

  it("names days in each language", () => {
    expect(weekdayName(0, "en")).toBe("Sunday");
    expect(weekdayName(1, "zh")).toBe("星期一");
  });
});
