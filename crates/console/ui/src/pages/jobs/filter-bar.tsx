import { Button, Group, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { JOB_TYPES, useJobTypeName } from "../../work";
import { ScopeSelect } from "./scope-select";
import type { Filters, Span } from "./use-filters";

interface Props {
  filters: Filters;
  change: (part: Partial<Filters>) => void;
  clear: () => void;
  isFiltered: boolean;
}

export function FilterBar({ filters, change, clear, isFiltered }: Props) {
  const { t } = useTranslation("jobs");
  const { t: common } = useTranslation("common");
  const typeName = useJobTypeName();

  const types = JOB_TYPES.map((type) => ({ value: type as string, label: typeName(type) }));
  // A type that programs outside made up comes by the address, from the page of one of its runs.
  if (filters.type !== "" && !types.some(({ value }) => value === filters.type)) {
    types.push({ value: filters.type, label: filters.type });
  }
  const statuses = [
    { value: "QUEUED", label: common("status.QUEUED") },
    { value: "RUNNING", label: common("status.RUNNING") },
    { value: "SUCCESS", label: common("status.SUCCESS") },
    { value: "PARTIAL", label: common("status.PARTIAL") },
    { value: "FAILED", label: common("status.FAILED") },
    { value: "CANCELLED", label: common("status.CANCELLED") },
  ];
  const spans: { value: Span; label: string }[] = [
    { value: "1h", label: t("lastHour") },
    { value: "24h", label: t("lastDay") },
    { value: "7d", label: t("lastWeek") },
    { value: "30d", label: t("lastMonth") },
  ];

  return (
    <Group gap="sm" align="flex-end" role="search" aria-label={t("filters")}>
      <Select
        label={t("type")}
        placeholder={t("any")}
        data={types}
        value={filters.type === "" ? null : filters.type}
        onChange={(value) => change({ type: value ?? "" })}
        clearable
        searchable
        w={{ base: "100%", xs: 210 }}
      />
      <Select
        label={t("status")}
        placeholder={t("any")}
        data={statuses}
        value={filters.status === "" ? null : filters.status}
        onChange={(value) => change({ status: value ?? "" })}
        clearable
        w={{ base: "100%", xs: 160 }}
      />
      <Select
        label={t("accepted")}
        placeholder={t("anyTime")}
        data={spans}
        value={filters.since === "" ? null : filters.since}
        onChange={(value) => change({ since: (value ?? "") as Span | "" })}
        clearable
        w={{ base: "100%", xs: 180 }}
      />
      <ScopeSelect value={filters.scope} onChange={(scope) => change({ scope })} />
      {isFiltered ? (
        <Button variant="subtle" leftSection={<IconX size={16} aria-hidden />} onClick={clear}>
          {t("clearFilters")}
        </Button>
      ) : null}
    </Group>
  );
}
