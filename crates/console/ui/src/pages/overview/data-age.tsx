import { ActionIcon, Group, Text, Tooltip } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { Ago } from "../../ui";

interface Props {
  query: { dataUpdatedAt: number; refetch: () => unknown };
}

/** How old the figures of the page are, and a way to read them again. */
export function DataAge({ query }: Props) {
  const { t } = useTranslation("overview");
  return (
    <Group gap="xs" wrap="nowrap">
      {query.dataUpdatedAt > 0 ? (
        <Text size="sm" c="dimmed">
          {t("asOf")} <Ago at={new Date(query.dataUpdatedAt).toISOString()} />
        </Text>
      ) : null}
      <Tooltip label={t("readAgain")}>
        <ActionIcon variant="default" size="lg" aria-label={t("readAgain")} onClick={() => void query.refetch()}>
          <IconRefresh size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
