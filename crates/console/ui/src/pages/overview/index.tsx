import { Button, Stack } from "@mantine/core";
import { IconDatabase, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useSession } from "../../session";
import { Empty, Page, QueryState } from "../../ui";
import { DataAge } from "./data-age";
import { Failures } from "./failures";
import { Groups } from "./groups";
import { Pipelines } from "./pipelines";
import { Sources } from "./sources";
import { useOverview } from "./use-overview";

/** Where everything stands: what is fresh, what waits, what failed, and the buttons that mend it. */
export default function OverviewPage() {
  const { t } = useTranslation("overview");
  const { can } = useSession();
  const query = useOverview();

  return (
    <Page title={t("title")} actions={<DataAge query={query} />}>
      <QueryState query={query}>
        {(overview) =>
          overview.sources.length === 0 ? (
            <Empty
              title={t("emptyTitle")}
              whatToDo={can("admin") ? t("emptyWhatToDo") : t("emptyAskAdmin")}
              action={
                can("admin") ? (
                  <Button component={Link} to="/sources" leftSection={<IconPlus size={16} aria-hidden />}>
                    {t("registerSource")}
                  </Button>
                ) : (
                  <Button
                    component={Link}
                    to="/sources"
                    variant="default"
                    leftSection={<IconDatabase size={16} aria-hidden />}
                  >
                    {t("showSources")}
                  </Button>
                )
              }
            />
          ) : (
            <Stack gap="xl">
              <Groups overview={overview} />
              <Failures failures={overview.failures} />
              <Pipelines pipelines={overview.pipelines} />
              <Sources sources={overview.sources} />
            </Stack>
          )
        }
      </QueryState>
    </Page>
  );
}
