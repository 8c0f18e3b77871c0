import { Drawer, type DrawerProps } from "@mantine/core";
import { createContext, useCallback, useContext, useEffect, useState } from "react";

const Above = createContext<(more: number) => void>(() => {});

/** Says that a dialog is open: Escape closes it then, and not the drawer that it was opened in as well. */
export function useAbove(opened: boolean): void {
  const count = useContext(Above);
  useEffect(() => {
    if (!opened) return;
    count(1);
    return () => count(-1);
  }, [opened, count]);
}

/** What comes in from the side of a page: more of what is listed there. */
export function SideDrawer({ children, ...props }: DrawerProps) {
  const [above, setAbove] = useState(0);
  const count = useCallback((more: number) => setAbove((before) => before + more), []);
  return (
    <Drawer position="right" closeOnEscape={above === 0} {...props}>
      <Above value={count}>{children}</Above>
    </Drawer>
  );
}
