import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useDatabases, useSources, useTyped } from "./use-choices";

interface SourceProps {
  label: string;
  value?: string | null;
  onChange?: (value: string | null) => void;
  error?: ReactNode;
}

export function SourceSelect({ label, value = null, onChange, error }: SourceProps) {
  const { t } = useTranslation("pipelines");
  const { sources, problem } = useSources();
  return (
    <Select
      label={label}
      required
      searchable
      allowDeselect={false}
      data={sources}
      value={value}
      onChange={onChange}
      nothingFoundMessage={t("noSource")}
      error={error ?? problem}
    />
  );
}

interface DatabaseProps extends SourceProps {
  source: string | null;
}

export function DatabaseSelect({ label, source, value = null, onChange, error }: DatabaseProps) {
  const { t } = useTranslation("pipelines");
  const typed = useTyped(value ?? "");
  const { databases, problem } = useDatabases(source, typed.q);
  const data = value === null || databases.includes(value) ? databases : [value, ...databases];
  return (
    <Select
      label={label}
      required
      searchable
      allowDeselect={false}
      disabled={source === null}
      data={data}
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
      searchValue={typed.text}
      onSearchChange={typed.setText}
      nothingFoundMessage={t("noDatabase")}
      error={error ?? problem}
    />
  );
}
