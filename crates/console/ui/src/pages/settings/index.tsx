import { Tabs } from "@mantine/core";
import { IconCalendarTime, IconInfoCircle, IconKey, IconLogin2 } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { SchedulesPanel } from "../../schedules";
import { loadedLater, Loading, Page } from "../../ui";
import { AdminOnly } from "./admin-only";

const About = loadedLater(() => import("./about").then((it) => it.About), <Loading />);
const ApiKeys = loadedLater(() => import("./api-keys").then((it) => it.ApiKeys), <Loading />);
const SignIn = loadedLater(() => import("./sign-in").then((it) => it.SignIn), <Loading />);

const TABS = ["schedules", "keys", "sign-in", "about"] as const;
type Tab = (typeof TABS)[number];

/** `/settings/*`: schedules, API keys, sign-in, about. */
export default function SettingsPage() {
  const { t } = useTranslation("settings");
  const { "*": rest } = useParams();
  const navigate = useNavigate();
  const tab = TABS.find((one) => one === rest) ?? "schedules";
  const labels: Record<Tab, string> = {
    schedules: t("tabs.schedules"),
    keys: t("tabs.keys"),
    "sign-in": t("tabs.signIn"),
    about: t("tabs.about"),
  };
  const icons: Record<Tab, ReactNode> = {
    schedules: <IconCalendarTime size={16} aria-hidden />,
    keys: <IconKey size={16} aria-hidden />,
    "sign-in": <IconLogin2 size={16} aria-hidden />,
    about: <IconInfoCircle size={16} aria-hidden />,
  };
  return (
    <Page title={t("title")}>
      <Tabs value={tab} onChange={(next) => next && void navigate(`/settings/${next}`)} keepMounted={false}>
        <Tabs.List mb="md">
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one} leftSection={icons[one]}>
              {labels[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="schedules">
          <SchedulesPanel />
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <AdminOnly>
            <ApiKeys />
          </AdminOnly>
        </Tabs.Panel>
        <Tabs.Panel value="sign-in">
          <SignIn />
        </Tabs.Panel>
        <Tabs.Panel value="about">
          <About />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
