import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

// Servers with databases that the tests may make and drop, and the programs that speak with them.
const URLS = {
  postgres: process.env.PLUMBLINE_TEST_POSTGRES_URL,
  mariadb: process.env.PLUMBLINE_TEST_MARIADB_URL,
  mysql: process.env.PLUMBLINE_TEST_MYSQL_URL,
};

export type Server = keyof typeof URLS;

export interface Connection {
  host: string;
  port: number;
  username: string;
  password: string;
}

/** Whether there is such a server: not every machine has a MySQL. */
export function hasServer(server: Server): boolean {
  return Boolean(URLS[server]);
}

/** What a data source of a server is registered with. */
export function connection(server: Server): Connection {
  const url = URLS[server];
  if (!url) throw new Error(`PLUMBLINE_TEST_${server.toUpperCase()}_URL names no server`);
  const { hostname, port, username, password } = new URL(url);
  const usual = server === "postgres" ? 5432 : 3306;
  return {
    host: hostname,
    port: port === "" ? usual : Number(port),
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}

function program(name: string): string {
  const folder = process.env.PLUMBLINE_TEST_PROGRAMS;
  return folder ? join(folder, name) : name;
}

/** Runs statements in PostgreSQL and answers what they print, without heads. */
export function postgres(sql: string, database = "postgres"): string {
  const { host, port, username, password } = connection("postgres");
  const to = ["-h", host, "-p", String(port), "-U", username, "-d", database];
  const how = ["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "-v", "ON_ERROR_STOP=1", "-f", "-"];
  const env = { ...process.env, PGPASSWORD: password, PGOPTIONS: "-c client_min_messages=warning" };
  return execFileSync(program("psql"), [...to, ...how], { input: sql, env, encoding: "utf8" }).trim();
}

/** Runs statements in MariaDB, or in MySQL, and answers what they print, without heads. */
export function mariadb(sql: string, database = "", server: "mariadb" | "mysql" = "mariadb"): string {
  const { host, port, username, password } = connection(server);
  const to = ["--no-defaults", "--protocol=tcp", "-h", host, "-P", String(port), "-u", username];
  const how = ["--batch", "--skip-column-names", "--default-character-set=utf8mb4", ...(database === "" ? [] : [database])];
  const env = { ...process.env, MYSQL_PWD: password };
  return execFileSync(program("mariadb"), [...to, ...how], { input: sql, env, encoding: "utf8" }).trim();
}

/** A name that nothing else has, of a database or of a data source. */
export function randomName(prefix: string): string {
  return `${prefix}_${randomBytes(4).toString("hex")}`;
}
