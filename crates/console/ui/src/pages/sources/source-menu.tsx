import { ActionIcon, Menu } from "@mantine/core";
import {
  IconDots,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconTrash,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useSession } from "../../session";
import type { Datasource } from "./types";
import { useSourceActions } from "./use-source-actions";

interface Props {
  source: Datasource;
  onEdit: () => void;
  onDelete: () => void;
}

/** What may be done to a source by whoever is signed in. */
export function SourceMenu({ source, onEdit, onDelete }: Props) {
  const { t } = useTranslation("sources");
  const { can } = useSession();
  const { syncNow, pause, busy } = useSourceActions();
  if (!can("operator")) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          loading={busy}
          aria-label={t("actionsOf", { name: source.datasource_name })}
          onClick={(event) => event.stopPropagation()}
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        <Menu.Item
          leftSection={<IconRefresh size={16} aria-hidden />}
          disabled={source.paused}
          onClick={() => void syncNow(source)}
        >
          {t("syncNow")}
        </Menu.Item>
        {can("admin") && (
          <>
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
              {t("common:action.edit")}
            </Menu.Item>
            <Menu.Item
              leftSection={
                source.paused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />
              }
              onClick={() => void pause(source, !source.paused)}
            >
              {source.paused ? t("resume") : t("pause")}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={onDelete}>
              {t("deleteEllipsis")}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
