//! `/api/metadata/tables/{id}/preview`

mod caps;
mod conditions;
mod failures;
mod record;
mod types;

use serde_json::{Value, json};
use sqlx::Row as _;
use test_support::{Answer, Api, Installation, Meta, Server, Source};

/// A `meta` with a source whose tables are scanned and whose rows the login may read.
pub(super) struct Rows {
    pub(super) meta: Meta,
    pub(super) source: Source,
    pub(super) id: i64,
}

/// A row of the record of previews.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Recorded {
    pub(super) columns: Vec<String>,
    pub(super) condition: Option<String>,
    pub(super) subject: String,
    pub(super) by_service: bool,
    pub(super) outcome: String,
    pub(super) problem: Option<String>,
    pub(super) row_count: Option<i32>,
}

/// Grants the login of a source its rows.
pub(super) async fn grant_rows(source: &Source) {
    // On the others its SELECT is of databases.
    if source.server == Server::Postgres {
        let grant = format!(
            "grant usage on schema public to {0}; grant select on all tables in schema public to {0}",
            source.username
        );
        source.execute(&grant).await;
    }
}

impl Rows {
    /// What these statements make.
    pub(super) async fn of(server: Server, sql: &str) -> Self {
        Self::with(server, sql, &[]).await
    }

    /// The same, with some settings of `meta` set otherwise.
    pub(super) async fn with(server: Server, sql: &str, settings: &[(&str, &str)]) -> Self {
        let source = Source::create(server).await;
        source.execute(sql).await;
        grant_rows(&source).await;
        let meta = Installation::new().await.meta_with(settings).await;
        let id = meta.register(&source).await;
        let rows = Self { meta, source, id };
        rows.scan().await;
        rows
    }

    pub(super) async fn scan(&self) {
        let request = json!({ "resource_id": self.id, "database": self.source.database });
        let status = self.meta.scan(&request).await;
        assert_eq!(status["status"], "SUCCESS", "{status}");
    }

    /// The path of a table's preview.
    pub(super) async fn path(&self, table: &str) -> String {
        let api = self.meta.admin();
        let (id, name) = (self.id, &self.source.database);
        let found = api
            .get(&format!(
                "/api/metadata/databases?resource_id={id}&name={name}"
            ))
            .await
            .expect(200);
        let database = &found["items"][0]["id"];
        let found = api
            .get(&format!(
                "/api/metadata/tables?database_id={database}&name={table}"
            ))
            .await
            .expect(200);
        let table = &found["items"][0]["id"];
        assert!(table.is_i64(), "{found}");
        format!("/api/metadata/tables/{table}/preview")
    }

    /// The preview of a table, by a query string.
    pub(super) async fn preview(&self, table: &str, query: &[(&str, &str)]) -> Answer {
        ask(&self.meta.admin(), &self.path(table).await, query).await
    }

    /// What was recorded, oldest first.
    pub(super) async fn recorded(&self) -> Vec<Recorded> {
        let mut admin = self.meta.installation.store().admin().await;
        let rows = sqlx::query(
            "select columns, condition, subject, by_service, outcome, problem, row_count from metadata.previews order by id",
        );
        let rows = rows.fetch_all(&mut admin).await.expect("the record");
        rows.iter()
            .map(|row| Recorded {
                columns: row.get(0),
                condition: row.get(1),
                subject: row.get(2),
                by_service: row.get(3),
                outcome: row.get(4),
                problem: row.get(5),
                row_count: row.get(6),
            })
            .collect()
    }
}

/// GET with a query string of these pairs.
pub(super) async fn ask(api: &Api, path: &str, query: &[(&str, &str)]) -> Answer {
    let mut url = reqwest::Url::parse("http://x/").expect("a URL");
    url.query_pairs_mut().extend_pairs(query);
    api.get(&format!("{path}?{}", url.query().unwrap_or_default()))
        .await
}

/// The values of a column, sorted as text: rows come in no order.
pub(super) fn values(preview: &Value, column: usize) -> Vec<String> {
    let rows = preview["rows"].as_array().expect("rows");
    let mut values: Vec<_> = rows.iter().map(|row| row[column].to_string()).collect();
    values.sort();
    values
}

/// One line for each server runs these on it.
macro_rules! suite {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            types { are_shown_as_the_server_prints_them, odd_names_are_names }
            conditions {
                choose_rows,
                that_break_out_are_refused,
                that_do_not_fit_the_type_are_refused,
                columns_are_chosen,
            }
            caps {
                rows_are_counted,
                long_values_are_cut_on_the_server,
                an_answer_has_so_many_bytes,
                what_takes_too_long_is_stopped,
                no_more_run_at_once_than_the_source_allows,
            }
            failures {
                a_table_that_has_changed_is_told,
                a_source_that_is_down_is_told,
                a_paused_source_is_left_alone,
                a_table_without_fields_has_to_be_scanned,
                nothing_is_written,
                the_words_of_a_failure_stay_on_the_server,
                a_login_without_the_right_is_told,
            }
            record { tells_who_saw_what }
        }
    };
}
suite!(postgres, Postgres);
suite!(mariadb, MariaDb);
suite!(mysql, MySql);
