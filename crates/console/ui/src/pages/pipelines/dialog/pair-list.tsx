import { ActionIcon, Autocomplete, Button, Group, Stack, Text } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconArrowRight, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { FormValues } from "./values";

interface Side {
  label: string;
  proposals?: string[];
  placeholder?: string;
}

interface Props {
  form: UseFormReturnType<FormValues>;
  /** Where the list stands in the form. */
  path: "fill.mapping" | "etl.headers" | "delta.pairs";
  legend: string;
  hint?: string;
  from: Side;
  to: Side;
  add: string;
  /** How many pairs there are at least. */
  atLeast?: number;
  /** Whether more may be added. */
  many?: boolean;
}

function pairsAt(values: FormValues, path: Props["path"]) {
  if (path === "fill.mapping") return values.fill.mapping;
  return path === "etl.headers" ? values.etl.headers : values.delta.pairs;
}

/** Pairs of names, such as a column of one table and the one of the other that it goes with. */
export function PairList({ form, path, legend, hint, from, to, add, atLeast = 0, many = true }: Props) {
  const { t } = useTranslation("pipelines");
  const pairs = pairsAt(form.values, path);
  const shown = many ? pairs : pairs.slice(0, 1);
  return (
    <Stack gap={6} role="group" aria-label={legend}>
      <div>
        <Text size="sm" fw={500}>
          {legend}
        </Text>
        {hint === undefined ? null : (
          <Text size="xs" c="dimmed">
            {hint}
          </Text>
        )}
      </div>
      {shown.map((_, index) => (
        // Pairs have no identity but their place, and their fields hold no state of their own.
        <Group key={index} gap="xs" wrap="nowrap" align="flex-start">
          <Autocomplete
            flex={1}
            miw={0}
            aria-label={`${from.label} ${index + 1}`}
            placeholder={from.placeholder ?? from.label}
            data={from.proposals ?? []}
            {...form.getInputProps(`${path}.${index}.from`)}
          />
          <Text c="dimmed" mt={8} lh={0} aria-hidden>
            <IconArrowRight size={18} />
          </Text>
          <Autocomplete
            flex={1}
            miw={0}
            aria-label={`${to.label} ${index + 1}`}
            placeholder={to.placeholder ?? to.label}
            data={to.proposals ?? []}
            {...form.getInputProps(`${path}.${index}.to`)}
          />
          {pairs.length > atLeast && many ? (
            <ActionIcon
              variant="subtle"
              color="red"
              size="lg"
              aria-label={t("removePair", { n: index + 1 })}
              onClick={() => form.removeListItem(path, index)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          ) : null}
        </Group>
      ))}
      {many ? (
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => form.insertListItem(path, { from: "", to: "" })}
        >
          {add}
        </Button>
      ) : null}
    </Stack>
  );
}
