import { Text, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatBytes, formatCount, formatDuration } from "./format";

interface FigureProps {
  n: number | null | undefined;
  /** Whether it is an estimate of the server's. */
  approximate?: boolean;
}

function None() {
  return (
    <Text span inherit c="dimmed">
      –
    </Text>
  );
}

/** A number with the separators of the language. */
export function Count({ n, approximate = false }: FigureProps) {
  const { i18n } = useTranslation();
  if (n === null || n === undefined) return <None />;
  const text = formatCount(n, i18n.language);
  return (
    <Text span inherit className="figures">
      {approximate ? `~${text}` : text}
    </Text>
  );
}

/** A size, exact on hover. */
export function Bytes({ n, approximate = false }: FigureProps) {
  const { i18n } = useTranslation();
  if (n === null || n === undefined) return <None />;
  const text = formatBytes(n, i18n.language);
  return (
    <Tooltip label={`${formatCount(n, i18n.language)} B`} withArrow>
      <Text span inherit className="figures">
        {approximate ? `~${text}` : text}
      </Text>
    </Tooltip>
  );
}

/** How long something took, in its two largest units. */
export function Duration({ seconds }: { seconds: number | null | undefined }) {
  const { t, i18n } = useTranslation();
  if (seconds === null || seconds === undefined) return <None />;
  return (
    <Text span inherit className="figures">
      {formatDuration(seconds, t as (key: string) => string, i18n.language)}
    </Text>
  );
}
