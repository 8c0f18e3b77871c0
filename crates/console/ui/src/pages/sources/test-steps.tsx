import { Loader, Stack, Text, ThemeIcon, Timeline } from "@mantine/core";
import { IconCheck, IconMinus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import classes from "./sources.module.css";
import type { TestReport } from "./types";

const STEPS = ["resolve", "connect", "tls", "authenticate", "version", "databases", "privileges"] as const;

type State = "ok" | "failed" | "running" | "untried";

const LOOK: Record<Exclude<State, "running">, { color: string; Icon: typeof IconCheck }> = {
  ok: { color: "teal", Icon: IconCheck },
  failed: { color: "red", Icon: IconX },
  untried: { color: "gray", Icon: IconMinus },
};

function Bullet({ state }: { state: State }) {
  const { t } = useTranslation("sources");
  if (state === "running") return <Loader size={14} />;
  const { color, Icon } = LOOK[state];
  const label = { ok: t("test.ok"), failed: t("test.failed"), untried: t("test.untried") }[state];
  return (
    <ThemeIcon size={22} radius="xl" color={color} variant="filled" role="img" aria-label={label}>
      <Icon size={14} aria-hidden />
    </ThemeIcon>
  );
}

/** A connection test step by step, also while its answer is awaited. */
export function TestSteps({ report, running }: { report?: TestReport | undefined; running: boolean }) {
  const { t } = useTranslation("sources");
  const labels: Record<string, string> = {
    password: t("test.steps.password"),
    resolve: t("test.steps.resolve"),
    connect: t("test.steps.connect"),
    tls: t("test.steps.tls"),
    authenticate: t("test.steps.authenticate"),
    version: t("test.steps.version"),
    databases: t("test.steps.databases"),
    privileges: t("test.steps.privileges"),
  };
  const done = running ? [] : (report?.steps ?? []);
  const names = [...new Set([...done.map((step) => step.name), ...STEPS])];
  const order = (name: string) => (STEPS as readonly string[]).indexOf(name);
  names.sort((a, b) => order(a) - order(b));
  const summary = running ? t("test.running") : report?.ok ? t("test.allOk") : t("test.oneFailed");

  return (
    <Stack gap="sm" aria-live="polite">
      <Text size="sm" fw={600}>
        {summary}
      </Text>
      <Timeline bulletSize={22} lineWidth={2} color="gray" className={classes.steps}>
        {names.map((name) => {
          const step = done.find((one) => one.name === name);
          const state: State = running ? "running" : !step ? "untried" : step.ok ? "ok" : "failed";
          return (
            <Timeline.Item
              key={name}
              data-testid={`step-${name}`}
              bullet={<Bullet state={state} />}
              title={
                <Text size="sm" fw={500} c={state === "untried" ? "dimmed" : undefined}>
                  {labels[name] ?? name}
                  {step && (
                    <Text span size="xs" c="dimmed" ml="xs">
                      {t("test.milliseconds", { count: step.duration_ms })}
                    </Text>
                  )}
                </Text>
              }
            >
              {step && (
                <Text size="sm" c={step.ok ? "dimmed" : undefined} className={step.ok ? classes.detail : classes.bad}>
                  {step.detail}
                </Text>
              )}
            </Timeline.Item>
          );
        })}
      </Timeline>
    </Stack>
  );
}
