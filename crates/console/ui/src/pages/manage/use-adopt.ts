import { useState } from "react";

import { $manager, idempotencyKey } from "../../api";
import type { Ticked } from "./selection";
import type { Permission } from "./types";
import { useRefreshManaged } from "./use-objects";

/** How many tables go into one request. */
const CHUNK = 1_000;

export interface Failure {
  ticked: Ticked;
  error: unknown;
}

function chunksOf(tables: ReadonlySet<string> | null): (string[] | null)[] {
  if (tables === null) return [null];
  const all = [...tables];
  const chunks: string[][] = [];
  for (let at = 0; at < all.length; at += CHUNK) chunks.push(all.slice(at, at + CHUNK));
  return chunks;
}

/** Adopts what is ticked, database by database; what fails does not hold up the rest. */
export function useAdopt() {
  const refresh = useRefreshManaged();
  const manage = $manager.useMutation("post", "/api/manager/manage");
  const [done, setDone] = useState(0);
  const [busy, setBusy] = useState(false);

  async function adopt(wanted: Ticked[], permission: Permission, scan: boolean): Promise<Failure[]> {
    setBusy(true);
    setDone(0);
    const failures: Failure[] = [];
    for (const [at, ticked] of wanted.entries()) {
      try {
        for (const tables of chunksOf(ticked.tables)) {
          await manage.mutateAsync({
            params: { header: { "Idempotency-Key": idempotencyKey() } },
            body: {
              resource_id: ticked.source,
              database: ticked.database,
              permission,
              trigger_deep_scan: scan,
              ...(tables ? { tables } : {}),
            },
          });
        }
      } catch (error) {
        failures.push({ ticked, error });
      }
      setDone(at + 1);
    }
    setBusy(false);
    refresh();
    return failures;
  }

  return { adopt, busy, done };
}
