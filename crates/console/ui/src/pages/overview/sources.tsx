import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { OverviewSource } from "../../work";
import { CardGrid } from "./card-grid";
import { SourceCard } from "./source-card";

export function Sources({ sources }: { sources: OverviewSource[] }) {
  const { t } = useTranslation("overview");
  return (
    <CardGrid
      title={t("sources")}
      filterLabel={t("filterSources")}
      items={sources}
      nameOf={(source) => source.datasource_name}
      action={
        <Anchor component={Link} to="/sources" size="sm">
          {t("allSources")}
        </Anchor>
      }
    >
      {(source) => <SourceCard key={source.id} source={source} />}
    </CardGrid>
  );
}
