// Schedules are shown on two pages: those of one source, and all of them under the settings.
export { SchedulesPanel } from "./schedules-panel";
