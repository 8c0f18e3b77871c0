//! The store: migrations, logins, and that tenants are isolated from each other.

mod bound;
mod given_up;
mod isolation;
mod migrations;
mod policies;
mod schema;

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};

/// A table of ours that has rows of tenants.
#[derive(Debug, Clone)]
struct TenantTable {
    /// metadata or manager.
    schema: String,
    /// Its name.
    name: String,
}

impl TenantTable {
    fn qualified(&self) -> String {
        format!("{}.{}", self.schema, self.name)
    }
}

/// All tables with a column `tenant_id`, from the server's own catalog.
async fn tenant_tables(connection: &mut PgConnection) -> Vec<TenantTable> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "select n.nspname::text, c.relname::text from pg_class c
         join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
         where n.nspname in ('metadata', 'manager') and c.relkind in ('r', 'p')
         order by 1, 2",
    )
    .fetch_all(connection)
    .await
    .expect("the list of tables");
    rows.into_iter()
        .map(|(schema, name)| TenantTable { schema, name })
        .collect()
}

/// Binds the session to a tenant, as a transaction would be: '' is what a transaction leaves behind.
async fn bind(connection: &mut PgConnection, tenant: &str) {
    sqlx::query("select set_config('app.tenant_id', $1, false)")
        .bind(tenant)
        .execute(connection)
        .await
        .expect("anybody may set it");
}

async fn count(connection: &mut PgConnection, from: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {from}")))
        .fetch_one(connection)
        .await
        .unwrap_or_else(|error| panic!("{from}: {error}"))
}

/// What the server says to statements that it must refuse.
async fn refusal(connection: &mut PgConnection, sql: &str) -> String {
    let mut tx = connection.begin().await.expect("a transaction");
    match sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut *tx)
        .await
    {
        Ok(_) => panic!("this was not refused: {sql}"),
        Err(error) => error.to_string(),
    }
}
