import { useTranslation } from "react-i18next";
import { formatAgo } from "./format";
import { Problem } from "./problem";
import { useNow } from "./use-now";

interface StaleNoteProps {
  /** When the data was read, in milliseconds. */
  at: number;
  error: unknown;
  retry: () => void;
}

/** How old data is that could not be read anew, and why. */
export function StaleNote({ at, error, retry }: StaleNoteProps) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const ago = formatAgo(new Date(at), Math.max(now, at), i18n.language);
  return <Problem error={error} title={t("common:state.stale", { ago })} retry={retry} />;
}
