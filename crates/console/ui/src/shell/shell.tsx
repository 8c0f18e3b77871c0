import { Anchor, AppShell, Box, Burger, Group, ScrollArea, Text, useMantineTheme } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, ScrollRestoration, useLocation } from "react-router";
import { ErrorBoundary, Loading, Logo } from "../ui";
import { LanguageMenu } from "./language-menu";
import { Navigation } from "./navigation";
import { SearchBox } from "./search-box";
import { ThemeMenu } from "./theme-menu";
import { UserMenu } from "./user-menu";

/** What stands around every page. */
export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const theme = useMantineTheme();
  const isNarrow = useMediaQuery(`(max-width: ${theme.breakpoints.md})`) ?? false;
  return (
    // Both stand within the router, so that what they show may have links.
    <ModalsProvider>
      <AppShell
        header={{ height: 52 }}
        navbar={{ width: 212, breakpoint: "md", collapsed: { mobile: !opened } }}
        padding={{ base: "sm", sm: "lg" }}
      >
        <Anchor href="#content" className="skip-link">
          {t("common:nav.skip")}
        </Anchor>
        <AppShell.Header>
          <Group h="100%" px="sm" gap="sm" wrap="nowrap" justify="space-between">
            <Group gap="xs" wrap="nowrap" flex="none">
              <Burger
                opened={opened}
                onClick={toggle}
                hiddenFrom="md"
                size="sm"
                aria-label={opened ? t("common:nav.close") : t("common:nav.open")}
                aria-expanded={opened}
              />
              <Link to="/" className="brand" aria-label={t("common:product")}>
                <Logo />
                <Text fw={700} visibleFrom="sm">
                  {t("common:product")}
                </Text>
              </Link>
            </Group>
            <SearchBox />
            <Group gap={2} wrap="nowrap" flex="none">
              <LanguageMenu />
              <Box visibleFrom="xs">
                <ThemeMenu />
              </Box>
              <UserMenu />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="xs" inert={isNarrow && !opened}>
          <AppShell.Section grow component={ScrollArea} type="auto">
            <Navigation onGo={close} />
          </AppShell.Section>
          <AppShell.Section hiddenFrom="xs">
            <ThemeMenu />
          </AppShell.Section>
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1}>
          <ErrorBoundary resetKey={pathname}>
            <Suspense fallback={<Loading />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </AppShell.Main>
        <ScrollRestoration />
      </AppShell>
      <Notifications position="bottom-right" />
    </ModalsProvider>
  );
}
