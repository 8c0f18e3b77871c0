import { fireEvent, screen } from "@testing-library/react";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { show } from "../testing/render";
import { type ColumnDef, DataTable } from ".";

interface Row {
  id: number;
  name: string;
}

const columns: ColumnDef<Row>[] = [
  { accessorKey: "id", header: "Id" },
  { accessorKey: "name", header: "Name" },
];
const rows: Row[] = Array.from({ length: 10_000 }, (_, id) => ({ id, name: `table_${id}` }));

beforeAll(() => {
  // jsdom lays nothing out: a window of 600 pixels.
  Object.defineProperty(Element.prototype, "clientHeight", { value: 600 });
  Object.defineProperty(Element.prototype, "clientWidth", { value: 900 });
  Object.defineProperty(HTMLElement.prototype, "offsetHeight", { value: 37 });
});

describe("a table of 10,000 rows", () => {
  it("draws those in view and tells how many there are", async () => {
    await show(<DataTable label="Tables" columns={columns} rows={rows} rowId={(row) => String(row.id)} />);
    const table = screen.getByRole("table", { name: "Tables" });
    expect(table).toHaveAttribute("aria-rowcount", "10001");
    expect(screen.getByText("table_0")).toBeInTheDocument();
    expect(screen.getAllByRole("row").length).toBeLessThan(100);
  });

  it("opens rows by click and Enter, and reads on at its end", async () => {
    const [open, load] = [vi.fn(), vi.fn()];
    const few = rows.slice(0, 3);
    const more = { hasMore: true, loading: false, load };
    await show(<DataTable label="Tables" columns={columns} rows={few} onOpen={open} more={more} />);
    expect(load).toHaveBeenCalled();
    const row = screen.getByText("table_1").closest("tr");
    if (row === null) throw new Error("no row");
    fireEvent.click(row);
    fireEvent.keyDown(row, { key: "Enter" });
    expect(open.mock.calls).toEqual([[few[1]], [few[1]]]);
  });

  it("without rows shows what to do instead", async () => {
    await show(<DataTable label="Tables" columns={columns} rows={[]} empty={<p>Scan it first</p>} />);
    expect(screen.getByText("Scan it first")).toBeInTheDocument();
  });
});
