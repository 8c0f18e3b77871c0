import { useState } from "react";
import { Button, Group, MultiSelect, NumberInput, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { asProblem } from "../../../api";
import type { Wanted } from "./use-preview";

interface RowsFormProps {
  wanted: Wanted;
  /** The columns that there are. */
  names: readonly string[];
  onShow: (wanted: Wanted) => void;
  busy: boolean;
  error: unknown;
}

const MOST = 1000;

/** Which rows, how many, which columns. */
export function RowsForm({ wanted, names, onShow, busy, error }: RowsFormProps) {
  const { t } = useTranslation("catalog");
  const [where, setWhere] = useState(wanted.where);
  const [limit, setLimit] = useState<number | string>(wanted.limit);
  const [columns, setColumns] = useState<string[]>([...wanted.columns]);
  const problem = error ? asProblem(error) : null;
  // Two columns may have one name in a catalog that is out of date, and a list wants each once.
  const unique = [...new Set(names)];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const count = Math.min(MOST, Math.max(1, Math.trunc(Number(limit)) || 50));
        setLimit(count);
        onShow({ where: where.trim(), limit: count, columns });
      }}
    >
      <Stack gap="sm">
        <Group align="flex-start" gap="sm">
          <TextInput
            flex="1 1 260px"
            label={t("rows.where")}
            description={t("rows.whereHint")}
            placeholder="amount > 100 AND status IN ('new', 'paid')"
            value={where}
            onChange={(event) => setWhere(event.currentTarget.value)}
            error={problem?.fieldError("/where")}
            maxLength={4000}
            spellCheck={false}
            autoComplete="off"
            inputWrapperOrder={["label", "input", "description", "error"]}
          />
          <NumberInput
            w={120}
            label={t("rows.limit")}
            min={1}
            max={MOST}
            allowDecimal={false}
            allowNegative={false}
            value={limit}
            onChange={setLimit}
            error={problem?.fieldError("/limit")}
          />
          <Button type="submit" loading={busy} mt={25}>
            {t("rows.show")}
          </Button>
        </Group>
        {unique.length > 8 ? (
          <MultiSelect
            label={t("rows.columns")}
            placeholder={columns.length === 0 ? t("rows.allColumns") : undefined}
            data={unique}
            value={columns}
            onChange={setColumns}
            searchable
            clearable
            limit={100}
            maxDropdownHeight={260}
            clearButtonProps={{ "aria-label": t("tree.clearFilter") }}
          />
        ) : null}
      </Stack>
    </form>
  );
}
