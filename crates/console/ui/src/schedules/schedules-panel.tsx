import { Anchor, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { $meta, flatPages } from "../api";
import { useSession } from "../session";
import { Ago, ConfirmDelete, DataTable, Empty, loadedLater, QueryState, moreOf, type ColumnDef } from "../ui";
import { ScheduleMenu } from "./schedule-menu";
import { ScheduleWhen } from "./schedule-when";
import type { Schedule } from "./types";
import { useRefreshSchedules, useSchedules, useSourceNames } from "./use-schedules";

const ScheduleDialog = loadedLater(() => import("./schedule-dialog").then((it) => it.ScheduleDialog));

type Open = { kind: "add" } | { kind: "edit" | "delete"; schedule: Schedule };

function useWhat() {
  const { t } = useTranslation("schedules");
  return (schedule: Schedule) =>
    schedule.level === 1 ? t("level.one") : t("level.twoOf", { databases: (schedule.databases ?? []).join(", ") });
}

function useColumns(names: Map<number, string> | null, open: (what: Open) => void): ColumnDef<Schedule>[] {
  const { t } = useTranslation("schedules");
  const { can } = useSession();
  const what = useWhat();
  const admin = can("admin");
  return useMemo(() => {
    const columns: ColumnDef<Schedule>[] = [
      {
        id: "what",
        header: t("table.what"),
        meta: { width: "260px" },
        cell: ({ row: { original } }) => (
          <Group gap="xs" wrap="nowrap">
            <Text size="sm" truncate maw={names ? 220 : 360} title={what(original)}>
              {what(original)}
            </Text>
            {original.origin === "manager" && (
              <Badge size="sm" variant="light" color="gray">
                {t("kept")}
              </Badge>
            )}
          </Group>
        ),
      },
      {
        id: "when",
        header: t("table.when"),
        meta: { width: "200px" },
        cell: ({ row: { original } }) => <ScheduleWhen schedule={original} />,
      },
      {
        id: "next",
        header: t("table.next"),
        meta: { width: "140px" },
        cell: ({ row: { original } }) =>
          original.next_run_at ? (
            <Ago at={original.next_run_at} />
          ) : (
            <Badge variant="light" color="gray">
              {original.paused ? t("common:status.paused") : t("sourcePaused")}
            </Badge>
          ),
      },
      {
        id: "last",
        header: t("table.last"),
        meta: { width: "140px" },
        cell: ({ row: { original } }) =>
          original.last_job_id ? (
            <Anchor component={Link} to={`/jobs/${original.last_job_id}`} size="sm">
              <Ago at={original.last_run_at} />
            </Anchor>
          ) : (
            <Ago at={original.last_run_at} />
          ),
      },
    ];
    if (names) {
      columns.unshift({
        id: "source",
        header: t("table.source"),
        meta: { width: "180px" },
        cell: ({ row: { original } }) => (
          <Anchor component={Link} to={`/sources/${original.datasource_id}`} size="sm" truncate display="block" maw={180}>
            {names.get(original.datasource_id) ?? original.datasource_id}
          </Anchor>
        ),
      });
    }
    if (admin) {
      columns.push({
        id: "actions",
        header: t("table.actions"),
        meta: { width: "60px" },
        cell: ({ row: { original } }) => (
          <ScheduleMenu
            schedule={original}
            label={what(original)}
            onEdit={() => open({ kind: "edit", schedule: original })}
            onDelete={() => open({ kind: "delete", schedule: original })}
          />
        ),
      });
    }
    return columns;
  }, [t, names, admin, open]);
}

/** The schedules of a source, or of all sources where none is given. */
export function SchedulesPanel({ sourceId }: { sourceId?: number }) {
  const { t } = useTranslation("schedules");
  const { can } = useSession();
  const [dialog, setDialog] = useState<Open | null>(null);
  const all = sourceId === undefined;
  const names = useSourceNames(all);
  const columns = useColumns(all ? names : null, setDialog);
  const query = useSchedules(sourceId);
  const refresh = useRefreshSchedules();
  const remove = $meta.useMutation("delete", "/api/metadata/schedules/{id}");
  const what = useWhat();
  const close = () => setDialog(null);
  const add = can("admin") && (
    <Button
      variant="default"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setDialog({ kind: "add" })}
    >
      {t("add")}
    </Button>
  );

  async function destroy(schedule: Schedule) {
    await remove.mutateAsync({ params: { path: { id: schedule.id } } });
    refresh();
  }

  return (
    <Stack>
      <QueryState
        query={query}
        empty={<Empty title={t("none")} whatToDo={t("noneHint")} action={add} />}
      >
        {(data) => (
          <>
            <Group justify="flex-end">{add}</Group>
            <DataTable
              label={t("title")}
              columns={columns}
              rows={flatPages(data)}
              rowId={(row) => String(row.id)}
              more={moreOf(query)}
            />
          </>
        )}
      </QueryState>
      {dialog?.kind === "add" && <ScheduleDialog sourceId={sourceId} onClose={close} />}
      {dialog?.kind === "edit" && <ScheduleDialog schedule={dialog.schedule} onClose={close} />}
      {dialog?.kind === "delete" && (
        <ConfirmDelete
          opened
          typed={false}
          name={what(dialog.schedule)}
          what={<Text size="sm">{t("deleteHint")}</Text>}
          onConfirm={() => destroy(dialog.schedule)}
          onClose={close}
        />
      )}
    </Stack>
  );
}
