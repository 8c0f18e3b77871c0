//! Keys that the business table lacks.

use std::fmt::Write;

use test_support::{Server, Source};
use transfer::delta::Method;

use super::{change, columns, measured, servers, source};

/// A row: in each column another value than in any other row.
struct Values {
    number: &'static str,
    amount: &'static str,
    text: &'static str,
    bytes: &'static str,
    id: &'static str,
    day: &'static str,
    moment: &'static str,
    clock: &'static str,
}

const fn values(
    [number, amount, text, bytes]: [&'static str; 4],
    [id, day, moment, clock]: [&'static str; 4],
) -> Values {
    Values {
        number,
        amount,
        text,
        bytes,
        id,
        day,
        moment,
        clock,
    }
}

/// What sorts otherwise by other rules: upper and lower case, accents, blanks at the end, signs, lengths, the
/// groups of a `uuid`.
const ROWS: [Values; 12] = [
    values(
        ["-9223372036854775808", "-1.5", "", ""],
        [
            "00000000-0000-4000-8000-000000000001",
            "1000-01-01",
            "1970-01-02 00:00:00",
            "00:00:00",
        ],
    ),
    values(
        ["-5", "-0.0001", "a", "00"],
        [
            "ffffffff-0000-4000-8000-000000000000",
            "1969-12-31",
            "1999-12-31 23:59:59.999999",
            "00:00:00.000001",
        ],
    ),
    values(
        ["0", "0", "A", "0000"],
        [
            "00000000-ffff-1000-8000-000000000000",
            "1970-01-01",
            "2000-01-01 00:00:00",
            "00:00:01",
        ],
    ),
    values(
        ["7", "0.25", "ä", "61"],
        [
            "0fa00000-0000-4000-8000-0000000000ff",
            "2000-02-29",
            "2000-01-01 00:00:00.000001",
            "01:00:00",
        ],
    ),
    values(
        ["10", "10", "z", "6100"],
        [
            "9fa00000-0000-7000-8000-000000000010",
            "2026-03-01",
            "2026-03-29 01:30:00",
            "09:59:59",
        ],
    ),
    values(
        ["9", "9.99", "Z", "ff"],
        [
            "afa00000-0000-1000-9000-000000000010",
            "2026-02-28",
            "2026-03-29 02:30:00",
            "10:00:00",
        ],
    ),
    values(
        ["100", "100", "a ", "ff00"],
        [
            "00000000-0000-4000-8000-100000000000",
            "9999-12-31",
            "2026-10-25 00:30:00",
            "12:00:00",
        ],
    ),
    values(
        ["9007199254740993", "1", " a", "7f"],
        [
            "00000000-0000-4000-8000-00000000000a",
            "2026-12-31",
            "2026-10-25 01:30:00",
            "12:00:00.5",
        ],
    ),
    values(
        ["9223372036854775807", "123456789012.3456", "é", "80"],
        [
            "7fffffff-ffff-4fff-bfff-ffffffffffff",
            "2027-01-01",
            "2030-01-01 00:00:00",
            "23:59:59",
        ],
    ),
    values(
        ["2147483648", "1.5", "日本", "5c78"],
        [
            "80000000-0000-4000-8000-000000000000",
            "2027-01-02",
            "2030-01-01 00:00:00.5",
            "23:59:59.999999",
        ],
    ),
    values(
        ["1", "2", "😀", "0a"],
        [
            "10000000-0000-4000-8000-000000000000",
            "2027-01-03",
            "2031-01-01 00:00:00",
            "05:00:00",
        ],
    ),
    values(
        ["42", "3.14", "it's", "61ff"],
        [
            "20000000-0000-4000-8000-000000000000",
            "2027-01-04",
            "2032-01-01 00:00:00",
            "06:00:00",
        ],
    ),
];

/// A table of a server's own types with some of the rows.
fn table(server: Server, name: &str, rows: impl Iterator<Item = usize>) -> String {
    let types = match server {
        Server::Postgres => {
            "number bigint, number_text varchar(40), amount numeric(20,4), text text collate \"und-x-icu\", \
             bytes bytea, id uuid, id_text varchar(40), day date, moment timestamp, instant timestamptz, clock time"
        }
        Server::MariaDb => {
            "number bigint, number_text varchar(40), amount decimal(20,4), \
             text varchar(40) character set utf8mb4 collate utf8mb4_general_ci, bytes varbinary(40), id uuid, \
             id_text char(36), day date, moment datetime(6), instant timestamp(6) null, clock time(6)"
        }
        Server::MySql => {
            "number bigint, number_text varchar(40), amount decimal(20,4), \
             text varchar(40) character set utf8mb4 collate utf8mb4_0900_ai_ci, bytes varbinary(40), id binary(16), \
             id_text char(36), day date, moment datetime(6), instant timestamp(6) null, clock time(6)"
        }
    };
    let mut sql = format!("create table {name} ({types});");
    match server {
        Server::Postgres => sql.push_str("set time zone 'UTC';"),
        Server::MariaDb | Server::MySql => sql.push_str("set time_zone = '+00:00';"),
    }
    for row in rows.map(|row| &ROWS[row]) {
        // Writing to a string cannot fail.
        let _ = write!(sql, "insert into {name} values ({});", list(server, row));
    }
    sql
}

fn list(server: Server, row: &Values) -> String {
    let text = |text: &str| server.literal(text);
    let bytes = |digits: &str| match server {
        Server::Postgres => format!("'\\x{digits}'"),
        Server::MariaDb | Server::MySql => format!("x'{digits}'"),
    };
    let id = match server {
        Server::MySql => bytes(&row.id.replace('-', "")),
        Server::Postgres | Server::MariaDb => text(row.id),
    };
    [
        row.number.to_owned(),
        text(row.number),
        row.amount.to_owned(),
        text(row.text),
        bytes(row.bytes),
        id,
        text(&row.id.to_uppercase()),
        text(row.day),
        text(row.moment),
        text(row.moment),
        text(row.clock),
    ]
    .join(", ")
}

/// Of the business table three rows are missing, and it has two that the sync table has not.
async fn tables(sync: Server, biz: Server) -> (Source, Source) {
    let processed = (0..10).filter(|row| ![1, 4, 8].contains(row));
    (
        source(sync, &table(sync, "sync", 0..10)).await,
        source(biz, &table(biz, "biz", processed.chain(10..12))).await,
    )
}

async fn key(sync: (&Source, &[&str]), biz: (&Source, &[&str])) -> Method {
    Method::Key {
        sync: columns(sync.0, "sync", sync.1).await,
        biz: columns(biz.0, "biz", biz.1).await,
    }
}

pub(super) async fn keys_of_every_type_meet_on_every_server(server: Server) {
    for other in servers() {
        let (sync, biz) = tables(server, other).await;
        for (ours, theirs) in [
            ("number", "number"),
            ("number", "number_text"),
            ("number_text", "number"),
            ("amount", "amount"),
            ("text", "text"),
            ("bytes", "bytes"),
            ("id", "id"),
            ("id", "id_text"),
            ("id_text", "id"),
            ("day", "day"),
            ("moment", "moment"),
            ("moment", "instant"),
            ("instant", "moment"),
            ("instant", "instant"),
            ("clock", "clock"),
        ] {
            // MySQL has its ids as bytes: of bytes and text nothing tells that they are ids.
            let of_mysql = (server == Server::MySql && ours == "id")
                || (other == Server::MySql && theirs == "id");
            if of_mysql && [ours, theirs].contains(&"id_text") {
                continue;
            }
            let method = key((&sync, &[ours]), (&biz, &[theirs])).await;
            let found = measured(&sync, &biz, method).await;
            let found =
                found.unwrap_or_else(|error| panic!("{ours} and {theirs} of {other:?}: {error}"));
            assert_eq!(
                (
                    found.pending,
                    found.surplus,
                    found.sync_rows,
                    found.biz_rows
                ),
                (3, Some(2), Some(10), Some(9)),
                "{ours} and {theirs} of {other:?}"
            );
            // Of these one has a zone and the other has none.
            let is_odd = [(ours, theirs), (theirs, ours)].contains(&("moment", "instant"));
            let told: Vec<_> = found
                .notes
                .iter()
                .map(|note| note.contains("moment of the") && note.contains("no time zone"))
                .collect();
            assert_eq!(told, vec![true; usize::from(is_odd)], "{:?}", found.notes);
        }
    }
}

pub(super) async fn keys_of_several_columns_meet_on_every_server(server: Server) {
    for other in servers() {
        let (sync, biz) = tables(server, other).await;
        // All rows have the same amount, and two columns of text whose ends must not run into each other.
        for source in [(&sync, "sync"), (&biz, "biz")] {
            change(
                source.0,
                &format!("update {} set amount = 1, number_text = 'x'", source.1),
            )
            .await;
        }
        let names = ["amount", "text", "number_text", "bytes", "moment", "number"];
        let method = key((&sync, &names), (&biz, &names)).await;
        let found = measured(&sync, &biz, method)
            .await
            .expect("they are compared");
        assert_eq!((found.pending, found.surplus), (3, Some(2)), "{other:?}");
    }
}

pub(super) async fn what_is_odd_about_keys_is_told(server: Server) {
    let both = source(
        server,
        "create table sync (a int, b varchar(9)); create table biz (a int, b varchar(9));
         insert into sync values (1, 'x'), (1, 'x'), (2, 'y'), (3, null), (null, null); insert into biz values (1, 'x')",
    )
    .await;
    let method = key((&both, &["a", "b"]), (&both, &["a", "b"])).await;
    let found = measured(&both, &both, method)
        .await
        .expect("they are compared");
    assert_eq!((found.pending, found.surplus), (1, Some(0)));
    assert_eq!((found.sync_rows, found.biz_rows), (Some(5), Some(1)));
    assert_eq!(
        found.notes,
        [
            "2 rows of the sync table have NULL in their key and were not compared",
            "1 rows of the sync table have the key of another one and count once with it"
        ]
    );
}

/// More than one piece of keys, of lists that are not equally long.
pub(super) async fn many_keys_are_compared(server: Server) {
    let fill = |name: &str, last: u32| {
        let digits = "(select 0 d union select 1 union select 2 union select 3 union select 4 union select 5 \
                      union select 6 union select 7 union select 8 union select 9)";
        format!(
            "create table {name} (id int primary key);
             insert into {name} select 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d \
             from {digits} a, {digits} b, {digits} c, {digits} e, {digits} f \
             where a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d < {last};"
        )
    };
    let sync = source(server, &fill("sync", 30_000)).await;
    for other in servers() {
        let biz = source(other, &fill("biz", 20_000)).await;
        change(&biz, "delete from biz where id in (1, 4096, 4097, 20000)").await;
        let method = key((&sync, &["id"]), (&biz, &["id"])).await;
        let found = measured(&sync, &biz, method)
            .await
            .expect("they are compared");
        assert_eq!(
            (found.pending, found.surplus),
            (10_004, Some(0)),
            "{other:?}"
        );
        assert_eq!(
            (found.sync_rows, found.biz_rows),
            (Some(30_000), Some(19_996))
        );
    }
}
