import { Button, Group, Loader, Text } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { asProblem } from "../../api";
import type { NoteRow } from "./rows";
import classes from "./manage.module.css";

/** The end of a list: it goes on, it is empty, or it could not be read. */
export function NoteCells({ row, onMore }: { row: NoteRow; onMore: () => void }) {
  const { t } = useTranslation("manage");
  const { note, level } = row;
  // What is drawn is about to be seen: read on.
  useEffect(() => {
    if (note === "more") onMore();
  }, [note, onMore]);
  const indent = level === 2 ? classes.level2 : classes.level3;
  return (
    <div role="gridcell" className={`${classes.note} ${classes.name} ${indent}`}>
      {note === "error" ? (
        <ErrorNote error={row.error} onRetry={onMore} />
      ) : note === "none" ? (
        <Text size="sm" c="dimmed">
          {level === 2 ? t("tree.noDatabases") : t("tree.noTables")}
        </Text>
      ) : (
        <Loader size="xs" type="dots" role="img" aria-label={t("common:state.loading")} />
      )}
    </div>
  );
}

function ErrorNote({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation("manage");
  const { problem } = asProblem(error);
  const id = problem.request_id ? ` (${t("common:problem.requestId")}: ${problem.request_id})` : "";
  return (
    <Group gap="xs" wrap="nowrap" miw={0}>
      <Text size="sm" truncate title={`${problem.detail}${id}`}>
        {problem.detail}
        {id}
      </Text>
      <Button size="compact-xs" variant="default" onClick={onRetry} flex="none">
        {t("common:action.retry")}
      </Button>
    </Group>
  );
}
