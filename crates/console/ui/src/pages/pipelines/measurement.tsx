import { Anchor, SimpleGrid, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago, Count, Fact, Section } from "../../ui";
import type { PipelineView } from "../../work";
import { useMethodName } from "./use-names";

/** The last measurement in full. */
export function Measurement({ pipeline }: { pipeline: PipelineView }) {
  const { t } = useTranslation("pipelines");
  const methodName = useMethodName();
  const { measurement } = pipeline;
  return (
    <Section title={t("measurement")}>
      {!measurement ? (
        <Text size="sm">{t("notMeasured")}</Text>
      ) : (
        <>
          <SimpleGrid component="dl" cols={{ base: 2, sm: 3, lg: 4 }} m={0}>
            <Fact label={t("pendingRows")}>
              <Count n={measurement.pending_rows} />
            </Fact>
            <Fact label={t("syncRows")}>
              <Count n={measurement.sync_rows} />
            </Fact>
            <Fact label={t("businessRows")}>
              <Count n={measurement.biz_rows} />
            </Fact>
            {measurement.surplus_rows === null || measurement.surplus_rows === undefined ? null : (
              <Fact label={t("surplusRows")}>
                <Count n={measurement.surplus_rows} />
              </Fact>
            )}
            {measurement.sync_changed_at ? (
              <Fact label={t("syncChanged")}>
                <Ago at={measurement.sync_changed_at} />
              </Fact>
            ) : null}
            {measurement.biz_changed_at ? (
              <Fact label={t("businessChanged")}>
                <Ago at={measurement.biz_changed_at} />
              </Fact>
            ) : null}
            <Fact label={t("method")}>{methodName(measurement.method)}</Fact>
            <Fact label={t("measured")}>
              <Anchor component={Link} to={`/jobs/${measurement.job_id}`} size="sm">
                <Ago at={measurement.measured_at} />
              </Anchor>
            </Fact>
          </SimpleGrid>
          {measurement.note ? (
            <Text size="sm" c="dimmed" className="breakable">
              {measurement.note}
            </Text>
          ) : null}
        </>
      )}
    </Section>
  );
}
