import { Alert, Anchor, Button, Group, Stack, Tabs, Text } from "@mantine/core";
import { IconArrowLeft, IconChecklist, IconHistory, IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";

import { asProblem } from "../../api";
import { SchedulesPanel } from "../../schedules";
import { useSession } from "../../session";
import { Ago, loadedLater, Page, Problem, QueryState } from "../../ui";
import { ActiveRun } from "./active-run";
import { DatabasesPanel } from "./databases-panel";
import { SourceFacts } from "./source-facts";
import { SourceMenu } from "./source-menu";
import { SourceState } from "./source-state";
import { fullServerOf, serverOf } from "./server-of";
import type { Datasource } from "./types";
import { useSourceActions } from "./use-source-actions";
import { isBusy, useSource } from "./use-sources";

const DeleteDialog = loadedLater(() => import("./delete-dialog").then((it) => it.DeleteDialog));
const EditDialog = loadedLater(() => import("./edit-dialog").then((it) => it.EditDialog));

/** One source: its state, what reads it, its databases, schedules and connection. */
export function SourceDetail({ id }: { id: number }) {
  const { t } = useTranslation("sources");
  const query = useSource(id);
  // What was read of a source that somebody has deleted is of no use.
  const gone = query.error !== null && asProblem(query.error).status === 404;
  return (
    <Page
      title={query.data?.datasource_name ?? t("source")}
      actions={query.data && !gone && <Actions source={query.data} />}
    >
      <Anchor component={Link} to="/sources" size="sm">
        <Group gap={4} component="span">
          <IconArrowLeft size={14} aria-hidden />
          {t("all")}
        </Group>
      </Anchor>
      {gone ? (
        <Problem error={query.error} title={t("gone")} />
      ) : (
        <QueryState query={query}>{(source) => <Body source={source} />}</QueryState>
      )}
    </Page>
  );
}

function Actions({ source }: { source: Datasource }) {
  const { t } = useTranslation("sources");
  const { can } = useSession();
  const navigate = useNavigate();
  const { syncNow, busy } = useSourceActions();
  const [dialog, setDialog] = useState<"edit" | "delete" | null>(null);
  const close = () => setDialog(null);
  return (
    <Group gap="xs">
      {can("operator") && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={busy}
          disabled={source.paused}
          onClick={() => void syncNow(source)}
        >
          {t("syncNow")}
        </Button>
      )}
      <Button
        component={Link}
        to={`/manage?source=${source.id}`}
        leftSection={<IconChecklist size={16} aria-hidden />}
      >
        {t("chooseManaged")}
      </Button>
      <SourceMenu source={source} onEdit={() => setDialog("edit")} onDelete={() => setDialog("delete")} />
      {dialog === "edit" && <EditDialog source={source} onClose={close} />}
      {dialog === "delete" && (
        <DeleteDialog source={source} onClose={close} onDeleted={() => void navigate("/sources")} />
      )}
    </Group>
  );
}

function Body({ source }: { source: Datasource }) {
  const { t } = useTranslation("sources");
  const [params, setParams] = useSearchParams();
  const tab = params.get("tab") ?? "databases";
  const choose = (next: string | null) =>
    setParams(next && next !== "databases" ? { tab: next } : {}, { replace: true });
  return (
    <Stack>
      <Group gap="md">
        <SourceState source={source} />
        <Text size="sm" c="dimmed">
          {serverOf(source)}
        </Text>
        <Text size="sm" c="dimmed">
          {t("table.lastSync")} <Ago at={source.last_sync_at} />
        </Text>
        <Anchor component={Link} to={`/history?source=${source.id}`} size="sm">
          <Group gap={4} component="span">
            <IconHistory size={14} aria-hidden />
            {t("history")}
          </Group>
        </Anchor>
      </Group>
      {source.paused && (
        <Alert color="gray" title={t("pausedTitle")}>
          {t("pausedHint")}
        </Alert>
      )}
      <ActiveRun source={source} />
      <Tabs value={tab} onChange={choose} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="databases">{t("tabs.databases")}</Tabs.Tab>
          <Tabs.Tab value="schedules">{t("tabs.schedules")}</Tabs.Tab>
          <Tabs.Tab value="connection">{t("tabs.connection")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="databases">
          <DatabasesPanel sourceId={source.id} busy={isBusy(source)} />
        </Tabs.Panel>
        <Tabs.Panel value="schedules">
          <SchedulesPanel sourceId={source.id} />
        </Tabs.Panel>
        <Tabs.Panel value="connection">
          <SourceFacts source={source} server={fullServerOf(source)} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
