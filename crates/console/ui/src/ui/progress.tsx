import { Group, Progress as Bar, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface ProgressProps {
  /** 0 to 1; null while nobody knows how much there is. */
  value: number | null | undefined;
  label?: string;
  /** Without the figure beside it. */
  bare?: boolean;
}

/** How far something is. */
export function Progress({ value, label, bare = false }: ProgressProps) {
  const { t, i18n } = useTranslation();
  const known = value !== null && value !== undefined;
  const part = known ? Math.min(Math.max(value, 0), 1) : 1;
  const text = known
    ? new Intl.NumberFormat(i18n.language, { style: "percent" }).format(Math.floor(part * 100) / 100)
    : t("common:progress.unknown");
  return (
    <Group gap="xs" wrap="nowrap" miw={80}>
      <Bar.Root flex={1} size="md">
        <Bar.Section
          value={part * 100}
          striped={!known}
          animated={!known}
          aria-label={label ?? t("common:progress.label")}
          aria-valuetext={text}
        />
      </Bar.Root>
      {!bare && (
        <Text span size="xs" c="dimmed" className="figures" flex="none">
          {text}
        </Text>
      )}
    </Group>
  );
}
