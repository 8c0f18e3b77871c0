import { lazy, Suspense } from "react";
import { Alert, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { $meta } from "../../../api";
import { Ago, Bytes, Count, Loading, QueryState } from "../../../ui";
import { CopyMenu } from "../copy/copy-menu";
import { ChangesTab } from "../detail/changes-tab";
import { DetailHead } from "../detail/detail-head";
import { DetailTabs } from "../detail/detail-tabs";
import { Facts } from "../detail/facts";
import { RemovedAlert } from "../detail/removed-alert";
import { ScansTab } from "../detail/scans-tab";
import type { TableDetail as Detail } from "../types";
import type { CatalogPath } from "../use-path";
import { ColumnsTab } from "./columns-tab";
import { DefinitionTab } from "./definition-tab";
import { KeysTab } from "./keys-tab";
import { LineageTab } from "./lineage-tab";
import { RelationsTab } from "./relations-tab";
import { ScanButton } from "./scan-button";

/** How often an open table is read anew. */
const LIVE_MS = 15_000;

const RowsTab = lazy(() => import("./rows-tab").then((it) => ({ default: it.RowsTab })));

interface TableDetailProps {
  id: number;
  field: number | undefined;
  path: CatalogPath;
}

export function TableDetail({ id, field, path }: TableDetailProps) {
  // A scan may find it changed or gone while it is open.
  const live = { refetchInterval: LIVE_MS };
  const query = $meta.useQuery("get", "/api/metadata/tables/{id}", { params: { path: { id } } }, live);
  return <QueryState query={query}>{(table) => <Shown table={table} field={field} path={path} />}</QueryState>;
}

function Shown({ table, field, path }: { table: Detail; field: number | undefined; path: CatalogPath }) {
  const { t } = useTranslation("catalog");
  const { id } = table;
  const { datasource, database } = path;
  return (
    <Stack gap="md">
      <DetailHead
        name={table.table_name}
        badge={table.table_type}
        comment={table.table_comment}
        above={path.nodes}
        actions={
          <>
            {datasource && database ? <ScanButton table={table} datasource={datasource} database={database} /> : null}
            <CopyMenu table={table} engine={datasource?.datasource_type} />
          </>
        }
      />
      <RemovedAlert at={table.removed_at} />
      {table.scan_error ? (
        <Alert color="red" variant="light" title={t("table.scanError")}>
          {table.scan_error}
        </Alert>
      ) : null}
      <Facts
        facts={[
          {
            label: t("table.rows"),
            value: (
              <>
                <Count n={table.row_count} approximate={table.row_count_source === "estimate"} />
                {table.row_count == null ? null : (
                  <Text size="xs" c="dimmed">
                    <Ago at={table.row_count_at} />
                  </Text>
                )}
              </>
            ),
          },
          { label: t("table.dataSize"), value: <Bytes n={table.data_size_bytes} /> },
          { label: t("table.indexSize"), value: <Bytes n={table.index_size_bytes} /> },
          { label: t("table.columns"), value: <Count n={table.field_count} /> },
          { label: t("table.engine"), value: table.engine },
          { label: t("database.owner"), value: table.details.owner },
          { label: t("database.lastScan"), value: <Ago at={table.last_scan_at} /> },
        ]}
      />
      <DetailTabs
        tabs={[
          { name: "columns", label: t("tabs.columns"), content: () => <ColumnsTab table={table} selected={field} /> },
          { name: "keys", label: t("tabs.keys"), content: () => <KeysTab table={table} /> },
          { name: "relations", label: t("tabs.relations"), content: () => <RelationsTab table={table} database={database?.database_name ?? ""} /> },
          { name: "lineage", label: t("tabs.lineage"), content: () => <LineageTab tableId={id} /> },
          { name: "definition", label: t("tabs.definition"), content: () => <DefinitionTab table={table} engine={datasource?.datasource_type} /> },
          {
            name: "rows",
            label: t("tabs.rows"),
            content: () => (
              <Suspense fallback={<Loading />}>
                <RowsTab table={table} database={database} />
              </Suspense>
            ),
          },
          { name: "history", label: t("tabs.history"), content: () => <ChangesTab of={{ table_id: id }} /> },
          {
            name: "scans",
            label: t("tabs.scans"),
            content: () => (database ? <ScansTab resourceId={database.datasource_id} database={database.database_name} /> : null),
          },
        ]}
      />
    </Stack>
  );
}
