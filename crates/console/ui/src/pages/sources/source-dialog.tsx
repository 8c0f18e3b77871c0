import { Accordion, Button, Group, Modal, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlugConnected } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { $meta, ProblemError } from "../../api";
import { Problem } from "../../ui";
import { ConnectionFields } from "./connection-fields";
import { fieldOf, rules, toTest, type SourceForm } from "./form";
import { OptionFields } from "./option-fields";
import classes from "./sources.module.css";
import { TestSteps } from "./test-steps";

interface Props {
  title: string;
  initial: SourceForm;
  /** The source that is edited; absent when registering. */
  sourceId?: number;
  submitLabel: string;
  /** Rejects with the problem that the server answered. */
  onSubmit: (form: SourceForm) => Promise<void>;
  onClose: () => void;
}

/** The form of a source with its connection test, for registering and for editing. */
export function SourceDialog({ title, initial, sourceId, submitLabel, onSubmit, onClose }: Props) {
  const { t } = useTranslation("sources");
  const editing = sourceId !== undefined;
  const form = useForm<SourceForm>({ initialValues: initial, validate: rules(t) });
  const test = $meta.useMutation("post", "/api/metadata/datasources/test");
  const testKept = $meta.useMutation("post", "/api/metadata/datasources/{id}/test");
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const [tested, setTested] = useState<string | null>(null);
  const outcome = useRef<HTMLDivElement>(null);

  // With the stored password only the source as it is saved can be tried.
  const kept = editing && form.values.secret === "kept";
  const current = kept ? testKept : test;
  // What was found out about another connection than the one that is typed now says nothing of this one.
  const report = kept || tested === JSON.stringify(toTest(form.values)) ? current.data : undefined;
  const tried = current.isPending || report !== undefined;
  useEffect(() => {
    if (tried || error !== null) outcome.current?.scrollIntoView({ block: "nearest" });
  }, [tried, report, error]);

  function toFirst(errors: Record<string, unknown>) {
    const [field] = Object.keys(errors);
    if (field) form.getInputNode(field)?.focus();
  }

  function show(problem: unknown) {
    setError(problem);
    if (!(problem instanceof ProblemError)) return;
    if (problem.kind === "datasource-name-taken") form.setFieldError("name", problem.problem.detail);
    for (const one of problem.problem.errors ?? []) {
      const field = fieldOf(one.pointer);
      if (field) form.setFieldError(field, one.detail);
    }
  }

  async function tryOut() {
    setError(null);
    const { errors } = await form.validate();
    // A connection can be tried before it has a name.
    const { name: _, ...others } = errors;
    if (Object.keys(others).length > 0) {
      toFirst(others);
      return;
    }
    form.clearFieldError("name");
    setTested(JSON.stringify(toTest(form.values)));
    try {
      if (kept) await testKept.mutateAsync({ params: { path: { id: sourceId } } });
      else await test.mutateAsync({ body: toTest(form.values) });
    } catch (problem) {
      show(problem);
    }
  }

  async function save(values: SourceForm) {
    setError(null);
    setSaving(true);
    try {
      await onSubmit(values);
    } catch (problem) {
      show(problem);
    } finally {
      setSaving(false);
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={!form.isDirty()}
    >
      <form onSubmit={form.onSubmit((values) => void save(values), toFirst)} noValidate>
        <Stack>
          <ConnectionFields form={form} editing={editing} />
          <Accordion variant="contained" chevronPosition="left">
            <Accordion.Item value="options">
              <Accordion.Control>{t("form.options")}</Accordion.Control>
              <Accordion.Panel>
                <OptionFields form={form} />
              </Accordion.Panel>
            </Accordion.Item>
          </Accordion>
          <Stack ref={outcome} className={classes.outcome}>
            {tried && <TestSteps report={report} running={current.isPending} />}
            {error !== null && <Problem error={error} />}
          </Stack>
          <Group justify="space-between" gap="xs" className={classes.foot}>
            <Button
              variant="default"
              leftSection={<IconPlugConnected size={16} aria-hidden />}
              loading={current.isPending}
              onClick={() => void tryOut()}
            >
              {kept && form.isDirty() ? t("test.asSaved") : t("test.start")}
            </Button>
            <Group gap="xs">
              <Button variant="subtle" onClick={onClose}>
                {t("common:action.cancel")}
              </Button>
              <Button type="submit" loading={saving}>
                {report && !report.ok && !editing ? t("form.registerAnyway") : submitLabel}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
