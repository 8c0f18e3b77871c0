// What the pages about work (overview, pipelines, jobs) share; no page takes anything from another page.
export * from "./types";
export { JobLine } from "./job-line";
export { useJobNotes } from "./notify";
export { StepButtons } from "./step-buttons";
export { TimeLeft } from "./time-left";
export { useFeed, useFeedRefresh } from "./use-feed";
export { useJob, useLiveJob } from "./use-job";
export { useJobActions } from "./use-job-actions";
export { JOB_TYPES, useJobTypeName } from "./use-job-type-name";
export { usePipelineSteps } from "./use-pipeline-steps";
export { useRefreshWork } from "./use-refresh-work";
export { scopeName, useNames, useScopeName } from "./use-scope-name";
