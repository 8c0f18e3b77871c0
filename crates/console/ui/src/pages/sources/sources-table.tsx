import { Anchor, Button, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { flatPages } from "../../api";
import { useSession } from "../../session";
import { Ago, Count, DataTable, Empty, loadedLater, Page, QueryState, moreOf, type ColumnDef } from "../../ui";
import { serverOf } from "./server-of";
import { SourceMenu } from "./source-menu";
import { SourceState } from "./source-state";
import type { ManagedDatasource } from "./types";
import { useSources } from "./use-sources";

const DeleteDialog = loadedLater(() => import("./delete-dialog").then((it) => it.DeleteDialog));
const EditDialog = loadedLater(() => import("./edit-dialog").then((it) => it.EditDialog));
const RegisterDialog = loadedLater(() => import("./register-dialog").then((it) => it.RegisterDialog));

type Dialog = { kind: "register" } | { kind: "edit" | "delete"; source: ManagedDatasource };

function useColumns(open: (dialog: Dialog) => void): ColumnDef<ManagedDatasource>[] {
  const { t } = useTranslation("sources");
  return useMemo(
    () => [
      {
        id: "name",
        header: t("table.name"),
        meta: { width: "220px" },
        cell: ({ row: { original } }) => (
          <Anchor
            component={Link}
            to={`/sources/${original.id}`}
            size="sm"
            fw={500}
            truncate
            display="block"
            maw={300}
            title={original.datasource_name}
            onClick={(event) => event.stopPropagation()}
          >
            {original.datasource_name}
          </Anchor>
        ),
      },
      {
        id: "state",
        header: t("table.state"),
        meta: { width: "190px" },
        cell: ({ row: { original } }) => <SourceState source={original} />,
      },
      {
        id: "server",
        header: t("table.server"),
        meta: { width: "200px" },
        cell: ({ row: { original } }) => (
          <Text size="sm" truncate maw={240} title={original.server_version ?? undefined}>
            {serverOf(original)}
          </Text>
        ),
      },
      {
        id: "address",
        header: t("table.address"),
        meta: { width: "190px" },
        cell: ({ row: { original } }) => (
          <Text size="sm" truncate maw={240} title={`${original.host}:${original.port}`}>
            {original.host}:{original.port}
          </Text>
        ),
      },
      {
        id: "synced",
        header: t("table.lastSync"),
        meta: { width: "170px" },
        cell: ({ row: { original } }) => (
          <Text span size="sm" style={{ whiteSpace: "nowrap" }}>
            <Ago at={original.last_sync_at} />
          </Text>
        ),
      },
      {
        id: "managed",
        header: t("table.managed"),
        meta: { width: "110px", align: "right" },
        cell: ({ row: { original } }) => <Count n={original.managed_count} />,
      },
      {
        id: "actions",
        header: t("table.actions"),
        meta: { width: "60px" },
        cell: ({ row: { original } }) => (
          <SourceMenu
            source={original}
            onEdit={() => open({ kind: "edit", source: original })}
            onDelete={() => open({ kind: "delete", source: original })}
          />
        ),
      },
    ],
    [t, open],
  );
}

/** All data sources with their state. */
export function SourcesTable() {
  const { t } = useTranslation("sources");
  const { can } = useSession();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const query = useSources();
  const navigate = useNavigate();
  const columns = useColumns(setDialog);
  const close = () => setDialog(null);
  const register = can("admin") && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDialog({ kind: "register" })}>
      {t("register")}
    </Button>
  );

  return (
    <Page title={t("title")} actions={register}>
      <QueryState
        query={query}
        empty={
          <Empty
            title={t("none")}
            whatToDo={can("admin") ? t("noneHint") : t("noneHintViewer")}
            action={register}
          />
        }
      >
        {(data) => (
          <DataTable
            label={t("title")}
            columns={columns}
            rows={flatPages(data)}
            rowId={(row) => String(row.id)}
            onOpen={(row) => void navigate(`/sources/${row.id}`)}
            more={moreOf(query)}
          />
        )}
      </QueryState>
      {dialog?.kind === "register" && <RegisterDialog onClose={close} />}
      {dialog?.kind === "edit" && <EditDialog source={dialog.source} onClose={close} />}
      {dialog?.kind === "delete" && (
        <DeleteDialog source={dialog.source} managed={dialog.source.managed_count} onClose={close} />
      )}
    </Page>
  );
}
