import { Anchor, SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago, Code, Count, Duration, Fact, Section } from "../../ui";
import type { PipelineView } from "../../work";
import { useEtlName, useFillName, useMethodName } from "./use-names";

function pairs(map: Record<string, string> | undefined): string {
  return Object.entries(map ?? {})
    .map(([from, to]) => `${from} → ${to}`)
    .join(", ");
}

function Fill({ pipeline }: { pipeline: PipelineView }) {
  const { t } = useTranslation("pipelines");
  const fillName = useFillName();
  const { fill } = pipeline;
  return (
    <Stack gap="xs">
      <SimpleGrid component="dl" cols={{ base: 1, sm: 2, lg: 4 }} m={0}>
        <Fact label={t("fill")}>{fillName(fill.kind)}</Fact>
        {fill.kind === "sql" ? (
          <>
            <Fact label={t("from")}>
              <Anchor component={Link} to={`/sources/${fill.resource_id}`} size="sm">
                {fill.database}
              </Anchor>
            </Fact>
            <Fact label={t("mode")}>
              {fill.mode === "replace" ? t("modeReplace") : t("modeUpsert", { key: (fill.key ?? []).join(", ") })}
            </Fact>
            {pairs(fill.mapping) === "" ? null : <Fact label={t("mapping")}>{pairs(fill.mapping)}</Fact>}
          </>
        ) : (
          <Fact label={t("reportedAs")}>
            {fill.job_type ? `${fill.job_type}, ${fill.target_scope ?? ""}` : t("notReported")}
          </Fact>
        )}
      </SimpleGrid>
      {fill.kind === "sql" ? <Code text={fill.query} language="sql" maxHeight={240} /> : null}
    </Stack>
  );
}

function Etl({ pipeline }: { pipeline: PipelineView }) {
  const { t } = useTranslation("pipelines");
  const etlName = useEtlName();
  const { etl } = pipeline;
  return (
    <Stack gap="xs">
      <SimpleGrid component="dl" cols={{ base: 1, sm: 2, lg: 4 }} m={0}>
        <Fact label={t("etl")}>{etlName(etl.kind)}</Fact>
        {etl.kind === "http" ? (
          <>
            <Fact label={t("url")}>{etl.url}</Fact>
            <Fact label={t("timeout")}>
              <Duration seconds={etl.timeout_seconds} />
            </Fact>
            {Object.keys(etl.headers ?? {}).length === 0 ? null : (
              <Fact label={t("headers")}>{Object.keys(etl.headers ?? {}).join(", ")}</Fact>
            )}
          </>
        ) : null}
        {etl.kind === "external" ? (
          <Fact label={t("reportedAs")}>
            {etl.job_type ? `${etl.job_type}, ${etl.target_scope ?? ""}` : t("notReported")}
          </Fact>
        ) : null}
      </SimpleGrid>
      {etl.kind === "sql" ? <Code text={etl.statement} language="sql" maxHeight={240} /> : null}
    </Stack>
  );
}

/** The columns that a measurement compares, as `sync = business`. */
function comparedColumns(delta: PipelineView["delta"]): string {
  if (delta.method === "watermark") return `${delta.sync_column} → ${delta.biz_column}`;
  if (delta.method === "key") {
    return delta.sync_columns.map((column, place) => `${column} → ${delta.biz_columns[place] ?? "?"}`).join(", ");
  }
  return "";
}

/** How a pipeline is defined. */
export function Definition({ pipeline }: { pipeline: PipelineView }) {
  const { t } = useTranslation("pipelines");
  const methodName = useMethodName();
  const { delta, target, threshold, schedule } = pipeline;
  const columns = comparedColumns(delta);
  return (
    <Section title={t("definition")}>
      <Fill pipeline={pipeline} />
      <Etl pipeline={pipeline} />
      <SimpleGrid component="dl" cols={{ base: 1, sm: 2, lg: 4 }} m={0}>
        <Fact label={t("method")}>
          {methodName(delta.method)}
          {columns === "" ? null : (
            <Text size="xs" c="dimmed">
              {columns}
            </Text>
          )}
        </Fact>
        <Fact label={t("syncTarget")}>
          {target.sync_seconds ? <Duration seconds={target.sync_seconds} /> : t("noTarget")}
        </Fact>
        <Fact label={t("etlTarget")}>
          {target.etl_seconds ? <Duration seconds={target.etl_seconds} /> : t("noTarget")}
        </Fact>
        <Fact label={t("threshold")}>{threshold ? <Count n={threshold} /> : t("noThreshold")}</Fact>
        <Fact label={t("schedule")}>
          {schedule ? `${schedule.cron} (${schedule.time_zone})` : t("noSchedule")}
        </Fact>
        {schedule ? (
          <Fact label={t("nextRun")}>{schedule.paused ? t("schedulePaused") : <Ago at={schedule.next_run_at} />}</Fact>
        ) : null}
        <Fact label={t("changed")}>
          <Ago at={pipeline.updated_at} />
        </Fact>
      </SimpleGrid>
    </Section>
  );
}
