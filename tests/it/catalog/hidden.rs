//! `MySQL` and `MariaDB` hide what is not granted: it is not gone for that.

use serde_json::json;
use test_support::{Installation, Proxy, Server, Source, eventually};

use super::doubts::{confirm, doubted, doubts};
use super::{Scans, source};

const OTHER_RIGHTS: &str = "the rights of the login have changed";

/// Rights on one thing for the login of a source.
struct Rights<'a> {
    scans: &'a Scans,
    what: String,
}

impl<'a> Rights<'a> {
    fn on(scans: &'a Scans, what: impl Into<String>) -> Self {
        let what = what.into();
        Self { scans, what }
    }

    async fn grant(&self, rights: &str) {
        let login = &self.scans.source.username;
        let sql = format!("grant {rights} on {} to {login}", self.what);
        self.scans.source.admin().await.execute(&sql).await;
    }

    async fn revoke(&self, rights: &str) {
        let login = &self.scans.source.username;
        let sql = format!("revoke {rights} on {} from {login}", self.what);
        self.scans.source.admin().await.execute(&sql).await;
    }
}

/// A source of four tables whose login has no rights on the database as a whole.
async fn closed(server: Server) -> Scans {
    let source = source(server).await;
    source.create_tables(4).await;
    let scans = Scans::of(source).await;
    let everything = format!("{}.*", scans.source.database);
    Rights::on(&scans, everything).revoke("all").await;
    scans
}

fn of_table<'a>(scans: &'a Scans, table: &str) -> Rights<'a> {
    Rights::on(scans, format!("{}.{table}", scans.source.database))
}

const ALL: &str = "select, show view, trigger";

pub(super) async fn a_table_without_rights_stays(server: Server) {
    let scans = closed(server).await;
    for table in ["t001", "t002", "t003", "t004"] {
        of_table(&scans, table).grant(ALL).await;
    }
    scans.scan_well().await;
    let before = scans.tables().await;
    assert_eq!(before.len(), 4);
    of_table(&scans, "t002").revoke(ALL).await;
    // Each scan doubts it, until somebody who knows has confirmed.
    for _ in 0..2 {
        let status = scans.scan().await;
        assert_eq!(status["status"], "PARTIAL", "{status}");
        assert_eq!(
            doubted(&scans, &status).await,
            doubts(&["t002"], OTHER_RIGHTS)
        );
        assert_eq!(scans.tables().await, before);
    }
    of_table(&scans, "t002").grant(ALL).await;
    scans.scan_well().await;
    assert_eq!(scans.tables().await, before);
    // With rights as they were, what is not listed is gone.
    scans.execute("drop table t003").await;
    assert_eq!(scans.scan_well().await["changes"]["removed"], 1);
}

/// A login with rights on some columns sees these alone.
pub(super) async fn a_field_without_rights_stays(server: Server) {
    let scans = closed(server).await;
    let table = of_table(&scans, "t001");
    table
        .grant("select (id), select (parent), select (name)")
        .await;
    scans.scan_well().await;
    let fields = "select id, field_name from metadata.fields where removed_at is null order by id";
    let before = scans.rows(fields).await;
    assert_eq!(
        before.len(),
        3,
        "the other tables have no rights: {before:?}"
    );
    table.revoke("select (name)").await;
    let some =
        json!({ "resource_id": scans.id, "database": scans.source.database, "tables": ["t001"] });
    for request in [
        &json!({ "resource_id": scans.id, "database": scans.source.database }),
        &some,
    ] {
        let status = scans.meta.scan(request).await;
        assert_eq!(status["status"], "PARTIAL", "{status}");
        assert_eq!(
            doubted(&scans, &status).await,
            doubts(&["name"], OTHER_RIGHTS)
        );
        assert_eq!(scans.rows(fields).await, before);
    }
    let status = scans.scan().await;
    assert_eq!(confirm(&scans, &status).await.expect(200)["removed"], 1);
    assert_eq!(scans.rows(fields).await.len(), 2);
    table.grant("select (name)").await;
    scans.scan_well().await;
    assert_eq!(scans.rows(fields).await, before, "revived with its id");
}

pub(super) async fn a_routine_without_rights_stays(server: Server) {
    let source = source(server).await;
    source.create_tables(1).await;
    source
        .execute("create event e on schedule every 1 year do select 1")
        .await;
    let scans = Scans::of(source).await;
    scans.scan_well().await;
    let objects = "select object_name from metadata.database_objects where removed_at is null";
    let before = scans.rows(objects).await;
    let everything = Rights::on(&scans, format!("{}.*", scans.source.database));
    everything.revoke("event").await;
    let status = scans.scan().await;
    assert_eq!(status["status"], "PARTIAL", "{status}");
    assert_eq!(
        doubted(&scans, &status).await,
        doubts(&["EVENT e"], OTHER_RIGHTS)
    );
    assert_eq!(scans.rows(objects).await, before);
    assert_eq!(confirm(&scans, &status).await.expect(200)["removed"], 1);
    assert_eq!(scans.rows(objects).await.len(), before.len() - 1);
}

/// Level 2 finds no such database and marks nothing; level 1 doubts.
pub(super) async fn a_database_without_rights_stays(server: Server) {
    let mut source: Source = source(server).await;
    let second = source.add_database().await;
    source.create_tables(4).await;
    let scans = Scans::of(source).await;
    scans.scan_well().await;
    let before = scans.tables().await;
    let everything = Rights::on(&scans, format!("{}.*", scans.source.database));
    everything.revoke("all").await;
    let status = scans.scan().await;
    assert_eq!(status["status"], "FAILED", "{status}");
    assert_eq!(scans.tables().await, before);

    let living = "select database_name, id from metadata.databases
        where removed_at is null order by id";
    let databases = scans.rows(living).await;
    for _ in 0..2 {
        let status = scans.sync().await;
        assert_eq!(status["status"], "PARTIAL", "{status}");
        let names = [scans.source.database.as_str()];
        assert_eq!(doubted(&scans, &status).await, doubts(&names, OTHER_RIGHTS));
        assert_eq!(scans.rows(living).await, databases);
    }
    let status = scans.sync().await;
    assert_eq!(confirm(&scans, &status).await.expect(200)["removed"], 1);
    let left = scans.rows(living).await;
    assert!(
        left.len() == databases.len() - 1 && left[0].contains(&second),
        "{left:?}"
    );
    everything.grant("select, show view, trigger, event").await;
    let status = scans.sync().await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
    assert_eq!(scans.rows(living).await.len(), databases.len());
    assert_eq!(scans.scan_well().await["changes"]["removed"], 0);
    assert_eq!(scans.tables().await, before);
}

/// The lines of the login itself say no more than that it has the role.
pub(super) async fn what_a_role_showed_stays(server: Server) {
    let scans = closed(server).await;
    let (login, role) = (&scans.source.username, test_support::unique("role"));
    let mut admin = scans.source.admin().await;
    let account = match server {
        Server::MySql => format!("alter user {login} default role {role}"),
        _ => format!("set default role {role} for {login}"),
    };
    for sql in [
        format!("create role {role}"),
        format!("grant {ALL} on {}.t001 to {role}", scans.source.database),
        format!("grant {ALL} on {}.t002 to {role}", scans.source.database),
        format!("grant {role} to {login}"),
        account,
    ] {
        admin.execute(&sql).await;
    }
    scans.scan_well().await;
    let before = scans.tables().await;
    assert_eq!(before.len(), 2);
    let revoke = format!("revoke {ALL} on {}.t002 from {role}", scans.source.database);
    admin.execute(&revoke).await;
    let status = scans.scan().await;
    assert_eq!(
        doubted(&scans, &status).await,
        doubts(&["t002"], OTHER_RIGHTS),
        "{status}"
    );
    assert_eq!(scans.tables().await, before);
    admin.execute(&format!("drop role {role}")).await;
}

/// What a session sees of global rights was settled when it began: rights that are given back while it reads
/// show nothing, and are no witness.
pub(super) async fn what_rights_showed_at_the_beginning_stays(server: Server) {
    let source = source(server).await;
    source.create_tables(4).await;
    let proxy = Proxy::to(server).await;
    let meta = Installation::new().await.meta().await;
    let body = source.registration_through("held", proxy.port);
    let created = meta.admin().post("/api/metadata/datasources", &body).await;
    let id = meta.registered(created.expect(201)).await;
    let scans = Scans { meta, source, id };
    let own = Rights::on(&scans, format!("{}.*", scans.source.database));
    own.revoke("all").await;
    of_table(&scans, "t001").grant(ALL).await;
    let everywhere = Rights::on(&scans, "*.*");
    everywhere.grant(ALL).await;
    scans.scan_well().await;
    let before = scans.tables().await;
    assert_eq!(before.len(), 4);

    everywhere.revoke(ALL).await;
    // Behind the greeting of a secure connection and what it may do, before the names.
    proxy.hold_after(8_000);
    let deep = json!({ "resource_id": id, "database": scans.source.database });
    let started = scans
        .meta
        .admin()
        .post("/api/metadata/scan/deep", &deep)
        .await;
    let started = started.expect(202);
    eventually("rows to be held", async || (proxy.held() > 0).then_some(())).await;
    everywhere.grant(ALL).await;
    proxy.release();
    let status = scans
        .meta
        .ended(started["scan_id"].as_i64().expect("a scan"))
        .await;
    assert_eq!(status["status"], "PARTIAL", "{status}");
    assert_eq!(
        doubted(&scans, &status).await,
        doubts(&["t002", "t003", "t004"], OTHER_RIGHTS)
    );
    assert_eq!(scans.tables().await, before);
    scans.scan_well().await;
}

/// A login that is let into one more database may see as much of the others as before.
pub(super) async fn rights_on_other_databases_raise_no_doubt(server: Server) {
    let source = source(server).await;
    source.create_tables(4).await;
    let mut scans = Scans::of(source).await;
    scans.scan_well().await;
    scans.source.add_database().await;
    scans.execute("drop table t001").await;
    assert_eq!(scans.scan_well().await["changes"]["removed"], 1);
    // Nor does another password.
    scans.source.set_password("another canary").await;
    let change = json!({ "password": "another canary" });
    let path = format!("/api/metadata/datasources/{}", scans.id);
    let _ = scans.meta.admin().patch(&path, &change).await.expect(200);
    scans.execute("drop table t002").await;
    assert_eq!(scans.scan_well().await["changes"]["removed"], 1);
}
