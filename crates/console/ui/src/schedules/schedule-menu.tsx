import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconPencil, IconPlayerPause, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Schedule } from "./types";
import { usePauseSchedule } from "./use-schedules";

interface Props {
  schedule: Schedule;
  label: string;
  onEdit: () => void;
  onDelete: () => void;
}

/** What an administrator may do to a schedule. */
export function ScheduleMenu({ schedule, label, onEdit, onDelete }: Props) {
  const { t } = useTranslation("schedules");
  const pause = usePauseSchedule();
  const Icon = schedule.paused ? IconPlayerPlay : IconPlayerPause;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("actionsOf", { name: label })}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
          {t("common:action.edit")}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon size={16} aria-hidden />}
          onClick={() => void pause(schedule, !schedule.paused)}
        >
          {schedule.paused ? t("common:action.resume") : t("common:action.pause")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={onDelete}>
          {t("common:action.delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
