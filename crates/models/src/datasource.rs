//! Data sources: registered database servers with their connections.

mod password;
mod rules;

use chrono::{DateTime, Utc};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::integer::{within, within_if_any};

pub use password::{MAX_PASSWORD_BYTES, Password, PasswordReference};

/// The protocol that a data source speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// `MySQL` or `MariaDB`.
    Mysql,
    /// `PostgreSQL`.
    Postgresql,
}

impl Engine {
    /// The word in requests and in the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mysql => "mysql",
            Self::Postgresql => "postgresql",
        }
    }

    /// The engine behind a word of the store.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Mysql, Self::Postgresql]
            .into_iter()
            .find(|engine| engine.as_str() == word)
    }
}

/// How far the connection must be protected; the words of libpq's `sslmode`
/// (`PostgreSQL` manual, "SSL Support").
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TlsMode {
    /// Never encrypt.
    Disable,
    /// Encrypt when the server can.
    #[default]
    Prefer,
    /// Encrypt or fail; the server's certificate is not checked.
    Require,
    /// Encrypt, and the certificate must come from a known authority.
    VerifyCa,
    /// As `verify-ca`, and the certificate must name the host.
    VerifyFull,
}

/// Transport security of a data source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// How far the connection must be protected.
    #[serde(default)]
    #[garde(skip)]
    pub mode: TlsMode,
    /// Certificates (PEM) of further authorities to trust, beside the public ones. With
    /// `verify-ca` a certificate of any of them passes, whatever host it is for: for an authority
    /// of your own that shall count alone choose `verify-full`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(min = 1, max = 65536)))]
    pub ca_certificate: Option<String>,
}

/// Settings of a data source besides its connection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// How many connections to the server may be open at once; the service's setting when absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 1, 16>"
    )]
    #[schema(minimum = 1, maximum = 16)]
    #[garde(skip)]
    pub max_connections: Option<u8>,
    /// Whether pipelines may write to the server. Without it none does, whatever the login may.
    #[serde(default, skip_serializing_if = "is_off")]
    #[garde(skip)]
    pub writable: bool,
    /// Only databases whose name one of these patterns matches are in the catalog; all when empty.
    /// `*` stands for any characters, `?` for one, and a backslash takes the next character as it
    /// is; upper and lower case differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[garde(length(max = 100), inner(custom(rules::sound_pattern)))]
    pub include_databases: Vec<String>,
    /// Databases whose name one of these patterns matches are left out, whatever else matches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[garde(length(max = 100), inner(custom(rules::sound_pattern)))]
    pub exclude_databases: Vec<String>,
    /// Only tables in schemas whose name one of these patterns matches are in the catalog; all when
    /// empty. `PostgreSQL` only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[garde(length(max = 100), inner(custom(rules::sound_pattern)))]
    pub include_schemas: Vec<String>,
    /// Schemas whose name one of these patterns matches are left out, whatever else matches.
    /// `PostgreSQL` only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[garde(length(max = 100), inner(custom(rules::sound_pattern)))]
    pub exclude_schemas: Vec<String>,
}

/// Options that are not set are not shown.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out references"
)]
fn is_off(option: &bool) -> bool {
    !option
}

impl Options {
    /// Whether these options select the same databases and schemas as `other`.
    #[must_use]
    pub fn selects_the_same(&self, other: &Self) -> bool {
        (&self.include_databases, &self.exclude_databases)
            == (&other.include_databases, &other.exclude_databases)
            && (&self.include_schemas, &self.exclude_schemas)
                == (&other.include_schemas, &other.exclude_schemas)
    }

    /// The pointer of the first option that a server of this kind cannot have: `MySQL` has no schemas.
    #[must_use]
    pub fn out_of_place(&self, engine: Engine) -> Option<&'static str> {
        match engine {
            Engine::Mysql if !self.include_schemas.is_empty() => Some("/options/include_schemas"),
            Engine::Mysql if !self.exclude_schemas.is_empty() => Some("/options/exclude_schemas"),
            Engine::Mysql | Engine::Postgresql => None,
        }
    }
}

/// Body of `POST /datasources`: register a server. Level 1 starts by itself.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "shop", "datasource_type": "postgresql", "host": "db.example.org", "port": 5432,
    "username": "plumbline", "password": "", "database": "shop",
}))]
pub struct CreateDatasource {
    /// A name of the caller's choosing, unique in the tenant.
    #[garde(length(chars, min = 1, max = 200), custom(rules::no_control))]
    pub name: String,
    /// The protocol that the server speaks.
    #[garde(skip)]
    pub datasource_type: Engine,
    /// Host name or address.
    #[garde(length(bytes, min = 1, max = 255), custom(rules::plain_host))]
    pub host: String,
    /// TCP port.
    #[serde(deserialize_with = "within::<_, _, 1, 65535>")]
    #[schema(minimum = 1, maximum = 65535)]
    #[garde(skip)]
    pub port: u16,
    /// The login.
    #[garde(length(bytes, min = 1, max = 255), custom(rules::no_control))]
    pub username: String,
    /// Its password: this, or `password_from`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        inner(custom(rules::short_password)),
        custom(rules::wanted_unless(self.password_from.is_some()))
    )]
    pub password: Option<Password>,
    /// Where its password is kept, in place of `password`: `env:NAME` or `file:PATH`, as the
    /// operator of the service allows. It is read anew for each connection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        inner(length(bytes, max = 4096), custom(rules::reference)),
        custom(rules::not_beside(self.password.is_some()))
    )]
    pub password_from: Option<String>,
    /// The database to connect to first; `postgres` on `PostgreSQL` and none on `MySQL` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(bytes, min = 1, max = 255), custom(rules::no_control)))]
    pub database: Option<String>,
    /// Transport security.
    #[serde(default)]
    #[garde(dive)]
    pub tls: Tls,
    /// Further settings.
    #[serde(default)]
    #[garde(dive)]
    pub options: Options,
}

/// Body of `PATCH /datasources/{id}`: what is absent stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "host": "db.example.org", "port": 5432 }))]
pub struct UpdateDatasource {
    /// A new name, unique in the tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(chars, min = 1, max = 200), custom(rules::no_control)))]
    pub name: Option<String>,
    /// Host name or address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(bytes, min = 1, max = 255), custom(rules::plain_host)))]
    pub host: Option<String>,
    /// TCP port.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 1, 65535>"
    )]
    #[schema(minimum = 1, maximum = 65535)]
    #[garde(skip)]
    pub port: Option<u16>,
    /// The login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(bytes, min = 1, max = 255), custom(rules::no_control)))]
    pub username: Option<String>,
    /// Its password; takes the place of `password_from` where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(custom(rules::short_password)))]
    pub password: Option<Password>,
    /// Where its password is kept from now on: `env:NAME` or `file:PATH`. The one that was stored
    /// is forgotten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        inner(length(bytes, max = 4096), custom(rules::reference)),
        custom(rules::not_beside(self.password.is_some()))
    )]
    pub password_from: Option<String>,
    /// The database to connect to first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(bytes, min = 1, max = 255), custom(rules::no_control)))]
    pub database: Option<String>,
    /// Transport security; replaces what was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(dive)]
    pub tls: Option<Tls>,
    /// Further settings; replace what was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(dive)]
    pub options: Option<Options>,
    /// Whether it is left alone: while it is paused no new scan of it starts, neither by schedule nor
    /// on request. What is under way ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub paused: Option<bool>,
}

/// Body of `POST /datasources/test`: try a connection without saving it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "datasource_type": "postgresql", "host": "db.example.org", "port": 5432,
    "username": "plumbline", "password": "", "database": "shop",
}))]
pub struct TestConnection {
    /// The protocol that the server speaks.
    #[garde(skip)]
    pub datasource_type: Engine,
    /// Host name or address.
    #[garde(length(bytes, min = 1, max = 255), custom(rules::plain_host))]
    pub host: String,
    /// TCP port.
    #[serde(deserialize_with = "within::<_, _, 1, 65535>")]
    #[schema(minimum = 1, maximum = 65535)]
    #[garde(skip)]
    pub port: u16,
    /// The login.
    #[garde(length(bytes, min = 1, max = 255), custom(rules::no_control))]
    pub username: String,
    /// Its password: this, or `password_from`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        inner(custom(rules::short_password)),
        custom(rules::wanted_unless(self.password_from.is_some()))
    )]
    pub password: Option<Password>,
    /// Where its password is kept, in place of `password`: `env:NAME` or `file:PATH`, as the
    /// operator of the service allows. It is read anew for each connection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        inner(length(bytes, max = 4096), custom(rules::reference)),
        custom(rules::not_beside(self.password.is_some()))
    )]
    pub password_from: Option<String>,
    /// The database to connect to first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(bytes, min = 1, max = 255), custom(rules::no_control)))]
    pub database: Option<String>,
    /// Transport security.
    #[serde(default)]
    #[garde(dive)]
    pub tls: Tls,
}

/// What a connection test found, step by step, up to the first step that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TestReport {
    /// Whether every step succeeded.
    pub ok: bool,
    /// The steps in order: resolve, connect, tls, authenticate, version, databases, privileges.
    /// What comes after a step that failed is not tried and left out. Before them there is
    /// `password` where `password_from` says where that is kept, and where a stored one cannot be
    /// decrypted.
    ///
    /// `connect` ends when the server has said that it is one of the engine (with the mode `disable`
    /// a `PostgreSQL` is not asked that before the login). `tls` is the handshake alone.
    /// `authenticate` opens the session that the rest uses, so its time has connecting and the
    /// handshake in it once more.
    pub steps: Vec<TestStep>,
}

/// One step of a connection test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TestStep {
    /// Which step.
    pub name: String,
    /// Whether it succeeded.
    pub ok: bool,
    /// What was found; where it failed, why and what to change.
    pub detail: String,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
}

/// One registered server, as the API shows it: without its password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Datasource {
    /// The id that requests call `resource_id`.
    pub id: i64,
    /// The name that the tenant gave it.
    pub datasource_name: String,
    /// The protocol that it speaks.
    pub datasource_type: Engine,
    /// What the server says it is: `MySQL`, `MariaDB`, `PostgreSQL`; null until first reached.
    pub flavor: Option<String>,
    /// Its version as it prints it; null until first reached.
    pub server_version: Option<String>,
    /// Host name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// The login.
    pub username: String,
    /// Where its password is kept: `env:NAME` or `file:PATH`; null where it is stored, encrypted.
    pub password_from: Option<String>,
    /// The database to connect to first.
    pub default_database: Option<String>,
    /// Transport security.
    pub tls: Tls,
    /// Further settings.
    pub options: Options,
    /// Whether it is left alone: no new scan of it starts.
    pub paused: bool,
    /// Facts about the server that decide how names compare, such as `lower_case_table_names`.
    pub server_facts: serde_json::Value,
    /// pending, syncing, success, failed: where the last scan of either level stands.
    pub sync_status: String,
    /// How deep the last successful reading went: database, table or field; null before the first.
    pub sync_level: Option<String>,
    /// When the last reading of level 1 succeeded.
    pub last_sync_at: Option<DateTime<Utc>>,
    /// Why the last scan failed.
    pub error_message: Option<String>,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// Answer of `POST /datasources`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CreatedDatasource {
    /// The registered data source.
    pub datasource: Datasource,
    /// The level-1 sync that was queued with the registration.
    pub sync_id: i64,
    /// Its job.
    pub job_id: Uuid,
}
