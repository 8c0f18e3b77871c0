import { Alert, List, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Code, LongText } from "../../ui";
import type { ScanStatus } from "./types";

/** How many are shown; the job has all. */
const MOST = 50;

/** Why a run failed, what it could not read, and which grants would help. */
export function Failures({ status }: { status: ScanStatus }) {
  const { t } = useTranslation("history");
  const grants = status.missing_grants ?? [];
  const more = status.failures.length - MOST;
  if (!status.error_message && status.failures.length === 0 && grants.length === 0) return null;
  return (
    <Stack gap="sm">
      {status.error_message && (
        <Alert color="red" title={t("failures.reason")}>
          <LongText text={status.error_message} lines={6} />
        </Alert>
      )}
      {status.failures.length > 0 && (
        <Alert color="orange" title={t("failures.title", { count: status.failures.length })}>
          <List size="sm">
            {status.failures.slice(0, MOST).map((failure) => (
              <List.Item key={`${failure.database}/${failure.table ?? ""}/${failure.error}`} className="breakable">
                <Text span inherit fw={600}>
                  {failure.table ? `${failure.database} · ${failure.table}` : failure.database}
                </Text>
                : {failure.error}
              </List.Item>
            ))}
          </List>
          {more > 0 && <Text size="sm">{t("failures.more", { count: more })}</Text>}
        </Alert>
      )}
      {grants.length > 0 && (
        <Alert color="blue" title={t("failures.grants")}>
          <Stack gap="xs">
            <Text size="sm">{t("failures.grantsHint")}</Text>
            <List size="sm">
              {grants.map((grant) => (
                <List.Item key={grant.grant} className="breakable">
                  {grant.database}: {grant.hides}
                </List.Item>
              ))}
            </List>
            <Code text={grants.map((grant) => grant.grant).join("\n")} language="sql" maxHeight={200} />
          </Stack>
        </Alert>
      )}
    </Stack>
  );
}
