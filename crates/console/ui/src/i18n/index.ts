import i18next, { type BackendModule, type ReadCallback } from "i18next";
import { initReactI18next } from "react-i18next";

/** The languages of the console, by their own names. */
export const LANGUAGES = { en: "English", zh: "中文" } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = "plumbline.language";
const files = import.meta.glob<Record<string, unknown>>("./*/*.json", { import: "default" });

/** A file for each language and namespace, loaded when a page needs it. */
const backend: BackendModule = {
  type: "backend",
  init() {},
  read(language: string, namespace: string, callback: ReadCallback) {
    const load = files[`./${language}/${namespace}.json`];
    if (!load) {
      callback(new Error(`there is no namespace ${namespace} in ${language}`), null);
      return;
    }
    load().then((texts) => callback(null, texts), (error: unknown) => callback(error as Error, null));
  },
};

function isLanguage(word: string | null | undefined): word is Language {
  return word !== null && word !== undefined && Object.hasOwn(LANGUAGES, word);
}

/** What was chosen here before, else the first of the browser's languages that there is. */
export function firstLanguage(): Language {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(KEY);
  } catch {
    // A browser that keeps nothing.
  }
  if (isLanguage(stored)) return stored;
  const wanted = navigator.languages.map((it) => it.slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? "en";
}

/** Changes the language here and for the next visit. */
export async function setLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // As above.
  }
  await i18next.changeLanguage(language);
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : "en";
}

function mark(language: string): void {
  document.documentElement.lang = language === "zh" ? "zh-CN" : language;
}

/** Resolves when the words are there that all pages share, and those of signing in. */
export async function startI18n(): Promise<void> {
  i18next.on("languageChanged", mark);
  await i18next.use(backend).use(initReactI18next).init({
    lng: firstLanguage(),
    supportedLngs: Object.keys(LANGUAGES),
    // Both languages have all texts, which a test sees to.
    fallbackLng: false,
    ns: ["common", "session"],
    defaultNS: "common",
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    react: { useSuspense: true },
  });
}

export default i18next;
