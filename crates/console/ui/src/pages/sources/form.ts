import type { TFunction } from "i18next";

import type {
  CreateDatasource,
  Datasource,
  Engine,
  Options,
  TestConnection,
  TlsMode,
  UpdateDatasource,
} from "./types";

/** What the dialogs for registering and editing hold while somebody types. */
export interface SourceForm {
  name: string;
  engine: Engine;
  host: string;
  port: number | string;
  username: string;
  /** `kept`: the stored password stays, only when editing. */
  secret: "password" | "reference" | "kept";
  password: string;
  passwordFrom: string;
  database: string;
  tlsMode: TlsMode;
  caCertificate: string;
  includeDatabases: string[];
  excludeDatabases: string[];
  includeSchemas: string[];
  excludeSchemas: string[];
  maxConnections: number | string;
  writable: boolean;
}

export const PORTS: Record<Engine, number> = { mysql: 3306, postgresql: 5432 };
export const TLS_MODES: readonly TlsMode[] = ["disable", "prefer", "require", "verify-ca", "verify-full"];

export function emptyForm(): SourceForm {
  return {
    name: "",
    engine: "mysql",
    host: "",
    port: PORTS.mysql,
    username: "",
    secret: "password",
    password: "",
    passwordFrom: "",
    database: "",
    tlsMode: "prefer",
    caCertificate: "",
    includeDatabases: [],
    excludeDatabases: [],
    includeSchemas: [],
    excludeSchemas: [],
    maxConnections: "",
    writable: false,
  };
}

export function formOf(source: Datasource): SourceForm {
  return {
    name: source.datasource_name,
    engine: source.datasource_type,
    host: source.host,
    port: source.port,
    username: source.username,
    secret: source.password_from ? "reference" : "kept",
    password: "",
    passwordFrom: source.password_from ?? "",
    database: source.default_database ?? "",
    tlsMode: source.tls.mode ?? "prefer",
    caCertificate: source.tls.ca_certificate ?? "",
    includeDatabases: source.options.include_databases ?? [],
    excludeDatabases: source.options.exclude_databases ?? [],
    includeSchemas: source.options.include_schemas ?? [],
    excludeSchemas: source.options.exclude_schemas ?? [],
    maxConnections: source.options.max_connections ?? "",
    writable: source.options.writable ?? false,
  };
}

function orNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === "" ? null : trimmed;
}

function tls(form: SourceForm): CreateDatasource["tls"] {
  return { mode: form.tlsMode, ca_certificate: orNull(form.caCertificate) };
}

function options(form: SourceForm): Options {
  const postgres = form.engine === "postgresql";
  return {
    include_databases: form.includeDatabases,
    exclude_databases: form.excludeDatabases,
    include_schemas: postgres ? form.includeSchemas : [],
    exclude_schemas: postgres ? form.excludeSchemas : [],
    max_connections: form.maxConnections === "" ? null : Number(form.maxConnections),
    writable: form.writable,
  };
}

type SecretPart = Pick<TestConnection, "password" | "password_from">;

function secret(form: SourceForm): SecretPart {
  switch (form.secret) {
    case "password":
      return { password: form.password };
    case "reference":
      return { password_from: form.passwordFrom.trim() };
    case "kept":
      return {};
  }
}

export function toTest(form: SourceForm): TestConnection {
  return {
    datasource_type: form.engine,
    host: form.host.trim(),
    port: Number(form.port),
    username: form.username,
    database: orNull(form.database),
    tls: tls(form),
    ...secret(form),
  };
}

export function toCreate(form: SourceForm): CreateDatasource {
  return { ...toTest(form), name: form.name.trim(), options: options(form) };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Only what differs from the form as it was opened, so that nothing else is overwritten. */
export function toUpdate(form: SourceForm, before: SourceForm): UpdateDatasource {
  const next = toCreate(form);
  const last = toCreate(before);
  const update: UpdateDatasource = {};
  if (next.name !== last.name) update.name = next.name;
  if (next.host !== last.host) update.host = next.host;
  if (next.port !== last.port) update.port = next.port;
  if (next.username !== last.username) update.username = next.username;
  if (next.database && next.database !== last.database) update.database = next.database;
  if (!same(next.tls, last.tls)) update.tls = next.tls;
  if (!same(next.options, last.options)) update.options = next.options;
  if (form.secret === "password") update.password = form.password;
  if (form.secret === "reference" && next.password_from !== last.password_from) {
    update.password_from = next.password_from;
  }
  return update;
}

type Rules = {
  [K in keyof SourceForm]?: (value: SourceForm[K], form: SourceForm) => string | null;
};

/** What can be told without the server; the rest comes back as field errors of its answer. */
export function rules(t: TFunction<"sources">): Rules {
  return {
    name: (name) => (name.trim() === "" ? t("sources:form.needName") : null),
    host: (host) => (host.trim() === "" ? t("sources:form.needHost") : null),
    port: (port) => {
      const number = Number(port);
      return Number.isInteger(number) && number >= 1 && number <= 65535 ? null : t("sources:form.needPort");
    },
    username: (username) => (username === "" ? t("sources:form.needUsername") : null),
    passwordFrom: (from, form) =>
      form.secret === "reference" && !/^(env|file):./.test(from.trim()) ? t("sources:form.needReference") : null,
    maxConnections: (count) => {
      if (count === "") return null;
      const number = Number(count);
      return Number.isInteger(number) && number >= 1 && number <= 16 ? null : t("sources:form.needConnections");
    },
  };
}

const FIELDS: Record<string, keyof SourceForm> = {
  name: "name",
  host: "host",
  port: "port",
  username: "username",
  password: "password",
  password_from: "passwordFrom",
  database: "database",
  "tls/mode": "tlsMode",
  "tls/ca_certificate": "caCertificate",
  "options/include_databases": "includeDatabases",
  "options/exclude_databases": "excludeDatabases",
  "options/include_schemas": "includeSchemas",
  "options/exclude_schemas": "excludeSchemas",
  "options/max_connections": "maxConnections",
};

/** The input that a JSON pointer of a problem document speaks of. */
export function fieldOf(pointer: string): keyof SourceForm | undefined {
  const parts = pointer.replace(/^#?\//, "").split("/");
  return FIELDS[parts.slice(0, 2).join("/")] ?? FIELDS[parts[0] ?? ""];
}
