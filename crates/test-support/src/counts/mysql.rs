//! Counted by `MySQL` and `MariaDB`.

use sqlx::{AssertSqlSafe, MySqlConnection};

use super::Counts;

/// What a database has, by the server's own catalogs.
///
/// # Errors
/// When a statement fails.
pub async fn of_mysql(
    connection: &mut MySqlConnection,
    database: &str,
) -> Result<Counts, sqlx::Error> {
    let mut count = Counting {
        connection,
        database,
    };
    let of_type =
        |types: &str| format!("tables where table_schema = ? and table_type in ({types})");
    let key = |kind: &str| {
        format!("table_constraints where table_schema = ? and constraint_type = '{kind}'")
    };
    Ok(Counts {
        tables: count
            .rows(&of_type("'BASE TABLE', 'SYSTEM VERSIONED'"))
            .await?,
        views: count.rows(&of_type("'VIEW'")).await?,
        partitions: count
            .rows("partitions where table_schema = ? and partition_name is not null")
            .await?,
        fields: count
            .rows(&format!(
                "columns where table_schema = ? and {NOT_OF_SEQUENCES}"
            ))
            .await?,
        primary_keys: count.rows(&key("PRIMARY KEY")).await?,
        unique_keys: count.rows(&key("UNIQUE")).await?,
        foreign_keys: count.rows(&key("FOREIGN KEY")).await?,
        checks: count
            .rows("check_constraints where constraint_schema = ?")
            .await?,
        indexes: count
            .rows("statistics where table_schema = ? and seq_in_index = 1")
            .await?,
        triggers: count.rows("triggers where trigger_schema = ?").await?,
        routines: count
            .rows("routines where routine_schema = ? and routine_type in ('FUNCTION', 'PROCEDURE')")
            .await?,
        sequences: count.rows(&of_type("'SEQUENCE'")).await?,
        comments: count.comments().await?,
        ..Counts::default()
    })
}

/// A sequence of `MariaDB` is listed as a table with columns.
const NOT_OF_SEQUENCES: &str = "binary table_name not in (select binary table_name \
    from information_schema.tables where table_schema = database() and table_type = 'SEQUENCE')";

struct Counting<'a> {
    connection: &'a mut MySqlConnection,
    database: &'a str,
}

impl Counting<'_> {
    /// The rows of a view of the `information_schema` under a condition on the database.
    async fn rows(&mut self, view: &str) -> Result<i64, sqlx::Error> {
        let sql = format!("select count(*) from information_schema.{view}");
        sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(self.database)
            .fetch_one(&mut *self.connection)
            .await
    }

    async fn comments(&mut self) -> Result<i64, sqlx::Error> {
        let mut comments = 0;
        for view in [
            // A view that cannot be opened has its error there.
            "tables where table_schema = ? and table_comment <> '' and table_type <> 'VIEW'",
            "statistics where table_schema = ? and index_comment <> '' and seq_in_index = 1",
            "routines where routine_schema = ? and routine_comment <> ''",
            "events where event_schema = ? and event_comment <> ''",
        ] {
            comments += self.rows(view).await?;
        }
        let of_fields = format!(
            "columns where table_schema = ? and column_comment <> '' and {NOT_OF_SEQUENCES}"
        );
        Ok(comments + self.rows(&of_fields).await?)
    }
}
