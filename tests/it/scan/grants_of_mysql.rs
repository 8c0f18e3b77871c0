//! What a login of `MySQL` and `MariaDB` may see, and what it is told to ask for.

use models::scan::MissingGrant;
use scan::{Record, Selection, Target, scanner};
use test_support::{Server, Source, unique};

use super::level_two::everything;
use super::read_all;
use super::render::render;

/// The rights on a database that read all of it.
const RIGHTS: [&str; 4] = ["SELECT", "SHOW VIEW", "TRIGGER", "EVENT"];

/// The right that shows the source of routines, and on what.
fn routine_right(server: Server) -> (&'static str, &'static str) {
    match server {
        Server::MySql => ("SHOW_ROUTINE", "*.*"),
        _ => ("SELECT", "`mysql`.`proc`"),
    }
}

/// The same server as one who may do everything.
fn as_admin(source: &Source) -> Target {
    let url = source.server.url();
    Target {
        username: url.username().to_owned(),
        password: url.password().expect("a password").into(),
        ..source.target()
    }
}

async fn missing(source: &Source) -> Vec<MissingGrant> {
    let mut reader = scanner(source.target())
        .open(&source.database)
        .await
        .expect("a session");
    let missing = reader.missing_grants().await.expect("the grants");
    reader.close().await;
    missing
}

/// Takes from the login all that `Source` gave it, and gives it these rights on its database. It
/// keeps one on the other: `MySQL` tells what a view reads there to nobody else.
async fn grant_only(source: &Source, other: &str, rights: &str) {
    let (login, database) = (&source.username, &source.database);
    source
        .admin()
        .await
        .execute(&format!(
            "revoke all privileges, grant option from {login}; grant {rights} on {database}.* to {login}; \
             grant references on {other}.* to {login}"
        ))
        .await;
}

/// Carries out what the login was told to ask for.
async fn grant(source: &Source, missing: &[MissingGrant]) {
    let mut admin = source.admin().await;
    for missing in missing {
        assert_eq!(missing.database, source.database);
        admin.execute(&missing.grant).await;
    }
}

async fn as_text(source: &Source) -> String {
    render(&read_all(source, &Selection::All).await)
}

async fn as_text_by_admin(source: &Source) -> String {
    let mut reader = scanner(as_admin(source))
        .open(&source.database)
        .await
        .expect("a session");
    let mut records = Vec::new();
    for part in scan::Part::CONTENT {
        records.extend(
            super::read(&mut *reader, part, &Selection::All)
                .await
                .expect("the part is read"),
        );
    }
    render(&records)
}

pub(super) async fn the_smallest_grants_read_everything(server: Server) {
    let (source, _other) = everything(server).await;
    assert_eq!(missing(&source).await, []);
    similar_asserts(&as_text(&source).await, &as_text_by_admin(&source).await);
}

/// Line by line: the whole would fill the screen.
fn similar_asserts(some: &str, all: &str) {
    for (some, all) in some.lines().zip(all.lines()) {
        assert_eq!(some, all);
    }
    assert_eq!(some.lines().count(), all.lines().count());
}

pub(super) async fn each_grant_that_lacks_is_named(server: Server) {
    let source = Source::create(server).await;
    source.execute("create table t (id int primary key)").await;
    let (login, database) = (&source.username, &source.database);
    let (right, object) = routine_right(server);
    let mut grants: Vec<(&str, String)> = RIGHTS
        .into_iter()
        .map(|right| (right, format!("`{database}`.*")))
        .collect();
    grants.push((right, object.to_owned()));
    for (right, object) in grants {
        let revoke = format!("revoke {right} on {object} from {login}");
        source.admin().await.execute(&revoke).await;
        let lacking = missing(&source).await;
        let told: Vec<&str> = lacking.iter().map(|lack| lack.grant.as_str()).collect();
        assert_eq!(
            told,
            [format!("GRANT {right} ON {object} TO '{login}'@'%'")]
        );
        grant(&source, &lacking).await;
        assert_eq!(missing(&source).await, [], "{right}");
    }
}

/// With some rights alone: what shows, what is told to be hidden, and that the grants mend it.
pub(super) async fn few_rights_show_what_they_may(server: Server) {
    let (source, other) = everything(server).await;
    let whole = as_text_by_admin(&source).await;
    for (rights, shows_fields) in [
        ("select", true),
        ("references", true),
        ("show view", false),
        ("trigger", false),
    ] {
        grant_only(&source, &other, rights).await;
        let records = read_all(&source, &Selection::All).await;
        let tables = records
            .iter()
            .filter(|record| matches!(record, Record::Table(_)))
            .count();
        assert!(tables > 40, "{rights} shows {tables} tables");
        let has = |what: fn(&Record) -> bool| records.iter().any(what);
        assert_eq!(
            has(|record| matches!(record, Record::Field(_))),
            shows_fields,
            "{rights}"
        );
        assert!(has(|record| matches!(record, Record::Check(_))), "{rights}");
        assert!(has(|record| matches!(record, Record::Index(_))), "{rights}");
        assert_eq!(
            has(|record| matches!(record, Record::Trigger(_))),
            rights == "trigger"
        );
        assert!(
            !has(|record| matches!(record, Record::Dependency(_))),
            "{rights}"
        );
        let rules_show = server == Server::MySql || rights != "select";
        let knows_rules = has(|record| {
            matches!(record, Record::Key(key)
                if key.key.references.as_ref().is_some_and(|to| to.on_update == "CASCADE"))
        });
        assert_eq!(
            knows_rules,
            rules_show && (shows_fields || server == Server::MariaDb),
            "{rights}"
        );
        let lacking = missing(&source).await;
        let hides_rules = lacking.iter().any(|lack| lack.hides.contains("rules"));
        assert_eq!(hides_rules, !rules_show, "{rights}: {lacking:?}");
        grant(&source, &lacking).await;
        assert_eq!(missing(&source).await, [], "{rights}");
        similar_asserts(&as_text(&source).await, &whole);
    }
}

pub(super) async fn rights_of_a_role_count(server: Server) {
    let source = Source::create(server).await;
    let (login, database, role) = (&source.username, &source.database, unique("role"));
    grant_only(&source, database, "insert").await;
    assert_eq!(missing(&source).await.len(), 5);
    let (right, object) = routine_right(server);
    let to = if server == Server::MySql { "to" } else { "for" };
    let mut admin = source.admin().await;
    admin
        .execute(&format!(
            "create role {role}; grant select, show view, trigger, event on {database}.* to {role}; \
             grant {right} on {object} to {role}; grant {role} to {login}; \
             set default role {role} {to} {login}"
        ))
        .await;
    let lacking = missing(&source).await;
    admin.execute(&format!("drop role {role}")).await;
    assert_eq!(lacking, []);
}
