import { Group, Input, NumberInput, Select } from "@mantine/core";
import { useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

const UNITS = { minutes: 60, hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof UNITS;

/** The largest unit in which a number of seconds is whole. */
export function unitOf(seconds: number | null): Unit {
  if (seconds === null) return "hours";
  if (seconds % UNITS.days === 0) return "days";
  return seconds % UNITS.hours === 0 ? "hours" : "minutes";
}

interface Props {
  label: string;
  description: string;
  value?: number | null;
  onChange?: (seconds: number | null) => void;
  error?: ReactNode;
}

/** A span of time in minutes, hours or days; kept in seconds, null where nothing is entered. */
export function DurationInput({ label, description, value = null, onChange, error }: Props) {
  const { t } = useTranslation("pipelines");
  const id = useId();
  const [unit, setUnit] = useState<Unit>(unitOf(value));
  const amount = value === null ? "" : value / UNITS[unit];
  const give = (next: number | string, of: Unit) =>
    onChange?.(typeof next === "number" ? Math.round(next * UNITS[of]) : null);
  return (
    <Input.Wrapper id={id} label={label} description={description} error={error}>
      <Group gap="xs" wrap="nowrap" mt={4}>
        <NumberInput
          id={id}
          flex={1}
          min={0}
          decimalScale={2}
          error={Boolean(error)}
          value={amount}
          onChange={(next) => give(next, unit)}
        />
        <Select
          aria-label={t("unitOf", { label })}
          w={130}
          allowDeselect={false}
          data={[
            { value: "minutes", label: t("minutes") },
            { value: "hours", label: t("hours") },
            { value: "days", label: t("days") },
          ]}
          value={unit}
          onChange={(next) => {
            const of = (next ?? "hours") as Unit;
            setUnit(of);
            give(amount, of);
          }}
        />
      </Group>
    </Input.Wrapper>
  );
}
