import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Identity } from "./sign-in";
import { KEPT_KEYS, SignInForm } from "./sign-in-form";

interface EndedDialogProps {
  opened: boolean;
  subject: string;
  onSignedIn: (identity: Identity) => void;
  onSignOut: () => void;
}

/** Above the page, which stays as it is: whoever signs in again loses nothing that was typed. */
export function EndedDialog({ opened, subject, onSignedIn, onSignOut }: EndedDialogProps) {
  const { t } = useTranslation("session");
  return (
    <Modal
      opened={opened}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t("ended")}
      zIndex={1000}
      centered
    >
      <Stack>
        <Text size="sm">{t("endedHint", { subject })}</Text>
        <SignInForm onSignedIn={onSignedIn} abovePage />
        <Group justify="flex-end">
          <Button variant="subtle" color="gray" onClick={onSignOut} {...KEPT_KEYS}>
            {t("leave")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
