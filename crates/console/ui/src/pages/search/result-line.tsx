import { Badge, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconColumns3, IconDatabase, IconServer2, IconTable } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { linkOf, placeOf } from "./address";
import { Highlighted } from "./highlighted";
import { excerpt, pieces } from "./highlight";
import type { SearchItem, SearchKind } from "./types";
import classes from "./search.module.css";

const ICONS = { datasource: IconServer2, database: IconDatabase, table: IconTable, field: IconColumns3 };

export function ResultLine({ item }: { item: SearchItem }) {
  const { t } = useTranslation("search");
  const Icon = ICONS[item.kind];
  return (
    <UnstyledButton component={Link} to={linkOf(item)} className={classes.result} data-result>
      <Icon size={20} aria-hidden className={classes.icon} />
      <Stack gap={2} miw={0} flex={1}>
        <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
          <Text fw={600} size="sm" className="breakable">
            <Highlighted pieces={pieces(item.name, item.highlights.name)} />
          </Text>
          <Badge variant="default" className="badge" flex="none">
            {kindWord(item.kind, t)}
          </Badge>
        </Group>
        <Text size="xs" c="dimmed" className="breakable">
          {placeOf(item).join(" / ")}
        </Text>
        {item.comment ? (
          <Text size="sm" lineClamp={2} className="breakable">
            <Highlighted pieces={excerpt(pieces(item.comment, item.highlights.comment))} />
          </Text>
        ) : null}
      </Stack>
    </UnstyledButton>
  );
}

export function kindWord(kind: SearchKind, t: TFunction<"search">): string {
  switch (kind) {
    case "datasource":
      return t("kind.datasource");
    case "database":
      return t("kind.database");
    case "table":
      return t("kind.table");
    case "field":
      return t("kind.field");
  }
}
