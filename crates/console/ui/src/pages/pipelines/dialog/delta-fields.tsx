import { Fieldset, Select, Stack } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { PairList } from "./pair-list";
import { useColumnNames } from "./use-choices";
import type { FormValues } from "./values";

/** How the rows that wait are counted. */
export function DeltaFields({ form }: { form: UseFormReturnType<FormValues> }) {
  const { t } = useTranslation("pipelines");
  const { delta, sync, biz } = form.values;
  const ofSync = useColumnNames(sync.table);
  const ofBiz = useColumnNames(biz.table);
  const hints = { count: t("methodCountHint"), watermark: t("methodWatermarkHint"), key: t("methodKeyHint") };
  return (
    <Fieldset legend={t("delta")}>
      <Stack gap="sm">
        <Select
          label={t("method")}
          description={hints[delta.method]}
          allowDeselect={false}
          data={[
            { value: "key", label: t("methodKey") },
            { value: "watermark", label: t("methodWatermark") },
            { value: "count", label: t("methodCount") },
          ]}
          {...form.getInputProps("delta.method")}
        />
        {delta.method === "count" ? null : (
          <PairList
            form={form}
            path="delta.pairs"
            legend={t("comparedColumns")}
            from={{ label: t("syncColumn"), proposals: ofSync }}
            to={{ label: t("businessColumn"), proposals: ofBiz }}
            add={t("addColumn")}
            atLeast={1}
            many={delta.method === "key"}
          />
        )}
      </Stack>
    </Fieldset>
  );
}
