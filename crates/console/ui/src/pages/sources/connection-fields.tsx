import {
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Select,
  Stack,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { PORTS, TLS_MODES, type SourceForm } from "./form";
import classes from "./sources.module.css";
import type { Engine } from "./types";

interface Props {
  form: UseFormReturnType<SourceForm>;
  /** When editing, what the server speaks is settled and its password may stay. */
  editing: boolean;
}

/** Where the server is and how to sign in to it. */
export function ConnectionFields({ form, editing }: Props) {
  const { t } = useTranslation("sources");
  const { engine, secret, tlsMode } = form.values;

  function chooseEngine(next: Engine) {
    const untouched = Number(form.values.port) === PORTS[engine];
    form.setFieldValue("engine", next);
    if (untouched) form.setFieldValue("port", PORTS[next]);
  }

  return (
    <Stack gap="sm">
      <TextInput
        label={t("form.name")}
        description={t("form.nameHint")}
        required
        maxLength={200}
        data-autofocus
        {...form.getInputProps("name")}
      />
      {!editing && (
        <SegmentedControl
          aria-label={t("form.engine")}
          value={engine}
          onChange={(value) => chooseEngine(value as Engine)}
          data={[
            { value: "mysql", label: "MySQL / MariaDB" },
            { value: "postgresql", label: "PostgreSQL" },
          ]}
        />
      )}
      <div className={classes.pair}>
        <TextInput
          label={t("form.host")}
          placeholder="db.example.com"
          required
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps("host")}
        />
        <NumberInput
          label={t("form.port")}
          required
          min={1}
          max={65535}
          allowDecimal={false}
          hideControls
          {...form.getInputProps("port")}
        />
      </div>
      <TextInput
        label={t("form.username")}
        description={t("form.usernameHint")}
        required
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps("username")}
      />
      <Select
        label={t("form.secret")}
        allowDeselect={false}
        data={[
          ...(editing ? [{ value: "kept", label: t("form.secretKept") }] : []),
          { value: "password", label: t("form.secretPassword") },
          { value: "reference", label: t("form.secretReference") },
        ]}
        {...form.getInputProps("secret")}
      />
      {secret === "password" && (
        <PasswordInput
          label={t("form.password")}
          description={t("form.passwordHint")}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": t("form.showPassword") }}
          {...form.getInputProps("password")}
        />
      )}
      {secret === "reference" && (
        <TextInput
          label={t("form.passwordFrom")}
          description={t("form.passwordFromHint")}
          placeholder="env:SHOP_PASSWORD"
          required
          spellCheck={false}
          {...form.getInputProps("passwordFrom")}
        />
      )}
      <TextInput
        label={t("form.database")}
        description={engine === "postgresql" ? t("form.databaseHintPostgres") : t("form.databaseHintMysql")}
        spellCheck={false}
        {...form.getInputProps("database")}
      />
      <Select
        label={t("form.tls")}
        allowDeselect={false}
        data={TLS_MODES.map((mode) => ({
          value: mode,
          label: {
            disable: t("form.tlsModes.disable"),
            prefer: t("form.tlsModes.prefer"),
            require: t("form.tlsModes.require"),
            "verify-ca": t("form.tlsModes.verifyCa"),
            "verify-full": t("form.tlsModes.verifyFull"),
          }[mode],
        }))}
        {...form.getInputProps("tlsMode")}
      />
      {(tlsMode === "verify-ca" || tlsMode === "verify-full") && (
        <Textarea
          label={t("form.ca")}
          description={t("form.caHint")}
          placeholder="-----BEGIN CERTIFICATE-----"
          autosize
          minRows={3}
          maxRows={8}
          spellCheck={false}
          {...form.getInputProps("caCertificate")}
        />
      )}
    </Stack>
  );
}
