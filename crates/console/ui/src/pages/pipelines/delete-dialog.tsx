import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { $meta } from "../../api";
import { ConfirmDelete, useNotify } from "../../ui";
import type { PipelineView } from "../../work";

interface Props {
  pipeline: PipelineView;
  opened: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks for the name of a pipeline before it is deleted. */
export function DeleteDialog({ pipeline, opened, onClose, onDeleted }: Props) {
  const { t } = useTranslation("pipelines");
  const notify = useNotify();
  const client = useQueryClient();
  const remove = $meta.useMutation("delete", "/api/metadata/pipelines/{id}");
  return (
    <ConfirmDelete
      opened={opened}
      onClose={onClose}
      name={pipeline.name}
      what={t("deleteWhat", { name: pipeline.name })}
      onConfirm={async () => {
        await remove.mutateAsync({ params: { path: { id: pipeline.id } } });
        notify.done(t("deleted", { name: pipeline.name }));
        onDeleted();
        // The lists alone: the pipeline itself, which is still shown for a moment, is not there to be read.
        void client.invalidateQueries({ queryKey: ["get", "/api/metadata/pipelines"] });
        void client.invalidateQueries({ queryKey: ["get", "/api/metadata/overview"] });
      }}
    />
  );
}
