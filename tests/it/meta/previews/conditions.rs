//! Which rows: what a condition means on each server, and what is not taken for one.

use test_support::Server;

use super::{Rows, values};

fn people(server: Server) -> String {
    let backslash = server.literal(r"back\slash");
    format!(
        "create table people (id int primary key, name varchar(40), age int, score decimal(10, 2), born date, note text,
            big bigint);
         insert into people values
            (1, 'Ada', 36, 9.5, '1815-12-10', null, 9007199254740993),
            (2, 'O''Brien', 20, 7.25, '2000-01-01', '', 2),
            (3, '100%', null, 0, '1999-12-31', 'x', 3),
            (4, {backslash}, 5, 3, '2024-02-29', '5', 4);"
    )
}

pub(super) async fn choose_rows(server: Server) {
    let rows = Rows::of(server, &people(server)).await;
    for (condition, expected) in [
        ("age > 20", vec![1]),
        ("age >= '20'", vec![1, 2]),
        ("AGE > 19.5", vec![1, 2]),
        ("age < 1e1", vec![4]),
        ("20 = age or id = 4", vec![2, 4]),
        ("not (age is null) and score between 3 and 8", vec![2, 4]),
        ("age is null", vec![3]),
        ("age is not null", vec![1, 2, 4]),
        ("name = 'O''Brien'", vec![2]),
        ("name in ('Ada', 'nobody', 'O''Brien')", vec![1, 2]),
        ("name not in ('Ada')", vec![2, 3, 4]),
        ("name like '%a%'", vec![1, 4]),
        (r"name like '100\%'", vec![3]),
        (r"name = 'back\slash'", vec![4]),
        ("name = 'x'' or 1=1 --'", vec![]),
        ("name = '\" or \"\"=\"'", vec![]),
        (r"name = '\' or name = 'Ada'", vec![1]),
        ("note = ''", vec![2]),
        ("note = 5", vec![4]),
        ("born < '2000-01-01'", vec![1, 3]),
        ("score = 9.50", vec![1]),
        ("id = age", vec![]),
        ("id <= big and id <> 1", vec![2, 3, 4]),
        // Exactly, and not as floating point numbers.
        ("big = 9007199254740993", vec![1]),
        ("big = '9007199254740992'", vec![]),
    ] {
        let query = [("where", condition), ("columns", "id"), ("limit", "100")];
        let answer = rows.preview("people", &query).await;
        let preview = answer.expect(200);
        // MySQL compares texts without case, as its collation says.
        let expected: Vec<_> = expected.iter().map(ToString::to_string).collect();
        assert_eq!(values(&preview, 0), expected, "{condition}: {preview}");
    }
}

pub(super) async fn that_break_out_are_refused(server: Server) {
    let rows = Rows::of(server, &people(server)).await;
    for condition in [
        "id = 1; drop table people",
        "id = 1 -- and more",
        "id = 1 /* and */",
        "id = 1 # and",
        "id = (select max(id) from people)",
        "id in (select id from people)",
        "exists (select 1)",
        "1 = 1",
        "sleep(5) = 0",
        "pg_sleep(5) is null",
        "id = version()",
        "id::text = '1'",
        "cast(id as char) = '1'",
        "name = E'\\x41'",
        "name = \u{2018}Ada\u{2019}",
        "name = 'Ada",
        "name = 'Ada\\' union select 1",
        "people.id = 1",
        "id + 1 = 2",
        "name || 'x' = 'Adax'",
        "id = @@version",
        "id = $1",
        "id = ?",
        "id between 1 and sleep(1)",
        "name like concat('a', '%')",
        "secret = 1",
        "xmin = 1",
        "id = 1 union select 1",
        "id = 1 order by id",
        "id = 1 limit 1",
        "(id = 1",
        "id =",
        "",
    ] {
        let problem = rows
            .preview("people", &[("where", condition)])
            .await
            .problem(422, "validation-failed");
        let error = &problem["errors"][0];
        assert_eq!(error["pointer"], "/where", "{condition}: {problem}");
        let detail = error["detail"].as_str().unwrap_or_default();
        assert!(detail.starts_with("at character "), "{condition}: {detail}");
    }
    let path = format!("{}?where=name%3D'a%00b'", rows.path("people").await);
    let answer = rows.meta.admin().get(&path).await;
    let problem = answer.problem(422, "validation-failed");
    assert_eq!(problem["errors"][0]["pointer"], "/where");
    // Nothing of it has reached the server, so that nothing is recorded.
    assert!(rows.recorded().await.is_empty());
    let all = rows.preview("people", &[]).await.expect(200);
    assert_eq!(values(&all, 0), ["1", "2", "3", "4"]);
}

/// What the server does not compare is told without its words.
pub(super) async fn that_do_not_fit_the_type_are_refused(server: Server) {
    let sql = "create table odd (id int primary key, age int, born date, doc json);
         insert into odd values (1, 1, '2000-01-01', '{}');";
    let rows = Rows::of(server, sql).await;
    let mut refused = vec![
        "age = 'abc'",
        "age in (1, '')",
        "born = 'hidden-word'",
        "born in ('2000-01-01', '')",
    ];
    // The others compare everything with everything.
    if server == Server::Postgres {
        refused.extend([
            "doc = '{}'",
            "age like '1%'",
            "age = '99999999999999999999'",
            "age = true",
            "age = born",
        ]);
    }
    for condition in refused {
        let answer = rows.preview("odd", &[("where", condition)]).await;
        let problem = answer.problem(422, "validation-failed");
        assert_eq!(problem["errors"][0]["pointer"], "/where", "{problem}");
        assert!(!problem.to_string().contains("hidden-word"), "{problem}");
    }
}

pub(super) async fn columns_are_chosen(server: Server) {
    let rows = Rows::of(server, &people(server)).await;
    let query = [("columns", "score, ID"), ("where", "id = 2")];
    let preview = rows.preview("people", &query).await.expect(200);
    assert_eq!(preview["rows"], serde_json::json!([["7.25", 2]]));
    for (columns, said) in [
        (
            "id,nmae",
            "at character 4: the catalog has no column nmae of this table; near to it is name",
        ),
        ("id,id", "at character 4: the column id is named twice"),
        ("", "at character 1: a name of a column is missing"),
        (
            "count(*)",
            "at character 1: the catalog has no column count(*) of this table",
        ),
    ] {
        let answer = rows.preview("people", &[("columns", columns)]).await;
        let problem = answer.problem(422, "validation-failed");
        let error = &problem["errors"][0];
        assert_eq!(error["pointer"], "/columns", "{problem}");
        let detail = error["detail"].as_str().unwrap_or_default();
        assert!(detail.starts_with(said), "{columns}: {detail}");
    }
}
