import { Alert, Button, Group, List, Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMediaQuery } from "@mantine/hooks";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { asProblem } from "../../../api";
import { Problem } from "../../../ui";
import type { FieldError } from "../../../work";
import { DeltaFields } from "./delta-fields";
import { EtlFields } from "./etl-fields";
import { FillFields } from "./fill-fields";
import { placeErrors } from "./pointers";
import { TablePicker } from "./table-picker";
import { TimingFields } from "./timing-fields";
import type { FormValues } from "./values";

interface Props {
  title: string;
  initial: FormValues;
  submitLabel: string;
  onSubmit: (values: FormValues) => Promise<void>;
  onClose: () => void;
  /** What is said about an error that is no matter of a field; undefined for the usual. */
  onProblem?: (error: unknown, again: () => void) => ReactNode;
}

/** The dialog that makes or changes a pipeline. What the service finds wrong is shown at the field that it is about. */
export function PipelineForm({ title, initial, submitLabel, onSubmit, onClose, onProblem }: Props) {
  const { t } = useTranslation("pipelines");
  const isNarrow = useMediaQuery("(max-width: 48em)");
  const body = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [asksToClose, setAsksToClose] = useState(false);
  const [rest, setRest] = useState<FieldError[]>([]);
  const [error, setError] = useState<unknown>(null);
  const form = useForm<FormValues>({
    initialValues: initial,
    validate: {
      name: (name) => (name.trim() === "" ? t("nameMissing") : null),
      sync: (choice) => (choice.table === null ? t("tableMissing") : null),
      biz: (choice) => (choice.table === null ? t("tableMissing") : null),
    },
  });

  // After the fields have been drawn with what is wrong with them, whenever that is.
  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (refusals > 0) body.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  }, [refusals]);
  const focusFirstError = () => setRefusals((before) => before + 1);

  async function submit(values: FormValues) {
    setBusy(true);
    setRest([]);
    setError(null);
    try {
      await onSubmit(values);
    } catch (caught) {
      const found = asProblem(caught).problem.errors ?? [];
      const placed = placeErrors(found, values);
      form.setErrors(placed.errors);
      setRest(placed.rest);
      if (found.length === 0) setError(caught);
      focusFirstError();
    } finally {
      setBusy(false);
    }
  }

  function close() {
    if (form.isDirty()) setAsksToClose(true);
    else onClose();
  }

  return (
    <Modal opened onClose={close} title={title} size="xl" fullScreen={isNarrow} closeOnClickOutside={false}>
      <form ref={body} onSubmit={form.onSubmit((values) => void submit(values), focusFirstError)} noValidate>
        <Stack gap="md">
          <TextInput label={t("name")} required maxLength={200} data-autofocus {...form.getInputProps("name")} />
          <TablePicker legend={t("syncTable")} {...form.getInputProps("sync")} />
          <FillFields form={form} />
          <TablePicker legend={t("businessTable")} {...form.getInputProps("biz")} />
          <EtlFields form={form} />
          <DeltaFields form={form} />
          <TimingFields form={form} />
          {rest.length === 0 ? null : (
            <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />} title={t("cannotSave")}>
              <List size="sm">
                {rest.map((one) => (
                  <List.Item key={`${one.pointer} ${one.detail}`}>
                    {one.pointer}: {one.detail}
                  </List.Item>
                ))}
              </List>
            </Alert>
          )}
          {error === null
            ? null
            : (onProblem?.(error, () => void submit(form.getValues())) ?? <Problem error={error} />)}
          {asksToClose ? (
            <Alert color="orange" role="alert" title={t("discardQuestion")}>
              <Group gap="xs">
                <Button size="xs" color="red" onClick={onClose}>
                  {t("discard")}
                </Button>
                <Button size="xs" variant="default" autoFocus onClick={() => setAsksToClose(false)}>
                  {t("goOn")}
                </Button>
              </Group>
            </Alert>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t("common:action.cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
