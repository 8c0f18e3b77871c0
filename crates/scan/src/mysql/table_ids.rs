//! What survives a rename: the ids that `InnoDB` gives to tables.
//!
//! A login needs PROCESS to see them. A statement that makes a table anew gives it another one.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::str::Chars;

use super::scope::Scope;
use super::server::Server;
use super::session::Session;
use crate::ScanError;

/// From a data dictionary.
const TABLES: &str = "/* plumbline table ids */ \
    SELECT SUBSTRING_INDEX(NAME, '/', -1), CAST(TABLE_ID AS SIGNED) FROM information_schema.INNODB_TABLES \
    WHERE CAST(SUBSTRING_INDEX(NAME, '/', 1) AS BINARY) = ?";

/// As the servers without one call it.
const SYS_TABLES: &str = "/* plumbline table ids */ \
    SELECT SUBSTRING_INDEX(NAME, '/', -1), CAST(TABLE_ID AS SIGNED) FROM information_schema.INNODB_SYS_TABLES \
    WHERE CAST(SUBSTRING_INDEX(NAME, '/', 1) AS BINARY) = ?";

/// The ids of a database's tables, as far as their names can be told from those of files.
pub(super) async fn read(
    session: &mut Session,
    server: &Server,
    scope: &Scope<'_>,
    database: &str,
) -> Result<HashMap<String, i64>, ScanError> {
    let mut ids = HashMap::new();
    let Some(folder) = encoded(database) else {
        return Ok(ids);
    };
    let sql = if server.has_dictionary() {
        TABLES
    } else {
        SYS_TABLES
    };
    let mut rows = session.rows(scope.what("table ids"), sqlx::query(sql).bind(folder))?;
    while let Some(row) = rows.next().await? {
        if let (Some(name), Some(id)) = (decoded(&row.text(0)?), row.number(1)?)
            && scope.has(&name)
        {
            ids.insert(name, id);
        }
    }
    Ok(ids)
}

/// The name of a file for a name (`MySQL` manual, "Mapping of Identifiers to File Names"). None where a
/// letter has a code of its own, as those of Latin beyond ASCII, Greek and Cyrillic do: the table of those
/// codes stands in the servers' source alone.
fn encoded(name: &str) -> Option<String> {
    let mut file = String::new();
    for character in name.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => file.push(character),
            _ if has_code(character) => return None,
            _ => {
                // Writing to a `String` cannot fail.
                let _ = write!(file, "@{:04x}", u32::from(character));
            }
        }
    }
    Some(file)
}

/// The ranges of which the servers write at least some letters in another way than by their number.
fn has_code(character: char) -> bool {
    matches!(
        u32::from(character),
        0xc0..=0x2af | 0x370..=0x58f | 0x1e00..=0x1fff | 0x2160..=0x217f | 0x24b6..=0x24e9 | 0xff21..=0xff5a | 0x1_0000..
    )
}

/// The name behind that of a file; None for a part of a table, and where a letter has a code of its own.
fn decoded(file: &str) -> Option<String> {
    let mut characters = file.chars();
    let mut name = String::new();
    while let Some(character) = characters.next() {
        match character {
            '@' => name.push(number(&mut characters)?),
            // It stands before the names of parts and of tables that are being made.
            '#' => return None,
            _ => name.push(character),
        }
    }
    Some(name)
}

/// The character of four hexadecimal digits.
fn number(characters: &mut Chars<'_>) -> Option<char> {
    let mut number = 0;
    for _ in 0..4 {
        number = number * 16 + characters.next()?.to_digit(16)?;
    }
    char::from_u32(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_those_of_files() {
        for (name, file) in [
            ("orders_2", "orders_2"),
            ("a b#c.d-e$", "a@0020b@0023c@002ed@002de@0024"),
            ("表", "@8868"),
            ("@", "@0040"),
        ] {
            assert_eq!(encoded(name).as_deref(), Some(file));
            assert_eq!(decoded(file).as_deref(), Some(name));
        }
        for name in ["é", "Ω", "Ж"] {
            assert_eq!(encoded(name), None, "{name}");
        }
        for file in ["@0p", "a@1k", "p2#P#p0", "#sql-ib12", "@00", "@zzzz"] {
            assert_eq!(decoded(file), None, "{file}");
        }
    }
}
