// The words of the API that jobs, pipelines and the overview share.
import type { Job } from "../api";
import type { components } from "../api/meta";

type Schemas = components["schemas"];

export { isActive } from "../api";
export type { Job } from "../api";
export type JobDetails = Schemas["JobDetails"];
export type JobStatus = Schemas["JobStatus"];
export type PipelineView = Schemas["PipelineView"];
export type PipelineStatus = Schemas["PipelineStatus"];
export type PipelineJob = Schemas["PipelineJob"];
export type PipelineTable = Schemas["PipelineTable"];
export type Overview = Schemas["Overview"];
export type OverviewSource = Schemas["OverviewSource"];
export type OverviewPipeline = Schemas["OverviewPipeline"];
export type OverviewFailure = Schemas["OverviewFailure"];
export type FieldError = Schemas["FieldError"];

/** What can be asked of a pipeline. */
export type Step = "sync" | "etl" | "measure";

/** Which step of a pipeline a job is, by its type; a word from outside is none that can be started here. */
export function stepOf(jobType: string): Step | undefined {
  switch (jobType) {
    case "SQL_SYNC":
      return "sync";
    case "SQL_ETL":
    case "HTTP_ETL":
      return "etl";
    case "MEASURE":
      return "measure";
    default:
      return undefined;
  }
}

/** The first line that says something; the rest belongs on the page of the job. */
export function firstLine(text: string | null | undefined): string {
  for (const line of (text ?? "").split("\n")) {
    const trimmed = line.trim();
    if (trimmed !== "") return trimmed;
  }
  return "";
}

/** How far a job is, of one; undefined while its total is not known. */
export function share(job: Pick<Job, "records_total" | "records_processed" | "records_failed">): number | undefined {
  const total = job.records_total;
  if (total === null || total === undefined || total <= 0) return undefined;
  return Math.min(1, (job.records_processed + job.records_failed) / total);
}
