//! `plumb source list`.

use std::path::Path;

use meta_client::PageQuery;
use models::datasource::Datasource;

use super::address;
use crate::args::{Format, SourceListArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::client::list::{View, print_list};
use crate::error::Outcome;
use crate::output::{Table, short, time};

const HEADINGS: &[&str] = &[
    "ID",
    "NAME",
    "TYPE",
    "SERVER",
    "ADDRESS",
    "STATUS",
    "LAST SYNC",
    "ERROR",
];
/// So much of an error stands in a list.
const ERROR: usize = 100;

pub(super) async fn list(
    arguments: &SourceListArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let view = View {
        headings: HEADINGS,
        numbers: &[],
        row: |source| row(source).to_vec(),
        none: "no data source is registered: see plumb source add --help".to_owned(),
    };
    print_list(view, &arguments.paging, format, async |limit, cursor| {
        let query = PageQuery {
            limit: Some(limit),
            cursor,
            ..PageQuery::default()
        };
        let page = meta.session.list_datasources(&query).await;
        page.map_err(|error| meta.failed(error))
    })
    .await?;
    Ok(Outcome::Done)
}

/// Data sources, one a line.
pub(super) fn table(sources: &[Datasource]) -> Table {
    let mut table = Table::new(HEADINGS);
    for source in sources {
        table.row(&row(source).each_ref().map(String::as_str));
    }
    table
}

/// Where its last scan stands; with a word where no new one starts.
pub(super) fn status(source: &Datasource) -> String {
    let paused = if source.paused { ", paused" } else { "" };
    format!("{}{paused}", source.sync_status)
}

fn row(source: &Datasource) -> [String; 8] {
    let server = [source.flavor.as_deref(), source.server_version.as_deref()];
    let error = source.error_message.as_deref().unwrap_or_default();
    [
        source.id.to_string(),
        source.datasource_name.clone(),
        source.datasource_type.as_str().to_owned(),
        server.into_iter().flatten().collect::<Vec<_>>().join(" "),
        address(&source.host, source.port),
        status(source),
        time(source.last_sync_at.as_ref()),
        short(error, ERROR).into_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sources_are_shown_one_a_line() {
        let source = |id: i64, name: &str, error: Option<&str>| -> Datasource {
            serde_json::from_value(json!({
                "id": id, "datasource_name": name, "datasource_type": "mysql", "flavor": "MariaDB",
                "server_version": "10.11", "host": "::1", "port": 3306, "username": "u",
                "default_database": null, "tls": {}, "options": {}, "server_facts": {},
                "paused": id == 12, "sync_status": "failed", "sync_level": null, "error_message": error,
                "last_sync_at": "2026-01-02T12:00:05.123456Z",
                "created_at": "2026-01-02T12:00:00Z", "updated_at": "2026-01-02T12:00:00Z",
            }))
            .unwrap()
        };
        let shown = table(&[
            source(1, "shop\u{1b}c", None),
            source(12, "b", Some("no\nroute")),
        ])
        .render();
        assert_eq!(
            shown,
            "ID  NAME         TYPE   SERVER         ADDRESS     STATUS          LAST SYNC                ERROR\n\
             1   shop\\u{1b}c  mysql  MariaDB 10.11  [::1]:3306  failed          2026-01-02 12:00:05 UTC\n\
             12  b            mysql  MariaDB 10.11  [::1]:3306  failed, paused  2026-01-02 12:00:05 UTC  no\\nroute\n"
        );
    }
}
