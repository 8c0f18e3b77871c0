//! What a server says of itself, and whether it is one that we can read.

use std::borrow::Cow;

use serde_json::json;

use super::session::Session;
use crate::{ScanError, ServerInfo, Witness};

/// The oldest `server_version_num` whose catalogs the statements fit.
const OLDEST: u32 = 11_00_00;

const HINT: &str = "PostgreSQL 11 and later are supported";

/// The version, where it is supported.
pub(super) fn supported(version: Option<u32>) -> Result<u32, ScanError> {
    match version {
        Some(version) if version >= OLDEST => Ok(version),
        Some(version) => Err(ScanError::UnsupportedVersion {
            version: printed(version),
            hint: HINT,
        }),
        None => Err(ScanError::UnsupportedVersion {
            version: "unknown".to_owned(),
            hint: HINT,
        }),
    }
}

/// A `server_version_num` as people write it (`PostgreSQL` manual, `PQserverVersion`).
fn printed(version: u32) -> String {
    let (major, rest) = (version / 10_000, version % 10_000);
    if major >= 10 {
        format!("{major}.{rest}")
    } else {
        format!("{major}.{}.{}", rest / 100, rest % 100)
    }
}

/// What later versions brought: since which `server_version_num`, how the statements name it, and
/// what stands for it before.
const LATER: [(u32, &str, &str); 8] = [
    (12_00_00, "a.attgenerated", "''::\"char\""),
    (14_00_00, "p.prosqlbody is not null", "false"),
    (14_00_00, "pg_get_function_sqlbody(l.oid)", "null"),
    (15_00_00, "l.confdelsetcols", "(null::int2[])"),
    (15_00_00, "l.indnullsnotdistinct", "false"),
    (18_00_00, "l.conenforced", "true"),
    (18_00_00, "con.conperiod", "false"),
    (18_00_00, "l.conperiod", "false"),
];

/// A statement for servers of a `server_version_num`, out of one for the newest.
pub(super) fn fit(statement: &'static str, version: u32) -> Cow<'static, str> {
    LATER
        .into_iter()
        .filter(|(since, _, _)| version < *since)
        .fold(Cow::Borrowed(statement), |statement, (_, name, before)| {
            if statement.contains(name) {
                Cow::Owned(statement.replace(name, before))
            } else {
                statement
            }
        })
}

/// What the server says of itself.
pub(super) async fn info(session: &mut Session) -> Result<ServerInfo, ScanError> {
    let query = sqlx::query(
        "-- plumbline server\n\
         select version(), current_setting('server_version'), current_setting('max_identifier_length')::int8",
    );
    let row = session.one("the server's version", query).await?;
    let banner = row.text()?;
    // Others speak the protocol and claim a version, but have catalogs of their own.
    if !banner.contains("PostgreSQL") {
        return Err(ScanError::UnsupportedVersion {
            version: banner,
            hint: HINT,
        });
    }
    Ok(ServerInfo {
        flavor: "PostgreSQL".to_owned(),
        version: row.text()?,
        facts: json!({
            "max_identifier_length": row.number()?,
            "server_version_num": session.version(),
        }),
    })
}

/// Who answers. Names hide from no login.
pub(super) async fn witness(session: &mut Session) -> Result<Witness, ScanError> {
    Ok(Witness {
        server: identity(session).await?,
        ..Witness::default()
    })
}

/// What tells the server, and copies of it, from every other: the identifier that `initdb` gave it
/// (`PostgreSQL` manual, "`pg_control_system`"). None where the login may not ask.
pub(super) async fn identity(session: &mut Session) -> Result<Option<String>, ScanError> {
    const WHAT: &str = "the identity of the server";
    let may = sqlx::query(
        "-- plumbline may ask for identity\n\
         select has_function_privilege('pg_catalog.pg_control_system()', 'execute')",
    );
    if !session.one(WHAT, may).await?.flag()? {
        return Ok(None);
    }
    let query = sqlx::query(
        "-- plumbline identity\nselect system_identifier::text from pg_catalog.pg_control_system()",
    );
    session.one(WHAT, query).await?.optional()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_names_no_column_that_came_later() {
        let statement = "case when a.attgenerated <> '' or l.conenforced";
        assert_eq!(
            fit(statement, 110_000),
            "case when ''::\"char\" <> '' or true"
        );
        assert_eq!(
            fit(statement, 170_000),
            "case when a.attgenerated <> '' or true"
        );
        assert_eq!(fit(statement, 180_000), statement);
    }

    #[test]
    fn versions_from_11_on_are_supported() {
        for version in [110_000, 110_022, 150_018, 180_004, 990_000] {
            assert_eq!(supported(Some(version)).unwrap(), version);
        }
        let refused = |version| supported(version).unwrap_err().to_string();
        let hint = "PostgreSQL 11 and later are supported";
        assert_eq!(
            refused(Some(100_023)),
            format!("unsupported server version 10.23: {hint}")
        );
        assert_eq!(
            refused(Some(90_624)),
            format!("unsupported server version 9.6.24: {hint}")
        );
        assert_eq!(
            refused(None),
            format!("unsupported server version unknown: {hint}")
        );
    }
}
