import type { Datasource } from "./types";

type Server = Pick<Datasource, "datasource_type" | "flavor" | "server_version">;

function nameOf(source: Server): string {
  return source.flavor ?? { mysql: "MySQL", postgresql: "PostgreSQL" }[source.datasource_type];
}

/** What the server is, in short: what the makers of packages add to the number of its version is left out. */
export function serverOf(source: Server): string {
  const version = source.server_version?.match(/\d+(\.\d+)*/)?.[0] ?? source.server_version;
  return version ? `${nameOf(source)} ${version}` : nameOf(source);
}

/** What the server calls itself, or what is spoken with it as long as that is not known. */
export function fullServerOf(source: Server): string {
  return source.server_version ? `${nameOf(source)} ${source.server_version}` : nameOf(source);
}
