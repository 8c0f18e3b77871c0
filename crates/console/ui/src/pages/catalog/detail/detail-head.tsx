// Where an object lies, what it is called, what it says of itself.
import type { ReactNode } from "react";
import { Anchor, Badge, Breadcrumbs, Group, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { LongText } from "../../../ui";
import { pathOf } from "../address";
import type { TreeNode } from "../types";

interface DetailHeadProps {
  name: string;
  /** What it is, in the server's or the reader's words. */
  badge: string;
  comment?: string | null;
  /** What holds it, from the top. */
  above: readonly TreeNode[];
  actions?: ReactNode;
}

export function DetailHead({ name, badge, comment, above, actions }: DetailHeadProps) {
  const { t } = useTranslation("catalog");
  return (
    <Stack gap={6}>
      {above.length > 0 ? (
        <nav aria-label={t("detail.path")}>
          <Breadcrumbs separatorMargin={6}>
            {above.map((node) => (
              <Anchor key={node.id} component={Link} to={pathOf(node.id)} size="sm" lh="sm" maw={240} truncate title={node.name}>
                {node.name}
              </Anchor>
            ))}
          </Breadcrumbs>
        </nav>
      ) : null}
      <Group justify="space-between" align="flex-start" gap="sm">
        <Group gap="sm" miw={0} flex="1 1 220px" align="center">
          <Title order={2} size="h3" className="breakable">
            {name}
          </Title>
          <Badge variant="default" tt="none" className="badge">
            {badge}
          </Badge>
        </Group>
        {actions ? <Group gap="xs">{actions}</Group> : null}
      </Group>
      {comment ? (
        <Text component="div" c="dimmed">
          <LongText text={comment} lines={2} />
        </Text>
      ) : null}
    </Stack>
  );
}
