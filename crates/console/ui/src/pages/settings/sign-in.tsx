import { Button, Card, Group, Stack, Table, Text, Title } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useSession } from "../../session";
import { Ago } from "../../ui";
import { AdminOnly } from "./admin-only";
import { SignInLink } from "./sign-in-link";

/** Who is signed in, and a link by which somebody else can sign in once. */
export function SignIn() {
  const { t } = useTranslation("settings");
  const { subject, tenant, role, expiresAt, signOut } = useSession();
  const roles = { viewer: t("common:role.viewer"), operator: t("common:role.operator"), admin: t("common:role.admin") };
  const facts = [
    [t("session.subject"), subject],
    [t("session.role"), (roles as Record<string, string>)[role] ?? role],
    [t("session.tenant"), String(tenant)],
  ];
  return (
    <Stack maw={640}>
      <Card withBorder>
        <Stack>
          <Title order={2} size="h4">
            {t("session.title")}
          </Title>
          <Table variant="vertical" layout="fixed" aria-label={t("session.title")}>
            <Table.Tbody>
              {facts.map(([label, value]) => (
                <Table.Tr key={label}>
                  <Table.Th scope="row">{label}</Table.Th>
                  <Table.Td className="breakable">{value}</Table.Td>
                </Table.Tr>
              ))}
              <Table.Tr>
                <Table.Th scope="row">{t("session.ends")}</Table.Th>
                <Table.Td>
                  <Ago at={expiresAt} />
                </Table.Td>
              </Table.Tr>
            </Table.Tbody>
          </Table>
          <Group>
            <Button variant="default" leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
              {t("common:action.signOut")}
            </Button>
          </Group>
        </Stack>
      </Card>
      <Card withBorder>
        <Stack>
          <Title order={2} size="h4">
            {t("link.title")}
          </Title>
          <Text size="sm" c="dimmed">
            {t("link.hint")}
          </Text>
          <AdminOnly>
            <SignInLink />
          </AdminOnly>
        </Stack>
      </Card>
    </Stack>
  );
}
