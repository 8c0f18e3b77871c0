import { Badge, Button, Code, Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Meta } from "../../api";
import { Ago, type ColumnDef } from "../../ui";

type ApiKey = Meta["ApiKey"];

function isOver(key: ApiKey): boolean {
  return key.expires_at != null && Date.parse(key.expires_at) <= Date.now();
}

/** The columns of the list of keys. */
export function useKeyColumns(onRevoke: (key: ApiKey) => void): ColumnDef<ApiKey>[] {
  const { t } = useTranslation("settings");
  return useMemo(() => {
    const roles = { viewer: t("common:role.viewer"), operator: t("common:role.operator"), admin: t("common:role.admin") };
    return [
      {
        id: "name",
        header: t("keys.name"),
        cell: ({ row: { original } }) => (
          <Stack gap={0}>
            <Text size="sm" fw={500} truncate maw={300} title={original.name}>
              {original.name}
            </Text>
            <Code>{original.prefix}…</Code>
          </Stack>
        ),
      },
      {
        id: "role",
        header: t("keys.role"),
        cell: ({ row: { original } }) => <Text size="sm">{roles[original.role]}</Text>,
      },
      {
        id: "state",
        header: t("keys.state"),
        cell: ({ row: { original } }) =>
          original.revoked_at ? (
            <Badge color="gray">{t("keys.revoked")}</Badge>
          ) : isOver(original) ? (
            <Badge color="gray">{t("keys.expired")}</Badge>
          ) : (
            <Badge color="teal">{t("keys.valid")}</Badge>
          ),
      },
      {
        id: "expires",
        header: t("keys.expires"),
        cell: ({ row: { original } }) => <Ago at={original.expires_at} />,
      },
      {
        id: "used",
        header: t("keys.used"),
        cell: ({ row: { original } }) => <Ago at={original.last_used_at} />,
      },
      {
        id: "created",
        header: t("keys.created"),
        cell: ({ row: { original } }) => (
          <Stack gap={0}>
            <Text size="sm" truncate maw={160}>
              {original.created_by}
            </Text>
            <Text size="xs" c="dimmed">
              <Ago at={original.created_at} />
            </Text>
          </Stack>
        ),
      },
      {
        id: "actions",
        header: t("keys.actions"),
        meta: { align: "right" },
        cell: ({ row: { original } }) =>
          original.revoked_at ? null : (
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              aria-label={t("keys.revokeOf", { name: original.name })}
              onClick={() => onRevoke(original)}
            >
              {t("keys.revokeEllipsis")}
            </Button>
          ),
      },
    ] satisfies ColumnDef<ApiKey>[];
  }, [t, onRevoke]);
}
