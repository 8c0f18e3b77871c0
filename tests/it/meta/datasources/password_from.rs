//! Passwords that are kept elsewhere: `password_from` in place of `password`.

use http::Method;
use models::{Role, TenantId};
use serde_json::{Value, json};
use test_support::{Canary, Folder, Installation, Meta, Server, Source, TENANT, assert_has};

use super::unreachable;

const PATH: &str = "/api/metadata/datasources";

/// The body with its password kept elsewhere.
fn referring(mut body: Value, to: &str) -> Value {
    body.as_object_mut().expect("an object").remove("password");
    body["password_from"] = to.into();
    body
}

async fn synced(meta: &Meta, id: i64) -> Value {
    let sync = json!({ "resource_id": id, "force": true });
    let started = meta.admin().post("/api/metadata/sync/auto", &sync).await;
    let sync_id = started.expect(202)["sync_id"].as_i64().expect("a number");
    meta.ended(sync_id).await
}

/// What the store has of the password: whether there is a secret, its key, and the reference.
async fn stored(meta: &Meta, id: &Value) -> (bool, Option<String>, Option<String>) {
    sqlx::query_as(
        "select secret is not null, secret_key_id, password_from from metadata.datasources where id = $1",
    )
    .bind(id.as_i64())
    .fetch_one(&mut meta.installation.store().admin().await)
    .await
    .expect("a data source")
}

pub(super) async fn is_read_at_each_connection(server: Server) {
    let (folder, next) = (Folder::new(), Canary::new());
    let mut source = Source::create(server).await;
    folder.write("1/shop", &format!("{}\n", source.password));
    let (text, directory) = (folder.file("1/shop"), folder.file("{tenant}"));
    let meta = Installation::new()
        .await
        .meta_with(&[("META__SECRETS__ALLOW_FILES_IN", &directory)])
        .await;
    let mut body = referring(source.registration("shop"), &format!("file:{text}"));
    let created = meta.admin().post(PATH, &body).await.expect(201);
    assert_eq!(
        created["datasource"]["password_from"],
        body["password_from"]
    );
    let id = meta.registered(created).await;
    assert_eq!(
        stored(&meta, &json!(id)).await,
        (false, None, Some(format!("file:{text}")))
    );
    // The operator changes the password, first on the server and then in the file.
    source.set_password(&next.password).await;
    assert_eq!(synced(&meta, id).await["status"], "FAILED");
    folder.write("1/shop", &next.password);
    let ended = synced(&meta, id).await;
    assert_eq!(ended["status"], "SUCCESS", "{ended}");

    let path = format!("{PATH}/{id}/test");
    let report = meta
        .admin()
        .send(Method::POST, &path, None)
        .await
        .expect(200);
    assert_eq!(report["ok"], true, "{report}");
    assert_has(
        &report["steps"][0],
        &json!({ "name": "password", "ok": true }),
    );
    body.as_object_mut().expect("an object").remove("name");
    let report_of = async || {
        meta.admin()
            .post(&format!("{PATH}/test"), &body)
            .await
            .expect(200)
    };
    assert_eq!(report_of().await["ok"], true);

    std::fs::remove_file(&text).expect("it is there");
    let report = report_of().await;
    assert_eq!(
        (&report["ok"], &report["steps"][1]),
        (&json!(false), &json!(null))
    );
    let detail = report["steps"][0]["detail"].as_str().expect("a text");
    assert!(detail.contains("cannot be read from"), "{report}");
    let ended = synced(&meta, id).await;
    let said = ended["error_message"].as_str().expect("a message");
    assert_eq!(
        (&ended["status"], said),
        (&json!("FAILED"), detail),
        "{ended}"
    );
}

#[tokio::test]
async fn a_variable_is_one_of_the_services_own_environment() {
    let source = Source::create(Server::Postgres).await;
    let installation = Installation::new().await;
    let settings = [
        ("META__SECRETS__ALLOW_ENV", "OTHER, SHOP_*"),
        ("SHOP_PASSWORD", source.password.as_str()),
    ];
    let meta = installation.meta_program_with("info", &settings).await;
    let api = meta.api(&installation, installation.token(TENANT, Role::Admin));
    let body = referring(source.registration("shop"), "env:SHOP_PASSWORD");
    let created = api.post(PATH, &body).await.expect(201);
    let path = format!("{PATH}/{}/test", created["datasource"]["id"]);
    let report = api.send(Method::POST, &path, None).await.expect(200);
    assert_eq!(report["ok"], true, "{report}");

    let absent = json!({ "password_from": "env:SHOP_ABSENT" });
    let path = format!("{PATH}/{}", created["datasource"]["id"]);
    let _ = api.patch(&path, &absent).await.expect(200);
    let path = format!("{path}/test");
    let report = api.send(Method::POST, &path, None).await.expect(200);
    let step = &report["steps"][0];
    let detail = step["detail"].as_str().expect("a text");
    assert!(detail.contains("SHOP_ABSENT is not set"), "{report}");
}

/// A `meta` that allows some, and runs no jobs.
async fn cautious(folder: &Folder) -> Meta {
    let directory = folder.file("{tenant}");
    let settings = [
        ("META__WORKERS__CONCURRENCY", "0"),
        ("META__SECRETS__ALLOW_ENV", "SHOP,T{tenant}_*"),
        ("META__SECRETS__ALLOW_FILES_IN", &directory),
    ];
    Installation::new().await.meta_with(&settings).await
}

#[tokio::test]
async fn what_is_not_allowed_is_refused_and_nothing_is_told_of_it() {
    let folder = Folder::new();
    folder.write("2/theirs", "of another tenant");
    folder.write("secret", "of the operator");
    let (theirs, secret) = (folder.file("2/theirs"), folder.file("secret"));
    let meta = cautious(&folder).await;
    let api = meta.admin();
    let created = api.post(PATH, &unreachable("shop")).await.expect(201);
    let own = format!("{PATH}/{}", created["datasource"]["id"]);
    let mut said = Vec::new();
    for (to, word) in [
        ("env:HOME".to_owned(), "secrets.allow_env"),
        ("env:SHOP_".to_owned(), "secrets.allow_env"),
        ("env:T2_A".to_owned(), "secrets.allow_env"),
        ("env:META__STORE__URL".to_owned(), "secrets.allow_env"),
        ("env:meta__secrets__key".to_owned(), "secrets.allow_env"),
        ("env:".to_owned(), "name a variable"),
        (format!("file:{theirs}"), "secrets.allow_files_in"),
        (format!("file:{secret}"), "secrets.allow_files_in"),
        (format!("file:{secret}-absent"), "secrets.allow_files_in"),
        (format!("file:{}/1/../secret", folder.path()), "without .."),
        ("file:secret".to_owned(), "absolute path"),
        ("hunter2".to_owned(), "env:NAME or file:PATH"),
    ] {
        let body = referring(unreachable("other"), &to);
        let mut test = body.clone();
        test.as_object_mut().expect("an object").remove("name");
        for answer in [
            api.post(PATH, &body).await,
            api.post(&format!("{PATH}/test"), &test).await,
            api.patch(&own, &json!({ "password_from": to })).await,
        ] {
            let problem = answer.problem(422, "validation-failed");
            let error = &problem["errors"][0];
            assert_eq!(error["pointer"], "/password_from", "{problem}");
            let detail = error["detail"].as_str().expect("a text");
            assert!(detail.contains(word), "{to}: {detail}");
            said.push(detail.replace("-absent", ""));
        }
    }
    assert_eq!(
        said[21..24],
        said[24..27],
        "whether there is a file cannot be told"
    );
    let other = meta.user(TenantId(2), Role::Admin);
    for to in ["env:T2_A", &format!("file:{theirs}")] {
        let body = referring(unreachable(to), to);
        let _ = other.post(PATH, &body).await.expect(201);
    }
}

#[tokio::test]
async fn it_is_one_or_the_other() {
    let folder = Folder::new();
    let meta = cautious(&folder).await;
    let api = meta.admin();
    let both = json!({ "password": "p", "password_from": "env:SHOP" });
    let mut body = unreachable("shop");
    body["password_from"] = "env:SHOP".into();
    let created = api.post(PATH, &unreachable("shop")).await.expect(201);
    let id = &created["datasource"]["id"];
    let path = format!("{PATH}/{id}");
    for refused in [api.post(PATH, &body).await, api.patch(&path, &both).await] {
        let problem = refused.problem(422, "validation-failed");
        assert_has(
            &problem["errors"][0],
            &json!({ "pointer": "/password_from", "detail": "give either password or password_from" }),
        );
    }
    // From one to the other and back, and a change of something else leaves it.
    let k1 = Some("k1".to_owned());
    assert_eq!(created["datasource"]["password_from"], json!(null));
    assert_eq!(stored(&meta, id).await, (true, k1.clone(), None));
    let reference = Some("env:SHOP".to_owned());
    for (change, expected) in [
        (
            json!({ "password_from": "env:SHOP" }),
            (false, None, reference.clone()),
        ),
        (json!({ "username": "v" }), (false, None, reference)),
        (json!({ "password": "q" }), (true, k1.clone(), None)),
        (json!({ "username": "w" }), (true, k1, None)),
    ] {
        let after = api.patch(&path, &change).await.expect(200);
        assert_eq!(after["password_from"], json!(expected.2), "{change}");
        assert_eq!(stored(&meta, id).await, expected, "{change}");
    }
}
