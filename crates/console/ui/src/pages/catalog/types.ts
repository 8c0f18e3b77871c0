// The words of the API that this page uses.
import type { components } from "../../api/meta";

type Schemas = components["schemas"];

export type TreeNode = Schemas["TreeNode"];
export type TreeKind = Schemas["TreeKind"];
export type Datasource = Schemas["Datasource"];
export type Database = Schemas["Database"];
export type DatabaseObject = Schemas["DatabaseObject"];
export type Table = Schemas["Table"];
export type TableDetail = Schemas["TableDetail"];
export type Field = Schemas["Field"];
export type Key = Schemas["Key"];
export type Index = Schemas["Index"];
export type IndexColumn = Schemas["IndexColumn"];
export type Check = Schemas["Check"];
export type Trigger = Schemas["Trigger"];
export type Relation = Schemas["Relation"];
export type RelationEnd = Schemas["RelationEnd"];
export type Lineage = Schemas["Lineage"];
export type LineageNode = Schemas["LineageNode"];
export type Change = Schemas["Change"];
export type SyncLog = Schemas["SyncLog"];
export type Preview = Schemas["Preview"];
export type Engine = Schemas["Engine"];
