import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { $meta } from "../../api";
import { useSession } from "../../session";
import { ConfirmDelete, useNotify } from "../../ui";
import type { DoubtedRemoval } from "./types";

const SHOWN = 20;

function nameOf(removal: DoubtedRemoval): string {
  const object = [removal.object_schema, removal.object_name].filter(Boolean).join(".");
  return [removal.database_name, object, removal.field_name].filter(Boolean).join(" · ");
}

/** What is no longer listed but not believed to be gone; whoever knows better confirms it. */
export function Removals({ scanId }: { scanId: number }) {
  const { t } = useTranslation("history");
  const { can } = useSession();
  const notify = useNotify();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const query = $meta.useQuery("get", "/api/metadata/scan/{scan_id}/removals", {
    params: { path: { scan_id: scanId }, query: { limit: 100, with_total: true } },
  });
  const confirm = $meta.useMutation("post", "/api/metadata/scan/{scan_id}/confirm-removals");
  const open = query.data?.items.filter((one) => !one.confirmed_at) ?? [];
  if (open.length === 0) return null;
  const total = query.data?.total ?? open.length;

  async function remove() {
    const { removed } = await confirm.mutateAsync({ params: { path: { scan_id: scanId } } });
    notify.done(t("removals.done", { count: removed }));
    await client.invalidateQueries({ queryKey: ["get"] });
  }

  return (
    <Alert color="orange" title={t("removals.title", { count: total })}>
      <Stack gap="xs">
        <Text size="sm">{open[0]?.reason}</Text>
        <List size="sm">
          {open.slice(0, SHOWN).map((removal) => (
            <List.Item key={`${removal.object_type}${removal.id}`} className="breakable">
              {nameOf(removal)}
            </List.Item>
          ))}
        </List>
        {total > SHOWN && <Text size="sm">{t("removals.more", { count: total - SHOWN })}</Text>}
        {can("operator") && (
          <Group>
            <Button size="xs" color="red" variant="light" onClick={() => setAsking(true)}>
              {t("removals.confirm")}
            </Button>
          </Group>
        )}
      </Stack>
      <ConfirmDelete
        opened={asking}
        typed={false}
        title={t("removals.ask", { count: total })}
        verb={t("removals.verb")}
        name={t("removals.title", { count: total })}
        what={t("removals.what")}
        onConfirm={remove}
        onClose={() => setAsking(false)}
      />
    </Alert>
  );
}
