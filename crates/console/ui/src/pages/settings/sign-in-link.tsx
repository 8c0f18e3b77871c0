import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { $meta, idempotencyKey, ProblemError, type Meta } from "../../api";
import { Ago, Problem } from "../../ui";
import { RoleSelect } from "./role-select";
import { SecretOnce } from "./secret";

interface LinkForm {
  subject: string;
  role: Meta["Role"];
}

/** Makes a link that signs somebody in once. */
export function SignInLink() {
  const { t } = useTranslation("settings");
  const form = useForm<LinkForm>({
    initialValues: { subject: "", role: "viewer" },
    validate: { subject: (subject) => (subject.trim() === "" ? t("link.needSubject") : null) },
  });
  const create = $meta.useMutation("post", "/api/metadata/auth/sign-in-links");
  const [error, setError] = useState<unknown>(null);

  async function submit(values: LinkForm) {
    setError(null);
    try {
      await create.mutateAsync({
        params: { header: { "Idempotency-Key": idempotencyKey() } },
        body: { subject: values.subject.trim(), roles: [values.role] },
      });
    } catch (problem) {
      setError(problem);
      if (problem instanceof ProblemError) form.setErrors(problem.fieldErrors());
    }
  }

  const made = create.data;
  if (made) {
    // The code stands behind the #, which a browser sends to no server.
    const link = `${location.origin}/#sign-in=${made.code}`;
    return (
      <Stack>
        <SecretOnce label={t("link.for", { subject: made.subject })} value={link} hint={t("link.onceHint")} />
        <Text size="sm">
          {t("link.ends")} <Ago at={made.expires_at} />
        </Text>
        <Group>
          <Button variant="default" onClick={() => create.reset()}>
            {t("link.another")}
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={form.onSubmit((values) => void submit(values))} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t("link.subject")}
          description={t("link.subjectHint")}
          required
          maxLength={255}
          autoComplete="off"
          {...form.getInputProps("subject")}
        />
        <RoleSelect {...form.getInputProps("role")} />
        {error !== null && <Problem error={error} />}
        <Group>
          <Button type="submit" loading={create.isPending}>
            {t("link.create")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
