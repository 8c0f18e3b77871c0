import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Ago } from "../../../ui";

/** That a scan found the object gone: what follows is how it was. */
export function RemovedAlert({ at }: { at: string | null | undefined }) {
  const { t } = useTranslation("catalog");
  if (!at) return null;
  return (
    <Alert color="orange" variant="light" title={t("detail.removed")}>
      {t("detail.removedHint")} <Ago at={at} />
    </Alert>
  );
}
