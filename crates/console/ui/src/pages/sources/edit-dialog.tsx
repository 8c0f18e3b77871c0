import { useState } from "react";
import { useTranslation } from "react-i18next";

import { $meta } from "../../api";
import { formOf, toUpdate, type SourceForm } from "./form";
import { SourceDialog } from "./source-dialog";
import type { Datasource } from "./types";
import { useRefreshSources } from "./use-sources";

/** Changes a source. What is not touched here stays as it is, whoever changed it meanwhile. */
export function EditDialog({ source, onClose }: { source: Datasource; onClose: () => void }) {
  const { t } = useTranslation("sources");
  const refresh = useRefreshSources();
  const update = $meta.useMutation("patch", "/api/metadata/datasources/{id}");
  const [initial] = useState(() => formOf(source));

  async function save(form: SourceForm) {
    const body = toUpdate(form, initial);
    if (Object.keys(body).length > 0) {
      await update.mutateAsync({ params: { path: { id: source.id } }, body });
      refresh();
    }
    onClose();
  }

  return (
    <SourceDialog
      title={t("editTitle", { name: source.datasource_name })}
      initial={initial}
      sourceId={source.id}
      submitLabel={t("common:action.save")}
      onSubmit={save}
      onClose={onClose}
    />
  );
}
