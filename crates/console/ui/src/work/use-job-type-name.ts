import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** The types of the runs that Plumbline does itself, and the usual ones from outside. Any other word is possible. */
export const JOB_TYPES = [
  "METADATA_SYNC",
  "DEEP_SCAN",
  "SQL_SYNC",
  "SQL_ETL",
  "HTTP_ETL",
  "MEASURE",
  "METABASE_SYNC",
  "AI_ETL",
  "BACKUP",
  "EXTERNAL",
] as const;

/** Says what a type of job is called; a word that somebody made up is shown as it is. */
export function useJobTypeName(): (jobType: string) => string {
  const { t } = useTranslation("work");
  return useCallback(
    (jobType: string) => {
      switch (jobType) {
        case "METADATA_SYNC":
          return t("typeMetadataSync");
        case "DEEP_SCAN":
          return t("typeDeepScan");
        case "SQL_SYNC":
          return t("typeSqlSync");
        case "SQL_ETL":
          return t("typeSqlEtl");
        case "HTTP_ETL":
          return t("typeHttpEtl");
        case "MEASURE":
          return t("typeMeasure");
        case "METABASE_SYNC":
          return t("typeMetabaseSync");
        case "AI_ETL":
          return t("typeAiEtl");
        case "BACKUP":
          return t("typeBackup");
        case "EXTERNAL":
          return t("typeExternal");
        default:
          return jobType;
      }
    },
    [t],
  );
}
