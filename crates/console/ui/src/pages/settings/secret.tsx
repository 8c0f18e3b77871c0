import { ActionIcon, Alert, CopyButton, Group, Stack, Text, TextInput, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy, IconEyeOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

interface Props {
  label: string;
  value: string;
  /** What becomes of it, and what to do if it is lost. */
  hint: string;
}

/** A secret that is shown this once, to be copied. */
export function SecretOnce({ label, value, hint }: Props) {
  const { t } = useTranslation("settings");
  return (
    <Stack gap="sm">
      <Alert color="orange" icon={<IconEyeOff size={18} aria-hidden />} title={t("secret.once")}>
        <Text size="sm">{hint}</Text>
      </Alert>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          label={label}
          value={value}
          readOnly
          flex={1}
          ff="monospace"
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={value}>
          {({ copied, copy }) => {
            const word = copied ? t("common:action.copied") : t("common:action.copy");
            return (
              <Tooltip label={word}>
                <ActionIcon variant="default" size={36} onClick={copy} aria-label={word} data-autofocus>
                  {copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
                </ActionIcon>
              </Tooltip>
            );
          }}
        </CopyButton>
      </Group>
    </Stack>
  );
}
