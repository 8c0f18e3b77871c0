//! What databases hold besides tables: schemas, routines, sequences, extensions, types.

use db::StoreError;
use models::database_object::{DatabaseObject, ObjectDetails};
use sqlx::PgConnection;
use sqlx::types::Json;

/// Which objects a list shows.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Filter {
    /// The database.
    pub database_id: i64,
    /// Only this kind.
    pub kind: Option<String>,
    /// Only this schema.
    pub schema: Option<String>,
    /// Only names that contain this, upper and lower case alike.
    pub q: Option<String>,
    /// Also those that are gone.
    pub include_removed: bool,
}

/// Where a page of objects begins: after this kind, schema, name and id.
pub type After = (String, String, String, i64);

struct Row {
    id: i64,
    database_id: i64,
    object_kind: String,
    object_schema: String,
    object_name: String,
    signature: String,
    owner: Option<String>,
    object_comment: Option<String>,
    definition: Option<String>,
    details: Json<ObjectDetails>,
    removed_at: Option<chrono::DateTime<chrono::Utc>>,
    created_at: chrono::DateTime<chrono::Utc>,
    updated_at: chrono::DateTime<chrono::Utc>,
}

impl Row {
    fn object(self) -> DatabaseObject {
        DatabaseObject {
            id: self.id,
            database_id: self.database_id,
            object_kind: self.object_kind,
            object_schema: self.object_schema,
            object_name: self.object_name,
            signature: self.signature,
            owner: self.owner,
            object_comment: self.object_comment,
            definition: self.definition,
            details: self.details.0,
            removed_at: self.removed_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

/// The objects of a database by kind, schema and name.
pub async fn list(
    conn: &mut PgConnection,
    filter: &Filter,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<DatabaseObject>, StoreError> {
    let rows = sqlx::query_as!(
        Row,
        r#"-- list database objects
        select id, database_id, object_kind, object_schema, object_name, signature, owner, object_comment, definition,
            details as "details: Json<ObjectDetails>", removed_at, created_at, updated_at
        from metadata.database_objects
        where tenant_id = metadata.current_tenant() and database_id = $1
          and ($2::text is null or object_kind = $2)
          and ($3::text is null or object_schema = $3)
          and ($4::text is null or position(lower($4) in lower(object_name)) > 0)
          and ($5 or removed_at is null)
          and ($6::text is null or (object_kind, object_schema, object_name, id) > ($6, $7, $8, $9))
        order by object_kind, object_schema, object_name, id
        limit $10"#,
        filter.database_id,
        filter.kind,
        filter.schema,
        filter.q,
        filter.include_removed,
        after.map(|after| after.0.as_str()),
        after.map(|after| after.1.as_str()),
        after.map(|after| after.2.as_str()),
        after.map(|after| after.3),
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Row::object).collect())
}

/// How many objects a list has.
pub async fn count(conn: &mut PgConnection, filter: &Filter) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"-- count database objects
        select count(*) as "count!"
        from metadata.database_objects
        where tenant_id = metadata.current_tenant() and database_id = $1
          and ($2::text is null or object_kind = $2)
          and ($3::text is null or object_schema = $3)
          and ($4::text is null or position(lower($4) in lower(object_name)) > 0)
          and ($5 or removed_at is null)"#,
        filter.database_id,
        filter.kind,
        filter.schema,
        filter.q,
        filter.include_removed
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}

/// One object; None when the tenant has no such one.
pub async fn get(conn: &mut PgConnection, id: i64) -> Result<Option<DatabaseObject>, StoreError> {
    let row = sqlx::query_as!(
        Row,
        r#"-- get database object
        select id, database_id, object_kind, object_schema, object_name, signature, owner, object_comment, definition,
            details as "details: Json<ObjectDetails>", removed_at, created_at, updated_at
        from metadata.database_objects
        where tenant_id = metadata.current_tenant() and id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Row::object))
}
