import { notifications } from "@mantine/notifications";
import { useMemo } from "react";
import { asProblem } from "../api";

/** Short notes at the edge of the window: that something worked, or why it did not. */
export function useNotify() {
  return useMemo(
    () => ({
      done: (message: string) => notifications.show({ message, color: "teal" }),
      failed: (error: unknown, title?: string) => {
        const { problem } = asProblem(error);
        const id = problem.request_id ? ` (${problem.request_id})` : "";
        notifications.show({
          title: title ?? problem.title,
          message: `${problem.detail}${id}`,
          color: "red",
          autoClose: 12_000,
        });
      },
    }),
    [],
  );
}
