import { List, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";

import { $meta } from "../../api";
import { ConfirmDelete } from "../../ui";
import type { Datasource } from "./types";
import { useForgetSource } from "./use-sources";

interface Props {
  source: Datasource;
  /** How many managed objects become failed with it; undefined where that is not known. */
  managed?: number | undefined;
  onClose: () => void;
  onDeleted?: () => void;
}

/** Asks for the name of a source before it is deleted with all that the catalog has of it. */
export function DeleteDialog({ source, managed, onClose, onDeleted }: Props) {
  const { t } = useTranslation("sources");
  const forget = useForgetSource();
  const remove = $meta.useMutation("delete", "/api/metadata/datasources/{id}");

  async function destroy() {
    await remove.mutateAsync({
      params: { path: { id: source.id }, query: { confirm: source.datasource_name } },
    });
    notifications.show({ message: t("deleted", { name: source.datasource_name }) });
    forget();
    onDeleted?.();
  }

  return (
    <ConfirmDelete
      opened
      name={source.datasource_name}
      what={
        <>
          <Text size="sm">{t("delete.what", { name: source.datasource_name })}</Text>
          <List size="sm">
            <List.Item>{t("delete.catalog")}</List.Item>
            <List.Item>{t("delete.schedules")}</List.Item>
            {managed !== undefined && managed > 0 && (
              <List.Item>{t("delete.managed", { count: managed })}</List.Item>
            )}
          </List>
          <Text size="sm">{t("delete.server")}</Text>
        </>
      }
      onConfirm={destroy}
      onClose={onClose}
    />
  );
}
