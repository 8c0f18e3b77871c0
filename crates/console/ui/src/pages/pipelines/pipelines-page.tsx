import { Button, Stack } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";

import { flatPages } from "../../api";
import { useSession } from "../../session";
import { Empty, loadedLater, Page, QueryState } from "../../ui";
import { PipelineRow } from "./pipeline-row";
import { usePipelines } from "./use-pipelines";

const CreateDialog = loadedLater(() => import("./dialog/create-dialog").then((it) => it.CreateDialog));

/** All pipelines, each with the lag on its edge. `?new=1` opens the dialog that makes one. */
export function PipelinesPage() {
  const { t } = useTranslation("pipelines");
  const { can } = useSession();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const query = usePipelines();
  const isOpen = can("admin") && params.get("new") === "1";
  const make = can("admin") ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setParams({ new: "1" })}>
      {t("make")}
    </Button>
  ) : undefined;

  return (
    <Page title={t("title")} actions={make}>
      <QueryState
        query={query}
        empty={<Empty title={t("none")} whatToDo={can("admin") ? t("noneWhatToDo") : t("noneAskAdmin")} action={make} />}
      >
        {(data) => (
          <Stack gap="md">
            {flatPages(data).map((pipeline) => (
              <PipelineRow key={pipeline.id} pipeline={pipeline} />
            ))}
            {query.hasNextPage ? (
              <Button
                variant="default"
                loading={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
                style={{ alignSelf: "center" }}
              >
                {t("common:action.loadMore")}
              </Button>
            ) : null}
          </Stack>
        )}
      </QueryState>
      {isOpen ? (
        <CreateDialog
          onClose={() => setParams({}, { replace: true })}
          onMade={(id) => void navigate(`/pipelines/${id}`, { replace: true })}
        />
      ) : null}
    </Page>
  );
}
