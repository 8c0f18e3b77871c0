//! Invisible is not dropped.

use serde_json::json;
use test_support::{Installation, Proxy, Server, Source};

use super::{Scans, source};

pub(super) async fn a_dropped_table_is_marked_and_revived_with_its_id(server: Server) {
    let source = source(server).await;
    source.create_tables(4).await;
    let scans = Scans::of(source).await;
    scans.scan_well().await;
    let before = scans.tables().await;
    scans.execute("drop table t002").await;
    let status = scans.scan_well().await;
    assert_eq!(
        status["changes"],
        json!({ "added": 0, "changed": 0, "removed": 1, "renamed": 0 }),
        "{status}"
    );
    let marked = scans
        .rows("select table_name, removed_at is not null as gone from metadata.tables order by id")
        .await;
    assert_eq!(marked.len(), 4, "nothing is deleted");
    assert_eq!(marked.iter().filter(|row| row.contains("true")).count(), 1);
    scans.scan_well().await;

    scans
        .execute("create table t002 (id int primary key, parent int not null, name varchar(20))")
        .await;
    scans.scan_well().await;
    assert_eq!(scans.tables().await, before, "revived with its id");
    let fields = scans
        .rows("select count(*) as n from metadata.fields where removed_at is null")
        .await;
    assert_eq!(fields, [r#"{"n": 12}"#]);
}

/// Wherever the connection is cut, the list of names among it: what is not known to be gone is not marked.
pub(super) async fn a_listing_that_fails_removes_nothing(server: Server) {
    const STEP: usize = 4_000;
    /// Less than any answer from the fresh list of names on.
    const FINE_STEP: usize = 200;
    let source = source(server).await;
    source.create_tables(30).await;
    let proxy = Proxy::to(server).await;
    // So that every statement is there to be cut.
    let settings = [("META__DEEP_SCAN__FULL_EVERY", "1")];
    let meta = Installation::new().await.meta_with(&settings).await;
    let body = source.registration_through("cut", proxy.port);
    let created = meta.admin().post("/api/metadata/datasources", &body).await;
    let id = meta.registered(created.expect(201)).await;
    let scans = Scans { meta, source, id };
    scans.scan_well().await;
    let before = scans.tables().await;
    // Another attempt would go on behind the cut.
    scans.meta.installation.only_one_attempt().await;
    scans.execute("drop table t007").await;
    let (end, errors) = cut_at_each(&scans, &proxy, STEP, STEP).await;
    assert!(
        errors.len() > 2,
        "{errors:?} are too few to have hit every part"
    );
    assert_eq!(scans.tables().await.len(), before.len() - 1);

    scans
        .execute("create table t007 (id int primary key, parent int not null, name varchar(20))")
        .await;
    proxy.release();
    scans.scan_well().await;
    assert_eq!(scans.tables().await, before);
    scans.execute("drop table t007").await;
    let (_, errors) = cut_at_each(&scans, &proxy, end - 2 * STEP, FINE_STEP).await;
    // The list itself, and on the servers that hide what is not granted what the login may see.
    let mut places = vec!["the names of"];
    if server != Server::Postgres {
        places.push("the grants of the login");
    }
    for place in places {
        let hit = errors.iter().any(|error| error.contains(place));
        assert!(hit, "{place}: {errors:?}");
    }
    assert_eq!(scans.tables().await.len(), before.len() - 1);
}

/// Scans that are cut after so many bytes, then so many more, until one comes to its end. Answers with where
/// that was, and what the others failed with.
async fn cut_at_each(
    scans: &Scans,
    proxy: &Proxy,
    first: usize,
    step: usize,
) -> (usize, Vec<String>) {
    let before = scans.tables().await;
    let (mut place, mut errors) = (first, Vec::new());
    loop {
        proxy.cut_after(place);
        let status = scans.scan().await;
        if status["status"] == "SUCCESS" {
            return (place, errors);
        }
        assert_eq!(status["status"], "FAILED", "{status}");
        assert_eq!(status["changes"]["removed"], 0, "{status}");
        assert_eq!(scans.tables().await, before, "cut at {place}");
        errors.push(status["failures"].to_string());
        place += step;
    }
}

pub(super) async fn half_of_many_tables_vanishing_is_not_believed(server: Server) {
    let source = source(server).await;
    source.create_tables(10).await;
    let scans = Scans::of(source).await;
    scans.scan_well().await;
    let before = scans.tables().await;
    scans
        .execute("drop table t001, t002, t003, t004, t005")
        .await;
    let status = scans.scan().await;
    assert_eq!(status["status"], "PARTIAL", "{status}");
    let failure = status["failures"][0]["error"].as_str().expect("an error");
    assert!(
        failure.contains("5 tables are no longer listed")
            && failure.contains("check the login's rights"),
        "{failure}"
    );
    assert_eq!(status["changes"]["removed"], 0, "{status}");
    assert_eq!(scans.tables().await, before, "none was marked");
    let job = scans
        .meta
        .admin()
        .get(&format!(
            "/api/metadata/jobs/{}",
            status["job_id"].as_str().expect("text")
        ))
        .await;
    let job = job.expect(200);
    assert_eq!(job["status"], "PARTIAL");
    assert!(
        job["error_details"]
            .as_str()
            .is_some_and(|details| details.contains("5 tables")),
        "{job}"
    );
}

pub(super) async fn a_few_of_many_tables_vanishing_is_believed(server: Server) {
    let source = source(server).await;
    source.create_tables(10).await;
    let scans = Scans::of(source).await;
    scans.scan_well().await;
    scans.execute("drop table t001, t002, t003, t004").await;
    let status = scans.scan_well().await;
    assert_eq!(status["changes"]["removed"], 4, "{status}");
    assert_eq!(scans.tables().await.len(), 6);
    // From fewer than ten on, all may go.
    scans
        .execute("drop table t005, t006, t007, t008, t009, t010")
        .await;
    let status = scans.scan_well().await;
    assert_eq!(
        (&status["changes"]["removed"], scans.tables().await.len()),
        (&json!(6), 0),
        "{status}"
    );
}

pub(super) async fn half_of_many_databases_vanishing_is_not_believed(server: Server) {
    let mut source: Source = source(server).await;
    let mut names = Vec::new();
    for _ in 0..9 {
        names.push(source.add_database().await);
    }
    let scans = Scans::of(source).await;
    let mut admin = scans.source.admin().await;
    for name in &names[..5] {
        admin
            .execute(&format!(
                "revoke all on {name}.* from {}",
                scans.source.username
            ))
            .await;
    }
    let status = scans.sync().await;
    assert_eq!(status["status"], "PARTIAL", "{status}");
    assert!(
        status["failures"][0]["error"]
            .as_str()
            .is_some_and(|error| error.contains("5 databases")),
        "{status}"
    );
    let gone = scans
        .rows("select database_name from metadata.databases where removed_at is not null")
        .await;
    assert_eq!(gone, Vec::<String>::new());
}

/// The deep scan of a database that is gone says so and marks nothing in it; level 1 marks it, and what is back has
/// its id again.
pub(super) async fn a_dropped_database_is_what_level_one_marks(server: Server) {
    let mut source: Source = source(server).await;
    let second = source.add_database().await;
    let meta = Installation::new().await.meta().await;
    let mut body = source.registration("shop");
    body["options"] = json!({ "include_databases": [source.database, second] });
    let created = meta.admin().post("/api/metadata/datasources", &body).await;
    let id = meta.registered(created.expect(201)).await;
    let scans = Scans { meta, source, id };
    let mut admin = scans.source.admin().await;
    let make = format!(
        "create table {}.kept (id int primary key)",
        match server {
            Server::Postgres => "public".to_owned(),
            Server::MariaDb | Server::MySql => second.clone(),
        }
    );
    let mut session = scans.source.session_in(&second).await;
    session.execute(&make).await;
    drop(session);
    let deep = json!({ "resource_id": id, "database": second });
    let status = scans.meta.scan(&deep).await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
    let living = "select d.id, t.id as table_id from metadata.databases d
        join metadata.tables t on t.tenant_id = d.tenant_id and t.database_id = d.id and t.removed_at is null
        where d.removed_at is null";
    let before = scans.rows(living).await;
    assert_eq!(before.len(), 1);

    admin.execute(&format!("drop database {second}")).await;
    let status = scans.meta.scan(&deep).await;
    assert_eq!(status["status"], "FAILED", "{status}");
    assert_eq!(status["changes"]["removed"], 0, "{status}");
    assert!(status.to_string().contains(&second), "{status}");
    assert_eq!(scans.rows(living).await, before);

    let status = scans.sync().await;
    assert_eq!(
        (&status["status"], &status["changes"]["removed"]),
        (&json!("SUCCESS"), &json!(1)),
        "{status}"
    );
    assert!(scans.rows(living).await.is_empty());
    admin.execute(&format!("create database {second}")).await;
    let status = scans.sync().await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
    assert_eq!(scans.rows(living).await, before);
}
