//! A small database that is the same on every server, registered and scanned.

use serde_json::{Value, json};
use test_support::{Installation, Meta, Server, Source};

/// Three relations with eleven columns: 3 + 4 + 4.
pub(super) const SHOP: &str = "
    create table customers (id int primary key, name varchar(40) not null, email varchar(80));
    create unique index customers_email on customers (email);
    create table orders (
        id int primary key,
        customer int not null,
        total decimal(10, 2) default 0,
        placed timestamp not null default current_timestamp,
        constraint orders_customer foreign key (customer) references customers (id) on delete cascade
    );
    create index orders_placed on orders (placed, customer);
    create view big_orders as select id, customer, total, placed from orders where total > 100;";

/// A `meta` with one registered source.
#[derive(Debug)]
pub(super) struct Shop {
    pub(super) meta: Meta,
    pub(super) source: Source,
    /// The source's id.
    pub(super) id: i64,
}

impl Shop {
    /// Registered: level 1 has run.
    pub(super) async fn registered(server: Server) -> Self {
        let source = Source::create(server).await;
        source.execute(SHOP).await;
        let meta = Installation::new().await.meta().await;
        let id = meta.register(&source).await;
        Self { meta, source, id }
    }

    /// Level 2 has run as well.
    pub(super) async fn scanned(server: Server) -> Self {
        let shop = Self::registered(server).await;
        let status = shop.scan().await;
        assert_eq!(status["status"], "SUCCESS", "{status}");
        shop
    }

    /// The request for a deep scan of the database.
    pub(super) fn request(&self) -> Value {
        json!({ "resource_id": self.id, "database": self.source.database })
    }

    /// Scans the database and answers with the status document at the end.
    pub(super) async fn scan(&self) -> Value {
        self.meta.scan(&self.request()).await
    }

    /// A page of a list of the API.
    pub(super) async fn list(&self, path: &str) -> Vec<Value> {
        let page = self
            .meta
            .admin()
            .get(&format!("/api/metadata/{path}"))
            .await
            .expect(200);
        page["items"].as_array().expect("items").clone()
    }

    /// The database as the list shows it.
    pub(super) async fn database(&self, name: &str) -> Value {
        let found = self
            .list(&format!("databases?resource_id={}&name={name}", self.id))
            .await;
        assert_eq!(found.len(), 1, "one database {name}: {found:?}");
        found[0].clone()
    }

    /// The living tables of the source's own database.
    pub(super) async fn tables(&self) -> Vec<Value> {
        let database = self.database(&self.source.database).await;
        self.list(&format!("tables?database_id={}&limit=500", database["id"]))
            .await
    }

    /// The table of this name.
    pub(super) async fn table(&self, name: &str) -> Value {
        let tables = self.tables().await;
        let table = tables.iter().find(|table| table["table_name"] == name);
        table
            .unwrap_or_else(|| panic!("no table {name} in {tables:?}"))
            .clone()
    }

    /// The living fields of the table of this name.
    pub(super) async fn fields(&self, table: &str) -> Vec<Value> {
        let table = self.table(table).await;
        self.list(&format!("fields?table_id={}&limit=500", table["id"]))
            .await
    }

    /// All living tables and fields without their times: the catalog's content.
    pub(super) async fn catalog(&self) -> Vec<Value> {
        let mut content = Vec::new();
        for table in self.tables().await {
            content.extend(
                self.list(&format!("fields?table_id={}&limit=500", table["id"]))
                    .await,
            );
            content.push(table);
        }
        content
    }
}

/// The texts under a key of each item.
pub(super) fn texts<'a>(items: &'a [Value], key: &str) -> Vec<&'a str> {
    items
        .iter()
        .map(|item| {
            item[key]
                .as_str()
                .unwrap_or_else(|| panic!("no text {key} in {item}"))
        })
        .collect()
}
