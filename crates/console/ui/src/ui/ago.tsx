import { Text, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatAgo, formatExact } from "./format";
import { useNow } from "./use-now";

interface AgoProps {
  /** RFC 3339, as the API tells times. */
  at: string | null | undefined;
  /** What to say where there is no time; "never" otherwise. */
  none?: string;
}

/** How long ago something was; the exact time in the user's zone on hover. */
export function Ago({ at, none }: AgoProps) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const time = at ? new Date(at) : null;
  if (time === null || Number.isNaN(time.getTime())) {
    return (
      <Text span inherit c="dimmed">
        {none ?? t("common:time.never")}
      </Text>
    );
  }
  // A clock that is a little ahead of this one is no future.
  const latest = Math.max(now, Date.now());
  const isNow = Math.abs(time.getTime() - latest) < 5_000;
  const exact = formatExact(time, i18n.language);
  return (
    <Tooltip label={exact} withArrow events={{ hover: true, focus: true, touch: true }}>
      <Text span inherit component="time" dateTime={time.toISOString()}>
        {isNow ? t("common:time.justNow") : formatAgo(time, latest, i18n.language)}
      </Text>
    </Tooltip>
  );
}
