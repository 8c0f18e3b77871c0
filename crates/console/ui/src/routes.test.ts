import { expect, it } from "vitest";
import { PAGES } from "./routes";

const files = import.meta.glob<string>("./pages/**/*.{ts,tsx}", { eager: true, query: "?raw", import: "default" });

it("a page is opened with the words of all that it is made of", () => {
  for (const [name, { words }] of Object.entries(PAGES)) {
    const code = Object.entries(files)
      .filter(([path]) => path.startsWith(`./pages/${name}/`))
      .map(([, text]) => text)
      .join("\n");
    const own = [...code.matchAll(/useTranslation\("(\w+)"\)/g)].map(([, word]) => word ?? "");
    const shared = ["schedules", "work"].filter((folder) => new RegExp(`from "[./]+/${folder}"`).test(code));
    const needed = new Set([...own, ...shared].filter((word) => word !== "common"));
    expect(new Set(words), name).toEqual(needed);
  }
});
