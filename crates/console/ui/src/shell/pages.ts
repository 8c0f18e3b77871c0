import {
  IconActivity,
  IconArrowsExchange,
  IconBinaryTree,
  IconChecklist,
  IconDatabase,
  IconHistory,
  IconLayoutDashboard,
  IconSearch,
  IconSettings,
} from "@tabler/icons-react";

/** The pages of the menu, in its order; a gap stands before each that begins a group. */
export const PAGES = [
  { to: "/", word: "overview", icon: IconLayoutDashboard },
  { to: "/sources", word: "sources", icon: IconDatabase, group: true },
  { to: "/manage", word: "manage", icon: IconChecklist },
  { to: "/catalog", word: "catalog", icon: IconBinaryTree },
  { to: "/search", word: "search", icon: IconSearch },
  { to: "/pipelines", word: "pipelines", icon: IconArrowsExchange, group: true },
  { to: "/jobs", word: "jobs", icon: IconActivity },
  { to: "/history", word: "history", icon: IconHistory },
  { to: "/settings", word: "settings", icon: IconSettings, group: true },
] as const;
