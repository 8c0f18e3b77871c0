import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { IconCheck, IconLanguage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { currentLanguage, LANGUAGES, type Language, setLanguage } from "../i18n";

export function LanguageMenu() {
  const { t } = useTranslation();
  const label = t("common:language.label");
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={label}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label}>
            <IconLanguage size={20} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(LANGUAGES) as Language[]).map((it) => (
          <Menu.Item
            key={it}
            lang={it}
            onClick={() => void setLanguage(it)}
            rightSection={it === currentLanguage() ? <IconCheck size={16} /> : null}
          >
            {LANGUAGES[it]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
