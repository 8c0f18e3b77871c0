import { Flex, Stack, Text } from "@mantine/core";
import { IconArrowDown, IconArrowRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { PendingBar } from "../../ui";
import type { PipelineView } from "../../work";
import { TableEnd } from "./table-end";
import { useEtlName } from "./use-names";

function Arrow() {
  return (
    <Text c="dimmed" ta="center" aria-hidden lh={0}>
      <Text span visibleFrom="md" inherit>
        <IconArrowRight size={22} />
      </Text>
      <Text span hiddenFrom="md" inherit>
        <IconArrowDown size={22} />
      </Text>
    </Text>
  );
}

/** Sync table -> ETL -> business table, with the rows that wait on the edge between them. */
export function Edge({ pipeline }: { pipeline: PipelineView }) {
  const { t } = useTranslation("pipelines");
  const etlName = useEtlName();
  return (
    <Flex direction={{ base: "column", md: "row" }} align={{ base: "stretch", md: "center" }} gap="sm">
      <TableEnd
        role={t("syncTable")}
        table={pipeline.sync_table}
        timeLabel={t("lastSynchronised")}
        at={pipeline.last_synced_at}
        freshness={pipeline.sync_freshness}
      />
      <Arrow />
      <Stack gap={4} flex="1 1 0" miw={0}>
        <Text size="sm" fw={500} ta={{ base: "left", md: "center" }}>
          {etlName(pipeline.etl.kind)}
        </Text>
        <PendingBar
          rows={pipeline.pending_rows}
          total={pipeline.measurement?.sync_rows}
          measuredAt={pipeline.measured_at}
          method={pipeline.method}
        />
      </Stack>
      <Arrow />
      <TableEnd
        role={t("businessTable")}
        table={pipeline.biz_table}
        timeLabel={t("lastProcessed")}
        at={pipeline.last_processed_at}
        freshness={pipeline.etl_freshness}
      />
    </Flex>
  );
}
