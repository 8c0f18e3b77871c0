//! `plumb key`.

use clap::{Args, Subcommand};
use models::Role;

use super::token::role;
use super::{Connection, Paging};

const EXAMPLES: &str = "\
Examples:
  plumb key create 'nightly export' --role viewer --days 90
  plumb key list
  plumb key revoke 7";

const CREATE_EXAMPLES: &str = "\
Examples:
  plumb key create 'nightly export' --role viewer --days 90
  plumb key create ci --role operator >ci.key
  plumb key create ci --role operator --format json | jq -r .key

The key is printed this once and is kept nowhere: who loses it makes another. It is a credential like a
token, for --token, PLUMB_TOKEN and Authorization: Bearer.";

const LIST_EXAMPLES: &str = "\
Examples:
  plumb key list
  plumb key list --revoked
  plumb key list --format json | jq -r '.items[] | select(.last_used_at == null) | .id'

Of a key the list has how it begins, and never the whole of it.";

const REVOKE_EXAMPLES: &str = "\
Examples:
  plumb key revoke 7
  plumb key revoke 7 8

A revoked key is refused within a minute, and for good. The ids are those of plumb key list. The API has no
document to answer with, so --format json prints nothing.";

#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub(crate) enum KeyCommand {
    /// Make an API key and print it, once.
    Create(KeyCreateArguments),
    /// List API keys with their last use.
    List(KeyListArguments),
    /// Revoke API keys for good.
    Revoke(KeyRevokeArguments),
}

#[derive(Debug, Args)]
#[command(after_help = CREATE_EXAMPLES)]
pub(crate) struct KeyCreateArguments {
    /// What the key is for.
    pub(crate) name: String,
    /// What the key allows; each role includes the ones before it.
    #[arg(long, value_parser = role(), hide_possible_values = true, value_name = "viewer|operator|admin")]
    pub(crate) role: Role,
    /// How long the key lives [default: until it is revoked].
    #[arg(long, value_name = "D", value_parser = clap::value_parser!(u16).range(1..=i64::from(models::auth::MAX_KEY_DAYS)))]
    pub(crate) days: Option<u16>,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = LIST_EXAMPLES)]
pub(crate) struct KeyListArguments {
    /// Also keys that have been revoked.
    #[arg(long)]
    pub(crate) revoked: bool,
    #[command(flatten)]
    pub(crate) paging: Paging,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = REVOKE_EXAMPLES)]
pub(crate) struct KeyRevokeArguments {
    /// The keys' ids.
    #[arg(required = true, value_name = "ID")]
    pub(crate) ids: Vec<i64>,
    #[command(flatten)]
    pub(crate) connection: Connection,
}
