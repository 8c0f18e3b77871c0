import type { ReactNode } from "react";
import { Text } from "@mantine/core";
import classes from "./facts.module.css";

export interface Fact {
  label: string;
  /** Left out where there is nothing to say. */
  value: ReactNode;
}

/** What is known of an object at a glance. */
export function Facts({ facts }: { facts: readonly (Fact | null)[] }) {
  const known = facts.filter((fact) => fact !== null && fact.value != null && fact.value !== "");
  if (known.length === 0) return null;
  return (
    <dl className={classes.facts}>
      {known.map((fact) =>
        fact ? (
          <div key={fact.label} className={classes.fact}>
            <Text component="dt" size="xs" c="dimmed">
              {fact.label}
            </Text>
            <Text component="dd" size="sm" m={0} className="breakable">
              {fact.value}
            </Text>
          </div>
        ) : null,
      )}
    </dl>
  );
}
