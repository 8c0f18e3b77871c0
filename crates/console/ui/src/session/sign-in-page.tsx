import { Anchor, Box, Center, Code as Inline, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import type { ProblemError } from "../api";
import { Logo } from "../ui";
import { LanguageMenu } from "../shell/language-menu";
import { ThemeMenu } from "../shell/theme-menu";
import type { Identity } from "./sign-in";
import { SignInForm } from "./sign-in-form";

interface SignInPageProps {
  error: ProblemError | null;
  onSignedIn: (identity: Identity) => void;
}

export function SignInPage({ error, onSignedIn }: SignInPageProps) {
  const { t } = useTranslation("session");
  return (
    <Box mih="100vh" component="main">
      <Group justify="flex-end" p="sm" gap="xs">
        <LanguageMenu />
        <ThemeMenu />
      </Group>
      <Center px="md" pt={{ base: "xl", sm: "10vh" }}>
        <Stack w="100%" maw={420}>
          <Group gap="sm">
            <Logo size={36} />
            <Title order={1} size="h2">
              {t("title")}
            </Title>
          </Group>
          <Text c="dimmed">{t("intro")}</Text>
          <Paper withBorder p="lg" radius="md">
            <SignInForm error={error} onSignedIn={onSignedIn} />
          </Paper>
          <Text size="sm" c="dimmed">
            <Trans t={t} i18nKey="howTo" components={{ code: <Inline /> }} />
          </Text>
          <Text size="sm">
            <Anchor href="/docs/">{t("api")}</Anchor>
          </Text>
        </Stack>
      </Center>
    </Box>
  );
}
