import { ActionIcon, Menu, Text, Tooltip } from "@mantine/core";
import { IconLogout, IconSettings, IconUserCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSession } from "../session";

export function UserMenu() {
  const { t } = useTranslation();
  const { subject, role, signOut } = useSession();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Tooltip label={subject}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("common:nav.account", { subject })}>
            <IconUserCircle size={22} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} truncate="end">
            {subject}
          </Text>
          <Text size="xs" inherit>
            {t(`common:role.${role}`)}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} to="/settings" leftSection={<IconSettings size={16} stroke={1.6} />}>
          {t("common:nav.settings")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={signOut}>
          {t("common:action.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
