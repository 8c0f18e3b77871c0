//! `plumb sign-in-link`.

use clap::Args;
use models::Role;

use super::ManagerConnection;
use super::token::{parse_subject, role};

const EXAMPLES: &str = "\
Examples:
  plumb sign-in-link
  plumb sign-in-link --subject ada --role operator
  plumb sign-in-link --format json | jq -r .code

The link opens the console once, within ten minutes, for whoever has it: hand it over as you would a
password. Its code stands behind the #, which a browser sends to no server.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SignInLinkArguments {
    /// Who is signed in by it [default: whose token this is].
    #[arg(long, value_parser = parse_subject)]
    pub(crate) subject: Option<String>,
    /// What the session allows [default: what this token allows].
    #[arg(long, value_parser = role(), hide_possible_values = true, value_name = "viewer|operator|admin")]
    pub(crate) role: Option<Role>,
    #[command(flatten)]
    pub(crate) connection: ManagerConnection,
}
