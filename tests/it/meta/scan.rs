//! `POST /api/metadata/scan/deep` and `GET /api/metadata/scan/status/{id}`

use serde_json::json;
use test_support::{Installation, Proxy, Server, Source, assert_has};

use super::shop::{SHOP, Shop, texts};

pub(super) async fn reads_one_database(server: Server) {
    let shop = Shop::registered(server).await;
    let api = shop.meta.admin();
    let answer = api.post("/api/metadata/scan/deep", &shop.request()).await;
    let location = answer.header("location").to_owned();
    let started = answer.expect(202);
    assert_eq!(
        location,
        format!("/api/metadata/scan/status/{}", started["scan_id"])
    );
    assert_has(
        &started,
        &json!({ "status": "QUEUED", "estimated_duration": null }),
    );

    let status = shop
        .meta
        .ended(started["scan_id"].as_i64().expect("a number"))
        .await;
    assert_eq!(status, api.get(&location).await.expect(200));
    let expected = json!({
        "status": "SUCCESS", "scan_id": started["scan_id"], "job_id": started["job_id"], "resource_id": shop.id,
        "tables_total": 3, "tables_scanned": 3, "fields_scanned": 11, "failures": [], "progress": 1.0,
        "changes": { "added": 14 + server.own_objects(), "changed": 0, "removed": 0, "renamed": 0 }, "error_message": null,
        "missing_grants": [],
    });
    assert_has(&status, &expected);
    let cost = |name: &str| status["cost"][name].as_f64().expect("a number");
    assert!(
        cost("statements") >= 5.0 && cost("rows") >= 14.0 && cost("seconds") > 0.0,
        "{status}"
    );
    assert!(
        status["duration_seconds"]
            .as_f64()
            .is_some_and(|seconds| seconds > 0.0),
        "{status}"
    );
}

pub(super) async fn leaves_its_marks(server: Server) {
    let shop = Shop::scanned(server).await;
    let api = shop.meta.admin();
    assert_eq!(
        texts(&shop.tables().await, "table_name"),
        ["big_orders", "customers", "orders"]
    );
    let database = shop.database(&shop.source.database).await;
    assert!(
        database["is_scanned"] == true && database["last_scan_at"].is_string(),
        "{database}"
    );
    let source = api
        .get(&format!("/api/metadata/datasources/{}", shop.id))
        .await
        .expect(200);
    assert_has(
        &source,
        &json!({ "sync_status": "success", "sync_level": "field", "error_message": null }),
    );
    let again = api
        .post("/api/metadata/scan/deep", &shop.request())
        .await
        .expect(202);
    assert!(
        again["estimated_duration"].is_number(),
        "the last one tells: {again}"
    );
}

pub(super) async fn reads_several_databases(server: Server) {
    let mut source = Source::create(server).await;
    source.execute(SHOP).await;
    let second = source.add_database().await;
    let meta = Installation::new().await.meta().await;
    let id = meta.register(&source).await;
    let shop = Shop { meta, source, id };
    let targets =
        json!([{ "database": shop.source.database, "tables": ["orders"] }, { "database": second }]);
    let status = shop
        .meta
        .scan(&json!({ "resource_id": id, "targets": targets }))
        .await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
    assert_eq!(
        (&status["tables_scanned"], &status["fields_scanned"]),
        (&json!(1), &json!(4))
    );
    assert_eq!(shop.database(&second).await["is_scanned"], true);
    assert_eq!(
        shop.database(&shop.source.database).await["is_scanned"],
        false,
        "only one of its tables was read"
    );

    let targets = json!([{ "database": shop.source.database }, { "database": "absent" }]);
    let status = shop
        .meta
        .scan(&json!({ "resource_id": id, "targets": targets }))
        .await;
    assert_eq!(
        (&status["status"], &status["tables_scanned"]),
        (&json!("PARTIAL"), &json!(3)),
        "{status}"
    );
    let failures = status["failures"].as_array().expect("failures");
    assert_eq!(
        (failures.len(), &failures[0]["database"]),
        (1, &json!("absent"))
    );
    let source = shop
        .meta
        .admin()
        .get(&format!("/api/metadata/datasources/{id}"))
        .await
        .expect(200);
    assert_eq!(
        source["sync_status"], "success",
        "a part was read: {source}"
    );
}

pub(super) async fn reads_some_tables(server: Server) {
    let shop = Shop::registered(server).await;
    let mut request = shop.request();
    request["tables"] = json!(["orders"]);
    let status = shop.meta.scan(&request).await;
    assert_eq!(
        (&status["status"], &status["tables_total"]),
        (&json!("SUCCESS"), &json!(1)),
        "{status}"
    );
    assert_eq!(texts(&shop.tables().await, "table_name"), ["orders"]);
    shop.scan().await;
    shop.source
        .execute("drop view big_orders; drop table orders")
        .await;
    // What the selection leaves out is not known to be gone.
    request["tables"] = json!(["customers"]);
    let status = shop.meta.scan(&request).await;
    assert_eq!(
        (&status["status"], &status["changes"]["removed"]),
        (&json!("SUCCESS"), &json!(0)),
        "{status}"
    );
    assert_eq!(shop.tables().await.len(), 3);
}

pub(super) async fn without_fields_and_then_with_them(server: Server) {
    let shop = Shop::registered(server).await;
    let mut request = shop.request();
    request["include_fields"] = false.into();
    let status = shop.meta.scan(&request).await;
    assert_eq!(
        (&status["tables_scanned"], &status["fields_scanned"]),
        (&json!(3), &json!(0)),
        "{status}"
    );
    let table = shop.table("orders").await;
    assert_eq!(
        (&table["is_scanned"], &table["field_count"]),
        (&json!(false), &json!(0))
    );
    assert_eq!(
        shop.database(&shop.source.database).await["is_scanned"],
        false
    );
    let status = shop.scan().await;
    assert_eq!(status["fields_scanned"], 11, "{status}");
    assert_eq!(shop.table("orders").await["id"], table["id"]);
    let full = shop.catalog().await;
    // A scan without fields takes none away.
    let status = shop.meta.scan(&request).await;
    assert_eq!(
        status["changes"],
        json!({ "added": 0, "changed": 0, "removed": 0, "renamed": 0 }),
        "{status}"
    );
    assert_eq!(shop.catalog().await, full);
}

pub(super) async fn of_a_second_request_while_one_runs_names_the_first(server: Server) {
    let source = Source::create(server).await;
    source.execute(SHOP).await;
    let proxy = Proxy::to(server).await;
    let meta = Installation::new().await.meta().await;
    let api = meta.admin();
    let created = api
        .post(
            "/api/metadata/datasources",
            &source.registration_through("held", proxy.port),
        )
        .await;
    let id = meta.registered(created.expect(201)).await;
    let request = json!({ "resource_id": id, "database": source.database });

    proxy.hold();
    let first = api
        .post("/api/metadata/scan/deep", &request)
        .await
        .expect(202);
    let scan_id = first["scan_id"].as_i64().expect("a number");
    // Both while it is queued and while it runs.
    for _ in 0..2 {
        let problem = api
            .post("/api/metadata/scan/deep", &request)
            .await
            .problem(409, "scan-active");
        assert_eq!(problem["job_id"], first["job_id"]);
        meta.in_state(scan_id, "RUNNING").await;
    }
    let status = api
        .get(&format!("/api/metadata/datasources/{id}"))
        .await
        .expect(200);
    assert_eq!(status["sync_status"], "syncing");
    proxy.release();
    assert_eq!(meta.ended(scan_id).await["status"], "SUCCESS");
    let next = meta.scan(&request).await;
    assert_eq!(next["status"], "SUCCESS", "there is room again: {next}");
}

pub(super) async fn of_a_database_that_is_not_there_fails_with_advice(server: Server) {
    let shop = Shop::registered(server).await;
    let status = shop
        .meta
        .scan(&json!({ "resource_id": shop.id, "database": "no such database" }))
        .await;
    assert_eq!(status["status"], "FAILED", "{status}");
    let api = shop.meta.admin();
    let path = format!(
        "/api/metadata/jobs/{}",
        status["job_id"].as_str().expect("text")
    );
    let job = api.get(&path).await.expect(200);
    let details = job["error_details"].as_str().expect("details");
    let said = "there is no database no such database on the server, or the login may not see it; \
                check the spelling, upper and lower case included, and the grants of the login";
    assert_eq!((&job["status"], details), (&json!("FAILED"), said));
    let source = api
        .get(&format!("/api/metadata/datasources/{}", shop.id))
        .await
        .expect(200);
    assert_eq!(
        (&source["sync_status"], &source["error_message"]),
        (&json!("failed"), &json!(said))
    );
    let databases = shop
        .list(&format!(
            "databases?resource_id={}&name=no%20such%20database",
            shop.id
        ))
        .await;
    assert_eq!(databases.len(), 0, "nothing is invented");
}

pub(super) async fn of_an_unknown_table_is_partial(server: Server) {
    let shop = Shop::registered(server).await;
    let mut request = shop.request();
    request["tables"] = json!(["orders", "no such table"]);
    let status = shop.meta.scan(&request).await;
    assert_eq!(
        (&status["status"], &status["tables_scanned"]),
        (&json!("PARTIAL"), &json!(1)),
        "{status}"
    );
    let failure = &status["failures"][0];
    assert_eq!(
        (&failure["database"], &failure["table"]),
        (&json!(shop.source.database), &json!("no such table"))
    );
}

pub(super) async fn what_the_login_may_not_see_is_told_with_the_grant(server: Server) {
    let shop = Shop::registered(server).await;
    let (login, database) = (&shop.source.username, &shop.source.database);
    let mut admin = shop.source.admin().await;
    admin
        .execute(&format!("revoke show view on {database}.* from {login}"))
        .await;
    let status = shop.scan().await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
    let missing = status["missing_grants"].as_array().expect("a list");
    assert_eq!(missing.len(), 1, "{status}");
    assert_eq!(missing[0]["database"], *database);
    let view = shop.table("big_orders").await;
    let path = format!("/api/metadata/tables/{}", view["id"]);
    let api = shop.meta.admin();
    assert_eq!(
        api.get(&path).await.expect(200)["view_definition"],
        json!(null)
    );
    admin
        .execute(missing[0]["grant"].as_str().expect("a statement"))
        .await;
    let status = shop.scan().await;
    assert_eq!(status["missing_grants"], json!([]), "{status}");
    let view = api.get(&path).await.expect(200);
    assert!(view["view_definition"].is_string(), "{view}");
}

pub(super) async fn a_view_without_its_base_fails_alone(server: Server) {
    let shop = Shop::registered(server).await;
    shop.source
        .execute(
            "create table base (id int); create view broken as select id from base; drop table base",
        )
        .await;
    let status = shop.scan().await;
    assert_eq!(status["status"], "PARTIAL", "{status}");
    let failures = status["failures"].as_array().expect("a list");
    assert_eq!(failures.len(), 1, "{status}");
    assert_has(
        &failures[0],
        &json!({ "database": shop.source.database, "table": "broken" }),
    );
    assert!(shop.table("broken").await["scan_error"].is_string());
    assert_eq!(shop.fields("orders").await.len(), 4, "the rest goes on");
    let job = shop
        .meta
        .admin()
        .get(&format!(
            "/api/metadata/jobs/{}",
            status["job_id"].as_str().expect("text")
        ))
        .await;
    assert_has(
        &job.expect(200),
        &json!({ "status": "PARTIAL", "records_failed": 1 }),
    );
}
