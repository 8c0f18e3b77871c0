import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { $meta, idempotencyKey, ProblemError, type Meta } from "../../api";
import { Problem } from "../../ui";
import { RoleSelect } from "./role-select";
import { SecretOnce } from "./secret";

interface KeyForm {
  name: string;
  role: Meta["Role"];
  days: string;
}

const DAYS = ["7", "30", "90", "365"];
const NEVER = "never";

/** Makes a key, and shows it this once. */
export function KeyDialog({ onCreated, onClose }: { onCreated: () => void; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const form = useForm<KeyForm>({
    initialValues: { name: "", role: "viewer", days: "90" },
    validate: { name: (name) => (name.trim() === "" ? t("keys.needName") : null) },
  });
  const create = $meta.useMutation("post", "/api/metadata/auth/keys");
  const [error, setError] = useState<unknown>(null);
  const [attempt] = useState(idempotencyKey);

  async function submit(values: KeyForm) {
    setError(null);
    try {
      await create.mutateAsync({
        params: { header: { "Idempotency-Key": attempt } },
        body: {
          name: values.name.trim(),
          role: values.role,
          ...(values.days === NEVER ? {} : { expires_in_days: Number(values.days) }),
        },
      });
      onCreated();
    } catch (problem) {
      setError(problem);
      if (problem instanceof ProblemError) form.setErrors(problem.fieldErrors());
    }
  }

  const made = create.data;
  return (
    <Modal
      opened
      onClose={onClose}
      title={made ? t("keys.made", { name: made.name }) : t("keys.create")}
      closeOnClickOutside={false}
      closeOnEscape={!made}
      closeButtonProps={{ "aria-label": t("common:action.close") }}
    >
      {made ? (
        <Stack>
          <SecretOnce label={t("keys.key")} value={made.key} hint={t("keys.onceHint")} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t("secret.copied")}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={form.onSubmit((values) => void submit(values))} noValidate>
          <Stack gap="sm">
            <TextInput
              label={t("keys.name")}
              description={t("keys.nameHint")}
              required
              maxLength={200}
              data-autofocus
              {...form.getInputProps("name")}
            />
            <RoleSelect {...form.getInputProps("role")} />
            <Select
              label={t("keys.ends")}
              allowDeselect={false}
              data={[
                ...DAYS.map((days) => ({ value: days, label: t("keys.days", { count: Number(days) }) })),
                { value: NEVER, label: t("keys.never") },
              ]}
              {...form.getInputProps("days")}
            />
            {error !== null && <Problem error={error} />}
            <Group justify="flex-end">
              <Button variant="subtle" onClick={onClose}>
                {t("common:action.cancel")}
              </Button>
              <Button type="submit" loading={create.isPending}>
                {t("common:action.create")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
