import { Stack, Text, ThemeIcon } from "@mantine/core";
import { IconInbox } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface EmptyProps {
  title: ReactNode;
  /** What to do so that there is something. */
  whatToDo?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
}

/** A list without rows. */
export function Empty({ title, whatToDo, action, icon }: EmptyProps) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      <ThemeIcon variant="light" color="gray" size={44} radius="xl" aria-hidden>
        {icon ?? <IconInbox size={24} stroke={1.5} />}
      </ThemeIcon>
      <Text fw={600}>{title}</Text>
      {whatToDo && (
        <Text size="sm" c="dimmed" maw={460}>
          {whatToDo}
        </Text>
      )}
      {action}
    </Stack>
  );
}
