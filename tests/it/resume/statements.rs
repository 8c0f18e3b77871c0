//! What a source was asked, by the names that the statements carry.

use std::collections::BTreeMap;

use scan::{Part, Selection, scanner};
use test_support::{Server, Source};

use crate::scan::read;

/// How often each statement was run.
pub(super) type Statements = BTreeMap<String, i64>;

/// All that the login has had the server run so far.
pub(super) async fn of(source: &Source) -> Statements {
    let username = &source.username;
    let sql = match source.server {
        Server::Postgres => format!(
            "select coalesce(string_agg(name || '=' || calls, ','), '') from (
                select substring(s.query from 'plumbline ([a-z ]*[a-z])') as name, sum(s.calls) as calls
                from pg_stat_statements s join pg_roles r on r.oid = s.userid
                where r.rolname = '{username}' group by 1
             ) named where name is not null"
        ),
        Server::MariaDb | Server::MySql => format!(
            "select coalesce(group_concat(concat(name, '=', calls)), '') from (
                select regexp_substr(convert(argument using utf8mb4), 'plumbline [a-z ]*[a-z]') as name, count(*) as calls
                from mysql.general_log
                where command_type in ('Query', 'Execute') and user_host like '{username}[%' group by 1
             ) named where name <> ''"
        ),
    };
    let text = source.admin().await.text(&sql).await;
    let pairs = text.split(',').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.rsplit_once('=').expect("name=calls"));
    let parse = |(name, calls): (&str, &str)| {
        let name = name.trim_start_matches("plumbline ").to_owned();
        (name, calls.parse().expect("a number"))
    };
    pairs.map(parse).collect()
}

/// What was run between two moments.
pub(super) fn between(before: &Statements, after: &Statements) -> Statements {
    let run = |(name, calls): (&String, &i64)| {
        let more = calls - before.get(name).copied().unwrap_or(0);
        (more > 0).then(|| (name.clone(), more))
    };
    after.iter().filter_map(run).collect()
}

/// What a session runs when it is opened, for each part of a database, and before the end, when nothing is in
/// the way.
pub(super) struct Profile {
    pub(super) opening: Statements,
    pub(super) parts: Vec<Statements>,
    pub(super) closing: Statements,
}

impl Profile {
    pub(super) async fn of(source: &Source, database: &str) -> Self {
        let scanner = scanner(source.target());
        let mut before = of(source).await;
        let mut reader = scanner.open(database).await.expect("a session");
        reader.witness().await.expect("who answers");
        reader.missing_grants().await.expect("the grants");
        let mut now = of(source).await;
        let opening = between(&before, &now);
        let mut parts = Vec::new();
        for part in Part::ALL {
            before = now;
            read(&mut *reader, part, &Selection::All)
                .await
                .expect("the part is read");
            if part == Part::Objects {
                // What was renamed is concluded from what was read so far.
                reader.witness().await.expect("who answers");
            }
            now = of(source).await;
            parts.push(between(&before, &now));
        }
        reader.witness().await.expect("who answers");
        let closing = between(&now, &of(source).await);
        reader.close().await;
        Self {
            opening,
            parts,
            closing,
        }
    }
}
