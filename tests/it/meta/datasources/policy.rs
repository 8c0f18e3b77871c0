//! The operator's network policy, where data sources are registered, changed, tested and scanned.

use http::Method;
use serde_json::{Value, json};
use test_support::{Installation, Server, Source, assert_has};

use super::{idle, unreachable};

const PATH: &str = "/api/metadata/datasources";
const TEST: &str = "/api/metadata/datasources/test";
const POLICY: &str = "is not allowed by the operator's network policy";

fn at(host: &str) -> Value {
    let mut body = unreachable("shop");
    body["host"] = host.into();
    body
}

#[tokio::test]
async fn an_address_that_is_refused_is_told_at_once() {
    let meta = idle().await;
    let api = meta.admin();
    let created = api.post(PATH, &unreachable("other")).await.expect(201);
    let path = format!("{PATH}/{}", created["datasource"]["id"]);
    for host in [
        "169.254.169.254",
        "fe80::1",
        "::ffff:169.254.169.254",
        "0.0.0.0",
    ] {
        let mut test = at(host);
        test.as_object_mut().expect("an object").remove("name");
        for answer in [
            api.post(PATH, &at(host)).await,
            api.post(TEST, &test).await,
            api.patch(&path, &json!({ "host": host })).await,
        ] {
            let problem = answer.problem(422, "validation-failed");
            let error = &problem["errors"][0];
            assert_eq!(error["pointer"], "/host", "{problem}");
            let detail = error["detail"].as_str().expect("text");
            assert!(
                detail.contains(&format!("the address {host} {POLICY}")),
                "{detail}"
            );
        }
    }
    let _ = api.post(PATH, &at("10.0.0.1")).await.expect(201);
}

#[tokio::test]
async fn what_is_allowed_and_denied_is_a_setting() {
    let meta = Installation::new()
        .await
        .meta_with(&[
            ("META__WORKERS__CONCURRENCY", "0"),
            (
                "META__SOURCES__ALLOWED_NETWORKS",
                "10.0.0.0/8,169.254.10.0/24",
            ),
            ("META__SOURCES__DENIED_NETWORKS", "10.1.0.0/16"),
        ])
        .await;
    let api = meta.admin();
    for host in ["127.0.0.1", "10.1.2.3", "169.254.169.254"] {
        let _ = api
            .post(PATH, &at(host))
            .await
            .problem(422, "validation-failed");
    }
    for host in ["10.2.0.1", "169.254.10.1", "db.example"] {
        let mut body = at(host);
        body["name"] = host.into();
        let _ = api.post(PATH, &body).await.expect(201);
    }
}

/// What a name leads to is known when it is connected to.
pub(super) async fn a_name_that_leads_to_a_refused_address_fails_there(server: Server) {
    let source = Source::create(server).await;
    let meta = Installation::new()
        .await
        .meta_with(&[("META__SOURCES__DENIED_NETWORKS", "127.0.0.0/8,::1")])
        .await;
    let api = meta.admin();
    let mut body = source.registration("shop");
    body["host"] = "localhost".into();
    let created = api.post(PATH, &body).await.expect(201);
    let ended = meta
        .ended(created["sync_id"].as_i64().expect("a number"))
        .await;
    assert_eq!(ended["status"], "FAILED", "{ended}");
    let job = created["job_id"].as_str().expect("text");
    let job = api
        .get(&format!("/api/metadata/jobs/{job}"))
        .await
        .expect(200);
    // It does not pass by itself.
    assert_has(&job, &json!({ "status": "FAILED", "attempt": 1 }));
    let told = job["error_details"].to_string();
    assert!(told.contains(&format!("localhost {POLICY}")), "{told}");

    let path = format!("{PATH}/{}/test", created["datasource"]["id"]);
    let report = api.send(Method::POST, &path, None).await.expect(200);
    assert_has(
        &report["steps"][0],
        &json!({ "name": "resolve", "ok": false }),
    );
    assert_eq!(
        report["steps"].as_array().map(Vec::len),
        Some(1),
        "{report}"
    );
    let detail = report["steps"][0]["detail"].as_str().expect("text");
    assert!(
        detail.contains(POLICY) && !detail.contains("127.0.0.1"),
        "{detail}"
    );
}
