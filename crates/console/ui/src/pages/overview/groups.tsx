import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useSession } from "../../session";
import { Count } from "../../ui";
import type { Overview } from "../../work";
import { GroupsDialog } from "./groups-dialog";

/** The sum of what is known, and nothing where nothing is. */
export function sum(values: (number | null | undefined)[]): number | null {
  const known = values.filter((value): value is number => value !== null && value !== undefined);
  return known.length === 0 ? null : known.reduce((left, right) => left + right, 0);
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Stack gap={0}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={600} size="lg">
        {children}
      </Text>
    </Stack>
  );
}

/** What the usual groups are called; groups of the tenant's own are called as it calls them. */
export function useGroupName(): (name: string) => string {
  const { t } = useTranslation("overview");
  return (name) => {
    switch (name) {
      case "Sync":
        return t("groupSync");
      case "Business":
        return t("groupBusiness");
      case "Other":
        return t("groupOther");
      default:
        return name;
    }
  };
}

/** What the catalog holds, in all and by group. */
export function Groups({ overview }: { overview: Overview }) {
  const { t } = useTranslation("overview");
  const { can } = useSession();
  const nameOf = useGroupName();
  const [edits, setEdits] = useState(false);

  function records(value: number | null | undefined): ReactNode {
    return value === null || value === undefined ? t("notKnown") : <Count n={value} />;
  }

  return (
    <section aria-labelledby="overview-catalog">
      <Group justify="space-between" mb="sm" gap="sm">
        <Title order={2} size="h4" id="overview-catalog">
          {t("catalog")}
        </Title>
        {can("admin") ? (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPencil size={14} aria-hidden />}
            onClick={() => setEdits(true)}
          >
            {t("editGroups")}
          </Button>
        ) : null}
      </Group>
      <Stack gap="md">
        <Paper withBorder p="md">
          <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md">
            <Figure label={t("sources")}>
              <Count n={overview.sources.length} />
            </Figure>
            <Figure label={t("databases")}>
              <Count n={sum(overview.sources.map((source) => source.databases)) ?? 0} />
            </Figure>
            <Figure label={t("tablesAndViews")}>
              <Count n={sum(overview.sources.map((source) => source.tables)) ?? 0} />
            </Figure>
            <Figure label={t("records")}>{records(sum(overview.sources.map((source) => source.records)))}</Figure>
          </SimpleGrid>
        </Paper>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="md">
          {overview.groups.map((group) => (
            <Paper withBorder p="md" key={group.name} component="article" aria-label={nameOf(group.name)}>
              <Text fw={600} mb="xs" truncate title={nameOf(group.name)}>
                {nameOf(group.name)}
              </Text>
              <SimpleGrid cols={2} spacing="md">
                <Figure label={t("tables")}>
                  <Count n={group.tables} />
                </Figure>
                <Figure label={t("records")}>{records(group.tables === 0 ? 0 : group.records)}</Figure>
              </SimpleGrid>
            </Paper>
          ))}
        </SimpleGrid>
      </Stack>
      {edits ? <GroupsDialog onClose={() => setEdits(false)} /> : null}
    </section>
  );
}
