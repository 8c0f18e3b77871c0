//! Both services, with one of everything for each of two tenants.

use models::{Role, TenantId};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use test_support::{
    Answer, Api, Installation, Manager, Meta, Server, Source, TENANT, eventually, unique,
};

use super::lines::Line;

/// The other tenant.
pub(super) const OTHER: TenantId = TenantId(2);
/// A job that nobody has.
const NO_JOB: &str = "019e0000-0000-7000-8000-000000000000";
/// What makes an id one that nobody has, with as many digits.
const BEYOND: i64 = 2_000_000_000_000;

/// Ids that nothing else looks like, so that they can be told apart from sizes and counts.
const NUMBERS: &str = "
    do $$
    declare
        one record;
        first bigint := 7100000000001;
    begin
        for one in select schemaname, sequencename from pg_sequences
            where schemaname in ('metadata', 'manager') and data_type = 'bigint'::regtype
        loop
            execute format('alter sequence %I.%I restart with %s', one.schemaname, one.sequencename, first);
            first := first + 1000000;
        end loop;
    end
    $$";

/// Both services, which run no jobs any more.
pub(super) struct Place {
    pub(super) meta: Meta,
    pub(super) manager: Manager,
    /// Of [`TENANT`].
    pub(super) ours: Holding,
    /// Of [`OTHER`].
    pub(super) theirs: Holding,
}

/// What a tenant has.
pub(super) struct Holding {
    pub(super) tenant: TenantId,
    /// A word in the names of all that it has.
    pub(super) word: String,
    values: Vec<(&'static str, String)>,
    source: Source,
}

impl Place {
    pub(super) async fn new() -> Self {
        let installation = Installation::new().await;
        let mut admin = installation.store().admin().await;
        sqlx::raw_sql(NUMBERS)
            .execute(&mut admin)
            .await
            .expect("sequences");
        let meta = installation.meta().await;
        let manager = installation.manager(&meta.url).await;
        let (ours, theirs) = tokio::join!(
            Holding::new(&meta, &manager, TENANT, "ours"),
            Holding::new(&meta, &manager, OTHER, "theirs")
        );
        manager.stop().await;
        meta.stop().await;
        let workers = ("META__WORKERS__CONCURRENCY", "0");
        // Every route by every credential that is none is more guesses than a network may make at once.
        let guesses = ("META__SERVER__REQUESTS_PER_SECOND", "0");
        let meta = installation.meta_with(&[workers, guesses]).await;
        let guesses = ("MANAGER__SERVER__REQUESTS_PER_SECOND", "0");
        let manager = installation.manager_with(&meta.url, &[guesses]).await;
        Self {
            meta,
            manager,
            ours,
            theirs,
        }
    }

    /// The clients of both services by the tokens of a user.
    pub(super) fn users(&self, tenant: TenantId, role: Role) -> [Api; 2] {
        self.bearers(Some(self.meta.installation.token(tenant, role)))
    }

    /// The clients of both services by a token: `meta`, then `manager`.
    pub(super) fn bearers(&self, token: Option<String>) -> [Api; 2] {
        let installation = &self.meta.installation;
        let meta = installation.api(&self.meta.url, token.clone());
        [meta, installation.api(&self.manager.url, token)]
    }
}

/// Asks what a line asks for, with these values.
pub(super) async fn ask(api: &Api, line: &Line, value: impl Fn(&str) -> String) -> Answer {
    let (address, body) = line.filled(value);
    api.send(line.method.clone(), &address, body.as_ref()).await
}

/// What is named by a word: of a data source there are several.
pub(super) fn group(word: &str) -> &str {
    match word {
        "datasource_name" | "database_name" | "table_name" | "passed_on" | "passed_on_test" => {
            "datasource"
        }
        "other_table" => "table",
        word => word,
    }
}

impl Holding {
    async fn new(meta: &Meta, manager: &Manager, tenant: TenantId, word: &str) -> Self {
        let word = unique(word).replace('_', "");
        let source = Source::create(Server::Postgres).await;
        let tables = format!(
            "create table {word}_customers (id int primary key);
             create table {word}_orders (id int primary key, {word}_of int references {word}_customers (id));
             create view {word}_view as select id from {word}_orders;
             create sequence {word}_numbers;"
        );
        source.execute(&tables).await;
        // For previews.
        let reader = &source.username;
        let grant = format!(
            "grant usage on schema public to {reader};
             grant select on all tables in schema public to {reader}"
        );
        source.execute(&grant).await;
        let mut holding = Self {
            tenant,
            word,
            values: Vec::new(),
            source,
        };
        let (api, desk) = (
            meta.user(tenant, Role::Admin),
            manager.user(tenant, Role::Admin),
        );
        holding.read(&api).await;
        holding.manage(&desk, &api).await;
        holding.pipe(&api).await;
        let key = json!({ "name": holding.word, "role": "viewer" });
        let key = api.post("/api/metadata/auth/keys", &key).await.expect(201);
        let itself = key["key"].as_str().expect("a text").to_owned();
        holding
            .values
            .extend([("key", key["id"].to_string()), ("key_itself", itself)]);
        holding
    }

    /// Registers a source that is read twice, with a change in between, and one that cannot be reached.
    async fn read(&mut self, api: &Api) {
        let (word, database) = (&self.word, self.source.database.clone());
        let elsewhere = json!({
            "name": format!("{word}-elsewhere"), "datasource_type": "mysql", "host": format!("{word}.invalid"),
            "port": 1, "username": "u", "password": "p",
        });
        let elsewhere = api
            .post("/api/metadata/datasources", &elsewhere)
            .await
            .expect(201);
        let name = format!("{word}-source");
        let mut body = self.source.registration(&name);
        body["options"] = json!({ "include_databases": [database] });
        let created = api
            .post("/api/metadata/datasources", &body)
            .await
            .expect(201);
        assert_eq!(ended(api, &created["sync_id"]).await, "SUCCESS");
        let id = created["datasource"]["id"].to_string();
        let request = json!({ "resource_id": created["datasource"]["id"], "database": database });
        let mut scan = Value::Null;
        for more in ["select 1", "alter table {} add column added int"] {
            let more = more.replace("{}", &format!("{word}_orders"));
            self.source.execute(&more).await;
            scan = api
                .post("/api/metadata/scan/deep", &request)
                .await
                .expect(202);
            assert_eq!(ended(api, &scan["scan_id"]).await, "SUCCESS");
        }
        assert_eq!(ended(api, &elsewhere["sync_id"]).await, "FAILED");
        let table = format!("{word}_orders");
        self.values.extend([
            ("passed_on", format!("datasources/{id}")),
            ("passed_on_test", format!("datasources/{id}/test")),
            ("datasource_name", name),
            ("database_name", database.clone()),
            ("table_name", table.clone()),
            ("scan", scan["scan_id"].to_string()),
            ("job", scan["job_id"].as_str().expect("an id").to_owned()),
        ]);
        let query = format!("databases?resource_id={id}&name={database}");
        let database = self.find(api, "database", &query).await;
        self.find(
            api,
            "table",
            &format!("tables?database_id={database}&name={table}"),
        )
        .await;
        let query = format!("fields?table_id={}", self.value("table"));
        self.find(api, "field", &query).await;
        self.find(api, "object", &format!("objects?database_id={database}"))
            .await;
        self.values.push(("datasource", id));
    }

    /// Manages a table, for which `manager` makes a schedule.
    async fn manage(&mut self, desk: &Api, api: &Api) {
        let id: i64 = self.value("datasource").parse().expect("a number");
        let request = json!({
            "resource_id": id, "database": self.value("database_name"), "tables": [self.value("table_name")],
        });
        let managed = desk.post("/api/manager/manage", &request).await.expect(202);
        let object = managed["managed_objects"][0]["id"].to_string();
        let path = format!("/api/manager/managed-objects/{object}");
        eventually("a table to be ready", async || {
            (desk.get(&path).await.expect(200)["status"] == "ready").then_some(())
        })
        .await;
        let path = format!("/api/metadata/schedules?resource_id={id}");
        let schedule = eventually("manager's own schedule", async || {
            let found = api.get(&path).await.expect(200);
            let items = found["items"].as_array().expect("items");
            let kept = items.iter().find(|one| one["origin"] == "manager")?;
            Some(kept["id"].to_string())
        })
        .await;
        self.values
            .extend([("managed_object", object), ("schedule", schedule)]);
    }

    /// Makes a pipeline of two of its tables.
    async fn pipe(&mut self, api: &Api) {
        let query = format!(
            "tables?database_id={}&name={}_customers",
            self.value("database"),
            self.word
        );
        let other = self.find(api, "other_table", &query).await;
        let id = |value: &str| value.parse::<i64>().expect("a number");
        let request = json!({
            "name": format!("{}-pipeline", self.word), "sync_table_id": id(&self.value("table")),
            "biz_table_id": id(&other), "fill": { "kind": "external" }, "etl": { "kind": "external" },
            "delta": { "method": "count" },
        });
        let made = api
            .post("/api/metadata/pipelines", &request)
            .await
            .expect(201);
        self.values.push(("pipeline", made["id"].to_string()));
    }

    /// Keeps the id of the first of a list under this word.
    async fn find(&mut self, api: &Api, word: &'static str, query: &str) -> String {
        let found = api.get(&format!("/api/metadata/{query}")).await.expect(200);
        let id = found["items"][0]["id"].to_string();
        self.values.push((word, id.clone()));
        id
    }

    /// What it has under a word of the lines.
    pub(super) fn value(&self, word: &str) -> String {
        if word == "new" {
            return unique("new");
        }
        let found = self.values.iter().find(|(known, _)| *known == word);
        let (_, value) =
            found.unwrap_or_else(|| panic!("teach tests/it/isolation/place.rs what {word} is"));
        value.clone()
    }

    /// A value as [`Holding::value`] that nobody has, with as many characters.
    pub(super) fn absent(&self, word: &str) -> String {
        let value = self.value(word);
        match word {
            "job" => NO_JOB.to_owned(),
            "passed_on" | "passed_on_test" => {
                let id = self.value("datasource");
                value.replace(&id, &self.absent("datasource"))
            }
            _ => match value.parse::<i64>() {
                Ok(id) => (id + BEYOND).to_string(),
                Err(_) => value
                    .chars()
                    .rev()
                    .map(|it| if it == '-' { '_' } else { it })
                    .collect(),
            },
        }
    }

    /// What no other tenant may ever see: its word, its database, its ids.
    pub(super) fn secrets(&self) -> Vec<String> {
        let ids = self.values.iter().map(|(_, value)| value);
        let ids = ids.filter(|value| value.parse::<i64>().is_ok() || value.len() == NO_JOB.len());
        let names = [&self.word, &self.source.database];
        ids.chain(names).cloned().collect()
    }

    /// Fails where a text has something of this tenant.
    #[track_caller]
    pub(super) fn assert_not_in(&self, text: &str, what: &str) {
        for secret in self.secrets() {
            assert!(!text.contains(&secret), "{what} tells {secret}: {text}");
        }
    }
}

/// How a sync or scan ended.
async fn ended(api: &Api, scan: &Value) -> Value {
    let path = format!("/api/metadata/scan/status/{scan}");
    eventually("the end of a scan", async || {
        let status = api.get(&path).await.expect(200)["status"].take();
        (status != "QUEUED" && status != "RUNNING").then_some(status)
    })
    .await
}

/// The texts that a statement finds in the store.
pub(super) async fn texts(place: &Place, sql: &str) -> Vec<String> {
    let mut admin = place.meta.installation.store().admin().await;
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
        .fetch_all(&mut admin)
        .await
        .expect("the store answers")
}
