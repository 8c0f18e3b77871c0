//! Relations: which table refers to which.

use db::StoreError;
use models::relation::{Relation, RelationEnd, RelationKind};
use sqlx::PgConnection;

/// Which relations of a table a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Those of other tables, and its own, to it: who refers to this table?
    To,
    /// Its own to other tables: to whom does this table refer?
    From,
}

struct Row {
    id: i64,
    relation_kind: String,
    relation_name: String,
    table_id: i64,
    database_name: String,
    table_schema: String,
    table_name: String,
    fields: Vec<String>,
    to_table_id: Option<i64>,
    to_database: String,
    to_schema: String,
    to_table: String,
    to_fields: Vec<String>,
}

impl Row {
    fn relation(self) -> Relation {
        Relation {
            id: self.id,
            kind: match self.relation_kind.as_str() {
                "foreign_key" => RelationKind::ForeignKey,
                // A check constraint allows these words only.
                _ => RelationKind::ViewDependency,
            },
            name: Some(self.relation_name).filter(|name| !name.is_empty()),
            from: RelationEnd {
                table_id: Some(self.table_id),
                database_name: self.database_name,
                table_schema: self.table_schema,
                table_name: self.table_name,
                fields: self.fields,
            },
            to: RelationEnd {
                table_id: self.to_table_id,
                database_name: self.to_database,
                table_schema: self.to_schema,
                table_name: self.to_table,
                fields: self.to_fields,
            },
        }
    }
}

/// The relations of a table in one direction, by id, from after one on. Those of tables that are
/// gone are left out.
pub async fn list(
    conn: &mut PgConnection,
    table_id: i64,
    direction: Direction,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Relation>, StoreError> {
    let rows = match direction {
        Direction::To => {
            sqlx::query_file_as!(Row, "sql/relations_to.sql", table_id, after, limit)
                .fetch_all(conn)
                .await?
        }
        Direction::From => {
            sqlx::query_file_as!(Row, "sql/relations_from.sql", table_id, after, limit)
                .fetch_all(conn)
                .await?
        }
    };
    Ok(rows.into_iter().map(Row::relation).collect())
}

/// How many relations a list has.
pub async fn count(
    conn: &mut PgConnection,
    table_id: i64,
    direction: Direction,
) -> Result<i64, StoreError> {
    let count = match direction {
        Direction::To => {
            sqlx::query_scalar!(
                r#"-- count relations to
                select count(*) as "count!"
                from metadata.tables t
                join metadata.databases b on b.tenant_id = t.tenant_id and b.id = t.database_id
                join metadata.relations r
                    on r.tenant_id = t.tenant_id and r.datasource_id = b.datasource_id
                    and r.to_database = b.database_name and r.to_schema = t.table_schema and r.to_table = t.table_name
                join metadata.tables f on f.tenant_id = r.tenant_id and f.id = r.table_id and f.removed_at is null
                where t.tenant_id = metadata.current_tenant() and t.id = $1"#,
                table_id
            )
            .fetch_one(conn)
            .await?
        }
        Direction::From => {
            sqlx::query_scalar!(
                r#"-- count relations from
                select count(*) as "count!" from metadata.relations
                where tenant_id = metadata.current_tenant() and table_id = $1"#,
                table_id
            )
            .fetch_one(conn)
            .await?
        }
    };
    Ok(count)
}
