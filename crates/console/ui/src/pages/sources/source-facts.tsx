import { Code, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Ago } from "../../ui";
import classes from "./sources.module.css";
import type { Datasource } from "./types";

function Patterns({ patterns }: { patterns: readonly string[] }) {
  return (
    <Group gap={4}>
      {patterns.map((pattern) => (
        <Code key={pattern}>{pattern}</Code>
      ))}
    </Group>
  );
}

/** How a source is reached and what of it is in the catalog. */
export function SourceFacts({ source, server }: { source: Datasource; server: string }) {
  const { t } = useTranslation("sources");
  const { options } = source;
  const facts: [string, ReactNode][] = [
    [t("facts.server"), server],
    [t("facts.address"), `${source.host}:${source.port}`],
    [t("facts.username"), source.username],
    [t("facts.password"), source.password_from ? <Code>{source.password_from}</Code> : t("facts.stored")],
    [t("facts.tls"), source.tls.mode ?? "prefer"],
  ];
  if (source.default_database) facts.push([t("facts.database"), source.default_database]);
  const patterns: [string, readonly string[] | undefined][] = [
    [t("form.includeDatabases"), options.include_databases],
    [t("form.excludeDatabases"), options.exclude_databases],
    [t("form.includeSchemas"), options.include_schemas],
    [t("form.excludeSchemas"), options.exclude_schemas],
  ];
  for (const [label, list] of patterns) {
    if (list && list.length > 0) facts.push([label, <Patterns key={label} patterns={list} />]);
  }
  if (options.max_connections) facts.push([t("form.maxConnections"), options.max_connections]);
  facts.push([t("facts.writable"), options.writable ? t("facts.writableYes") : t("facts.writableNo")]);
  facts.push([t("facts.created"), <Ago key="created" at={source.created_at} />]);

  return (
    <Text component="dl" size="sm" className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label} className={classes.fact}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </Text>
  );
}
