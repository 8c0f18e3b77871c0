import { Alert, List } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { FieldError } from "../../work";

/** What of a pipeline no longer fits the catalog; nothing of it starts before that is mended. */
export function Problems({ problems }: { problems: FieldError[] }) {
  const { t } = useTranslation("pipelines");
  if (problems.length === 0) return null;
  return (
    <Alert color="orange" title={t("broken")} icon={<IconAlertTriangle size={18} aria-hidden />}>
      <List size="sm">
        {problems.map((problem) => (
          <List.Item key={`${problem.pointer} ${problem.detail}`}>{problem.detail}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
