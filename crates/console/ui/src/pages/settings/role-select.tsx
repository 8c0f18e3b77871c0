import { Radio, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Meta } from "../../api";

type Role = Meta["Role"];

interface Props {
  value?: Role;
  onChange?: (role: Role) => void;
  error?: ReactNode;
}

/** A role, each with what it allows. */
export function RoleSelect({ value, onChange, error }: Props) {
  const { t } = useTranslation("settings");
  return (
    <Radio.Group
      label={t("role.label")}
      value={value ?? null}
      onChange={(next) => onChange?.(next as Role)}
      error={error}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="viewer" label={t("common:role.viewer")} description={t("role.viewer")} />
        <Radio value="operator" label={t("common:role.operator")} description={t("role.operator")} />
        <Radio value="admin" label={t("common:role.admin")} description={t("role.admin")} />
      </Stack>
    </Radio.Group>
  );
}
