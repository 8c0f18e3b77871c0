import type { Meta } from "../api";

export type Schedule = Meta["Schedule"];
export type CreateSchedule = Meta["CreateSchedule"];
export type UpdateSchedule = Meta["UpdateSchedule"];
