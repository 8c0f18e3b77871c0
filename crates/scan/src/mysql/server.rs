//! What a server says of itself: flavor, version, facts.

use std::collections::BTreeMap;

use serde_json::json;

use super::errors;
use super::session::Session;
use crate::{ScanError, ServerInfo};

const SQL: &str = "/* plumbline server */ \
    SELECT VERSION(), @@version_comment, CAST(@@lower_case_table_names AS SIGNED), \
     @@character_set_server, @@collation_server, CONNECTION_ID()";

const SUPPORTED: &str = "MySQL from 5.7 and MariaDB from 10.2 on can be read";

/// Which of the two servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flavor {
    /// Oracle's, and those that follow it: Percona, Aurora, `TiDB`.
    MySql,
    /// `MariaDB`.
    MariaDb,
}

/// The right that shows the source of routines, besides SELECT on everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RoutineRight {
    /// `SHOW_ROUTINE` on everything.
    ShowRoutine,
    /// SELECT on everything, and nothing less.
    SelectEverywhere,
    /// SHOW CREATE ROUTINE on the database.
    ShowCreateRoutine,
    /// SELECT on the table `mysql.proc`.
    SelectOnProc,
}

/// A server of a version that we can read.
#[derive(Debug, Clone)]
pub(super) struct Server {
    pub(super) flavor: Flavor,
    version: (u32, u32, u32),
    pub(super) info: ServerInfo,
}

impl Server {
    /// What a version text says.
    ///
    /// # Errors
    /// [`ScanError::UnsupportedVersion`]
    pub(super) fn parse(text: &str, facts: serde_json::Value) -> Result<Self, ScanError> {
        let unsupported = || ScanError::UnsupportedVersion {
            version: text.to_owned(),
            hint: SUPPORTED,
        };
        let (flavor, name, number, oldest) = if text.contains("MariaDB") {
            // Replication once needed a version that begins with 5; proxies still print it.
            (
                Flavor::MariaDb,
                "MariaDB",
                text.strip_prefix("5.5.5-").unwrap_or(text),
                (10, 2, 0),
            )
        } else {
            (Flavor::MySql, "MySQL", text, (5, 7, 0))
        };
        let version = numbers(number).ok_or_else(unsupported)?;
        if version < oldest {
            return Err(unsupported());
        }
        let info = ServerInfo {
            flavor: name.to_owned(),
            version: text.to_owned(),
            facts,
        };
        Ok(Self {
            flavor,
            version,
            info,
        })
    }

    /// Whether `information_schema` rests on a data dictionary: structure is cheap, statistics are
    /// apart.
    pub(super) fn has_dictionary(&self) -> bool {
        self.flavor == Flavor::MySql && self.version >= (8, 0, 0)
    }

    /// Whether defaults are printed as expressions (`MariaDB` 10.2.7) instead of as values.
    pub(super) fn prints_expressions(&self) -> bool {
        self.flavor == Flavor::MariaDb && self.version >= (10, 2, 7)
    }

    /// Whether there are sequences, which look like tables (`MariaDB` 10.3).
    pub(super) fn has_sequences(&self) -> bool {
        self.flavor == Flavor::MariaDb && self.version >= (10, 3, 0)
    }

    /// Whether `information_schema` tells what sequences do (`MariaDB` 11.5), not their names alone.
    pub(super) fn describes_sequences(&self) -> bool {
        self.flavor == Flavor::MariaDb && self.version >= (11, 5, 0)
    }

    /// Whether `information_schema` tells checks (`MySQL` 8.0.16, `MariaDB` 10.2.22 and 10.3.10).
    pub(super) fn tells_checks(&self) -> bool {
        match self.flavor {
            Flavor::MySql => self.version >= (8, 0, 16),
            Flavor::MariaDb => {
                self.version >= (10, 3, 10)
                    || (self.version >= (10, 2, 22) && self.version < (10, 3, 0))
            }
        }
    }

    /// Whether it tells a column's check from a table's (`MariaDB` 10.5.10).
    pub(super) fn tells_check_level(&self) -> bool {
        self.flavor == Flavor::MariaDb && self.version >= (10, 5, 10)
    }

    /// Whether it tells what views read (`MySQL` 8.0.13).
    pub(super) fn tells_view_usage(&self) -> bool {
        self.flavor == Flavor::MySql && self.version >= (8, 0, 13)
    }

    /// Whether it tells the spatial reference system of a column (`MySQL` 8.0.3).
    pub(super) fn tells_reference_systems(&self) -> bool {
        self.flavor == Flavor::MySql && self.version >= (8, 0, 3)
    }

    /// Whether a session decides if generated primary keys show (`MySQL` 8.0.30).
    pub(super) fn generates_primary_keys(&self) -> bool {
        self.flavor == Flavor::MySql && self.version >= (8, 0, 30)
    }

    /// Whether there are JSON duality views (`MySQL` 9.4).
    pub(super) fn has_duality_views(&self) -> bool {
        self.flavor == Flavor::MySql && self.version >= (9, 4, 0)
    }

    /// Which right shows the source of other accounts' routines.
    pub(super) fn routine_right(&self) -> RoutineRight {
        match self.flavor {
            Flavor::MySql if self.version >= (8, 0, 20) => RoutineRight::ShowRoutine,
            Flavor::MySql if self.has_dictionary() => RoutineRight::SelectEverywhere,
            Flavor::MariaDb if self.version >= (11, 3, 0) => RoutineRight::ShowCreateRoutine,
            Flavor::MySql | Flavor::MariaDb => RoutineRight::SelectOnProc,
        }
    }

    /// Whether an index may be ignored (`MariaDB` 10.6).
    pub(super) fn has_ignored_indexes(&self) -> bool {
        self.flavor == Flavor::MariaDb && self.version >= (10, 6, 0)
    }

    /// Whether a part of an index may be an expression (`MySQL` 8.0.13).
    pub(super) fn has_functional_indexes(&self) -> bool {
        self.flavor == Flavor::MySql && self.version >= (8, 0, 13)
    }
}

/// The first two or three numbers of a version.
fn numbers(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text
        .split(|character: char| !character.is_ascii_digit())
        .map(str::parse::<u32>);
    let mut next = || parts.next()?.ok();
    Some((next()?, next()?, next().unwrap_or(0)))
}

/// Asks the server what it is, and what it calls the connection.
pub(super) async fn read(session: &mut Session) -> Result<(Server, Option<i64>), ScanError> {
    const WHAT: &str = "the version of the server";
    let row = session.first(WHAT, sqlx::query(SQL)).await?;
    let row = row.ok_or_else(|| errors::statement(WHAT, "no answer"))?;
    let facts = json!({
        "version_comment": row.optional(1)?,
        "lower_case_table_names": row.number(2)?,
        "character_set_server": row.optional(3)?,
        "collation_server": row.optional(4)?,
    });
    Ok((Server::parse(&row.text(0)?, facts)?, row.number(5)?))
}

/// What tells the server from every other. `MySQL` has an id of its own, `MariaDB` from 10.5.26, 10.6.19
/// and 10.11.9 on; before that the place on its machine has to do.
pub(super) async fn identity(session: &mut Session) -> Result<Option<String>, ScanError> {
    let query = sqlx::query(
        "/* plumbline identity */ SHOW GLOBAL VARIABLES WHERE Variable_name IN \
         ('server_uuid', 'server_uid', 'hostname', 'port', 'datadir')",
    );
    let mut values = BTreeMap::new();
    let mut rows = session.rows("the identity of the server", query)?;
    while let Some(row) = rows.next().await? {
        values.insert(row.text(0)?, row.text(1)?);
    }
    Ok(identity_of(&values))
}

fn identity_of(values: &BTreeMap<String, String>) -> Option<String> {
    let value = |name: &str| values.get(name).filter(|value| !value.is_empty());
    if let Some(id) = value("server_uuid").or_else(|| value("server_uid")) {
        return Some(id.clone());
    }
    let place = ["hostname", "port", "datadir"].map(value);
    let [Some(host), Some(port), Some(folder)] = place else {
        return None;
    };
    Some(format!("{host}:{port}{folder}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_its_own_goes_before_the_place() {
        let identity = |values: &[(&str, &str)]| {
            let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            identity_of(&values.iter().map(own).collect())
        };
        let place = [("hostname", "db1"), ("port", "3306"), ("datadir", "/data/")];
        assert_eq!(identity(&place).as_deref(), Some("db1:3306/data/"));
        let with_id = [&place[..], &[("server_uid", "u1")]].concat();
        assert_eq!(identity(&with_id).as_deref(), Some("u1"));
        assert_eq!(identity(&place[..2]), None);
    }

    fn parse(text: &str) -> Result<Server, ScanError> {
        Server::parse(text, json!({}))
    }

    #[test]
    fn versions_of_both_flavors() {
        for (text, flavor, version) in [
            ("10.11.14-MariaDB-0+deb12u2", Flavor::MariaDb, (10, 11, 14)),
            ("5.5.5-10.2.3-MariaDB-log", Flavor::MariaDb, (10, 2, 3)),
            ("11.4.2-MariaDB-ubu2404", Flavor::MariaDb, (11, 4, 2)),
            ("5.7.44-log", Flavor::MySql, (5, 7, 44)),
            ("8.0.36-28", Flavor::MySql, (8, 0, 36)),
            ("9.7.4-2", Flavor::MySql, (9, 7, 4)),
            ("8.0.11-TiDB-v7.5.0", Flavor::MySql, (8, 0, 11)),
            ("8.4", Flavor::MySql, (8, 4, 0)),
        ] {
            let server = parse(text).unwrap();
            assert_eq!((server.flavor, server.version), (flavor, version), "{text}");
            assert_eq!(server.info.version, text);
        }
    }

    #[test]
    fn old_and_unknown_servers_are_refused() {
        for text in [
            "5.6.51",
            "5.5.5-10.1.48-MariaDB",
            "10.1.48-MariaDB",
            "5.5.68-MariaDB",
            "",
            "vitess",
            "8",
        ] {
            let error = parse(text).unwrap_err();
            assert!(
                matches!(&error, ScanError::UnsupportedVersion { version, .. } if version == text),
                "{text}: {error}"
            );
        }
    }

    #[test]
    fn what_an_unknown_version_says_is_no_news() {
        // A version of the future can what the latest can; words around it do not matter.
        for text in ["99.0.1", "12.3.2-MariaDB-ubu2404", "9.7.4-commercial-debug"] {
            assert!(parse(text).is_ok(), "{text}");
        }
        for text in [
            "x.y.z",
            "MariaDB",
            "-MariaDB",
            "8.x",
            "99999999999.0.0",
            "8,0,36",
        ] {
            assert_eq!(parse(text).is_ok(), text == "8,0,36", "{text}");
        }
    }

    #[test]
    fn what_checks_and_routines_ask_for() {
        for (text, checks, level) in [
            ("8.0.15", false, false),
            ("8.0.16", true, false),
            ("10.2.21-MariaDB", false, false),
            ("10.2.22-MariaDB", true, false),
            ("10.3.9-MariaDB", false, false),
            ("10.3.10-MariaDB", true, false),
            ("10.5.10-MariaDB", true, true),
        ] {
            let server = parse(text).unwrap();
            assert_eq!(
                (server.tells_checks(), server.tells_check_level()),
                (checks, level),
                "{text}"
            );
        }
        for (text, right) in [
            ("5.7.44", RoutineRight::SelectOnProc),
            ("8.0.19", RoutineRight::SelectEverywhere),
            ("8.0.20", RoutineRight::ShowRoutine),
            ("10.11.14-MariaDB", RoutineRight::SelectOnProc),
            ("11.4.2-MariaDB", RoutineRight::ShowCreateRoutine),
        ] {
            assert_eq!(parse(text).unwrap().routine_right(), right, "{text}");
        }
    }

    #[test]
    fn what_a_version_can_do() {
        assert!(
            parse("8.0.12")
                .is_ok_and(|server| server.has_dictionary() && !server.has_functional_indexes())
        );
        assert!(
            parse("5.7.44")
                .is_ok_and(|server| !server.has_dictionary() && !server.prints_expressions())
        );
        assert!(
            parse("10.2.6-MariaDB")
                .is_ok_and(|server| !server.prints_expressions() && !server.has_sequences())
        );
        assert!(
            parse("10.6.0-MariaDB")
                .is_ok_and(|server| server.has_ignored_indexes() && !server.has_dictionary())
        );
    }
}
