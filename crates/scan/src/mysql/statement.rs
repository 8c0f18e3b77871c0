//! What a part reads, in a form that can be digested on the server.

/// A statement, and how many columns it has. The first is the name of a table, and part of the digest only where there
/// is no other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statement {
    pub(super) sql: &'static str,
    columns: usize,
}

/// The order of a statement's rows begins behind this. It is for the reader: in each statement that has one, a
/// column tells a row's place.
const ORDER: &str = "ORDER BY ";

impl Statement {
    pub(super) const fn new(sql: &'static str, columns: usize) -> Self {
        Self { sql, columns }
    }

    /// A statement, named by `part`, with one row for each table: its name, then `besides` of the columns `c1`, `c2` and
    /// so on, then a digest of all rows of the table, over the first `digested` columns.
    ///
    /// The first SELECT gives the columns their names, whatever they are called in the others, and
    /// makes the server refuse a wrong number of them: so that no column can be left out. A digest is
    /// 64 bits of SHA-256 for each row, exclusively or-ed: rows come in no order, and the server keeps
    /// no list of them as for `GROUP_CONCAT`. QUOTE tells NULL from the word and ends each value.
    pub(super) fn digest(&self, part: &str, besides: &str, digested: usize) -> String {
        let join = |piece: fn(usize) -> String, from: usize, to: usize| {
            (from..to).map(piece).collect::<Vec<_>>().join(", ")
        };
        let names = join(|column| format!("NULL AS c{column}"), 0, self.columns);
        let values = join(
            |column| format!("QUOTE(CAST(c{column} AS BINARY))"),
            usize::from(digested > 1),
            digested,
        );
        let rows = match self.sql.rsplit_once(ORDER) {
            Some((rows, _)) => rows,
            None => self.sql,
        };
        format!(
            "/* plumbline digests of {part} */ SELECT CAST(c0 AS BINARY) AS name{besides}, HEX(BIT_XOR(CAST(CONV(LEFT(\
             SHA2(CONCAT_WS(',', {values}), 256), 16), 16, 10) AS UNSIGNED))) FROM (\
             SELECT {names} FROM DUAL WHERE FALSE UNION ALL {rows}) AS rows_of_tables GROUP BY name"
        )
    }

    /// The same of all columns, and nothing besides.
    pub(super) fn digest_of_all(&self, part: &str) -> String {
        self.digest(part, "", self.columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_covers_every_column_and_no_order() {
        let statement = Statement::new("SELECT a, b, 1 FROM t ORDER BY b", 3);
        let digest = statement.digest_of_all("fields");
        assert!(
            digest.contains(
                "CONCAT_WS(',', QUOTE(CAST(c1 AS BINARY)), QUOTE(CAST(c2 AS BINARY))), 256"
            ),
            "{digest}"
        );
        assert!(
            digest.contains("NULL AS c0, NULL AS c1, NULL AS c2 FROM DUAL"),
            "{digest}"
        );
        assert!(
            digest.contains("UNION ALL SELECT a, b, 1 FROM t ) AS"),
            "{digest}"
        );
        assert!(!digest.contains("ORDER BY"), "{digest}");
    }
}
