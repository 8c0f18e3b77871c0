import {
  Badge,
  createTheme,
  type CSSVariablesResolver,
  DEFAULT_THEME,
  type MantineColor,
  type MantineColorsTuple,
  Tooltip,
} from "@mantine/core";
import i18next from "i18next";

/** The blue-green of the plumb line. */
const plumb: MantineColorsTuple = [
  "#e5f8fa",
  "#d3edf1",
  "#a8dae2",
  "#79c6d3",
  "#53b5c6",
  "#3babbe",
  "#2ca6bb",
  "#0b7285",
  "#0a6678",
  "#00586a",
];

/** A colour of the library whose darkest shade is dark enough for text on its lightest, and under white text. */
function darkest(color: MantineColor, shade: string): MantineColorsTuple {
  return [...(DEFAULT_THEME.colors[color] ?? plumb).slice(0, 9), shade] as unknown as MantineColorsTuple;
}

const STATES = {
  red: darkest("red", "#b02525"),
  orange: darkest("orange", "#a8380a"),
  yellow: darkest("yellow", "#8f4a00"),
  green: darkest("green", "#237032"),
  teal: darkest("teal", "#066a4c"),
  blue: darkest("blue", "#1864ab"),
};

/** What the library draws too pale to be read by all (WCAG 2.1 AA: 4.5 to 1), in both themes. */
export const readableColors: CSSVariablesResolver = () => {
  const light: Record<string, string> = {
    "--mantine-color-dimmed": "#5a626a",
    "--mantine-color-placeholder": "#6b737b",
    "--mantine-color-error": "var(--mantine-color-red-9)",
    "--mantine-color-success": "var(--mantine-color-teal-9)",
  };
  const dark: Record<string, string> = {
    "--mantine-color-dimmed": "#a6a6a6",
    "--mantine-color-placeholder": "#9a9a9a",
    "--mantine-color-error": "var(--mantine-color-red-4)",
    "--mantine-color-success": "var(--mantine-color-teal-4)",
  };
  for (const color of Object.keys(STATES)) {
    const filled = { [`--mantine-color-${color}-filled`]: `var(--mantine-color-${color}-9)` };
    Object.assign(light, filled, { [`--mantine-color-${color}-outline`]: `var(--mantine-color-${color}-9)` });
    Object.assign(dark, filled);
  }
  return { variables: {}, light, dark };
};

/** What a button that is a cross is called, in the language of the page. */
function cross() {
  return { closeButtonProps: { "aria-label": i18next.t("common:action.close") } };
}

/** Data-dense: small type, little room around it, few shadows. */
export const theme = createTheme({
  primaryColor: "plumb",
  colors: { plumb, ...STATES },
  primaryShade: { light: 7, dark: 7 },
  defaultRadius: "sm",
  // Not `system-ui`, which is a serif or a Chinese face on some systems.
  fontFamily:
    '-apple-system, "Segoe UI", Roboto, Ubuntu, Cantarell, "Noto Sans", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, "JetBrains Mono", Menlo, Consolas, "Noto Sans Mono", monospace',
  headings: { fontWeight: "600" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Badge: Badge.extend({ defaultProps: { variant: "light", radius: "sm", className: "badge" } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, withArrow: true } }),
    // As functions, so that a change of the language is seen.
    Modal: { defaultProps: () => ({ overlayProps: { backgroundOpacity: 0.4 }, ...cross() }) },
    Drawer: { defaultProps: () => ({ overlayProps: { backgroundOpacity: 0.4 }, ...cross() }) },
    Notification: { defaultProps: cross },
  },
});
