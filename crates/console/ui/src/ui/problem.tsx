import { Alert, Button, Code, Group, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, UNREACHABLE } from "../api";
import { useCountdown } from "./use-countdown";

interface ProblemProps {
  error: unknown;
  /** In place of the problem's own title. */
  title?: ReactNode;
  retry?: () => void;
}

/** What happened, what to change, when to try again, and the id under which the log has the rest. */
export function Problem({ error, title, retry }: ProblemProps) {
  const { t } = useTranslation();
  const found = asProblem(error);
  const { problem } = found;
  const left = useCountdown(found);
  const detail = problem.type === UNREACHABLE ? t("common:problem.unreachable") : problem.detail;
  const shown = title ?? problem.title;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={shown} role="alert">
      <Stack gap="xs" align="flex-start">
        {detail !== shown && (
          <Text size="sm" className="breakable">
            {detail}
          </Text>
        )}
        {problem.errors && problem.errors.length > 0 && (
          <List size="sm" aria-label={t("common:problem.fields")}>
            {problem.errors.map((it) => (
              <List.Item key={`${it.pointer} ${it.detail}`}>
                <Code>{it.pointer.replace(/^\//, "").replaceAll("/", ".")}</Code> {it.detail}
              </List.Item>
            ))}
          </List>
        )}
        {left !== null && (
          <Text size="sm" fw={600} aria-live="off">
            {left > 0 ? t("common:problem.retryIn", { count: left }) : t("common:problem.retryNow")}
          </Text>
        )}
        {problem.request_id && (
          <Text size="xs">
            {t("common:problem.requestId")}: <Code>{problem.request_id}</Code>
          </Text>
        )}
        {retry && (
          <Group>
            <Button size="xs" variant="default" onClick={retry} disabled={left !== null && left > 0}>
              {t("common:action.retry")}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
