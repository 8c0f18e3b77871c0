//! One line for each way to ask an operation: who may, what for, and what is answered.
//!
//! Words in angle brackets are what a tenant has, as `place.rs` names it; `<new>` is a name that nobody has yet. What
//! stands for a parameter of the path is one of them, so that a line and its operation are found by each other.

use http::Method;
use models::Role;
use serde_json::Value;

/// One way to ask an operation.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// The least role of a user who may.
    pub(super) role: Role,
    /// Whether a service token will do.
    pub(super) services: bool,
    pub(super) method: Method,
    /// Path and query.
    pub(super) address: &'static str,
    body: &'static str,
    /// What the least of those who may is answered for what is its tenant's own.
    pub(super) answered: u16,
    /// What is answered for ids of another tenant, and for those that nobody has.
    pub(super) for_strangers: u16,
    /// Whether it asks for no credential, since what it is asked with is one.
    pub(super) is_open: bool,
    /// Whether `meta` decides behind `manager`, which asks no more than that the caller is a user.
    pub(super) is_passed_on: bool,
}

fn line(role: Role, operation: &'static str, answered: u16) -> Line {
    let (method, address) = operation.split_once(' ').expect("a method and a path");
    Line {
        role,
        services: false,
        method: method.parse().expect("a method"),
        address,
        body: "",
        answered,
        for_strangers: 404,
        is_open: false,
        is_passed_on: false,
    }
}

fn viewer(operation: &'static str, answered: u16) -> Line {
    line(Role::Viewer, operation, answered)
}

fn operator(operation: &'static str, answered: u16) -> Line {
    line(Role::Operator, operation, answered)
}

fn admin(operation: &'static str, answered: u16) -> Line {
    line(Role::Admin, operation, answered)
}

impl Line {
    fn or_service(mut self) -> Self {
        self.services = true;
        self
    }

    fn body(mut self, body: &'static str) -> Self {
        self.body = body;
        self
    }

    fn for_strangers(mut self, status: u16) -> Self {
        self.for_strangers = status;
        self
    }

    fn open(mut self) -> Self {
        self.is_open = true;
        self
    }

    fn passed_on(mut self) -> Self {
        self.is_passed_on = true;
        self
    }

    /// Whether it is answered with names of databases that a server has, which here both tenants share.
    pub(super) fn asks_a_server(&self) -> bool {
        self.address.ends_with("/test") || self.address.ends_with("<passed_on_test>")
    }

    /// The words in angle brackets that it has.
    pub(super) fn words(&self) -> Vec<&'static str> {
        let texts = [self.address, self.body];
        let parts = texts.into_iter().flat_map(|text| text.split('<').skip(1));
        parts
            .filter_map(|part| part.split_once('>').map(|(word, _)| word))
            .collect()
    }

    /// The address and the body, with what `value` gives for the words in angle brackets.
    pub(super) fn filled(&self, value: impl Fn(&str) -> String) -> (String, Option<Value>) {
        let fill = |text: &str| {
            self.words().iter().fold(text.to_owned(), |text, word| {
                text.replace(&format!("<{word}>"), &value(word))
            })
        };
        let body = (!self.body.is_empty()).then(|| {
            serde_json::from_str(&fill(self.body))
                .unwrap_or_else(|error| panic!("{self:?}: {error}"))
        });
        (fill(self.address), body)
    }

    /// Whether it asks the operation of this method and path, which has names in braces.
    pub(super) fn asks(&self, method: &Method, path: &str) -> bool {
        let own = self.address.split('?').next().unwrap_or_default();
        let (own, theirs): (Vec<&str>, Vec<&str>) =
            (own.split('/').collect(), path.split('/').collect());
        let is_same = |(own, theirs): (&&str, &&str)| {
            own == theirs || (own.starts_with('<') && theirs.starts_with('{'))
        };
        self.method == *method && own.len() == theirs.len() && own.iter().zip(&theirs).all(is_same)
    }

    /// What it is asked with under a name: parameters of its query and members of its body.
    pub(super) fn gives(&self, name: &str) -> bool {
        let (_, query) = self.address.split_once('?').unwrap_or_default();
        query
            .split('&')
            .any(|pair| pair.starts_with(&format!("{name}=")))
            || self.body.contains(&format!("\"{name}\""))
    }
}

/// Those of `meta`.
pub(super) fn of_meta() -> Vec<Line> {
    [
        of_sources(),
        of_the_catalog(),
        of_schedules(),
        of_pipelines(),
        of_work(),
        of_credentials(),
    ]
    .concat()
}

#[rustfmt::skip]
fn of_sources() -> Vec<Line> {
    vec![
        viewer("GET /api/metadata/datasources", 200).or_service(),
        admin("POST /api/metadata/datasources", 201).body(
            r#"{"name": "<new>", "datasource_type": "mysql", "host": "a.invalid", "port": 1,
                "username": "u", "password": "p"}"#),
        admin("POST /api/metadata/datasources/test", 200).body(
            r#"{"datasource_type": "mysql", "host": "db.invalid", "port": 1, "username": "u", "password": "p"}"#),
        viewer("GET /api/metadata/datasources/<datasource>", 200).or_service(),
        admin("PATCH /api/metadata/datasources/<datasource>", 200).body("{}"),
        admin("POST /api/metadata/datasources/<datasource>/test", 200),
        admin("DELETE /api/metadata/datasources/<datasource>?confirm=<datasource_name>", 204),
    ]
}

#[rustfmt::skip]
fn of_the_catalog() -> Vec<Line> {
    vec![
        viewer("GET /api/metadata/databases?resource_id=<datasource>", 200).or_service(),
        viewer("GET /api/metadata/databases/<database>", 200),
        viewer("GET /api/metadata/databases/<database>/table-names", 200),
        viewer("GET /api/metadata/tables?database_id=<database>", 200).or_service(),
        viewer("GET /api/metadata/tables/<table>", 200),
        admin("GET /api/metadata/tables/<table>/preview", 200).or_service(),
        viewer("GET /api/metadata/fields?table_id=<table>", 200),
        viewer("GET /api/metadata/fields/<field>", 200),
        viewer("GET /api/metadata/objects?database_id=<database>", 200),
        viewer("GET /api/metadata/objects/<object>", 200),
        viewer("GET /api/metadata/relations?table_id=<table>", 200),
        viewer("GET /api/metadata/lineage?table_id=<table>", 200),
        viewer("GET /api/metadata/changes?table_id=<table>", 200),
        viewer("GET /api/metadata/changes?database_id=<database>", 200),
        viewer("GET /api/metadata/changes?resource_id=<datasource>", 200),
        viewer("GET /api/metadata/lookup?source=<datasource_name>", 200),
        viewer("GET /api/metadata/lookup?source=<datasource_name>&database=<database_name>", 200),
        viewer("POST /api/metadata/lookup", 200).or_service().for_strangers(200)
            .body(r#"{"database_ids": [<database>], "table_ids": [<table>]}"#),
        viewer("GET /api/metadata/search?q=<table_name>", 200).for_strangers(200),
        viewer("GET /api/metadata/search?q=id&resource_id=<datasource>", 200),
        viewer("GET /api/metadata/tree", 200),
        viewer("GET /api/metadata/tree?parent=datasource-<datasource>", 200),
        viewer("GET /api/metadata/tree?parent=database-<database>", 200),
        viewer("GET /api/metadata/tree?parent=schema-<database>-public", 200),
        viewer("GET /api/metadata/tree?parent=table-<table>", 200),
        // A leaf has nothing below it, whosever it is.
        viewer("GET /api/metadata/tree?parent=field-<field>", 200).for_strangers(200),
    ]
}

#[rustfmt::skip]
fn of_schedules() -> Vec<Line> {
    vec![
        viewer("GET /api/metadata/schedules", 200).or_service(),
        viewer("GET /api/metadata/schedules?resource_id=<datasource>", 200).or_service(),
        viewer("GET /api/metadata/schedules/<schedule>", 200),
        admin("POST /api/metadata/schedules", 201).or_service()
            .body(r#"{"resource_id": <datasource>, "level": 1, "cron": "@daily"}"#),
        admin("PATCH /api/metadata/schedules/<schedule>", 200).or_service().body("{}"),
        admin("DELETE /api/metadata/schedules/<schedule>", 204).or_service(),
    ]
}

#[rustfmt::skip]
fn of_pipelines() -> Vec<Line> {
    vec![
        viewer("GET /api/metadata/pipelines", 200),
        admin("POST /api/metadata/pipelines", 201).for_strangers(422).body(
            r#"{"name": "<new>", "sync_table_id": <table>, "biz_table_id": <other_table>,
                "fill": {"kind": "sql", "resource_id": <datasource>, "database": "<database_name>", "query": "select 1",
                    "key": ["id"]},
                "etl": {"kind": "external"}, "delta": {"method": "count"}}"#),
        viewer("GET /api/metadata/pipelines/<pipeline>", 200),
        // What it names is looked for as when it is made.
        admin("PATCH /api/metadata/pipelines/<pipeline>", 200).body(
            r#"{"sync_table_id": null, "biz_table_id": null, "fill": {"kind": "external", "resource_id": null}}"#),
        // Its fill and its ETL are run outside.
        operator("POST /api/metadata/pipelines/<pipeline>/sync", 409),
        operator("POST /api/metadata/pipelines/<pipeline>/run-etl", 409),
        operator("POST /api/metadata/pipelines/<pipeline>/measure", 202),
        admin("DELETE /api/metadata/pipelines/<pipeline>", 204),
        viewer("GET /api/metadata/overview", 200),
        viewer("GET /api/metadata/overview/groups", 200),
        admin("PUT /api/metadata/overview/groups", 200).for_strangers(422)
            .body(r#"{"groups": [{"name": "<new>", "prefixes": ["sync_"], "table_ids": [<table>]}]}"#),
    ]
}

#[rustfmt::skip]
fn of_work() -> Vec<Line> {
    vec![
        viewer("GET /api/metadata/sync-logs", 200),
        viewer("GET /api/metadata/sync-logs?resource_id=<datasource>", 200),
        viewer("GET /api/metadata/jobs", 200),
        // A job outlives what it has read and the pipeline that it was a run of.
        viewer("GET /api/metadata/jobs?resource_id=<datasource>", 200).for_strangers(200),
        viewer("GET /api/metadata/jobs?pipeline_id=<pipeline>", 200).for_strangers(200),
        viewer("GET /api/metadata/jobs/events", 200),
        viewer("GET /api/metadata/jobs/events?resource_id=<datasource>", 200).for_strangers(200),
        viewer("GET /api/metadata/jobs/events?pipeline_id=<pipeline>", 200).for_strangers(200),
        operator("POST /api/metadata/jobs", 201).body(
            r#"{"external_id": "<new>", "job_type": "AI_ETL", "target_scope": "<new>"}"#),
        viewer("GET /api/metadata/jobs/<job>", 200),
        // It is not run outside.
        operator("PATCH /api/metadata/jobs/<job>", 409).body("{}"),
        viewer("GET /api/metadata/jobs/<job>/events", 200),
        operator("GET /api/metadata/jobs/<job>/failed-rows", 200),
        // It has ended, and was a success.
        operator("POST /api/metadata/jobs/<job>/cancel", 409),
        operator("POST /api/metadata/jobs/<job>/retry", 409),
        viewer("GET /api/metadata/scan/status/<scan>", 200).or_service(),
        viewer("GET /api/metadata/scan/<scan>/events", 200),
        viewer("GET /api/metadata/scan/<scan>/removals", 200),
        operator("POST /api/metadata/scan/<scan>/cancel", 409),
        operator("POST /api/metadata/scan/<scan>/retry", 409),
        operator("POST /api/metadata/scan/<scan>/confirm-removals", 409),
        operator("POST /api/v1/lineage", 200).body(
            r#"{"eventTime": "2026-01-31T08:00:00Z", "eventType": "START",
                "run": {"runId": "019e0000-0000-7000-8000-00000000000a"}, "job": {"namespace": "n", "name": "<new>"}}"#),
        operator("POST /api/metadata/sync/auto", 202).body(r#"{"resource_id": <datasource>}"#),
        operator("POST /api/metadata/scan/deep", 202).or_service()
            .body(r#"{"resource_id": <datasource>, "database": "<database_name>"}"#),
    ]
}

#[rustfmt::skip]
fn of_credentials() -> Vec<Line> {
    vec![
        admin("GET /api/metadata/auth/keys", 200),
        admin("POST /api/metadata/auth/keys", 201).body(r#"{"name": "<new>", "role": "viewer"}"#),
        admin("GET /api/metadata/auth/keys/<key>", 200),
        admin("DELETE /api/metadata/auth/keys/<key>", 204),
        viewer("POST /api/metadata/auth/keys/introspect", 200).or_service().body(r#"{"key": "<key_itself>"}"#),
        viewer("POST /api/metadata/auth/introspect", 200),
        admin("POST /api/metadata/auth/sign-in-links", 201).body("{}"),
        viewer("POST /api/metadata/auth/sign-in", 422).open().body(r#"{"code": "a guess"}"#),
    ]
}

/// Those of `manager`. What is passed on is asked by each method once here, and by all lines of `meta`.
#[rustfmt::skip]
pub(super) fn of_manager() -> Vec<Line> {
    vec![
        viewer("GET /api/manager/datasources", 200),
        viewer("GET /api/manager/datasources/<datasource>/available-databases", 200),
        viewer("GET /api/manager/datasources/<datasource>/databases/<database_name>/available-tables", 200),
        operator("POST /api/manager/manage", 202)
            .body(r#"{"resource_id": <datasource>, "database": "<database_name>", "tables": ["<table_name>"]}"#),
        viewer("GET /api/manager/managed-objects", 200),
        viewer("GET /api/manager/managed-objects?resource_id=<datasource>", 200).for_strangers(200),
        viewer("GET /api/manager/managed-objects/<managed_object>", 200),
        viewer("GET /api/manager/managed-objects/<managed_object>/preview", 200),
        operator("PATCH /api/manager/managed-objects/<managed_object>", 200).body(r#"{"permission": "write"}"#),
        operator("DELETE /api/manager/managed-objects/<managed_object>", 204),
        viewer("GET /api/metadata/<passed_on>", 200).passed_on(),
        viewer("PUT /api/metadata/<passed_on>", 405).passed_on().for_strangers(405),
        admin("POST /api/metadata/<passed_on_test>", 200).passed_on(),
        admin("PATCH /api/metadata/<passed_on>", 200).passed_on().body("{}"),
        admin("DELETE /api/metadata/<passed_on>?confirm=x", 422).passed_on(),
    ]
}
