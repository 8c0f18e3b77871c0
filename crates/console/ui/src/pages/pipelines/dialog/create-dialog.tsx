import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { $meta, idempotencyKey } from "../../../api";
import { useNotify } from "../../../ui";
import { useRefreshWork } from "../../../work";
import { PipelineForm } from "./pipeline-form";
import { toRequest } from "./request";
import { emptyValues } from "./values";

interface Props {
  onClose: () => void;
  onMade: (id: number) => void;
}

/** Makes a pipeline. */
export function CreateDialog({ onClose, onMade }: Props) {
  const { t } = useTranslation("pipelines");
  const notify = useNotify();
  const refresh = useRefreshWork();
  const create = $meta.useMutation("post", "/api/metadata/pipelines");
  // Sent again after an answer that was lost it is the same request; changed it is another.
  const sent = useRef({ body: "", key: "" });
  return (
    <PipelineForm
      title={t("make")}
      initial={emptyValues(Intl.DateTimeFormat().resolvedOptions().timeZone)}
      submitLabel={t("common:action.create")}
      onClose={onClose}
      onSubmit={async (values) => {
        const body = toRequest(values);
        const text = JSON.stringify(body);
        if (sent.current.body !== text) sent.current = { body: text, key: idempotencyKey() };
        const made = await create.mutateAsync({ params: { header: { "Idempotency-Key": sent.current.key } }, body });
        notify.done(t("made", { name: made.name }));
        refresh();
        onMade(made.id);
      }}
    />
  );
}
