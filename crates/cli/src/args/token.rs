//! `plumb token`.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use models::Role;

const EXAMPLES: &str = "\
Examples:
  plumb token --tenant 1 --role viewer --subject ada --days 7
  curl --header \"Authorization: Bearer $(plumb token --tenant 1 --role viewer)\" \\
    http://127.0.0.1:8082/api/metadata/datasources";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct TokenArguments {
    /// The tenant to act in.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    pub(crate) tenant: i64,
    /// What the token allows; each role includes the ones before it.
    #[arg(long, value_parser = role(), hide_possible_values = true, value_name = "viewer|operator|admin")]
    pub(crate) role: Role,
    /// In whose name; runs are recorded under it.
    #[arg(long, default_value = "plumb", value_parser = parse_subject)]
    pub(crate) subject: String,
    /// How long the token lives.
    #[arg(long, value_name = "D", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub(crate) days: u32,
}

pub(super) fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(["viewer", "operator", "admin"])
        .try_map(|word| Role::parse(&word).ok_or("must be viewer, operator or admin"))
}

/// As the services take it.
pub(super) fn parse_subject(text: &str) -> Result<String, String> {
    if (1..=255).contains(&text.len()) && !text.contains(char::is_control) {
        Ok(text.to_owned())
    } else {
        Err("must have 1 to 255 bytes and no control characters".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_those_of_the_services() {
        assert_eq!(parse_subject("ada"), Ok("ada".to_owned()));
        assert!(parse_subject("").is_err() && parse_subject("a\nb").is_err());
    }
}
