import { Spoiler } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface LongTextProps {
  text: string;
  /** How many lines are shown at first. */
  lines?: number;
}

const LINE = 1.55 * 14;

/** Text of others, however long; whole when asked. Line breaks stay, nothing in it is markup. */
export function LongText({ text, lines = 3 }: LongTextProps) {
  const { t } = useTranslation();
  return (
    <Spoiler
      maxHeight={Math.round(lines * LINE)}
      showLabel={t("common:action.more")}
      hideLabel={t("common:action.less")}
      fz="sm"
      className="long-text"
    >
      {text}
    </Spoiler>
  );
}
