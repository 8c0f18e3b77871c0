// A database, or one schema of it.
import { Alert, Button, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { $meta } from "../../../api";
import { Ago, Bytes, Count, QueryState } from "../../../ui";
import type { Database } from "../types";
import type { CatalogPath } from "../use-path";
import { ChangesTab } from "./changes-tab";
import { DetailHead } from "./detail-head";
import { DetailTabs } from "./detail-tabs";
import { Facts } from "./facts";
import { ObjectsTab } from "./objects-tab";
import { RemovedAlert } from "./removed-alert";
import { ScansTab } from "./scans-tab";
import { TablesTab } from "./tables-tab";

interface DatabaseDetailProps {
  id: number;
  schema?: string;
  path: CatalogPath;
}

export function DatabaseDetail({ id, schema, path }: DatabaseDetailProps) {
  const query = $meta.useQuery("get", "/api/metadata/databases/{id}", { params: { path: { id } } });
  return <QueryState query={query}>{(database) => <Shown database={database} schema={schema} path={path} />}</QueryState>;
}

function Shown({ database, schema, path }: { database: Database; schema?: string; path: CatalogPath }) {
  const { t } = useTranslation("catalog");
  const { id, datasource_id: resourceId } = database;
  const isPostgres = path.datasource?.datasource_type === "postgresql";
  const facts = [
    { label: t("database.tables"), value: <Count n={database.table_count} /> },
    { label: t("database.size"), value: <Bytes n={database.total_size_bytes} /> },
    { label: isPostgres ? t("database.encoding") : t("database.charset"), value: database.charset },
    { label: t("database.collation"), value: database.collation },
    { label: t("database.owner"), value: database.owner },
    { label: t("database.lastSync"), value: <Ago at={database.last_sync_at} /> },
    { label: t("database.lastScan"), value: <Ago at={database.last_scan_at} /> },
  ];
  const manage = (
    <Button component={Link} to="/manage" variant="default" size="xs">
      {t("database.manage")}
    </Button>
  );
  return (
    <Stack gap="md">
      <DetailHead
        name={schema ?? database.database_name}
        badge={schema === undefined ? t("kind.database") : t("kind.schema")}
        above={path.nodes.slice(0, -1)}
        actions={manage}
      />
      <RemovedAlert at={database.removed_at} />
      {database.is_accessible ? null : (
        <Alert color="orange" variant="light" title={t("database.inaccessible")}>
          {database.inaccessible_reason}
        </Alert>
      )}
      {!database.is_scanned && database.is_accessible && !database.removed_at ? (
        <Alert color="blue" variant="light" title={t("database.notScanned")}>
          {t("database.notScannedHint")}
        </Alert>
      ) : null}
      {schema === undefined ? <Facts facts={facts} /> : null}
      <DetailTabs
        tabs={[
          { name: "tables", label: t("tabs.tables"), content: () => <TablesTab databaseId={id} schema={schema} schemas={isPostgres} /> },
          { name: "objects", label: t("tabs.objects"), content: () => <ObjectsTab databaseId={id} schema={schema} /> },
          ...(schema === undefined
            ? [
                { name: "history" as const, label: t("tabs.history"), content: () => <ChangesTab of={{ database_id: id }} /> },
                {
                  name: "scans" as const,
                  label: t("tabs.scans"),
                  content: () => <ScansTab resourceId={resourceId} database={database.database_name} />,
                },
              ]
            : []),
        ]}
      />
    </Stack>
  );
}
