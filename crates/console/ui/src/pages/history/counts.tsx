import { Badge, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Props {
  added: number;
  changed: number;
  removed: number;
  renamed: number;
}

/** How much a run found different; a word where nothing is. */
export function Counts({ added, changed, removed, renamed }: Props) {
  const { t } = useTranslation("history");
  if (added + changed + removed + renamed === 0) {
    return (
      <Text span size="sm" c="dimmed">
        {t("counts.none")}
      </Text>
    );
  }
  return (
    <Group gap={4}>
      {added > 0 && <Badge color="teal">{t("counts.added", { count: added })}</Badge>}
      {changed > 0 && <Badge color="blue">{t("counts.changed", { count: changed })}</Badge>}
      {renamed > 0 && <Badge color="grape">{t("counts.renamed", { count: renamed })}</Badge>}
      {removed > 0 && <Badge color="red">{t("counts.removed", { count: removed })}</Badge>}
    </Group>
  );
}
