import { Group, Tooltip } from "@mantine/core";

import { StatusBadge } from "../../ui";
import type { Datasource } from "./types";

/** Where the last scan of a source stands, and whether the source is paused. */
export function SourceState({ source }: { source: Datasource }) {
  const badge = (
    <span tabIndex={source.error_message ? 0 : undefined}>
      <StatusBadge status={source.sync_status} />
    </span>
  );
  return (
    <Group gap="xs" wrap="nowrap">
      {source.error_message ? (
        <Tooltip label={source.error_message} multiline maw={420} events={{ hover: true, focus: true, touch: true }}>
          {badge}
        </Tooltip>
      ) : (
        badge
      )}
      {source.paused && <StatusBadge status="paused" />}
    </Group>
  );
}
