import { Center, Loader } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Something comes. `full` takes the height of the window. */
export function Loading({ full = false }: { full?: boolean }) {
  const { t } = useTranslation();
  return (
    <Center mih={full ? "100vh" : 160} role="status" aria-label={t("common:state.loading")}>
      <Loader size="sm" type="dots" />
    </Center>
  );
}
