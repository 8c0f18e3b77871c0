import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Empty, Page } from "../ui";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t("common:notFound.title")}>
      <Empty
        icon={<IconMapOff size={24} stroke={1.5} />}
        title={t("common:notFound.title")}
        whatToDo={t("common:notFound.hint")}
        action={
          <Button component={Link} to="/" variant="default" mt="xs">
            {t("common:notFound.home")}
          </Button>
        }
      />
    </Page>
  );
}
