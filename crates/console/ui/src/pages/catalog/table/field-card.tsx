import { Card, CloseButton, Group, Stack, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { LongText } from "../../../ui";
import { Facts } from "../detail/facts";
import { RemovedAlert } from "../detail/removed-alert";
import type { Field } from "../types";

/** Everything that is known of one column. */
export function FieldCard({ field, onClose }: { field: Field; onClose: () => void }) {
  const { t } = useTranslation("catalog");
  const yes = (it: boolean) => (it ? t("field.yes") : null);
  const generated = field.generation_expression
    ? `${field.generation_expression}${field.generation_kind ? ` (${field.generation_kind})` : ""}`
    : null;
  return (
    <Card withBorder padding="sm" component="section" aria-label={t("field.card", { name: field.field_name })}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Title order={3} size="h4" className="breakable">
            {field.field_name}
          </Title>
          <CloseButton aria-label={t("common:action.close")} onClick={onClose} />
        </Group>
        <RemovedAlert at={field.removed_at} />
        {field.field_comment ? <LongText text={field.field_comment} lines={3} /> : null}
        <Facts
          facts={[
            { label: t("field.type"), value: field.column_type },
            { label: t("field.neutralType"), value: field.data_type },
            { label: t("field.nullable"), value: field.is_nullable ? t("field.yes") : t("field.no") },
            { label: t("field.key"), value: field.column_key },
            { label: t("field.default"), value: field.column_default },
            { label: t("field.extra"), value: field.extra },
            { label: t("field.identity"), value: field.identity },
            { label: t("field.generated"), value: generated },
            { label: t("field.domain"), value: field.domain_base_type },
            { label: t("field.labels"), value: field.enum_values?.join(", ") },
            { label: t("database.charset"), value: field.charset },
            { label: t("database.collation"), value: field.collation },
            { label: t("field.array"), value: yes(field.is_array) },
            { label: t("field.invisible"), value: yes(field.is_invisible) },
          ]}
        />
      </Stack>
    </Card>
  );
}
