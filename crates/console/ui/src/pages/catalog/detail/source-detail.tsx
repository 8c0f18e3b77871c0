import { Alert, Anchor, Button, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { $meta } from "../../../api";
import { Ago, QueryState, StatusBadge } from "../../../ui";
import type { Datasource } from "../types";
import { ChangesTab } from "./changes-tab";
import { DatabasesTab } from "./databases-tab";
import { DetailHead } from "./detail-head";
import { DetailTabs } from "./detail-tabs";
import { Facts } from "./facts";
import { ScansTab } from "./scans-tab";

export function SourceDetail({ id }: { id: number }) {
  const query = $meta.useQuery("get", "/api/metadata/datasources/{id}", { params: { path: { id } } });
  return <QueryState query={query}>{(source) => <Source source={source} />}</QueryState>;
}

function Source({ source }: { source: Datasource }) {
  const { t } = useTranslation("catalog");
  const { id } = source;
  return (
    <Stack gap="md">
      <DetailHead
        name={source.datasource_name}
        badge={source.flavor ?? source.datasource_type}
        above={[]}
        actions={
          <Button component={Link} to={`/sources/${id}`} variant="default" size="xs">
            {t("source.open")}
          </Button>
        }
      />
      {source.error_message ? (
        <Alert color="red" variant="light" title={t("source.failed")}>
          {source.error_message}{" "}
          <Anchor component={Link} to={`/sources/${id}`} size="sm">
            {t("source.repair")}
          </Anchor>
        </Alert>
      ) : null}
      <Facts
        facts={[
          { label: t("source.status"), value: <StatusBadge status={source.sync_status} /> },
          { label: t("source.address"), value: `${source.host}:${source.port}` },
          { label: t("source.version"), value: source.server_version },
          { label: t("source.lastSync"), value: <Ago at={source.last_sync_at} /> },
        ]}
      />
      <DetailTabs
        tabs={[
          { name: "databases", label: t("tabs.databases"), content: () => <DatabasesTab resourceId={id} /> },
          { name: "history", label: t("tabs.history"), content: () => <ChangesTab of={{ resource_id: id }} /> },
          { name: "scans", label: t("tabs.scans"), content: () => <ScansTab resourceId={id} /> },
        ]}
      />
    </Stack>
  );
}
