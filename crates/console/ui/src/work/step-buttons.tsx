import { ActionIcon, Button, Group, Tooltip } from "@mantine/core";
import { IconPlayerPlay, IconRefresh, IconRulerMeasure } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useSession } from "../session";
import type { Step } from "./types";

interface Props {
  name: string;
  /** How the tables are filled, where that is known: what a program outside does cannot be started here. */
  fillKind?: string;
  etlKind?: string;
  hasProblems: boolean;
  isBusy: (step: Step) => boolean;
  start: (step: Step) => void;
  withMeasure?: boolean;
  /** Where there is little room: what is asked for least is a sign alone. */
  compact?: boolean;
  size?: string;
}

const HINT_EVENTS = { hover: true, focus: true, touch: true };

/** `Sync now`, `Run ETL` and, where there is room, `Measure`; what cannot be started says why. */
export function StepButtons({ name, fillKind, etlKind, hasProblems, isBusy, start, withMeasure, compact = false, size = "xs" }: Props) {
  const { t } = useTranslation("work");
  const { can } = useSession();

  function reason(step: Step): string | undefined {
    if (!can("operator")) return t("needsOperator");
    if (hasProblems) return t("mendFirst");
    if (step === "sync" && fillKind === "external") return t("filledOutside");
    if (step === "etl" && etlKind === "external") return t("etlOutside");
    return undefined;
  }

  const buttons = [
    { step: "sync", label: t("syncNow"), full: t("syncNowOf", { name }), icon: IconRefresh, variant: "default" },
    { step: "etl", label: t("runEtl"), full: t("runEtlOf", { name }), icon: IconPlayerPlay, variant: "filled" },
    { step: "measure", label: t("measure"), full: t("measureOf", { name }), icon: IconRulerMeasure, variant: "default" },
  ] as const;

  return (
    <Group gap="xs">
      {buttons.map(({ step, label, full, icon: Icon, variant }) => {
        if (step === "measure" && !withMeasure) return null;
        const why = reason(step);
        const busy = isBusy(step);
        const state = {
          loading: busy,
          "data-disabled": why === undefined ? undefined : true,
          "aria-disabled": why === undefined ? undefined : true,
          "aria-label": full,
          onClick: () => {
            if (why === undefined) start(step);
          },
        } as const;
        if (step === "measure" && compact) {
          return (
            <Tooltip key={step} label={why ?? label} multiline maw={320} events={HINT_EVENTS}>
              <ActionIcon size={30} variant="default" {...state}>
                <Icon size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          );
        }
        return (
          <Tooltip key={step} label={why} disabled={why === undefined} multiline maw={320} events={HINT_EVENTS}>
            <Button
              size={size}
              variant={why === undefined ? variant : "default"}
              leftSection={<Icon size={16} aria-hidden />}
              {...state}
            >
              {label}
            </Button>
          </Tooltip>
        );
      })}
    </Group>
  );
}
