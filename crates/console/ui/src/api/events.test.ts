import { describe, expect, it } from "vitest";
import { EventParser } from "./events";

function parse(...pieces: string[]) {
  const parser = new EventParser();
  return pieces.flatMap((it) => parser.push(it));
}

describe("server-sent events", () => {
  it("are read however their text is cut", () => {
    const text = 'id: 7\ndata: {"status":"RUNNING"}\n\n: alive\n\nid: 8\nevent: end\ndata: one\ndata: two\n\n';
    const whole = parse(text);
    expect(whole).toEqual([
      { id: "7", event: "message", data: '{"status":"RUNNING"}' },
      { id: "8", event: "end", data: "one\ntwo" },
    ]);
    expect(parse(...text)).toEqual(whole);
    expect(parse(text.replaceAll("\n", "\r\n"))).toEqual(whole);
    expect(parse(...text.replaceAll("\n", "\r\n"))).toEqual(whole);
  });

  it("that are not ended are none, and the id stays until there is another", () => {
    expect(parse("data: cut")).toEqual([]);
    expect(parse("id: 1\n\ndata: x\n\n")).toEqual([{ id: "1", event: "message", data: "x" }]);
  });
});
