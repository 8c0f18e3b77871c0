import { Box, Text } from "@mantine/core";
import type { ReactNode } from "react";

/** One fact of a list of definitions. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box miw={0}>
      <Text component="dt" size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="dd" size="sm" m={0} className="breakable">
        {children}
      </Text>
    </Box>
  );
}
