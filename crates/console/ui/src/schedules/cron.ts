/** The usual times, for whom a cron expression is no everyday language. */
export type Preset = "hourly" | "daily" | "weekly" | "monthly" | "custom";

export interface Times {
  preset: Preset;
  /** `HH:MM`, for all but hourly and custom. */
  time: string;
  /** 0 is Sunday; for weekly. */
  weekday: string;
  /** For custom. */
  cron: string;
}

const WORDS: Record<string, string> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
};

function pad(number: string): string {
  return number.padStart(2, "0");
}

/** Recognises an expression that one of the usual times would have made. */
export function timesOf(cron: string): Times {
  const plain = WORDS[cron.trim()] ?? cron.trim().replace(/\s+/g, " ");
  const custom: Times = { preset: "custom", time: "00:00", weekday: "1", cron };
  const [minute = "", hour = "", day = "", month = "", weekday = "", ...rest] = plain.split(" ");
  if (rest.length > 0 || month !== "*" || !/^\d{1,2}$/.test(minute)) return custom;
  if (hour === "*" && day === "*" && weekday === "*" && minute === "0") return { ...custom, preset: "hourly" };
  if (!/^\d{1,2}$/.test(hour)) return custom;
  const time = `${pad(hour)}:${pad(minute)}`;
  if (day === "*" && weekday === "*") return { ...custom, preset: "daily", time };
  if (day === "*" && /^[0-6]$/.test(weekday)) return { ...custom, preset: "weekly", time, weekday };
  if (day === "1" && weekday === "*") return { ...custom, preset: "monthly", time };
  return custom;
}

/** The expression that these times mean. */
export function cronOf(times: Times): string {
  const [hour = "0", minute = "0"] = times.time.split(":").map((part) => String(Number(part)));
  switch (times.preset) {
    case "hourly":
      return "0 * * * *";
    case "daily":
      return `${minute} ${hour} * * *`;
    case "weekly":
      return `${minute} ${hour} * * ${times.weekday}`;
    case "monthly":
      return `${minute} ${hour} 1 * *`;
    case "custom":
      return times.cron.trim();
  }
}

/** The name of a day of the week in the language of the page; 0 is Sunday. */
export function weekdayName(day: number, language: string): string {
  // The fourth of January 1970 was a Sunday.
  const date = new Date(Date.UTC(1970, 0, 4 + day));
  return new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(date);
}
