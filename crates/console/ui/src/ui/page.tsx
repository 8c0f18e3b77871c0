import { Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";

interface PageProps {
  title: string;
  /** In place of the title as the heading, where that is more than text. */
  heading?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** For pages that scroll within themselves: the height of the window, no more. */
  fill?: boolean;
  children: ReactNode;
}

/** The head of a page and what it shows. */
export function Page({ title, heading, description, actions, fill = false, children }: PageProps) {
  useDocumentTitle(`${title} · Plumbline`);
  return (
    <Stack gap="md" className={fill ? "page page-fill" : "page"}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2} miw={0} flex="1 1 240px">
          <Title order={1} size="h2" className="breakable">
            {heading ?? title}
          </Title>
          {description && (
            <Text c="dimmed" size="sm" component="div">
              {description}
            </Text>
          )}
        </Stack>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
