import type { components as Manager } from "../../api/manager";
import type { components as Meta } from "../../api/meta";

export type Datasource = Meta["schemas"]["Datasource"];
export type ManagedDatasource = Manager["schemas"]["ManagedDatasource"];
export type Engine = Meta["schemas"]["Engine"];
export type TlsMode = Meta["schemas"]["TlsMode"];
export type Options = Meta["schemas"]["Options"];
export type CreateDatasource = Meta["schemas"]["CreateDatasource"];
export type TestConnection = Meta["schemas"]["TestConnection"];
export type TestReport = Meta["schemas"]["TestReport"];
export type UpdateDatasource = Meta["schemas"]["UpdateDatasource"];
export type Database = Meta["schemas"]["Database"];
export type SyncLog = Meta["schemas"]["SyncLog"];
