//! The catalog as a tree, one level at a time.

use catalog::{databases, datasources, fields, tables, tree};
use db::Connection;
use models::TenantId;
use models::database::Database;
use models::datasource::{Datasource, Engine};
use models::field::Field;
use models::page::Page;
use models::table::Table;
use models::tree::{TreeId, TreeKind, TreeNode};
use service_kit::paging::{List, PageParams, page};

use super::Service;
use crate::error::Error;

/// What is asked of a level: below which entry, which names, with or without what is gone, which page.
struct Level<'a> {
    list: List,
    q: Option<&'a str>,
    include_removed: bool,
    params: &'a PageParams,
}

impl Service {
    /// The entries below `parent`; the data sources when it is None.
    pub(crate) async fn tree(
        &self,
        tenant: TenantId,
        parent: Option<TreeId>,
        q: Option<&str>,
        include_removed: bool,
        params: &PageParams,
    ) -> Result<Page<TreeNode>, Error> {
        let name = parent.as_ref().map(ToString::to_string);
        let level = Level {
            list: List::new("tree", &(name, q, include_removed)),
            q,
            include_removed,
            params,
        };
        let mut tx = self.store.begin(tenant).await?;
        match parent {
            None => level.datasources(&mut tx).await,
            Some(TreeId::Datasource(id)) => level.databases(&mut tx, id).await,
            Some(TreeId::Database(id)) => match engine_of(&mut tx, id).await? {
                Engine::Postgresql => level.schemas(&mut tx, id).await,
                Engine::Mysql => level.tables(&mut tx, id, String::new()).await,
            },
            Some(TreeId::Schema(id, schema)) => level.tables(&mut tx, id, schema).await,
            Some(TreeId::Table(id)) => level.fields(&mut tx, id).await,
            // A leaf.
            Some(TreeId::Field(_)) => Ok(Page {
                items: Vec::new(),
                next_cursor: None,
                total: None,
            }),
        }
    }
}

/// What a database lies on.
async fn engine_of(conn: &mut Connection, database: i64) -> Result<Engine, Error> {
    let absent = || Error::database_not_found(database);
    let database = databases::get(conn, database).await?.ok_or_else(absent)?;
    let datasource = datasources::get(conn, database.datasource_id).await?;
    Ok(datasource.ok_or_else(absent)?.datasource_type)
}

impl Level<'_> {
    async fn datasources(&self, conn: &mut Connection) -> Result<Page<TreeNode>, Error> {
        let after: Option<String> = self.params.after(&self.list)?;
        let found = datasources::list(conn, self.q, after.as_deref(), self.params.fetch()).await?;
        let ids: Vec<i64> = found.iter().map(|datasource| datasource.id).collect();
        let counts = tree::databases_of(conn, &ids).await?;
        let key = |last: &Datasource| last.datasource_name.clone();
        let found = page(found, self.params, &self.list, key);
        Ok(nodes(found, |datasource| TreeNode {
            id: TreeId::Datasource(datasource.id).to_string(),
            kind: TreeKind::Datasource,
            // Before the first sync nobody knows.
            child_count: datasource
                .last_sync_at
                .map(|_| counts.get(&datasource.id).copied().unwrap_or_default()),
            catalog_id: Some(datasource.id),
            name: datasource.datasource_name,
            label: Some(
                datasource
                    .flavor
                    .unwrap_or_else(|| datasource.datasource_type.as_str().to_owned()),
            ),
            removed_at: None,
        }))
    }

    async fn databases(
        &self,
        conn: &mut Connection,
        datasource: i64,
    ) -> Result<Page<TreeNode>, Error> {
        let after: Option<String> = self.params.after(&self.list)?;
        let parent = datasources::get(conn, datasource).await?;
        let parent = parent.ok_or_else(|| Error::datasource_not_found(datasource))?;
        let filter = databases::Filter {
            datasource_id: datasource,
            q: self.q.map(str::to_owned),
            include_removed: self.include_removed,
            ..databases::Filter::default()
        };
        let found = databases::list(conn, &filter, after.as_deref(), self.params.fetch()).await?;
        let ids: Vec<i64> = found.iter().map(|database| database.id).collect();
        let counts = tree::contents_of(conn, &ids).await?;
        let key = |last: &Database| last.database_name.clone();
        let found = page(found, self.params, &self.list, key);
        Ok(nodes(found, |database| {
            let (tables, schemas) = counts.get(&database.id).copied().unwrap_or_default();
            let below = match parent.datasource_type {
                Engine::Postgresql => schemas,
                Engine::Mysql => tables,
            };
            TreeNode {
                id: TreeId::Database(database.id).to_string(),
                kind: TreeKind::Database,
                // Nothing is known of a database that nobody has scanned.
                child_count: (database.is_scanned || below > 0).then_some(below),
                catalog_id: Some(database.id),
                label: database.inaccessible_reason.or(database.charset),
                name: database.database_name,
                removed_at: database.removed_at,
            }
        }))
    }

    async fn schemas(&self, conn: &mut Connection, database: i64) -> Result<Page<TreeNode>, Error> {
        let after: Option<String> = self.params.after(&self.list)?;
        let found = tree::schemas(
            conn,
            database,
            self.q,
            self.include_removed,
            after.as_deref(),
            self.params.fetch(),
        )
        .await?;
        let key = |last: &tree::Schema| last.name.clone();
        let found = page(found, self.params, &self.list, key);
        Ok(nodes(found, |schema| TreeNode {
            id: TreeId::Schema(database, schema.name.clone()).to_string(),
            kind: TreeKind::Schema,
            name: schema.name,
            label: None,
            child_count: Some(schema.tables),
            catalog_id: None,
            removed_at: schema.removed_at,
        }))
    }

    async fn tables(
        &self,
        conn: &mut Connection,
        database: i64,
        schema: String,
    ) -> Result<Page<TreeNode>, Error> {
        let after: Option<tables::After> = self.params.after(&self.list)?;
        let filter = tables::Filter {
            database_id: database,
            schema: Some(schema),
            q: self.q.map(str::to_owned),
            include_removed: self.include_removed,
            ..tables::Filter::default()
        };
        let found = tables::list(conn, &filter, after.as_ref(), self.params.fetch()).await?;
        if found.is_empty() && databases::get(conn, database).await?.is_none() {
            return Err(Error::database_not_found(database));
        }
        let key = |last: &Table| (last.table_schema.clone(), last.table_name.clone(), last.id);
        let found = page(found, self.params, &self.list, key);
        Ok(nodes(found, |table| TreeNode {
            id: TreeId::Table(table.id).to_string(),
            kind: TreeKind::Table,
            name: table.table_name,
            label: Some(table.table_type),
            child_count: table.is_scanned.then_some(i64::from(table.field_count)),
            catalog_id: Some(table.id),
            removed_at: table.removed_at,
        }))
    }

    async fn fields(&self, conn: &mut Connection, table: i64) -> Result<Page<TreeNode>, Error> {
        let after: Option<fields::After> = self.params.after(&self.list)?;
        let filter = fields::Filter {
            q: self.q,
            include_removed: self.include_removed,
        };
        let found = fields::list(conn, table, filter, after, self.params.fetch()).await?;
        if found.is_empty() && !tables::exists(conn, table).await? {
            return Err(Error::table_not_found(table));
        }
        let key = |last: &Field| (last.field_position, last.id);
        let found = page(found, self.params, &self.list, key);
        Ok(nodes(found, |field| TreeNode {
            id: TreeId::Field(field.id).to_string(),
            kind: TreeKind::Field,
            name: field.field_name,
            label: Some(field.column_type),
            child_count: Some(0),
            catalog_id: Some(field.id),
            removed_at: field.removed_at,
        }))
    }
}

fn nodes<T>(page: Page<T>, node: impl FnMut(T) -> TreeNode) -> Page<TreeNode> {
    Page {
        items: page.items.into_iter().map(node).collect(),
        next_cursor: page.next_cursor,
        total: None,
    }
}
