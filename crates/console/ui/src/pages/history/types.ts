import type { Meta } from "../../api";

export type SyncLog = Meta["SyncLog"];
export type ScanStatus = Meta["ScanStatus"];
export type Change = Meta["Change"];
export type DoubtedRemoval = Meta["DoubtedRemoval"];
export type JobStatus = Meta["JobStatus"];
export type ChangeCounts = Meta["ChangeCounts"];

export const STATUSES: readonly JobStatus[] = ["QUEUED", "RUNNING", "SUCCESS", "PARTIAL", "FAILED", "CANCELLED"];

export function isActive(status: JobStatus): boolean {
  return status === "QUEUED" || status === "RUNNING";
}
