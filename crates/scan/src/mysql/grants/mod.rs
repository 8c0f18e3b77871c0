//! What the rights of a login hide from a scan.
//!
//! Found by trying on both servers: tables show to whoever has any right on them, fields and keys
//! to whoever has one that goes by column; the text of a view takes SELECT and SHOW VIEW, triggers
//! TRIGGER, events EVENT. The source of another's routine takes a right of its own. `MariaDB` hides the
//! rules of foreign keys from those whose only right is SELECT.

mod parse;

use std::fmt::Write as _;

use models::scan::MissingGrant;
use sha2::{Digest as _, Sha256};

use self::parse::Grants;
pub(super) use self::parse::quoted;
use super::errors;
use super::server::{Flavor, RoutineRight, Server};
use super::session::Session;
use crate::ScanError;

/// The rights of which each shows fields.
const BY_COLUMN: [&str; 4] = ["SELECT", "REFERENCES", "INSERT", "UPDATE"];

/// What shows a part of every database, with what it shows.
const EVERYWHERE: [(&str, &str); 3] = [
    ("SHOW VIEW", "view definitions"),
    ("TRIGGER", "triggers"),
    ("EVENT", "events"),
];

/// What is read here, for messages.
const WHAT: &str = "the grants of the login";

/// What a login may do.
#[derive(Debug)]
pub(super) struct Rights {
    /// As `CURRENT_USER()` prints it.
    account: String,
    grants: Grants,
}

/// The lines of `SHOW GRANTS`, those of the login's active roles among them.
pub(super) async fn lines(session: &mut Session) -> Result<Vec<String>, ScanError> {
    let mut lines = Vec::new();
    let most = session.limits().databases;
    let rows = session.rows(WHAT, sqlx::query("/* plumbline grants */ SHOW GRANTS"))?;
    let mut rows = rows.at_most(most);
    while let Some(row) = rows.next().await? {
        lines.push(row.text(0)?);
    }
    Ok(lines)
}

/// Whether the login may see the tables of `InnoDB` itself, whatever database they are in.
pub(super) fn tells_table_ids(lines: &[String]) -> bool {
    Grants::parse(lines, false).everywhere("PROCESS")
}

/// A digest of the login's rights, or of those that decide what it sees in one database. Its password
/// is none of them.
pub(super) async fn digest(
    session: &mut Session,
    database: Option<&str>,
) -> Result<String, ScanError> {
    Ok(digest_of(lines(session).await?, database))
}

pub(super) fn digest_of(mut lines: Vec<String>, database: Option<&str>) -> String {
    lines.retain(|line| database.is_none_or(|database| parse::concerns(line, database)));
    for line in &mut lines {
        // The hash of the password follows, on MariaDB and old MySQL.
        if let Some((rights, _)) = parse::split_outside(line, " IDENTIFIED ") {
            let end = rights.len();
            line.truncate(end);
        }
    }
    lines.sort_unstable();
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line.as_bytes());
        hash.update([0]);
    }
    let mut text = String::new();
    for byte in hash.finalize() {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Asks the server for the rights of the login, those of its active roles among them.
pub(super) async fn read(session: &mut Session) -> Result<Rights, ScanError> {
    let account = sqlx::query("/* plumbline account */ SELECT CURRENT_USER()");
    let account = session
        .first(WHAT, account)
        .await?
        .ok_or_else(|| errors::statement(WHAT, "no answer"))?
        .text(0)?;
    // MySQL 8.0.16 has it, nobody else.
    let revokes = sqlx::query(
        "/* plumbline revokes */ SHOW VARIABLES WHERE Variable_name = 'partial_revokes'",
    );
    let is_literal = match session.first(WHAT, revokes).await? {
        Some(row) => row.text(1)? == "ON",
        None => false,
    };
    let grants = Grants::parse(&lines(session).await?, is_literal);
    Ok(Rights { account, grants })
}

impl Rights {
    /// What stays hidden of a database, each with the smallest grant that shows it.
    pub(super) fn missing(&self, server: &Server, database: &str) -> Vec<MissingGrant> {
        let has = |right: &str| self.grants.has(right, database);
        let mut missing = Vec::new();
        let mut add = |hides: &str, right: &str, object: &str| {
            missing.push(MissingGrant {
                database: database.to_owned(),
                hides: hides.to_owned(),
                grant: format!("GRANT {right} ON {object} TO {}", quoted(&self.account)),
            });
        };
        let own = format!("{}.*", self.grants.object_for(database));
        if !has("SELECT") {
            let hides = if BY_COLUMN.into_iter().any(has) {
                "the definitions of views and what they read"
            } else {
                "tables and their fields and keys, the definitions of views and what they read"
            };
            add(hides, "SELECT", &own);
        }
        if !has("SHOW VIEW") {
            let hides = if server.flavor == Flavor::MariaDb && self.grants.only_select(database) {
                "the definitions of views and what they read, the rules of foreign keys"
            } else {
                "the definitions of views and what they read"
            };
            add(hides, "SHOW VIEW", &own);
        }
        if !has("TRIGGER") {
            add("triggers", "TRIGGER", &own);
        }
        if !has("EVENT") {
            add("events", "EVENT", &own);
        }
        if !self.sees_source(server.routine_right(), database) {
            let hides = if ["EXECUTE", "CREATE ROUTINE", "ALTER ROUTINE"]
                .into_iter()
                .any(has)
            {
                "the source of routines"
            } else {
                "routines"
            };
            let (right, object) = match server.routine_right() {
                RoutineRight::ShowRoutine => ("SHOW_ROUTINE", "*.*"),
                RoutineRight::SelectEverywhere => ("SELECT", "*.*"),
                RoutineRight::ShowCreateRoutine => ("SHOW CREATE ROUTINE", own.as_str()),
                RoutineRight::SelectOnProc => ("SELECT", "`mysql`.`proc`"),
            };
            add(hides, right, object);
        }
        missing
    }

    /// Whether the source of everybody's routines shows.
    fn sees_source(&self, right: RoutineRight, database: &str) -> bool {
        let on_proc = || self.grants.has_on_table("SELECT", "mysql", "proc");
        match right {
            RoutineRight::ShowRoutine => {
                self.grants.everywhere("SHOW_ROUTINE") || self.grants.everywhere("SELECT")
            }
            RoutineRight::SelectEverywhere => self.grants.everywhere("SELECT"),
            RoutineRight::ShowCreateRoutine => {
                self.grants.has("SHOW CREATE ROUTINE", database) || on_proc()
            }
            RoutineRight::SelectOnProc => on_proc(),
        }
    }

    /// In words what the login can read of the server, with the grant that it lacks for all.
    pub(super) fn assess(&self) -> String {
        let sees_tables = BY_COLUMN
            .into_iter()
            .any(|right| self.grants.everywhere(right));
        let mut hidden: Vec<String> = Vec::new();
        let mut lacks = Vec::new();
        if !self.grants.everywhere("SELECT") {
            lacks.push("SELECT");
            hidden.push("the source of routines".to_owned());
        }
        for (right, what) in EVERYWHERE {
            if !self.grants.everywhere(right) {
                let some = if self.grants.somewhere(right) {
                    "some "
                } else {
                    ""
                };
                hidden.push(format!("{some}{what}"));
                lacks.push(right);
            }
        }
        if lacks.is_empty() {
            return "may read everything".to_owned();
        }
        let seen = if sees_tables {
            "may read every table"
        } else if BY_COLUMN
            .into_iter()
            .any(|right| self.grants.somewhere(right))
        {
            "may read the tables it was granted"
        } else {
            "was granted no table by name"
        };
        format!(
            "{seen}; hidden: {}; to read everything: GRANT {} ON *.* TO {}",
            hidden.join(", "),
            lacks.join(", "),
            quoted(&self.account)
        )
    }
}

#[cfg(test)]
mod tests;
