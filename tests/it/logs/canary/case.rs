//! Both services, a password, and all that was said.

use std::cell::RefCell;

use models::Role;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use test_support::{
    Answer, Api, Canary, Folder, Installation, Program, Source, TENANT, eventually,
};

use super::SOURCES;

/// The variable of the environment of `meta`, and the file.
const VARIABLE: &str = "SOURCE_PASSWORD";
const FILE: &str = "shop/password";

/// How a service comes by a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Given,
    Variable,
    File,
}

/// Both services, and all that they have answered.
pub(super) struct Case {
    pub(super) way: Way,
    pub(super) canary: Canary,
    pub(super) installation: Installation,
    pub(super) meta: Program,
    pub(super) manager: Program,
    pub(super) api: Api,
    folder: Folder,
    /// What was said, and by whom where that has ended.
    said: RefCell<Vec<String>>,
}

impl Case {
    pub(super) async fn new(way: Way, canary: Canary) -> Self {
        let installation = Installation::new().await;
        let folder = Folder::new();
        let mut settings = vec![
            ("META__SECRETS__ALLOW_ENV", "SOURCE_*"),
            ("META__SECRETS__ALLOW_FILES_IN", folder.path()),
        ];
        match way {
            Way::Given => {}
            Way::Variable => settings.push((VARIABLE, &canary.password)),
            Way::File => folder.write(FILE, &format!("{}\n", canary.password)),
        }
        let meta = installation.meta_program_with("trace", &settings).await;
        // What may pass fails a job at once.
        installation.only_one_attempt().await;
        let manager = installation.manager_program(&meta.url, "trace").await;
        let api = manager.api(&installation, installation.token(TENANT, Role::Admin));
        Self {
            way,
            canary,
            installation,
            meta,
            manager,
            api,
            folder,
            said: RefCell::default(),
        }
    }

    /// The members of a body that say what the password is.
    pub(super) fn credential(&self) -> Value {
        match self.way {
            Way::Given => json!({ "password": self.canary.password }),
            Way::Variable => json!({ "password_from": format!("env:{VARIABLE}") }),
            Way::File => {
                json!({ "password_from": format!("file:{}", self.folder.file(FILE)) })
            }
        }
    }

    /// The body of a request that registers a source.
    pub(super) fn registration(&self, source: &Source, name: &str) -> Value {
        let mut body = source.registration(name);
        body.as_object_mut().expect("an object").remove("password");
        merge(&mut body, &self.credential());
        body
    }

    pub(super) fn note(&self, answer: Answer) -> Answer {
        let headers = format!("{:?}", answer.headers);
        let said = format!("{} {headers} {}", answer.request, answer.text);
        self.said.borrow_mut().push(said);
        answer
    }

    pub(super) async fn get(&self, path: &str) -> Value {
        self.note(self.api.get(path).await).expect(200)
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.note(self.api.post(path, body).await)
    }

    /// How a sync or a scan ended.
    pub(super) async fn ended(&self, scan_id: &Value) -> Value {
        let path = format!("/api/metadata/scan/status/{scan_id}");
        eventually("the end of a scan", async || {
            let status = self.api.get(&path).await.expect(200);
            let active = matches!(status["status"].as_str(), Some("QUEUED" | "RUNNING"));
            (!active).then_some(())
        })
        .await;
        self.get(&path).await
    }

    /// Looks at all processes. The variable was given to `meta` on purpose.
    pub(super) fn look_at_processes(&self) {
        let given = [self.meta.pid()];
        let given = if self.way == Way::Variable {
            &given[..]
        } else {
            &[]
        };
        self.canary.assert_in_no_process(given);
    }

    /// Puts another `meta` in the place of the one that is there, which has been ended.
    pub(super) fn replace_meta(&mut self, meta: Program) {
        self.said.borrow_mut().push(self.meta.log());
        self.api = meta.api(
            &self.installation,
            self.installation.token(TENANT, Role::Admin),
        );
        self.meta = meta;
    }

    /// Everything that can be asked for afterwards, and the rows of the store.
    pub(super) async fn read_everything(&self) {
        for list in [
            "datasources",
            "jobs",
            "sync-logs",
            "tree",
            "changes?resource_id=1",
        ] {
            let list = self.get(&format!("/api/metadata/{list}")).await;
            for item in list["items"].as_array().expect("items") {
                if let Some(job) = item["job_id"].as_str() {
                    let _ = self.get(&format!("/api/metadata/jobs/{job}")).await;
                }
            }
        }
        for service in [&self.meta, &self.manager] {
            let metrics = self
                .installation
                .api(&service.url, None)
                .get("/metrics")
                .await;
            assert!(metrics.text.contains("/api/m"), "{}", metrics.text);
            let _ = self.note(metrics);
        }
        let manager = self.manager.api(
            &self.installation,
            self.installation.token(TENANT, Role::Admin),
        );
        for list in ["managed-objects", "datasources"] {
            let _ = self.note(manager.get(&format!("/api/manager/{list}")).await);
        }
        let mut admin = self.installation.store().admin().await;
        let tables: Vec<String> = sqlx::query_scalar(
            "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname in ('metadata', 'manager', 'graphile_worker') and c.relkind in ('r', 'p')",
        )
        .fetch_all(&mut admin)
        .await
        .expect("the list of tables");
        for table in tables {
            let sql = AssertSqlSafe(format!("select to_jsonb(t)::text from {table} t"));
            let rows: Vec<String> = sqlx::query_scalar(sql)
                .fetch_all(&mut admin)
                .await
                .expect("rows");
            self.said.borrow_mut().extend(rows);
        }
    }

    /// Looks for the password in all that was said.
    pub(super) fn assert_absent(&self) {
        for said in self.said.take() {
            self.canary.assert_absent("what was said", &said);
        }
        for (program, route) in [
            (&self.meta, SOURCES),
            (&self.manager, "/api/metadata/{*path}"),
        ] {
            let log = program.log();
            assert!(
                log.contains(route) && log.contains("\"level\":\"DEBUG\""),
                "the log was kept"
            );
            self.canary.assert_absent("a log", &log);
        }
    }
}

pub(super) fn merge(body: &mut Value, change: &Value) {
    for (key, value) in change.as_object().expect("an object") {
        body[key] = value.clone();
    }
}
