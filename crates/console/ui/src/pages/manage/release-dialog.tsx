import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { $manager } from "../../api";
import { ConfirmDelete } from "../../ui";
import type { ManagedObject } from "./types";
import { useRefreshManaged } from "./use-objects";

/** Asks before a managed object is released. */
export function ReleaseDialog({ object, onClose }: { object: ManagedObject; onClose: () => void }) {
  const { t } = useTranslation("manage");
  const refresh = useRefreshManaged();
  const release = $manager.useMutation("delete", "/api/manager/managed-objects/{id}");
  const name = object.table ? `${object.database}.${object.table}` : object.database;

  async function confirm() {
    await release.mutateAsync({ params: { path: { id: object.id } } });
    refresh();
  }

  return (
    <ConfirmDelete
      opened
      typed={false}
      title={t("release.title", { name })}
      verb={t("menu.release")}
      name={name}
      what={<Text size="sm">{t("release.what")}</Text>}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
