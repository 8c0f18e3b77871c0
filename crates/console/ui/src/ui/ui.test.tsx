import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { ProblemError } from "../api";
import { show } from "../testing/render";
import { Ago, Bytes, ConfirmDelete, Count, Duration, Empty, PendingBar, Problem, QueryState, StatusBadge } from ".";

const failed = new ProblemError({
  type: "/problems/validation-failed",
  title: "Some values have to be changed",
  status: 422,
  detail: "1 field has to be changed",
  request_id: "01a200db",
  errors: [{ pointer: "/host", detail: "is required" }],
});
const query = { data: undefined, error: null, isPending: true, dataUpdatedAt: 0, refetch: vi.fn() };

describe("figures", () => {
  it("are written as the language has them", async () => {
    const figures = (
      <>
        <Count n={1234567} /> <Bytes n={8400000} /> <Duration seconds={3725} />
      </>
    );
    const { container, unmount } = await show(figures);
    expect(container).toHaveTextContent("1,234,567 8 MiB 1 h 2 min");
    unmount();
    expect((await show(figures, { language: "zh" })).container).toHaveTextContent("1,234,567 8 MiB 1 小时 2 分");
  });

  it("say how long ago", async () => {
    const at = new Date(Date.now() - 3 * 3_600_000).toISOString();
    await show(
      <>
        <Ago at={at} />
        <Ago at={null} />
      </>,
    );
    expect(screen.getByText("3 hours ago")).toHaveAttribute("datetime", at);
    expect(screen.getByText("never")).toBeInTheDocument();
  });
});

describe("rows that wait", () => {
  it("are told in both languages", async () => {
    const bar = <PendingBar rows={512} measuredAt={new Date().toISOString()} method="key" />;
    const { unmount } = await show(bar);
    expect(screen.getByText("512 rows waiting")).toBeInTheDocument();
    unmount();
    await show(bar, { language: "zh" });
    expect(screen.getByText("512 行待处理")).toBeInTheDocument();
  });

  it("are unknown until they are measured", async () => {
    await show(<PendingBar rows={null} />);
    expect(screen.getByText("Not measured yet")).toBeInTheDocument();
  });
});

describe("a state", () => {
  it("that is not known is shown as it is", async () => {
    await show(
      <>
        <StatusBadge status="PARTIAL" />
        <StatusBadge status="odd" />
      </>,
    );
    expect(screen.getByText("Partly done")).toBeInTheDocument();
    expect(screen.getByText("odd")).toBeInTheDocument();
  });
});

describe("a problem", () => {
  it("shows what to change, the request's id and a way to try again", async () => {
    const retry = vi.fn();
    await show(<Problem error={failed} retry={retry} />);
    const alert = screen.getByRole("alert");
    expect(alert).toHaveTextContent("host is required");
    expect(alert).toHaveTextContent("01a200db");
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    expect(retry).toHaveBeenCalledOnce();
  });

  it("of too many requests says when to try again", async () => {
    const problem = { type: "/problems/rate-limited", title: "Too often", status: 429, detail: "go on" };
    await show(<Problem error={new ProblemError(problem, 30)} retry={() => {}} />);
    expect(screen.getByRole("alert")).toHaveTextContent("Try again in 30 seconds.");
    expect(screen.getByRole("button", { name: "Retry" })).toBeDisabled();
  });
});

describe("a query", () => {
  const rows = (data: string[]) => <p>{data.join()}</p>;

  it("loads, fails, has nothing, or has rows", async () => {
    const empty = <Empty title="No rows" whatToDo="Add one" />;
    const { unmount } = await show(<QueryState<string[]> query={query}>{rows}</QueryState>);
    expect(screen.getByRole("status", { name: "Loading" })).toBeInTheDocument();
    unmount();
    await show(
      <>
        <QueryState<string[]> query={{ ...query, error: failed }}>{rows}</QueryState>
        <QueryState query={{ ...query, data: [] as string[] }} empty={empty}>{rows}</QueryState>
        <QueryState query={{ ...query, data: ["one"] }} empty={empty}>{rows}</QueryState>
      </>,
    );
    expect(screen.getByRole("alert")).toBeInTheDocument();
    expect(screen.getByText("Add one")).toBeInTheDocument();
    expect(screen.getByText("one")).toBeInTheDocument();
  });

  it("keeps what it had when it cannot be read anew, and says how old that is", async () => {
    const stale = { ...query, data: ["one"], error: failed, dataUpdatedAt: Date.now() - 120_000 };
    await show(<QueryState query={stale}>{rows}</QueryState>);
    expect(screen.getByText("one")).toBeInTheDocument();
    expect(screen.getByRole("alert")).toHaveTextContent("2 minutes ago");
  });
});

describe("deleting", () => {
  it("needs the name, closes when it is done and stays when it fails", async () => {
    const [confirm, close] = [vi.fn().mockRejectedValueOnce(failed).mockResolvedValueOnce(null), vi.fn()];
    await show(<ConfirmDelete opened onClose={close} name="shop" what="Its catalog goes too." onConfirm={confirm} />);
    const button = screen.getByRole("button", { name: "Delete" });
    expect(button).toBeDisabled();
    await userEvent.type(screen.getByLabelText("Type shop to confirm"), "shop");
    await userEvent.click(button);
    expect(await screen.findByRole("alert")).toHaveTextContent("01a200db");
    expect(close).not.toHaveBeenCalled();
    await userEvent.click(button);
    expect(close).toHaveBeenCalledOnce();
  });
});
