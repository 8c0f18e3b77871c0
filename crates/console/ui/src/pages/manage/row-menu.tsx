import { ActionIcon, Menu } from "@mantine/core";
import { IconCheck, IconDots, IconLogout, IconRefresh, IconTable } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { $manager, $meta, idempotencyKey } from "../../api";
import { useNotify } from "../../ui";
import { PERMISSIONS, type ManagedObject, type Permission } from "./types";
import { useRefreshManaged } from "./use-objects";

interface Props {
  object: ManagedObject;
  name: string;
  /** Where the catalog shows it, once it is there. */
  href: string | null;
  onRelease: () => void;
}

/** What may be done to a managed object. */
export function RowMenu({ object, name, href, onRelease }: Props) {
  const { t } = useTranslation("manage");
  const notify = useNotify();
  const refresh = useRefreshManaged();
  const update = $manager.useMutation("patch", "/api/manager/managed-objects/{id}");
  const retry = $meta.useMutation("post", "/api/metadata/scan/{scan_id}/retry");
  const labels = { read: t("permission.read"), write: t("permission.write"), admin: t("permission.admin") };

  async function permit(permission: Permission) {
    try {
      await update.mutateAsync({ params: { path: { id: object.id } }, body: { permission } });
    } catch (error) {
      notify.failed(error, t("menu.permissionFailed"));
    }
    refresh();
  }

  async function scanAgain(scan_id: number) {
    try {
      await retry.mutateAsync({ params: { path: { scan_id }, header: { "Idempotency-Key": idempotencyKey() } } });
      notify.done(t("menu.scanStarted"));
    } catch (error) {
      notify.failed(error, t("menu.scanFailed"));
    }
    refresh();
  }

  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t("menu.of", { name })}
          onClick={(event) => event.stopPropagation()}
        >
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        {href && (
          <Menu.Item component={Link} to={href} leftSection={<IconTable size={16} aria-hidden />}>
            {t("menu.catalog")}
          </Menu.Item>
        )}
        {object.status === "failed" && object.scan_id != null && !object.removed_at && (
          <Menu.Item
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={() => void scanAgain(object.scan_id ?? 0)}
          >
            {t("menu.scanAgain")}
          </Menu.Item>
        )}
        <Menu.Label>{t("permission.title")}</Menu.Label>
        {PERMISSIONS.map((permission) => (
          <Menu.Item
            key={permission}
            aria-current={permission === object.permission || undefined}
            leftSection={permission === object.permission ? <IconCheck size={16} aria-hidden /> : <span />}
            onClick={() => void permit(permission)}
          >
            {labels[permission]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconLogout size={16} aria-hidden />} onClick={onRelease}>
          {t("menu.release")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
