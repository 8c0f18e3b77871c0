import { ActionIcon, Button, Fieldset, Group, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Meta } from "../../api";

type TableGroup = Meta["TableGroup"];

interface Props {
  place: number;
  count: number;
  group: TableGroup;
  errors: Record<string, string>;
  onChange: (group: TableGroup) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

/** One group of tables: its name, which tables it takes, and its place among the groups. */
export function GroupFields({ place, count, group, errors, onChange, onMove, onRemove }: Props) {
  const { t } = useTranslation("overview");
  const named = group.table_ids?.length ?? 0;
  const n = place + 1;
  return (
    <Fieldset legend={t("groupN", { n })}>
      <Stack gap="sm">
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <TextInput
            flex={1}
            miw={0}
            label={t("groupName")}
            required
            maxLength={200}
            value={group.name}
            onChange={(event) => onChange({ ...group, name: event.currentTarget.value })}
            error={errors[`/groups/${place}/name`]}
          />
          <Group gap={4} wrap="nowrap" mt={24}>
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={t("groupUp", { n })}
              disabled={place === 0}
              onClick={() => onMove(place - 1)}
            >
              <IconArrowUp size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={t("groupDown", { n })}
              disabled={place === count - 1}
              onClick={() => onMove(place + 1)}
            >
              <IconArrowDown size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon variant="subtle" color="red" size="lg" aria-label={t("groupRemove", { n })} onClick={onRemove}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        </Group>
        <TagsInput
          label={t("groupPrefixes")}
          description={t("groupPrefixesHint")}
          value={group.prefixes ?? []}
          onChange={(prefixes) => onChange({ ...group, prefixes })}
          acceptValueOnBlur
          maxTags={50}
          error={errors[`/groups/${place}/prefixes`]}
        />
        {named > 0 ? (
          <Group gap="xs">
            <Text size="sm">{t("groupTables", { count: named })}</Text>
            <Button variant="subtle" size="compact-sm" onClick={() => onChange({ ...group, table_ids: [] })}>
              {t("groupTablesClear")}
            </Button>
          </Group>
        ) : null}
        {errors[`/groups/${place}/table_ids`] ? (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {errors[`/groups/${place}/table_ids`]}
          </Text>
        ) : null}
      </Stack>
    </Fieldset>
  );
}
