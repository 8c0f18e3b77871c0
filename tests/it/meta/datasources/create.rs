//! `POST /api/metadata/datasources`

use insta::assert_json_snapshot;
use serde_json::json;
use test_support::{Installation, Server, Source};

use super::{idle, unreachable};

const PATH: &str = "/api/metadata/datasources";

pub(super) async fn registers_and_starts_level_one(server: Server) {
    let source = Source::create(server).await;
    let meta = Installation::new().await.meta().await;
    let api = meta.admin();
    let answer = api.post(PATH, &source.registration("shop")).await;
    let location = answer.header("location").to_owned();
    let created = answer.expect(201);
    let registered = &created["datasource"];
    assert_eq!(location, format!("{PATH}/{}", registered["id"]));
    assert_eq!(registered["sync_status"], "syncing");
    assert!(
        registered.get("password").is_none() && registered.get("secret").is_none(),
        "{registered}"
    );

    meta.registered(created.clone()).await;
    let now = api.get(&location).await.expect(200);
    assert_eq!(
        (&now["sync_status"], &now["sync_level"]),
        (&json!("success"), &json!("database"))
    );
    assert_eq!(
        (&now["flavor"], &now["error_message"]),
        (&json!(server.flavor()), &json!(null))
    );
    assert!(
        now["server_version"].is_string() && now["last_sync_at"].is_string(),
        "{now}"
    );
    let job = api
        .get(&format!(
            "/api/metadata/jobs/{}",
            created["job_id"].as_str().expect("text")
        ))
        .await
        .expect(200);
    for (key, expected) in [
        ("job_type", json!("METADATA_SYNC")),
        ("status", json!("SUCCESS")),
        ("trigger", json!("registration")),
        ("requested_by", json!("ada")),
        ("attempt", json!(1)),
        ("datasource_id", registered["id"].clone()),
        ("error_details", json!(null)),
    ] {
        assert_eq!(job[key], expected, "{key} of {job}");
    }
    let log = &api.get("/api/metadata/sync-logs").await.expect(200)["items"][0];
    assert_eq!(
        (&log["id"], &log["job_id"]),
        (&created["sync_id"], &created["job_id"])
    );
    assert_eq!(
        (&log["sync_type"], &log["sync_level"], &log["status"]),
        (&json!("auto"), &json!("database"), &json!("SUCCESS"))
    );
}

#[tokio::test]
async fn the_answer_has_this_shape() {
    let meta = idle().await;
    let mut body = unreachable("shop");
    body["tls"] = json!({ "mode": "verify-full" });
    body["options"] = json!({ "max_connections": 3 });
    body["database"] = "start".into();
    let created = meta.admin().post(PATH, &body).await.expect(201);
    assert_json_snapshot!("created", created, {
        ".job_id" => "[uuid]", ".datasource.created_at" => "[time]", ".datasource.updated_at" => "[time]",
    });
}

#[tokio::test]
async fn a_name_is_taken_once_per_tenant() {
    let meta = idle().await;
    let (api, body) = (meta.admin(), unreachable("shop"));
    let first = api.post(PATH, &body).await.expect(201);
    let problem = api
        .post(PATH, &body)
        .await
        .problem(409, "datasource-name-taken");
    assert_eq!(problem["errors"][0]["pointer"], "/name");
    let jobs = api.get("/api/metadata/jobs").await.expect(200);
    assert_eq!(
        jobs["items"].as_array().map(Vec::len),
        Some(1),
        "the refused one left no job: {jobs}"
    );
    let other = meta.user(models::TenantId(2), models::Role::Admin);
    let second = other.post(PATH, &body).await.expect(201);
    assert_ne!(first["datasource"]["id"], second["datasource"]["id"]);
    // Names are compared byte for byte.
    let mut upper = body;
    upper["name"] = "SHOP".into();
    let _ = api.post(PATH, &upper).await.expect(201);
}

#[tokio::test]
async fn whatever_is_wrong_has_an_entry_of_its_own() {
    let meta = idle().await;
    let body = json!({
        "name": "", "datasource_type": "oracle", "host": "https://db/", "port": 70000,
        "username": 7, "tls": { "mode": "sometimes" }, "options": { "max_connections": 99 },
    });
    let problem = meta
        .admin()
        .post(PATH, &body)
        .await
        .problem(422, "validation-failed");
    assert_json_snapshot!("invalid", problem, { ".request_id" => "[id]" });
    let jobs = meta.admin().get("/api/metadata/jobs").await.expect(200);
    assert_eq!(jobs["items"], json!([]));
}

#[tokio::test]
async fn a_missing_value_is_named() {
    let meta = idle().await;
    for key in [
        "name",
        "datasource_type",
        "host",
        "port",
        "username",
        "password",
    ] {
        let mut body = unreachable("shop");
        body.as_object_mut().expect("an object").remove(key);
        let problem = meta
            .admin()
            .post(PATH, &body)
            .await
            .problem(422, "validation-failed");
        assert_eq!(
            problem["errors"].as_array().map(Vec::len),
            Some(1),
            "{problem}"
        );
        assert_eq!(problem["errors"][0]["pointer"], format!("/{key}"));
    }
}

#[tokio::test]
async fn an_unknown_field_is_refused() {
    let meta = idle().await;
    let mut body = unreachable("shop");
    body["tls"] = json!({ "mode": "prefer", "cipher": "x" });
    let problem = meta
        .admin()
        .post(PATH, &body)
        .await
        .problem(400, "unknown-field");
    assert!(problem.to_string().contains("cipher"), "{problem}");
}
