// What lies between the top of the catalog and the selection: for the breadcrumbs, and for the tree to open on the way.
import { $meta } from "../../api";
import { type Selection, schemaId } from "./address";
import { databaseNode, datasourceNode, schemaNode } from "./tree/nodes";
import type { Database, Datasource, TreeNode } from "./types";

export interface CatalogPath {
  datasource?: Datasource;
  database?: Database;
  /** Of PostgreSQL: the schema selected, or that of the table selected. */
  schema?: string;
  table?: { id: number; name: string };
  /** The entries that hold the selection, from the top, the selection itself left out where it is a table or a field. */
  nodes: TreeNode[];
  error: unknown;
  loading: boolean;
}

/** Follows a selection upwards. Tables and databases come from the cache where they are shown anyway. */
export function usePath(selection: Selection): CatalogPath {
  const tableId = selection.kind === "table" ? selection.id : undefined;
  const table = $meta.useQuery(
    "get",
    "/api/metadata/tables/{id}",
    { params: { path: { id: tableId ?? 0 } } },
    { enabled: tableId !== undefined },
  );
  const databaseId =
    selection.kind === "database" || selection.kind === "schema" ? selection.id : tableId && table.data?.database_id;
  const database = $meta.useQuery(
    "get",
    "/api/metadata/databases/{id}",
    { params: { path: { id: databaseId ?? 0 } } },
    { enabled: databaseId !== undefined },
  );
  const datasourceId =
    selection.kind === "datasource" ? selection.id : databaseId !== undefined ? database.data?.datasource_id : undefined;
  const datasource = $meta.useQuery(
    "get",
    "/api/metadata/datasources/{id}",
    { params: { path: { id: datasourceId ?? 0 } } },
    { enabled: datasourceId !== undefined },
  );

  const path: CatalogPath = {
    nodes: [],
    error: table.error ?? database.error ?? datasource.error,
    loading: table.isLoading || database.isLoading || datasource.isLoading,
  };
  if (datasourceId !== undefined && datasource.data) {
    path.datasource = datasource.data;
    path.nodes.push(datasourceNode(datasourceId, datasource.data.datasource_name));
  }
  if (databaseId !== undefined && database.data) {
    path.database = database.data;
    path.nodes.push(databaseNode(database.data));
    const schema =
      selection.kind === "schema" ? selection.schema : tableId !== undefined ? table.data?.table_schema : undefined;
    if (schema && datasource.data?.datasource_type === "postgresql") {
      path.schema = schema;
      path.nodes.push(schemaNode(databaseId, schema));
    }
  }
  if (tableId !== undefined && table.data) path.table = { id: tableId, name: table.data.table_name };
  return path;
}

/** The ids of the entries that have to be open for the selection to be seen. */
export function ancestorsOf(path: CatalogPath, selection: Selection): string[] {
  const own = selection.kind === "schema" ? schemaId(selection.id, selection.schema) : `${selection.kind}-${"id" in selection ? selection.id : ""}`;
  return path.nodes.map((node) => node.id).filter((id) => id !== own);
}
