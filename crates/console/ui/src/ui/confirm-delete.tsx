import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "./problem";
import { useAbove } from "./side-drawer";

interface ConfirmDeleteProps {
  /** Where it is not drawn at all otherwise, this may be left out. */
  opened?: boolean;
  onClose: () => void;
  /** What is destroyed: it has to be typed, unless `typed` is false. */
  name: string;
  /** What goes with it, in a sentence. */
  what: ReactNode;
  title?: ReactNode;
  /** The word on the button; "Delete" otherwise. */
  verb?: string;
  typed?: boolean;
  /** The dialog closes when this has ended well, and shows what it throws. */
  onConfirm: () => Promise<unknown>;
}

/** Asks before something is destroyed, and names it. */
export function ConfirmDelete({ opened = true, onClose, name, what, title, verb, typed = true, onConfirm }: ConfirmDeleteProps) {
  const { t } = useTranslation();
  useAbove(opened);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (!opened) return;
    setText("");
    setError(null);
  }, [opened]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (typed && text !== name) return;
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal opened={opened} onClose={onClose} title={title ?? t("common:confirm.title", { name })} centered>
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <Text size="sm" component="div" className="breakable">
            {what}
          </Text>
          {typed && (
            <TextInput
              label={t("common:confirm.type", { name })}
              description={t("common:confirm.cannotUndo")}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
              data-autofocus
            />
          )}
          {error !== null && <Problem error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common:action.cancel")}
            </Button>
            <Button type="submit" color="red" loading={busy} disabled={typed && text !== name}>
              {verb ?? t("common:action.delete")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
