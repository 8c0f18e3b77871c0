import { Anchor } from "@mantine/core";
import { Link } from "react-router";

/** The name of an entry, leading to it; struck out where it is gone. */
export function EntryLink({ to, name, removed = false }: { to: string; name: string; removed?: boolean }) {
  return (
    <Anchor
      component={Link}
      to={to}
      size="sm"
      className="breakable"
      td={removed ? "line-through" : undefined}
      // The row opens the same.
      onClick={(event) => event.stopPropagation()}
    >
      {name}
    </Anchor>
  );
}
