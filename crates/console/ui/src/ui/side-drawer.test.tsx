import { Button } from "@mantine/core";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";

import { show } from "../testing/render";
import { ConfirmDelete } from "./confirm-delete";
import { SideDrawer } from "./side-drawer";

function Nested() {
  const [open, setOpen] = useState(true);
  const [asks, setAsks] = useState(false);
  return (
    <SideDrawer opened={open} onClose={() => setOpen(false)} title="A run">
      <Button onClick={() => setAsks(true)}>Ask</Button>
      <ConfirmDelete
        opened={asks}
        onClose={() => setAsks(false)}
        name="shop"
        what="Its catalog goes too."
        onConfirm={() => Promise.resolve()}
      />
    </SideDrawer>
  );
}

it("Escape closes what is on top, and what lies below by the next time", async () => {
  await show(<Nested />);
  await userEvent.click(screen.getByRole("button", { name: "Ask" }));
  await screen.findByRole("dialog", { name: "Delete shop?" });
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Delete shop?" })).not.toBeInTheDocument());
  expect(screen.getByRole("dialog", { name: "A run" })).toBeInTheDocument();
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
});
