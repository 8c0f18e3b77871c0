//! API keys, sign-in codes and the tokens of sessions are each in one answer and nowhere else: neither in what else is
//! answered, nor in the store, nor in the logs of both programs at their most talkative.

use http::Method;
use models::Role;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use test_support::{Answer, Api, Installation, TENANT};

const KEYS: &str = "/api/metadata/auth/keys";
const LINKS: &str = "/api/metadata/auth/sign-in-links";
const SIGN_IN: &str = "/api/metadata/auth/sign-in";

/// What is asked with a credential, good or bad.
const PATHS: [&str; 4] = [
    "/api/metadata/datasources",
    "/api/metadata/auth/keys?include_revoked=true",
    "/api/manager/managed-objects",
    "/api/metadata/nothing",
];

/// Everything but the answers that are to have a secret.
fn note(said: &mut Vec<String>, answer: &Answer) {
    let headers = format!("{:?}", answer.headers);
    said.push(format!("{} {headers} {}", answer.request, answer.text));
}

fn text(answer: &Value, name: &str) -> String {
    answer[name].as_str().expect("a text").to_owned()
}

async fn ask(said: &mut Vec<String>, api: &Api) {
    for path in PATHS {
        note(said, &api.get(path).await);
    }
    note(
        said,
        &api.post("/api/metadata/auth/introspect", &json!({})).await,
    );
}

/// Bodies that have a code in places where it does not belong, or twice.
async fn misuse(said: &mut Vec<String>, api: &Api, code: &str) {
    for body in [
        json!({ "code": code }),
        json!({ "code": [code] }),
        json!({ "code": code.repeat(9) }),
        json!({ "cod": code }),
        json!({ "code": "x", "more": code }),
    ] {
        note(said, &api.post(SIGN_IN, &body).await);
    }
    for text in [
        format!("{{\"code\":{code}}}"),
        format!("\"{code}\""),
        format!("{{\"code\":\"{code}"),
    ] {
        let sent = api.send_text(Method::POST, SIGN_IN, "application/json", text);
        note(said, &sent.await);
    }
    note(
        said,
        &api.post(KEYS, &json!({ "name": "x", "role": code })).await,
    );
    note(said, &api.post(LINKS, &json!({ "roles": [code] })).await);
}

#[tokio::test]
async fn credentials_are_in_no_output() {
    let installation = Installation::new().await;
    let meta = installation.meta_program("trace").await;
    let manager = installation.manager_program(&meta.url, "trace").await;
    let admin = manager.api(&installation, installation.token(TENANT, Role::Admin));
    let mut said = Vec::new();

    let again = admin.clone().with_header("idempotency-key", "k-1");
    let made = json!({ "name": "ci", "role": "admin" });
    let made = again.post(KEYS, &made).await.expect(201);
    let key = text(&made, "key");
    let repeated = json!({ "name": "ci", "role": "admin" });
    note(&mut said, &again.post(KEYS, &repeated).await);
    let link = admin.post(LINKS, &json!({})).await.expect(201);
    let code = text(&link, "code");
    let signed_in = manager.api(&installation, String::new());
    let signed_in = signed_in.post(SIGN_IN, &json!({ "code": code })).await;
    let token = text(&signed_in.expect(200), "token");

    for credential in [&key, &token, &code, &format!("{key}x"), &key.to_lowercase()] {
        for program in [&meta, &manager] {
            ask(&mut said, &program.api(&installation, credential.clone())).await;
        }
    }
    misuse(&mut said, &admin, &code).await;
    misuse(&mut said, &admin, &key).await;
    let one = format!("{KEYS}/{}", made["id"]);
    note(&mut said, &admin.get(&one).await);
    note(&mut said, &admin.delete(&one).await);
    ask(&mut said, &meta.api(&installation, key.clone())).await;

    let mut store = installation.store().admin().await;
    for table in ["api_keys", "sign_in_links", "idempotency_keys"] {
        let sql = AssertSqlSafe(format!("select to_jsonb(t)::text from metadata.{table} t"));
        let rows: Vec<String> = sqlx::query_scalar(sql)
            .fetch_all(&mut store)
            .await
            .expect("rows");
        assert!(!rows.is_empty(), "{table}");
        said.extend(rows);
    }
    for program in [&meta, &manager] {
        let log = program.log();
        assert!(
            log.contains(SIGN_IN) && log.contains("\"level\":\"DEBUG\""),
            "the log was kept"
        );
        said.extend(log.lines().map(str::to_owned));
    }
    // What is after the characters that are shown for recognition; of a token, its signature.
    let signature = token.rsplit('.').next().expect("a signature");
    for secret in [&key[12..], &code["pls_1_".len()..], signature] {
        let leaks: Vec<&String> = said.iter().filter(|line| line.contains(secret)).collect();
        assert!(leaks.is_empty(), "{leaks:?}");
    }
}
