//! `plumb key list`.

use std::path::Path;

use meta_client::ApiKeysQuery;
use models::auth::ApiKey;

use crate::args::{Format, KeyListArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::client::list::{View, print_list};
use crate::error::Outcome;
use crate::output::time;

const HEADINGS: &[&str] = &[
    "ID",
    "NAME",
    "ROLE",
    "BEGINS",
    "MADE",
    "BY",
    "EXPIRES",
    "LAST USED",
    "REVOKED",
];

pub(super) async fn list(
    arguments: &KeyListArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let view = View {
        headings: HEADINGS,
        numbers: &[],
        row,
        none: "there is no API key: see plumb key create --help".to_owned(),
    };
    print_list(view, &arguments.paging, format, async |limit, cursor| {
        let query = ApiKeysQuery {
            include_revoked: arguments.revoked,
            limit: Some(limit),
            cursor,
        };
        let page = meta.session.list_api_keys(&query).await;
        page.map_err(|error| meta.failed(error))
    })
    .await?;
    Ok(Outcome::Done)
}

fn row(key: &ApiKey) -> Vec<String> {
    vec![
        key.id.to_string(),
        key.name.clone(),
        key.role.to_string(),
        key.prefix.clone(),
        time(Some(&key.created_at)),
        key.created_by.clone(),
        time(key.expires_at.as_ref()),
        time(key.last_used_at.as_ref()),
        time(key.revoked_at.as_ref()),
    ]
}
