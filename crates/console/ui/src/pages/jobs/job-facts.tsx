import { Anchor, SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago, Count, Duration, Fact, Section } from "../../ui";
import { useNames, type Job } from "../../work";
import { secondsOf } from "./times";

function useTriggerName(): (trigger: string) => string {
  const { t } = useTranslation("jobs");
  return (trigger) => {
    switch (trigger) {
      case "manual":
        return t("triggerManual");
      case "schedule":
        return t("triggerSchedule");
      case "registration":
        return t("triggerRegistration");
      case "manage":
        return t("triggerManage");
      case "pipeline":
        return t("triggerPipeline");
      case "external":
        return t("triggerExternal");
      default:
        return trigger;
    }
  };
}

/** Counts, times, and what the run has to do with. */
export function JobFacts({ job }: { job: Job }) {
  const { t } = useTranslation("jobs");
  const triggerName = useTriggerName();
  const { sources, pipelines } = useNames();
  const seconds = secondsOf(job);
  const isKnown = job.records_total !== null && job.records_total !== undefined;

  return (
    <Section title={t("facts")}>
      <SimpleGrid component="dl" cols={{ base: 2, sm: 3, lg: 4 }} spacing="md" m={0}>
        <Fact label={t("total")}>{isKnown ? <Count n={job.records_total} /> : t("notKnown")}</Fact>
        <Fact label={t("processed")}>
          <Count n={job.records_processed} />
        </Fact>
        <Fact label={t("failed")}>
          <Count n={job.records_failed} />
        </Fact>
        <Fact label={t("attempt")}>
          <Count n={job.attempt} />
        </Fact>
        <Fact label={t("accepted")}>
          <Ago at={job.queued_at} />
        </Fact>
        <Fact label={t("started")}>
          <Ago at={job.started_at} none={t("notYet")} />
        </Fact>
        <Fact label={t("ended")}>
          <Ago at={job.completed_at} none={t("notYet")} />
        </Fact>
        <Fact label={t("took")}>{seconds === undefined ? t("notYet") : <Duration seconds={seconds} />}</Fact>
        <Fact label={t("trigger")}>{triggerName(job.trigger)}</Fact>
        {job.requested_by ? <Fact label={t("requestedBy")}>{job.requested_by}</Fact> : null}
        {job.datasource_id ? (
          <Fact label={t("source")}>
            <Anchor component={Link} to={`/sources/${job.datasource_id}`} size="sm">
              {sources.get(String(job.datasource_id)) ?? t("showSource")}
            </Anchor>
          </Fact>
        ) : null}
        {job.pipeline_id ? (
          <Fact label={t("pipeline")}>
            <Anchor component={Link} to={`/pipelines/${job.pipeline_id}`} size="sm">
              {pipelines.get(String(job.pipeline_id)) ?? t("showPipeline")}
            </Anchor>
          </Fact>
        ) : null}
        {job.parent_job_id ? (
          <Fact label={t("parent")}>
            <Anchor component={Link} to={`/jobs/${job.parent_job_id}`} size="sm">
              {t("showParent")}
            </Anchor>
          </Fact>
        ) : null}
        <Fact label={t("scope")}>{job.target_scope}</Fact>
        {job.external_id ? <Fact label={t("externalId")}>{job.external_id}</Fact> : null}
        <Fact label={t("id")}>{job.id}</Fact>
      </SimpleGrid>
    </Section>
  );
}
