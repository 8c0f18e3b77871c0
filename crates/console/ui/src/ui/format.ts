// Numbers and times as people of the language write them.

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

export function formatCount(n: number, language: string): string {
  return new Intl.NumberFormat(language).format(n);
}

export function formatBytes(n: number, language: string): string {
  let size = n;
  let unit = 0;
  while (Math.abs(size) >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const digits = unit > 0 && size < 10 ? 1 : 0;
  const text = new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(size);
  return `${text} ${UNITS[unit] ?? ""}`;
}

type Translate = (key: string, values?: Record<string, unknown>) => string;

/** The two largest units of a duration. */
export function formatDuration(seconds: number, t: Translate, language: string): string {
  if (seconds < 1) return t("common:duration.milliseconds", { n: Math.round(seconds * 1000) });
  if (seconds < 60) {
    const n = new Intl.NumberFormat(language, { maximumFractionDigits: seconds < 10 ? 1 : 0 }).format(seconds);
    return t("common:duration.seconds", { n });
  }
  const whole = Math.round(seconds);
  const [minutes, hours, days] = [Math.floor(whole / 60), Math.floor(whole / 3600), Math.floor(whole / 86400)];
  if (hours < 1) return t("common:duration.minutes", { m: minutes, s: whole % 60 });
  if (days < 1) return t("common:duration.hours", { h: hours, m: minutes % 60 });
  return t("common:duration.days", { d: days, h: hours % 24 });
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** How long ago, or how long until then. */
export function formatAgo(at: Date, now: number, language: string): string {
  const seconds = (at.getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const [unit, size] = STEPS.find(([, it]) => Math.abs(seconds) >= it) ?? ["second", 1];
  return format.format(Math.trunc(seconds / size), unit);
}

/** The moment itself, in the user's zone, which it names. */
export function formatExact(at: Date, language: string): string {
  return new Intl.DateTimeFormat(language, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(at);
}
