import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";

import { $meta, asProblem, idempotencyKey } from "../../api";
import type { Datasource } from "./types";
import { useRefreshSources } from "./use-sources";

/** What can be done to a source at once, with a word about how it went. */
export function useSourceActions() {
  const { t } = useTranslation("sources");
  const refresh = useRefreshSources();
  const sync = $meta.useMutation("post", "/api/metadata/sync/auto");
  const update = $meta.useMutation("patch", "/api/metadata/datasources/{id}");

  function failed(title: string, error: unknown) {
    const { problem, retryAfter } = asProblem(error);
    const wait = retryAfter === null ? "" : ` ${t("common:problem.retryIn", { count: Math.ceil(retryAfter) })}`;
    notifications.show({ color: "red", title, message: problem.detail + wait, autoClose: 12_000 });
  }

  async function syncNow(source: Datasource) {
    try {
      await sync.mutateAsync({
        params: { header: { "Idempotency-Key": idempotencyKey() } },
        body: { resource_id: source.id, force: true },
      });
    } catch (error) {
      failed(t("syncFailed", { name: source.datasource_name }), error);
    }
    refresh();
  }

  async function pause(source: Datasource, paused: boolean) {
    try {
      await update.mutateAsync({ params: { path: { id: source.id } }, body: { paused } });
      const message = paused
        ? t("pausedNow", { name: source.datasource_name })
        : t("resumedNow", { name: source.datasource_name });
      notifications.show({ message });
    } catch (error) {
      failed(paused ? t("pauseFailed") : t("resumeFailed"), error);
    }
    refresh();
  }

  return { syncNow, pause, busy: sync.isPending || update.isPending };
}
