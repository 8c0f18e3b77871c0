// Tabs whose name stands in the address.
import type { ReactNode } from "react";
import { Tabs } from "@mantine/core";
import { useSearchParams } from "react-router";
import { parseTab } from "../address";
import classes from "./tabs.module.css";

export interface DetailTab<T extends string> {
  name: T;
  label: string;
  /** Made when it is shown, and not before. */
  content: () => ReactNode;
}

export function DetailTabs<T extends string>({ tabs }: { tabs: readonly [DetailTab<T>, ...DetailTab<T>[]] }) {
  const [query, setQuery] = useSearchParams();
  const names = tabs.map((tab) => tab.name) as [T, ...T[]];
  const current = parseTab(query.get("tab"), names);
  const onChange = (name: string | null) =>
    setQuery((before) => {
      const after = new URLSearchParams(before);
      if (name && name !== names[0]) after.set("tab", name);
      else after.delete("tab");
      return after;
    });
  return (
    <Tabs value={current} onChange={onChange} keepMounted={false}>
      <Tabs.List className={classes.list}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.name} value={tab.name} px="xs">
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.name} value={tab.name} pt="md">
          {tab.name === current ? tab.content() : null}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
