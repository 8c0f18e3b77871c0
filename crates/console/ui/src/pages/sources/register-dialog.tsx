import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { $meta, idempotencyKey } from "../../api";
import { emptyForm, toCreate, type SourceForm } from "./form";
import { SourceDialog } from "./source-dialog";
import { useRefreshSources } from "./use-sources";

/** Registers a server and goes to its page, where its first sync can be watched. */
export function RegisterDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("sources");
  const navigate = useNavigate();
  const refresh = useRefreshSources();
  const create = $meta.useMutation("post", "/api/metadata/datasources");
  const [initial] = useState(emptyForm);

  async function register(form: SourceForm) {
    const { datasource } = await create.mutateAsync({
      params: { header: { "Idempotency-Key": idempotencyKey() } },
      body: toCreate(form),
    });
    refresh();
    notifications.show({
      title: t("registered", { name: datasource.datasource_name }),
      message: t("registeredHint"),
    });
    onClose();
    await navigate(`/sources/${datasource.id}`);
  }

  return (
    <SourceDialog
      title={t("register")}
      initial={initial}
      submitLabel={t("form.register")}
      onSubmit={register}
      onClose={onClose}
    />
  );
}
