import { Button, PasswordInput, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "../api";
import { Problem } from "../ui";
import { type Identity, signIn } from "./sign-in";

interface SignInFormProps {
  error?: ProblemError | null;
  onSignedIn: (identity: Identity) => void;
  /** Whether a page lies below, whose dialogs Escape would close. */
  abovePage?: boolean;
}

/** What keeps the keys of a field from the dialogs below it. */
export const KEPT_KEYS = { "data-mantine-stop-propagation": true };

/** One field for whatever opens a session: which of them it is can be seen. */
export function SignInForm({ error: first = null, onSignedIn, abovePage = false }: SignInFormProps) {
  const { t } = useTranslation("session");
  const above = abovePage ? KEPT_KEYS : {};
  const [text, setText] = useState("");
  const [error, setError] = useState<ProblemError | null>(first);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    setBusy(true);
    setError(null);
    try {
      onSignedIn(await signIn(text));
    } catch (caught) {
      setError(asProblem(caught));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <PasswordInput
          label={t("credential")}
          description={t("credentialHint")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autoComplete="current-password"
          spellCheck={false}
          visibilityToggleButtonProps={{ "aria-label": t("showCredential") }}
          data-autofocus
          {...above}
          autoFocus
          required
          withAsterisk={false}
        />
        {error && <Problem error={error} title={error.status === 401 ? t("refused") : undefined} />}
        <Button type="submit" loading={busy} fullWidth {...above}>
          {t("common:action.signIn")}
        </Button>
      </Stack>
    </form>
  );
}
