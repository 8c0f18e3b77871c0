import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { scopeName, useNames } from "../../work";

const SHOWN = 50;

interface Props {
  value: string;
  onChange: (scope: string) => void;
}

/** What jobs work on: a pipeline or a data source by its name, or any scope as it is. */
export function ScopeSelect({ value, onChange }: Props) {
  const { t } = useTranslation("jobs");
  const names = useNames();
  const [text, setText] = useState("");
  const known = [
    ...[...names.pipelines].map(([id, name]) => ({ value: `pipeline:${id}`, label: t("pipelineOf", { name }) })),
    ...[...names.sources].map(([id, name]) => ({ value: `datasource:${id}`, label: t("sourceOf", { name }) })),
  ];
  const chosen = { value, label: known.find((one) => one.value === value)?.label ?? scopeName(value, names) };
  const typed = text.trim() === chosen.label ? "" : text.trim();
  const found = known
    .filter(({ label }) => label.toLocaleLowerCase().includes(typed.toLocaleLowerCase()))
    .slice(0, SHOWN);
  const exact = typed === "" || found.some((one) => one.value === typed) ? [] : [{ value: typed, label: t("exactly", { scope: typed }) }];
  const data = [...found, ...exact];
  if (value !== "" && !data.some((one) => one.value === value)) data.push(chosen);

  return (
    <Select
      label={t("scope")}
      placeholder={t("any")}
      data={data}
      filter={({ options }) => options}
      value={value === "" ? null : value}
      onChange={(scope) => onChange(scope ?? "")}
      onSearchChange={setText}
      searchable
      clearable
      maxLength={1000}
      w={{ base: "100%", xs: 260 }}
    />
  );
}
