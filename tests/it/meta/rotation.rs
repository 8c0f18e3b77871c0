//! `meta secrets rotate` and `status`: the procedure of the operations page, and what may come in between.

use std::process::{Child, Command, Output, Stdio};

use http::Method;
use models::{Role, TenantId};
use rustix::process::Signal;
use serde_json::{Value, json};
use sqlx::postgres::PgConnection;
use sqlx::{Connection, Row};
use test_support::{Api, Installation, Program, Server, Source, TENANT, eventually, key};

use super::datasources::unreachable;

const PATH: &str = "/api/metadata/datasources";

type Settings<'a> = [(&'a str, &'a str)];

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

/// What `meta secrets` prints on standard output; it must end well.
fn secrets(installation: &Installation, what: &str, settings: &Settings<'_>) -> String {
    let mut command = installation.meta_command(&["secrets", what], settings);
    let output = command.output().expect("meta can be run");
    assert!(output.status.success(), "{}", said(&output));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn admin_of(installation: &Installation, meta: &Program, tenant: TenantId) -> Api {
    meta.api(installation, installation.token(tenant, Role::Admin))
}

/// The key that each data source's password is encrypted with, by its id.
async fn keys(admin: &mut PgConnection) -> Vec<String> {
    sqlx::query_scalar("select secret_key_id from metadata.datasources order by id")
        .fetch_all(admin)
        .await
        .expect("data sources")
}

async fn assert_reads(api: &Api, id: &Value) {
    let answer = api
        .send(Method::POST, &format!("{PATH}/{id}/test"), None)
        .await;
    let report = answer.expect(200);
    assert_eq!(report["ok"], true, "{report}");
}

/// Two replicas, one restarted after the other, as the page has it.
#[tokio::test]
async fn two_replicas_change_their_key() {
    let source = Source::create(Server::Postgres).await;
    let installation = Installation::new().await;
    let new = key();
    let settings = installation.meta_settings();
    let old = settings
        .iter()
        .find(|(name, _)| name == "META__SECRETS__KEY");
    let old = &old.expect("the key").1;
    let before: &Settings<'_> = &[];
    let both = [("META__SECRETS__PREVIOUS_KEYS__K2", new.as_str())];
    let switched = [
        ("META__SECRETS__KEY", new.as_str()),
        ("META__SECRETS__KEY_ID", "k2"),
        ("META__SECRETS__PREVIOUS_KEYS__K1", old.as_str()),
    ];
    let start =
        async |settings: &Settings<'_>| installation.meta_program_with("info", settings).await;
    let (mut one, mut two) = (start(before).await, start(before).await);
    let mut ids = Vec::new();
    let mut register = async |meta: &Program, name: &str| {
        let api = admin_of(&installation, meta, TENANT);
        let created = api.post(PATH, &source.registration(name)).await.expect(201);
        ids.push(created["datasource"]["id"].clone());
        ids.clone()
    };
    let all_read_by = async |meta: &Program, ids: &[Value]| {
        for id in ids {
            assert_reads(&admin_of(&installation, meta, TENANT), id).await;
        }
    };
    register(&one, "before").await;
    // 1. All get to know the new key.
    for replica in [&mut one, &mut two] {
        let _ = replica.end(Signal::TERM).await;
        *replica = start(&both).await;
    }
    register(&two, "known").await;
    // 2. One after the other they write with it; each reads what the other writes.
    let _ = one.end(Signal::TERM).await;
    one = start(&switched).await;
    register(&one, "new").await;
    let ids = register(&two, "old").await;
    all_read_by(&one, &ids).await;
    all_read_by(&two, &ids).await;
    let _ = two.end(Signal::TERM).await;
    two = start(&switched).await;
    let other = admin_of(&installation, &two, TenantId(2));
    let _ = other
        .post(PATH, &unreachable("of another tenant"))
        .await
        .expect(201);

    // 3. What is left is rotated while they run.
    what_is_left_is_rotated(&installation, &switched).await;
    all_read_by(&one, &ids).await;
    // 4. The old key goes.
    for replica in [&mut one, &mut two] {
        let _ = replica.end(Signal::TERM).await;
        *replica = start(&switched[..2]).await;
        all_read_by(replica, &ids).await;
    }
}

async fn what_is_left_is_rotated(installation: &Installation, switched: &Settings<'_>) {
    let mut admin = installation.store().admin().await;
    assert_eq!(keys(&mut admin).await, ["k1", "k1", "k2", "k1", "k2"]);
    let status = secrets(installation, "status", switched);
    assert_eq!(status, "k2: 2, the current key\nk1: 3, to be rotated\n");
    let rotated = secrets(installation, "rotate", switched);
    assert_eq!(
        rotated,
        "encrypted anew: 3\nk2: 5, the current key\nk1: 0, not needed any more\n"
    );
    assert_eq!(keys(&mut admin).await, ["k2"; 5]);
    let again = secrets(installation, "rotate", switched);
    assert!(again.starts_with("encrypted anew: 0\n"), "{again}");
}

/// An installation with a data source for each of these tenants, whose passwords are under the key `k1`; and
/// the settings after a change of the key.
async fn registered(tenants: &[i64]) -> (Installation, [(&'static str, String); 3]) {
    let installation = Installation::new().await;
    let meta = installation
        .meta_with(&[("META__WORKERS__CONCURRENCY", "0")])
        .await;
    for (number, tenant) in tenants.iter().enumerate() {
        let body = unreachable(&format!("source {number}"));
        let api = meta.user(TenantId(*tenant), Role::Admin);
        let _ = api.post(PATH, &body).await.expect(201);
    }
    let settings = installation.meta_settings();
    let old = settings
        .into_iter()
        .find(|(name, _)| name == "META__SECRETS__KEY");
    let switched = [
        ("META__SECRETS__KEY", key()),
        ("META__SECRETS__KEY_ID", "k2".to_owned()),
        ("META__SECRETS__PREVIOUS_KEYS__K1", old.expect("the key").1),
    ];
    (installation, switched)
}

fn borrowed<'a>(settings: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    let settings = settings.iter();
    settings
        .map(|(name, value)| (*name, value.as_str()))
        .collect()
}

#[tokio::test]
async fn keys_that_nobody_has_are_named() {
    let (installation, switched) = registered(&[1, 1, 2]).await;
    let switched = borrowed(&switched);
    let mut admin = installation.store().admin().await;
    sqlx::query("update metadata.datasources set secret_key_id = 'k0' where id = 2")
        .execute(&mut admin)
        .await
        .expect("the superuser may");
    let status = secrets(&installation, "status", &switched);
    assert!(
        status.ends_with("k0: 1, not known to this service\n"),
        "{status}"
    );
    let rotate = |settings: &Settings<'_>| {
        let mut command = installation.meta_command(&["secrets", "rotate"], settings);
        let output = command.output().expect("meta can be run");
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        said(&output)
    };
    let refused = rotate(&switched);
    assert!(refused.contains("encrypted anew: 2"), "{refused}");
    assert!(
        refused.contains("no known key reads the passwords under key id k0 (1)"),
        "{refused}"
    );
    assert_eq!(
        keys(&mut admin).await,
        ["k2", "k0", "k2"],
        "the others are done"
    );
    // A key under the wrong id.
    let wrong = key();
    let with_wrong = [
        &switched[..],
        &[("META__SECRETS__PREVIOUS_KEYS__K0", wrong.as_str())],
    ]
    .concat();
    let refused = rotate(&with_wrong);
    assert!(refused.contains("data source 2 of tenant 1"), "{refused}");
    assert_eq!(keys(&mut admin).await[1], "k0");
}

/// A rotation that runs.
struct Rotating(Child);

impl Rotating {
    fn start(mut command: Command) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        Self(command.spawn().expect("meta can be run"))
    }

    async fn ended(mut self) {
        let status = eventually("the rotation to end", async || {
            self.0.try_wait().expect("a child of ours")
        })
        .await;
        assert!(status.success(), "{status}");
    }
}

impl Drop for Rotating {
    fn drop(&mut self) {
        // One that has ended is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until the rotation waits for a row.
async fn blocked(admin: &mut PgConnection) {
    eventually("the rotation to wait for a lock", async || {
        let waits = "select exists (select from pg_stat_activity where wait_event_type = 'Lock'
            and application_name = 'plumbline meta secrets' and datname = current_database())";
        let row = sqlx::query(waits)
            .fetch_one(&mut *admin)
            .await
            .expect("a row");
        row.get::<bool, _>(0).then_some(())
    })
    .await;
}

#[tokio::test]
async fn one_that_is_killed_is_run_again() {
    let (installation, switched) = registered(&[1, 1, 2]).await;
    let switched = borrowed(&switched);
    let (mut admin, mut other) = (
        installation.store().admin().await,
        installation.store().admin().await,
    );
    let mut tx = other.begin().await.expect("a transaction");
    sqlx::query("select from metadata.datasources where id = 2 for update")
        .execute(&mut *tx)
        .await
        .expect("a lock");
    let rotating = Rotating::start(installation.meta_command(&["secrets", "rotate"], &switched));
    blocked(&mut admin).await;
    drop(rotating);
    tx.rollback().await.expect("the lock goes");
    assert_eq!(keys(&mut admin).await, ["k2", "k1", "k1"]);
    let rotated = secrets(&installation, "rotate", &switched);
    assert!(rotated.starts_with("encrypted anew: 2\n"), "{rotated}");
    assert_eq!(keys(&mut admin).await, ["k2"; 3]);
}

#[tokio::test]
async fn a_password_that_is_changed_meanwhile_stays_changed() {
    let source = Source::create(Server::Postgres).await;
    let (installation, switched) = registered(&[]).await;
    let switched = borrowed(&switched);
    let idle = ("META__WORKERS__CONCURRENCY", "0");
    let meta = installation.meta_with(&[idle]).await;
    let mut body = source.registration("shop");
    body["password"] = "wrong".into();
    let created = meta.admin().post(PATH, &body).await.expect(201);
    let id = &created["datasource"]["id"];
    let (mut admin, mut other) = (
        installation.store().admin().await,
        installation.store().admin().await,
    );
    // What a replica writes that changes it to the right one, kept until the rotation has read the wrong one.
    let (get, set) = (
        "select secret from metadata.datasources",
        "update metadata.datasources set secret = $1",
    );
    let wrong: Vec<u8> = sqlx::query_scalar(get)
        .fetch_one(&mut admin)
        .await
        .expect("a secret");
    let change = json!({ "password": source.password });
    let _ = meta
        .admin()
        .patch(&format!("{PATH}/{id}"), &change)
        .await
        .expect(200);
    let right: Vec<u8> = sqlx::query_scalar(get)
        .fetch_one(&mut admin)
        .await
        .expect("a secret");
    sqlx::query(set)
        .bind(&wrong)
        .execute(&mut admin)
        .await
        .expect("as before");

    let mut tx = other.begin().await.expect("a transaction");
    sqlx::query(set)
        .bind(&right)
        .execute(&mut *tx)
        .await
        .expect("changed");
    let rotating = Rotating::start(installation.meta_command(&["secrets", "rotate"], &switched));
    blocked(&mut admin).await;
    tx.commit().await.expect("for good");
    rotating.ended().await;
    assert_eq!(keys(&mut admin).await, ["k2"]);
    let meta = installation
        .meta_with(&[&[idle], &switched[..2]].concat())
        .await;
    assert_reads(&meta.admin(), id).await;
}
