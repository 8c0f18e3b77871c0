import { Anchor, Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useSession } from "../../session";
import { Empty } from "../../ui";
import type { OverviewPipeline } from "../../work";
import { CardGrid } from "./card-grid";
import { PipelineCard } from "./pipeline-card";

export function Pipelines({ pipelines }: { pipelines: OverviewPipeline[] }) {
  const { t } = useTranslation("overview");
  const { can } = useSession();

  return (
    <CardGrid
      title={t("pipelines")}
      filterLabel={t("filterPipelines")}
      items={pipelines}
      nameOf={(pipeline) => pipeline.name}
      action={
        <Anchor component={Link} to="/pipelines" size="sm">
          {t("allPipelines")}
        </Anchor>
      }
      empty={
        <Empty
          title={t("noPipelines")}
          whatToDo={t("noPipelinesWhatToDo")}
          action={
            can("admin") ? (
              <Button
                component={Link}
                to="/pipelines?new=1"
                variant="default"
                leftSection={<IconPlus size={16} aria-hidden />}
              >
                {t("makePipeline")}
              </Button>
            ) : undefined
          }
        />
      }
    >
      {(pipeline) => <PipelineCard key={pipeline.id} pipeline={pipeline} />}
    </CardGrid>
  );
}
