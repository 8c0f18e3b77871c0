//! What the catalog says of what pipelines name.

use std::collections::{HashMap, HashSet};

use db::StoreError;
use models::datasource::Engine;
use models::details::TableDetails;
use models::pipeline::PipelineTable;
use sqlx::PgConnection;
use sqlx::types::Json;

/// A table, as far as a pipeline asks.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each with its name"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFacts {
    /// Its names.
    pub names: PipelineTable,
    /// What its server speaks.
    pub engine: Engine,
    /// TABLE, VIEW, ...
    pub table_type: String,
    /// Whether the catalog has its columns.
    pub is_scanned: bool,
    /// Whether it or its database is gone from the server.
    pub is_removed: bool,
    /// Whether its data source is paused.
    pub is_source_paused: bool,
    /// Whether its data source may be written.
    pub is_source_writable: bool,
    /// The columns of its primary key and of its unique indexes.
    pub unique: Vec<Vec<String>>,
}

/// A living column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnFacts {
    /// The neutral type.
    pub data_type: String,
    /// The type as the server prints it.
    pub column_type: String,
    /// Whether the server computes it.
    pub is_generated: bool,
}

/// A data source that a fill reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFacts {
    /// Its name.
    pub name: String,
    /// Whether it is paused.
    pub is_paused: bool,
    /// Those of the databases that were asked for that it has.
    pub databases: HashSet<String>,
}

/// All of it, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The tables.
    pub tables: HashMap<i64, TableFacts>,
    /// The columns, by table and name.
    pub columns: HashMap<(i64, String), ColumnFacts>,
    /// The data sources.
    pub sources: HashMap<i64, SourceFacts>,
}

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Tables.
    pub tables: Vec<i64>,
    /// Columns, by table and name.
    pub columns: Vec<(i64, String)>,
    /// Databases, by data source and name.
    pub databases: Vec<(i64, String)>,
}

/// Reads what the catalog says, in three statements however much is asked for.
pub async fn facts(conn: &mut PgConnection, wanted: &Wanted) -> Result<Facts, StoreError> {
    Ok(Facts {
        tables: tables(&mut *conn, &wanted.tables).await?,
        columns: columns(&mut *conn, &wanted.columns).await?,
        sources: sources(conn, &wanted.databases).await?,
    })
}

async fn tables(
    conn: &mut PgConnection,
    ids: &[i64],
) -> Result<HashMap<i64, TableFacts>, StoreError> {
    let rows = sqlx::query!(
        r#"-- tables of pipelines
        select t.id, s.id as datasource_id, s.datasource_name, s.datasource_type, s.paused, d.database_name,
            t.table_schema, t.table_name, t.table_type, t.is_scanned, t.details as "details: Json<TableDetails>",
            t.removed_at is not null or d.removed_at is not null as "is_removed!",
            coalesce((s.options ->> 'writable')::boolean, false) as "is_writable!"
        from metadata.tables t
        join metadata.databases d on d.tenant_id = t.tenant_id and d.id = t.database_id
        join metadata.datasources s on s.tenant_id = d.tenant_id and s.id = d.datasource_id
        where t.tenant_id = metadata.current_tenant() and t.id = any($1)"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    let facts = rows.into_iter().map(|row| {
        let facts = TableFacts {
            names: PipelineTable {
                id: row.id,
                datasource_id: row.datasource_id,
                datasource_name: row.datasource_name,
                database_name: row.database_name,
                table_schema: row.table_schema,
                table_name: row.table_name,
            },
            engine: Engine::parse(&row.datasource_type)
                .expect("a check constraint allows these words only"),
            table_type: row.table_type,
            is_scanned: row.is_scanned,
            is_removed: row.is_removed,
            is_source_paused: row.paused,
            is_source_writable: row.is_writable,
            unique: row.details.0.unique_columns(),
        };
        (row.id, facts)
    });
    Ok(facts.collect())
}

async fn columns(
    conn: &mut PgConnection,
    wanted: &[(i64, String)],
) -> Result<HashMap<(i64, String), ColumnFacts>, StoreError> {
    let (tables, names): (Vec<i64>, Vec<String>) = wanted.iter().cloned().unzip();
    let rows = sqlx::query!(
        r#"-- columns of pipelines
        select f.table_id, f.field_name, f.data_type, f.column_type,
            f.generation_kind is not null or coalesce(f.identity = 'always', false) as "is_generated!"
        from (select distinct * from unnest($1::bigint[], $2::text[]) u(table_id, field_name)) w
        join metadata.fields f on f.tenant_id = metadata.current_tenant() and f.table_id = w.table_id
            and f.field_name = w.field_name and f.removed_at is null"#,
        &tables,
        &names
    )
    .fetch_all(conn)
    .await?;
    let facts = rows.into_iter().map(|row| {
        let facts = ColumnFacts {
            data_type: row.data_type,
            column_type: row.column_type,
            is_generated: row.is_generated,
        };
        ((row.table_id, row.field_name), facts)
    });
    Ok(facts.collect())
}

async fn sources(
    conn: &mut PgConnection,
    wanted: &[(i64, String)],
) -> Result<HashMap<i64, SourceFacts>, StoreError> {
    let (ids, names): (Vec<i64>, Vec<String>) = wanted.iter().cloned().unzip();
    let rows = sqlx::query!(
        r#"-- datasources of pipelines
        select s.id, s.datasource_name, s.paused, d.database_name as "database_name?"
        from (select distinct * from unnest($1::bigint[], $2::text[]) u(datasource_id, database_name)) w
        join metadata.datasources s on s.tenant_id = metadata.current_tenant() and s.id = w.datasource_id
        left join metadata.databases d on d.tenant_id = s.tenant_id and d.datasource_id = s.id
            and d.database_name = w.database_name and d.removed_at is null"#,
        &ids,
        &names
    )
    .fetch_all(conn)
    .await?;
    let mut sources: HashMap<i64, SourceFacts> = HashMap::new();
    for row in rows {
        let source = sources.entry(row.id).or_insert_with(|| SourceFacts {
            name: row.datasource_name,
            is_paused: row.paused,
            databases: HashSet::new(),
        });
        source.databases.extend(row.database_name);
    }
    Ok(sources)
}
