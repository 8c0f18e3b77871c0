import type { ReactNode } from "react";
import { Table } from "@mantine/core";

/** Lets a table scroll sideways where the window is narrow, by keys too. */
export function WideTable({ children }: { children: ReactNode }) {
  return (
    <Table.ScrollContainer minWidth={520} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      {children}
    </Table.ScrollContainer>
  );
}
