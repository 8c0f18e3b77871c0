import { Button, Group, List, Modal, Radio, ScrollArea, Stack, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Problem, Progress, useNotify } from "../../ui";
import type { Selection, Ticked } from "./selection";
import type { Permission } from "./types";
import { type Failure, useAdopt } from "./use-adopt";

interface Props {
  selection: Selection;
  onClose: () => void;
  /** What remains ticked: what could not be adopted. */
  onDone: (rest: Selection) => void;
}

/** Asks with which permission the ticked things are to be managed, and whether to scan them at once. */
export function ManageDialog({ selection, onClose, onDone }: Props) {
  const { t } = useTranslation("manage");
  const notify = useNotify();
  const [permission, setPermission] = useState<Permission>("read");
  const [scan, setScan] = useState(true);
  const [failures, setFailures] = useState<Failure[]>([]);
  const { adopt, busy, done } = useAdopt();
  const wanted = [...selection.values()];

  async function submit() {
    setFailures([]);
    const failed = await adopt(wanted, permission, scan);
    const rest = new Map([...selection].filter(([, ticked]) => failed.some((one) => one.ticked === ticked)));
    setFailures(failed);
    onDone(rest);
    if (failed.length === 0) {
      notify.done(scan ? t("dialog.accepted") : t("dialog.acceptedUnscanned"));
      onClose();
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t("dialog.title")}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("common:action.close") }}
    >
      <Stack>
        <ScrollArea.Autosize mah={180} type="auto" viewportProps={{ tabIndex: 0 }}>
          <List size="sm" aria-label={t("dialog.what")}>
            {wanted.map((ticked) => (
              <List.Item key={`${ticked.source}/${ticked.database}`} className="breakable">
                <Line ticked={ticked} />
              </List.Item>
            ))}
          </List>
        </ScrollArea.Autosize>
        <Radio.Group
          label={t("permission.title")}
          description={t("dialog.permissionHint")}
          value={permission}
          onChange={(value) => setPermission(value as Permission)}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="read" label={t("permission.read")} description={t("permission.readHint")} />
            <Radio value="write" label={t("permission.write")} description={t("permission.writeHint")} />
            <Radio value="admin" label={t("permission.admin")} description={t("permission.adminHint")} />
          </Stack>
        </Radio.Group>
        <Switch
          checked={scan}
          onChange={(event) => setScan(event.currentTarget.checked)}
          label={t("dialog.scan")}
          description={t("dialog.scanHint")}
        />
        {busy && wanted.length > 1 && <Progress value={done / wanted.length} label={t("dialog.progress")} />}
        {failures.map(({ ticked, error }) => (
          <Problem
            key={`${ticked.source}/${ticked.database}`}
            error={error}
            title={t("dialog.failed", { name: ticked.database })}
          />
        ))}
        <Group justify="flex-end">
          <Button variant="subtle" onClick={onClose} disabled={busy}>
            {t("common:action.cancel")}
          </Button>
          <Button onClick={() => void submit()} loading={busy} disabled={wanted.length === 0} data-autofocus>
            {failures.length > 0 ? t("common:action.retry") : t("manage")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Line({ ticked }: { ticked: Ticked }) {
  const { t } = useTranslation("manage");
  const names = [...(ticked.tables ?? [])];
  const shown = names.slice(0, 3).join(", ");
  return (
    <>
      <Text span size="sm" fw={600}>
        {ticked.database}
      </Text>{" "}
      <Text span size="sm" c="dimmed">
        {ticked.tables === null
          ? t("dialog.whole", { source: ticked.sourceName })
          : names.length > 3
            ? t("dialog.tablesMore", { names: shown, count: names.length - 3 })
            : shown}
      </Text>
    </>
  );
}
