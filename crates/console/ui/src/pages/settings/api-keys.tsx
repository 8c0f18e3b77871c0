import { Button, Group, Stack, Switch, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { $meta, cursorPages, type Meta } from "../../api";
import { ConfirmDelete, DataTable, Empty, loadedLater, moreOf, QueryState, useNotify } from "../../ui";
import { useKeyColumns } from "./use-key-columns";

const KeyDialog = loadedLater(() => import("./key-dialog").then((it) => it.KeyDialog));

type ApiKey = Meta["ApiKey"];

/** The keys of programs: made here, shown once, revoked for good. */
export function ApiKeys() {
  const { t } = useTranslation("settings");
  const notify = useNotify();
  const client = useQueryClient();
  const [all, setAll] = useState(false);
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const columns = useKeyColumns(setRevoking);
  const query = $meta.useInfiniteQuery(
    "get",
    "/api/metadata/auth/keys",
    { params: { query: { limit: 100, include_revoked: all } } },
    cursorPages(),
  );
  const revoke = $meta.useMutation("delete", "/api/metadata/auth/keys/{id}");
  const refresh = () => client.invalidateQueries({ queryKey: ["get", "/api/metadata/auth/keys"] });
  const create = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      {t("keys.create")}
    </Button>
  );

  async function destroy(key: ApiKey) {
    await revoke.mutateAsync({ params: { path: { id: key.id } } });
    notify.done(t("keys.revokedNow", { name: key.name }));
    await refresh();
  }

  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" c="dimmed" maw={640}>
          {t("keys.hint")}
        </Text>
        <Group>
          <Switch
            label={t("keys.showRevoked")}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
          {create}
        </Group>
      </Group>
      <QueryState query={query} empty={<Empty title={t("keys.none")} whatToDo={t("keys.noneHint")} />}>
        {(data) => (
          <DataTable
            label={t("tabs.keys")}
            columns={columns}
            rows={data.pages.flatMap((page) => page.items)}
            rowId={(key) => String(key.id)}
            more={moreOf(query)}
            minWidth={820}
          />
        )}
      </QueryState>
      {creating && <KeyDialog onCreated={() => void refresh()} onClose={() => setCreating(false)} />}
      {revoking && (
        <ConfirmDelete
          opened
          name={revoking.name}
          title={t("keys.revokeTitle", { name: revoking.name })}
          verb={t("keys.revoke")}
          what={t("keys.revokeWhat", { prefix: revoking.prefix })}
          onConfirm={() => destroy(revoking)}
          onClose={() => setRevoking(null)}
        />
      )}
    </Stack>
  );
}
