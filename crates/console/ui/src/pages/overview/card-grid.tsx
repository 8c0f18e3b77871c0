import { Button, Group, SimpleGrid, Text, TextInput, Title } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

const STEP = 24;
const FILTER_FROM = 7;

interface Props<Item> {
  title: string;
  filterLabel: string;
  items: Item[];
  nameOf: (item: Item) => string;
  action?: ReactNode;
  empty?: ReactNode;
  children: (item: Item) => ReactNode;
}

/** Cards under a heading: a filter by name where there are many, and no more of them at once than one can look at. */
export function CardGrid<Item>({ title, filterLabel, items, nameOf, action, empty, children }: Props<Item>) {
  const { t } = useTranslation("overview");
  const id = useId();
  const [filter, setFilter] = useState("");
  const [limit, setLimit] = useState(STEP);
  const wanted = filter.trim().toLocaleLowerCase();
  const found = wanted === "" ? items : items.filter((item) => nameOf(item).toLocaleLowerCase().includes(wanted));

  return (
    <section aria-labelledby={id}>
      <Group justify="space-between" mb="sm" gap="sm">
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        <Group gap="sm">
          {items.length >= FILTER_FROM ? (
            <TextInput
              size="xs"
              aria-label={filterLabel}
              placeholder={filterLabel}
              leftSection={<IconSearch size={14} aria-hidden />}
              value={filter}
              onChange={(event) => setFilter(event.currentTarget.value)}
            />
          ) : null}
          {action}
        </Group>
      </Group>
      {items.length === 0 ? empty : null}
      {items.length > 0 && found.length === 0 ? <Text c="dimmed">{t("nothingFound", { filter })}</Text> : null}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
        {found.slice(0, limit).map(children)}
      </SimpleGrid>
      {found.length > limit ? (
        <Button variant="default" size="xs" mt="md" onClick={() => setLimit(limit + STEP)}>
          {t("showMore", { n: found.length - limit })}
        </Button>
      ) : null}
    </section>
  );
}
