//! What makes a table one to be read again, and what does not.

use serde_json::{Value, json};
use test_support::{Server, Session, Source, unique};

use super::{Scans, source};

/// Something that is done, and the tables that are read for it.
type Case = (&'static str, &'static [&'static str]);

impl Scans {
    /// The tables that the next scan reads: those that have another digest then.
    async fn read_after(&self, admin: &mut Session, sql: &str) -> Vec<String> {
        self.status_after(admin, sql).await.1
    }

    /// The next scan's status, and the tables that it reads.
    async fn status_after(&self, admin: &mut Session, sql: &str) -> (Value, Vec<String>) {
        let digests = "select table_name, source_digest from metadata.tables where removed_at is null order by 1";
        let before = self.rows(digests).await;
        admin.execute(sql).await;
        let status = self.scan_well().await;
        assert_eq!(status["mode"], "incremental", "{sql}: {status}");
        let now = self.rows(digests).await;
        let read = now.iter().filter(|row| !before.contains(row));
        let read = read.map(|row| serde_json::from_str::<Value>(row).expect("a row"));
        let read: Vec<_> = read
            .map(|row| row["table_name"].as_str().expect("a name").to_owned())
            .collect();
        let number = |name: &str| status[name].as_i64().expect("a number");
        let told = number("tables_scanned") - number("tables_unchanged");
        assert_eq!(
            usize::try_from(told).ok(),
            Some(read.len()),
            "{sql}: {status}"
        );
        (status, read)
    }

    async fn expect(&self, cases: &[Case]) {
        let mut admin = self.source.session().await;
        for (sql, tables) in cases {
            assert_eq!(self.read_after(&mut admin, sql).await, *tables, "{sql}");
        }
        // Whatever was done by then, a whole reading finds nothing more.
        let body =
            json!({ "resource_id": self.id, "database": self.source.database, "mode": "full" });
        let proof = self.meta.scan(&body).await;
        assert_eq!(proof["status"], "SUCCESS", "{proof}");
        assert_eq!(proof["changes"], no_changes(), "{proof}");
    }
}

fn no_changes() -> Value {
    json!({ "added": 0, "changed": 0, "removed": 0, "renamed": 0 })
}

/// Enough other tables that no case makes it cheaper to read everything.
async fn among_others(server: Server, setup: &str) -> Scans {
    let source: Source = source(server).await;
    source.create_tables(20).await;
    source.execute(setup).await;
    let scans = Scans::of(source).await;
    scans.scan_well().await;
    scans
}

const POSTGRES: &str = "
    create schema other;
    create type other.mood as enum ('good', 'bad');
    create domain other.amount as int;
    create domain other.price as other.amount;
    create function other.start(int) returns int language sql immutable as 'select $1';
    create function other.fire() returns trigger language plpgsql as 'begin return new; end';
    create table target (id int primary key, code int unique);
    create table moods (id int, mood other.mood);
    create table lists (id int, moods other.mood[]);
    create table prices (id int, price other.price);
    create table starts (id int default other.start(1), code int references target (code));
    alter table starts add constraint c check (other.start(code) > 0);
    create index by_start on lists (other.start(id));
    create trigger fires before insert on prices for each row execute function other.fire();
    create view reads as select id, mood = 'good' as is_good from moods;
    create view reads_again as select * from reads;
    create table parted (id int, code int) partition by range (id);
    create table part partition of parted for values from (1) to (10);";

pub(super) async fn what_the_server_says_elsewhere_counts(server: Server) {
    let scans = among_others(server, POSTGRES).await;
    scans
        .expect(&[
            (
                "alter type other.mood add value 'odd'",
                &["lists", "moods", "reads"],
            ),
            (
                "alter type other.mood rename value 'good' to 'fine'",
                &["lists", "moods", "reads"],
            ),
            (
                "alter type other.mood rename to spirit",
                &["lists", "moods", "reads"],
            ),
            ("alter domain other.amount set not null", &["prices"]),
            (
                "alter function other.start(int) rename to begins",
                &["lists", "starts"],
            ),
            ("alter function other.fire() rename to burn", &["prices"]),
            (
                "alter table target rename code to number",
                &["starts", "target"],
            ),
            ("alter table target rename to goal", &["goal", "starts"]),
            (
                "alter table moods rename id to key",
                &["moods", "reads", "reads_again"],
            ),
            ("comment on column t001.name is 'a name'", &["t001"]),
            (
                "comment on constraint c on starts is 'a check'",
                &["starts"],
            ),
            ("comment on index by_start is 'an index'", &["lists"]),
            ("alter index by_start rename to by_begin", &["lists"]),
            (
                "alter table parted rename code to number",
                &["part", "parted"],
            ),
            ("alter table parted detach partition part", &["part"]),
            (
                "alter schema other rename to another",
                &["lists", "moods", "prices", "reads", "starts"],
            ),
        ])
        .await;
}

/// What expressions and columns are made with.
const TOOLS: &str = "
    create schema kit;
    create schema other;
    create function kit.same(int, int) returns bool language sql immutable as 'select $1 = $2';
    create operator kit.=== (function = kit.same, leftarg = int, rightarg = int);
    create collation kit.plain from \"C\";
    create operator class kit.ints for type int using btree as
        operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(int, int);
    create text search configuration kit.words (copy = simple);
    create text search dictionary kit.stems (template = simple);
    create table operators (id int check (id operator(kit.===) 1));
    create table collations (name text collate kit.plain);
    create table classes (id int);
    create index by_class on classes (id kit.ints);
    create table configurations (body text);
    create index by_word on configurations using gin (to_tsvector('kit.words', body));
    create table dictionaries (body text check (ts_lexize('kit.stems', body) is not null));
    create table settings (id int, body text);
    create table strict (id int);";

pub(super) async fn what_expressions_are_made_with_counts(server: Server) {
    let scans = among_others(server, TOOLS).await;
    scans
        .expect(&[
            (
                "alter operator kit.=== (int, int) set schema other",
                &["operators"],
            ),
            (
                "alter collation kit.plain rename to simple",
                &["collations"],
            ),
            (
                "alter operator class kit.ints using btree rename to numbers",
                &["classes"],
            ),
            (
                "alter text search configuration kit.words rename to terms",
                &["configurations"],
            ),
            (
                "alter text search dictionary kit.stems set schema other",
                &["dictionaries"],
            ),
        ])
        .await;
}

pub(super) async fn how_a_table_is_kept_counts(server: Server) {
    let scans = among_others(server, TOOLS).await;
    scans
        .expect(&[
            ("alter table t001 owner to pg_monitor", &["t001"]),
            ("alter table settings set (fillfactor = 70)", &["settings"]),
            (
                "alter table settings set (toast.autovacuum_enabled = false)",
                &["settings"],
            ),
            ("alter index by_class set (fillfactor = 70)", &["classes"]),
            ("alter table settings set unlogged", &["settings"]),
            ("alter table strict enable row level security", &["strict"]),
            ("alter table strict force row level security", &["strict"]),
            (
                "create rule quiet as on delete to strict do instead nothing",
                &["strict"],
            ),
        ])
        .await;
    let mut session = scans.source.session().await;
    let place = unique("place");
    session.execute("set allow_in_place_tablespaces = on").await;
    session
        .execute(&format!("create tablespace {place} location ''"))
        .await;
    for (sql, table) in [
        (
            format!("alter table settings set tablespace {place}"),
            "settings",
        ),
        (
            "alter table settings set tablespace pg_default".to_owned(),
            "settings",
        ),
        (
            format!("alter index by_class set tablespace {place}"),
            "classes",
        ),
        (
            "alter index by_class set tablespace pg_default".to_owned(),
            "classes",
        ),
    ] {
        assert_eq!(scans.read_after(&mut session, &sql).await, [table], "{sql}");
    }
    session.execute(&format!("drop tablespace {place}")).await;
}

/// Rows that a reading is made of, in places that no reading tells.
pub(super) async fn what_only_writes_such_a_row_is_read_and_found_unchanged(server: Server) {
    let scans = among_others(server, "").await;
    let mut session = scans.source.session().await;
    for (sql, table) in [
        ("grant select (name) on t001 to public", "t001"),
        ("alter table t002 alter name set statistics 50", "t002"),
        ("alter table t003 alter name set (n_distinct = 5)", "t003"),
    ] {
        let (status, read) = scans.status_after(&mut session, sql).await;
        assert_eq!(read, [table], "{sql}");
        assert_eq!(status["changes"], no_changes(), "{sql}");
    }
}

pub(super) async fn what_is_no_structure_does_not_count(server: Server) {
    let role = unique("stranger");
    if server == Server::Postgres {
        let scans = among_others(server, POSTGRES).await;
        for sql in [
            "insert into t001 (id, parent) values (1, 1)".to_owned(),
            "truncate t001".to_owned(),
            "vacuum full t002".to_owned(),
            "reindex table t003".to_owned(),
            "grant select, insert on t001 to public".to_owned(),
            "revoke all on t001 from public".to_owned(),
            "create or replace function other.start(int) returns int language sql immutable as 'select 2'".to_owned(),
            "comment on function other.start(int) is 'a start'".to_owned(),
        ] {
            let mut session = scans.source.session().await;
            assert!(scans.read_after(&mut session, &sql).await.is_empty(), "{sql}");
        }
    } else {
        let scans = among_others(server, "create table other (id int)").await;
        let mut session = scans.source.session().await;
        for sql in [
            "insert into t001 (id, parent) values (1, 1)".to_owned(),
            "delete from t001".to_owned(),
            "analyze table t002".to_owned(),
            format!("create user {role}"),
            format!("grant select on t001 to {role}"),
            format!("drop user {role}"),
        ] {
            assert!(
                scans.read_after(&mut session, &sql).await.is_empty(),
                "{sql}"
            );
        }
    }
}

const MYSQL: &str = "
    create table target (id int primary key, code int, unique key by_code (code));
    create table sources (id int primary key, code int, constraint c foreign key (code) references target (code));
    create view shows as select id, code from target;
    create table swapped (a int, b int, key pair (a, b));
    create table parted (id int) partition by range (id) (partition p1 values less than (10));";

pub(super) async fn whatever_is_told_of_a_table_counts(server: Server) {
    let scans = among_others(server, MYSQL).await;
    scans
        .expect(&[
            ("alter table t001 comment 'about it'", &["t001"]),
            ("alter table t001 modify name varchar(20) comment 'a name'", &["t001"]),
            ("alter table t001 modify name varchar(21)", &["t001"]),
            ("alter table t002 alter name set default 'x'", &["t002"]),
            ("alter table swapped drop key pair, add key pair (b, a)", &["swapped"]),
            ("create index by_name on t003 (name)", &["t003"]),
            ("alter table parted add partition (partition p2 values less than (20))", &["parted"]),
            ("alter table t004 add constraint positive check (parent > 0)", &["t004"]),
            ("create trigger fires before insert on t005 for each row set new.parent = 1", &["t005"]),
            ("drop trigger fires", &["t005"]),
            ("alter table sources drop foreign key c; alter table sources add constraint c foreign key (code) \
              references target (code) on delete cascade", &["sources"]),
            ("create or replace view shows as select id from target", &["shows"]),
            ("alter table t006 row_format = compressed", &["t006"]),
            ("alter table t007 convert to character set latin1", &["t007"]),
            ("rename table t008 to moved", &["moved"]),
        ])
        .await;
}
