import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Change } from "./types";

type Type = Change["change_type"];

const COLORS: Record<Type, string> = {
  baseline: "gray",
  added: "teal",
  changed: "blue",
  removed: "red",
  renamed: "grape",
  resized: "gray",
};

/** What happened to an object. */
export function ChangeBadge({ type }: { type: Type }) {
  const { t } = useTranslation("history");
  const words: Record<Type, string> = {
    baseline: t("type.baseline"),
    added: t("type.added"),
    changed: t("type.changed"),
    removed: t("type.removed"),
    renamed: t("type.renamed"),
    resized: t("type.resized"),
  };
  return (
    <Badge color={COLORS[type]} className="badge">
      {words[type]}
    </Badge>
  );
}
