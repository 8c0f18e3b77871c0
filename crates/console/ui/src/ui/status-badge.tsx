import { Badge, Loader } from "@mantine/core";
import { useTranslation } from "react-i18next";

const COLORS: Record<string, string> = {
  QUEUED: "gray",
  RUNNING: "blue",
  SUCCESS: "teal",
  PARTIAL: "orange",
  FAILED: "red",
  CANCELLED: "gray",
  pending: "gray",
  scanning: "blue",
  syncing: "blue",
  ready: "teal",
  success: "teal",
  failed: "red",
  paused: "gray",
  removed: "gray",
  fresh: "teal",
  late: "orange",
  unknown: "gray",
};

const MOVING = new Set(["RUNNING", "scanning", "syncing"]);

interface StatusBadgeProps {
  /** A job's state, or one of the lower-case words of data sources and managed objects. */
  status: string;
}

/** Where something stands, as a word of the language. One that is not known is shown as it is. */
export function StatusBadge({ status }: StatusBadgeProps) {
  const { t } = useTranslation();
  const moving = MOVING.has(status);
  return (
    <Badge
      color={COLORS[status] ?? "gray"}
      className="badge"
      leftSection={moving ? <Loader size={10} color="currentColor" aria-hidden /> : undefined}
    >
      {t(`common:status.${status}`, { defaultValue: status })}
    </Badge>
  );
}

interface FreshnessBadgeProps {
  value: string | null | undefined;
}

/** Whether data is within its target. */
export function FreshnessBadge({ value }: FreshnessBadgeProps) {
  const { t } = useTranslation();
  const word = value ?? "unknown";
  return (
    <Badge color={COLORS[word] ?? "gray"} className="badge">
      {t(`common:freshness.${word}`, { defaultValue: word })}
    </Badge>
  );
}
