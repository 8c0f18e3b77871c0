import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** What a kind of ETL is called. */
export function useEtlName(): (kind: "sql" | "http" | "external") => string {
  const { t } = useTranslation("pipelines");
  return useCallback(
    (kind: "sql" | "http" | "external") => ({ sql: t("etlSql"), http: t("etlHttp"), external: t("etlExternal") })[kind],
    [t],
  );
}

/** What a way of filling a sync table is called. */
export function useFillName(): (kind: "sql" | "external") => string {
  const { t } = useTranslation("pipelines");
  return useCallback((kind: "sql" | "external") => ({ sql: t("fillSql"), external: t("fillExternal") })[kind], [t]);
}

/** What a way of counting is called. */
export function useMethodName(): (method: "count" | "watermark" | "key") => string {
  const { t } = useTranslation("pipelines");
  return useCallback(
    (method: "count" | "watermark" | "key") =>
      ({ count: t("methodCount"), watermark: t("methodWatermark"), key: t("methodKey") })[method],
    [t],
  );
}
