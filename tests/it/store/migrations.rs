//! Bringing a store up to date, and refusing one that would not be safe.

use db::{MigrateError, Schema};
use secrecy::{ExposeSecret, SecretString};
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;
use test_support::{StoreLogin, TestStore, unique};

const SCHEMAS: [(Schema, StoreLogin, StoreLogin); 2] = [
    (Schema::Metadata, StoreLogin::MetaOwner, StoreLogin::Meta),
    (
        Schema::Manager,
        StoreLogin::ManagerOwner,
        StoreLogin::Manager,
    ),
];

async fn migrate(
    store: &TestStore,
    schema: Schema,
    owner: StoreLogin,
    login: StoreLogin,
) -> Result<(), MigrateError> {
    db::migrate(schema, &store.url(owner), &store.url(login)).await
}

async fn execute(admin: &mut PgConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(admin)
        .await
        .expect("the superuser may");
}

/// The URL of a login of another name and password.
fn url_of(store: &TestStore, name: &str) -> SecretString {
    let ours = store.url(StoreLogin::Meta);
    let ours = ours.expose_secret();
    let (_, address) = ours.split_once('@').expect("a URL with a login");
    format!("postgresql://{name}:secret@{address}").into()
}

#[tokio::test]
async fn an_empty_store_is_migrated_and_migrating_again_changes_nothing() {
    let store = TestStore::empty().await;
    let mut admin = store.admin().await;
    for (schema, owner, login) in SCHEMAS {
        migrate(&store, schema, owner, login)
            .await
            .expect("the first time");
        let applied = "select array_agg(version || ' ' || installed_on order by version) from";
        let applied = format!("{applied} {}._sqlx_migrations", schema.name());
        let first: Vec<String> = sqlx::query_scalar(AssertSqlSafe(applied.clone()))
            .fetch_one(&mut admin)
            .await
            .expect("versions");
        migrate(&store, schema, owner, login)
            .await
            .expect("the second time");
        let second: Vec<String> = sqlx::query_scalar(AssertSqlSafe(applied))
            .fetch_one(&mut admin)
            .await
            .expect("versions");
        assert_eq!(first, second);
    }
}

#[tokio::test]
async fn replicas_that_start_together_migrate_once() {
    let store = TestStore::empty().await;
    let (schema, owner, login) = SCHEMAS[0];
    let migrations = (0..4).map(|_| migrate(&store, schema, owner, login));
    for outcome in futures::future::join_all(migrations).await {
        outcome.expect("whoever comes second finds it done");
    }
}

/// What the migration of `metadata` says to a runtime login that was created by these statements, `LOGIN` being its
/// name, and is dropped again.
async fn with_runtime_login(powers: &str) -> Result<(), MigrateError> {
    let store = TestStore::create().await;
    let mut admin = store.admin().await;
    let name = unique("login");
    execute(&mut admin, powers.replace("LOGIN", &name)).await;
    let owner = store.url(StoreLogin::MetaOwner);
    let outcome = db::migrate(Schema::Metadata, &owner, &url_of(&store, &name)).await;
    execute(
        &mut admin,
        format!("drop owned by {name}; drop role {name}"),
    )
    .await;
    outcome
}

#[tokio::test]
async fn an_overpowered_runtime_login_is_refused() {
    let (meta_owner, between) = (StoreLogin::MetaOwner.name(), unique("between"));
    let login = "create role LOGIN login password 'secret'";
    with_runtime_login(login).await.expect("an ordinary one");
    for powers in [
        format!("{login} superuser"),
        format!("{login} bypassrls"),
        format!("{login} createrole"),
        format!("{login} in role {meta_owner}"),
        // It would have to ask for them by SET ROLE.
        format!("{login} noinherit in role {meta_owner}"),
        format!("create role {between} bypassrls; {login} in role {between}"),
    ] {
        let error = with_runtime_login(&powers).await.expect_err(&powers);
        assert!(matches!(&error, MigrateError::Overpowered(_)), "{error:?}");
        let said = error.to_string();
        assert!(
            said.contains("use an ordinary login for store.url"),
            "{said}"
        );
    }
    let store = TestStore::create().await;
    execute(&mut store.admin().await, format!("drop role {between}")).await;
}

#[tokio::test]
async fn one_login_for_both_is_refused() {
    let store = TestStore::create().await;
    for (schema, owner, _) in SCHEMAS {
        let error = migrate(&store, schema, owner, owner)
            .await
            .expect_err("one login");
        assert!(matches!(error, MigrateError::SameLogin(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_runtime_login_that_is_not_there_is_named() {
    let store = TestStore::create().await;
    let name = unique("absent");
    let refused = db::migrate(
        Schema::Metadata,
        &store.url(StoreLogin::MetaOwner),
        &url_of(&store, &name),
    )
    .await;
    let error = refused.expect_err("no such login");
    assert!(matches!(&error, MigrateError::NoLogin(_)), "{error:?}");
    assert!(error.to_string().contains(&name), "{error}");
}

#[tokio::test]
async fn a_schema_that_is_too_new_is_refused() {
    let store = TestStore::create().await;
    let mut admin = store.admin().await;
    for (schema, owner, login) in SCHEMAS {
        let newer = format!(
            "update {}.schema_version set min_app_version = '99.0.0'",
            schema.name()
        );
        execute(&mut admin, newer).await;
        let error = migrate(&store, schema, owner, login)
            .await
            .expect_err("a newer schema");
        assert!(
            matches!(&error, MigrateError::TooOld { needed, .. } if needed == "99.0.0"),
            "{error:?}"
        );
        assert!(
            error.to_string().contains("upgrade this program"),
            "{error}"
        );
    }
}

/// A rolling restart: the newer release has migrated, the older one is started once more.
#[tokio::test]
async fn a_schema_with_migrations_of_a_later_release_is_used() {
    let store = TestStore::create().await;
    let mut admin = store.admin().await;
    for (schema, owner, login) in SCHEMAS {
        execute(
            &mut admin,
            format!(
                "insert into {}._sqlx_migrations (version, description, success, checksum, execution_time)
                 values (9999, 'of a later release', true, '', 0)",
                schema.name()
            ),
        )
        .await;
        migrate(&store, schema, owner, login)
            .await
            .expect("min_app_version allows it");
    }
}

#[tokio::test]
async fn a_new_login_gets_its_rights_from_migrating() {
    let store = TestStore::create().await;
    let mut admin = store.admin().await;
    let name = unique("login");
    execute(
        &mut admin,
        format!(
            "create role {name} login password 'secret'; grant connect on database {} to {name}",
            store.name
        ),
    )
    .await;
    db::migrate(
        Schema::Metadata,
        &store.url(StoreLogin::MetaOwner),
        &url_of(&store, &name),
    )
    .await
    .expect("migrates");
    let may: (bool, bool, bool) = sqlx::query_as(
        "select has_table_privilege($1, 'metadata.datasources', 'insert'),
            has_table_privilege($1, 'metadata.staging_tables', 'insert'),
            has_table_privilege($1, 'metadata.schema_version', 'update')",
    )
    .bind(&name)
    .fetch_one(&mut admin)
    .await
    .expect("a login");
    execute(
        &mut admin,
        format!("drop owned by {name}; drop role {name}"),
    )
    .await;
    assert_eq!(may, (true, true, false));
}

/// Several installers at once, each with a database of its own on one server.
#[tokio::test]
async fn logins_can_be_created_side_by_side() {
    let stores = futures::future::join_all((0..4).map(|_| TestStore::create())).await;
    let login = |name: &str| db::Login {
        name: unique(name),
        password: "secret".into(),
    };
    let logins = db::Logins {
        meta_owner: login("a"),
        meta: login("b"),
        manager_owner: login("c"),
        manager: login("d"),
    };
    let created = stores
        .iter()
        .map(async |store| db::create_logins(&mut store.admin().await, &logins).await);
    let outcomes = futures::future::join_all(created).await;
    let names = [
        &logins.meta_owner,
        &logins.meta,
        &logins.manager_owner,
        &logins.manager,
    ]
    .map(|login| login.name.clone());
    for store in &stores {
        execute(
            &mut store.admin().await,
            format!("drop owned by {}", names.join(", ")),
        )
        .await;
    }
    execute(
        &mut stores[0].admin().await,
        format!("drop role if exists {}", names.join(", ")),
    )
    .await;
    for outcome in outcomes {
        outcome.expect("each finds what another has created");
    }
}
