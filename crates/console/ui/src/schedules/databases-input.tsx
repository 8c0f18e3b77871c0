import { TagsInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { $meta } from "../api";

interface Props {
  sourceId: number | undefined;
  readOnly: boolean;
  value?: string[];
  onChange?: (value: string[]) => void;
  error?: ReactNode;
}

/** Names of databases, with those of the source proposed as one types. */
export function DatabasesInput({ sourceId, readOnly, value, onChange, error }: Props) {
  const { t } = useTranslation("schedules");
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), 250);
  const found = $meta.useQuery(
    "get",
    "/api/metadata/databases",
    { params: { query: { resource_id: sourceId ?? 0, limit: 50, ...(q ? { q } : {}) } } },
    { enabled: sourceId !== undefined && !readOnly },
  );
  return (
    <TagsInput
      label={t("form.databases")}
      description={readOnly ? t("form.databasesKept") : t("form.databasesHint")}
      required={!readOnly}
      disabled={readOnly}
      maxTags={1000}
      data={found.data?.items.map((database) => database.database_name) ?? []}
      searchValue={text}
      onSearchChange={setText}
      value={value ?? []}
      onChange={(next) => onChange?.(next)}
      error={error}
    />
  );
}
