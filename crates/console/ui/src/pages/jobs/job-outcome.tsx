import { SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Bytes, Code, Count, Duration, Fact, Section } from "../../ui";
import type { Job } from "../../work";
import { outcomeOf } from "./outcome";

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "object" && Object.keys(value).length === 0);
}

/** What came out of a run, what it cost the source, and what it was asked to do. */
export function JobOutcome({ job }: { job: Job }) {
  const { t } = useTranslation("jobs");
  const { cost, changes, rest } = outcomeOf(job.result);
  return (
    <>
      {changes === undefined ? null : (
        <Section title={t("changes")}>
          <SimpleGrid component="dl" cols={{ base: 2, sm: 4 }} m={0}>
            <Fact label={t("added")}>
              <Count n={changes.added} />
            </Fact>
            <Fact label={t("changed")}>
              <Count n={changes.changed} />
            </Fact>
            <Fact label={t("removed")}>
              <Count n={changes.removed} />
            </Fact>
            <Fact label={t("renamed")}>
              <Count n={changes.renamed ?? 0} />
            </Fact>
          </SimpleGrid>
        </Section>
      )}
      {cost === undefined ? null : (
        <Section title={t("cost")}>
          <SimpleGrid component="dl" cols={{ base: 2, sm: 4 }} m={0}>
            <Fact label={t("statements")}>
              <Count n={cost.statements} />
            </Fact>
            <Fact label={t("rowsRead")}>
              <Count n={cost.rows} />
            </Fact>
            {cost.bytes === undefined ? null : (
              <Fact label={t("bytesRead")}>
                <Bytes n={cost.bytes} />
              </Fact>
            )}
            <Fact label={t("waited")}>
              <Duration seconds={cost.seconds} />
            </Fact>
          </SimpleGrid>
        </Section>
      )}
      {rest === undefined ? null : (
        <Section title={t("result")}>
          <Code text={JSON.stringify(rest, null, 2)} language="json" />
        </Section>
      )}
      {isEmpty(job.parameters) ? null : (
        <Section title={t("parameters")}>
          <Code text={JSON.stringify(job.parameters, null, 2)} language="json" />
        </Section>
      )}
    </>
  );
}
