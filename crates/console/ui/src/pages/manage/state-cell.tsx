import { Badge, Group, Text, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Progress, StatusBadge } from "../../ui";
import type { ManagedObject } from "./types";

interface Props {
  /** The managed object; of a table that is managed with its database, that of the database. */
  object: ManagedObject | undefined;
  progress: number | null | undefined;
  /** What is managed below, of a database that is not managed itself. */
  tables?: number;
  /** Whether it is managed, where its object has not been read yet. */
  isManaged: boolean;
}

/** Not managed, waiting, scanning with how far, managed, or failed with the reason. */
export function StateCell({ object, progress, tables = 0, isManaged }: Props) {
  const { t } = useTranslation("manage");
  if (object === undefined) {
    if (isManaged) return <Badge color="teal">{t("state.managed")}</Badge>;
    return (
      <Text span size="sm" c="dimmed">
        {tables > 0 ? t("state.tables", { count: tables }) : t("state.none")}
      </Text>
    );
  }
  if (object.status === "scanning") {
    return <Progress value={progress ?? null} label={t("state.scanning")} />;
  }
  if (object.status === "pending") return <StatusBadge status="pending" />;
  if (object.status === "failed") {
    return (
      <Tooltip
        label={object.last_error ?? t("state.noReason")}
        multiline
        maw={420}
        events={{ hover: true, focus: true, touch: true }}
      >
        <span tabIndex={0}>
          <StatusBadge status={object.removed_at ? "removed" : "failed"} />
        </span>
      </Tooltip>
    );
  }
  const permission = { read: t("permission.read"), write: t("permission.write"), admin: t("permission.admin") };
  return (
    <Group gap={6} wrap="nowrap">
      <Badge color="teal">{t("state.managed")}</Badge>
      <Badge color="gray" variant="outline">
        {permission[object.permission]}
      </Badge>
    </Group>
  );
}
