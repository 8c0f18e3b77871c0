import { Alert, Button, Group, Modal, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";

import { $meta, asProblem, meta } from "../../../api";
import { QueryState, useNotify } from "../../../ui";
import { useRefreshWork, type PipelineView } from "../../../work";
import { PipelineForm } from "./pipeline-form";
import { toChanges } from "./request";
import { valuesOf } from "./values";

interface Props {
  id: number;
  onClose: () => void;
}

interface Read {
  pipeline: PipelineView;
  etag: string | null;
}

/** The pipeline as it is now, with the mark that tells whether it changes while somebody edits it. */
function useRead(id: number) {
  return useQuery({
    queryKey: ["pipeline-to-edit", id],
    queryFn: async ({ signal }): Promise<Read> => {
      const { data, response } = await meta.GET("/api/metadata/pipelines/{id}", { params: { path: { id } }, signal });
      if (data === undefined) throw new Error(response.statusText);
      return { pipeline: data, etag: response.headers.get("etag") };
    },
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Changes a pipeline, and overwrites nothing that somebody else has changed meanwhile unless asked to. */
export function EditDialog({ id, onClose }: Props) {
  const { t } = useTranslation("pipelines");
  const query = useRead(id);
  if (query.data === undefined) {
    return (
      <Modal opened onClose={onClose} title={t("edit")}>
        <QueryState query={query}>{() => null}</QueryState>
      </Modal>
    );
  }
  return <Form read={query.data} onClose={onClose} />;
}

function Form({ read, onClose }: { read: Read; onClose: () => void }) {
  const { t } = useTranslation("pipelines");
  const notify = useNotify();
  const refresh = useRefreshWork();
  const update = $meta.useMutation("patch", "/api/metadata/pipelines/{id}");
  const overwrite = useRef(false);
  const { pipeline, etag } = read;
  const initial = useMemo(() => valuesOf(pipeline, Intl.DateTimeFormat().resolvedOptions().timeZone), [pipeline]);

  return (
    <PipelineForm
      title={t("editOf", { name: pipeline.name })}
      initial={initial}
      submitLabel={t("common:action.save")}
      onClose={onClose}
      onSubmit={async (values) => {
        const body = toChanges(values, initial);
        if (Object.keys(body).length > 0) {
          const header = etag === null || overwrite.current ? {} : { "If-Match": etag };
          await update.mutateAsync({ params: { path: { id: pipeline.id }, header }, body });
          notify.done(t("saved", { name: values.name }));
          refresh();
        }
        onClose();
      }}
      onProblem={(error, again) =>
        asProblem(error).kind === "precondition-failed" ? (
          <Alert color="orange" role="alert" title={t("changedMeanwhile")}>
            <Text size="sm" mb="xs">
              {t("changedMeanwhileHint")}
            </Text>
            <Group gap="xs">
              <Button
                size="xs"
                onClick={() => {
                  overwrite.current = true;
                  again();
                }}
              >
                {t("saveMine")}
              </Button>
            </Group>
          </Alert>
        ) : undefined
      }
    />
  );
}
