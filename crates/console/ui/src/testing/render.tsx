import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import i18next from "i18next";
import type { ReactElement } from "react";
import { initReactI18next } from "react-i18next";
import { MemoryRouter } from "react-router";
import type { Language } from "../i18n";
import { theme } from "../theme";

const files = import.meta.glob<Record<string, unknown>>("../i18n/*/*.json", { eager: true, import: "default" });

async function texts(language: Language): Promise<void> {
  const resources: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const [path, content] of Object.entries(files)) {
    const [, tongue, namespace] = /(\w+)\/(\w+)\.json$/.exec(path) ?? [];
    if (tongue && namespace) (resources[tongue] ??= {})[namespace] = content;
  }
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: "common",
    resources,
    interpolation: { escapeValue: false },
  });
}

interface Options {
  language?: Language;
  at?: string;
}

/** Draws something with all that stands around it in the console: theme, texts, queries, addresses. */
export async function show(element: ReactElement, { language = "en", at = "/" }: Options = {}) {
  await texts(language);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queries}>
        <MemoryRouter initialEntries={[at]}>{element}</MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}
