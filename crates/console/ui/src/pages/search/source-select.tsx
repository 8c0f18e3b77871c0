import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { $meta } from "../../api";

interface SourceSelectProps {
  value: number | undefined;
  onChange: (id: number | undefined) => void;
}

/** In which data source to look. */
export function SourceSelect({ value, onChange }: SourceSelectProps) {
  const { t } = useTranslation("search");
  const query = $meta.useQuery("get", "/api/metadata/datasources", { params: { query: { limit: 500 } } });
  const data = (query.data?.items ?? []).map((source) => ({ value: String(source.id), label: source.datasource_name }));
  return (
    <Select
      size="sm"
      aria-label={t("source")}
      placeholder={t("allSources")}
      data={data}
      value={value === undefined ? null : String(value)}
      onChange={(id) => onChange(id === null ? undefined : Number(id))}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("clearSource") }}
      limit={100}
    />
  );
}
