import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { LANGUAGES } from ".";
import { type Used, usedKeys } from "./used-keys";

const here = import.meta.dirname;
const source = join(here, "..");

type Texts = { [key: string]: string | Texts };

function flatten(texts: Texts, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") flat.set(prefix + key, value);
    else for (const [below, text] of flatten(value, `${prefix}${key}.`)) flat.set(below, text);
  }
  return flat;
}

function load(language: string): Map<string, Map<string, string>> {
  const files = readdirSync(join(here, language)).filter((name) => name.endsWith(".json"));
  const read = (name: string) => flatten(JSON.parse(readFileSync(join(here, language, name), "utf8")) as Texts);
  return new Map(files.map((name) => [name.replace(/\.json$/, ""), read(name)]));
}

const languages = Object.keys(LANGUAGES);
const texts = new Map(languages.map((language) => [language, load(language)]));
const plural = /_(zero|one|two|few|many|other)$/;
const withoutPlural = (keys: Iterable<string>) => [...new Set([...keys].map((key) => key.replace(plural, "")))].sort();
const placeholders = (text: string) => [...new Set(text.match(/\{\{[^}]+\}\}|<\/?\w+\/?>/g) ?? [])].sort();

function codeFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|\.d\.ts$|^i18n\/used-keys/.test(name))
    .map((name) => join(folder, name));
}

function has(keys: Map<string, string>, used: Used): boolean {
  if (used.exact) return keys.has(used.key) || keys.has(`${used.key}_other`);
  return [...keys.keys()].some((key) => key.startsWith(used.key));
}

describe("the texts", () => {
  const english = texts.get("en") ?? new Map<string, Map<string, string>>();

  it.each(languages)("of %s are those of English", (language) => {
    const own = texts.get(language) ?? new Map<string, Map<string, string>>();
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [namespace, keys] of english) {
      const others = own.get(namespace) ?? new Map<string, string>();
      expect(withoutPlural(others.keys()), `${language}/${namespace}.json`).toEqual(withoutPlural(keys.keys()));
    }
  });

  it.each(languages)("of %s have all plural forms of the language, and no empty text", (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [namespace, keys] of texts.get(language) ?? []) {
      const where = `${language}/${namespace}.json`;
      for (const key of [...keys.keys()].filter((it) => plural.test(it))) {
        const has = forms.filter((form) => keys.has(key.replace(plural, `_${form}`)));
        expect(has, `${where}: ${key}`).toEqual(forms);
      }
      for (const [key, text] of keys) expect(text.trim(), `${where}: ${key}`).not.toBe("");
    }
  });

  it.each(languages)("of %s name the same values as the English ones", (language) => {
    for (const [namespace, keys] of english) {
      for (const [key, text] of keys) {
        if (key.endsWith("_one")) continue;
        const other = texts.get(language)?.get(namespace)?.get(key);
        if (other === undefined) continue;
        expect(placeholders(other), `${language}/${namespace}.json: ${key}`).toEqual(placeholders(text));
      }
    }
  });

  it("have every key that code uses", () => {
    const missing: string[] = [];
    for (const file of codeFiles(source)) {
      for (const used of usedKeys(readFileSync(file, "utf8"))) {
        const namespaces = used.namespaces.length > 0 ? used.namespaces : [...english.keys()];
        const found = namespaces.some((namespace) => has(english.get(namespace) ?? new Map(), used));
        const name = `${used.namespaces.join("|") || "*"}:${used.key}${used.exact ? "" : "…"}`;
        if (!found) missing.push(`${relative(source, file)}: ${name}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it("are used by code", () => {
    const used = codeFiles(source).flatMap((file) => usedKeys(readFileSync(file, "utf8")));
    const unused: string[] = [];
    for (const [namespace, keys] of english) {
      // Words that all pages share are there for pages to come too.
      if (namespace === "common") continue;
      for (const key of withoutPlural(keys.keys())) {
        const isUsed = used.some(
          ({ namespaces, exact, key: written }) =>
            (namespaces.length === 0 || namespaces.includes(namespace)) &&
            (exact ? written === key : key.startsWith(written)),
        );
        if (!isUsed) unused.push(`${namespace}:${key}`);
      }
    }
    expect(unused).toEqual([]);
  });
});
