import { Anchor, Card, List, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { StatusBadge } from "../../ui";
import { readHealth, readVersion } from "./service";

/** What this is, whether it is well, and where to read on. */
export function About() {
  const { t } = useTranslation("settings");
  const version = useQuery({ queryKey: ["about", "version"], queryFn: readVersion, staleTime: Infinity });
  const health = useQuery({ queryKey: ["about", "health"], queryFn: readHealth, refetchInterval: 10_000 });
  return (
    <Stack maw={640}>
      <Card withBorder>
        <Stack gap="xs">
          <Title order={2} size="h4">
            Plumbline {version.data ?? ""}
          </Title>
          <Text size="sm" c="dimmed">
            {t("about.what")}
          </Text>
        </Stack>
      </Card>
      <Card withBorder>
        <Stack gap="xs">
          <Title order={2} size="h4">
            {t("about.health")}
          </Title>
          {health.data ? (
            <Table aria-label={t("about.health")}>
              <Table.Tbody>
                {health.data.checks.map((check) => (
                  <Table.Tr key={check.name}>
                    <Table.Th scope="row">{check.name}</Table.Th>
                    <Table.Td>
                      <StatusBadge status={check.ok ? "ready" : "failed"} />
                    </Table.Td>
                    <Table.Td className="breakable">{check.detail}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          ) : (
            <Text size="sm">{health.error ? t("about.noHealth") : t("common:state.loading")}</Text>
          )}
        </Stack>
      </Card>
      <Card withBorder>
        <Stack gap="xs">
          <Title order={2} size="h4">
            {t("about.read")}
          </Title>
          <List size="sm">
            <List.Item>
              <Anchor inherit href="/docs" target="_blank" rel="noreferrer">
                {t("about.api")}
              </Anchor>
            </List.Item>
            <List.Item>
              <Anchor inherit href="/api-docs/openapi.json" target="_blank" rel="noreferrer">
                {t("about.openapi")}
              </Anchor>
            </List.Item>
          </List>
        </Stack>
      </Card>
    </Stack>
  );
}
