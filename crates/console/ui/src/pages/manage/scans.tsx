import { Card, Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { ScanLine } from "./scan-line";
import type { ManagedObject, Source } from "./types";

interface Props {
  objects: readonly ManagedObject[];
  sources: readonly Source[];
  onProgress: (scanId: number, progress: number | null) => void;
  onEnd: () => void;
}

/** More lines than that would push the tree out of sight. */
const MOST = 5;

/** The scans that read what is managed just now. */
export function Scans({ objects, sources, onProgress, onEnd }: Props) {
  const { t } = useTranslation("manage");
  const running = useMemo(() => {
    const scans = new Map<number, number>();
    for (const object of objects) {
      if (object.status === "scanning" && object.scan_id) scans.set(object.scan_id, object.resource_id);
    }
    return [...scans];
  }, [objects]);
  const waiting = objects.filter((object) => object.status === "pending").length;
  if (running.length === 0 && waiting === 0) return null;
  const nameOf = (id: number) => sources.find((source) => source.id === id)?.datasource_name ?? String(id);
  return (
    <Card withBorder padding="sm" role="status">
      <Stack gap="sm">
        {running.slice(0, MOST).map(([scanId, source]) => (
          <ScanLine
            key={scanId}
            scanId={scanId}
            sourceName={nameOf(source)}
            onProgress={onProgress}
            onEnd={onEnd}
          />
        ))}
        {running.length > MOST && (
          <Text size="sm" c="dimmed">
            {t("scan.more", { count: running.length - MOST })}
          </Text>
        )}
        {waiting > 0 && (
          <Text size="sm" c="dimmed">
            {t("scan.waiting", { count: waiting })}
          </Text>
        )}
      </Stack>
    </Card>
  );
}
