//! `plumb sign-in-link`.

use std::path::Path;

use models::auth::CreateSignInLink;

use super::ClientError;
use super::connection::Manager;
use crate::args::{Format, SignInLinkArguments};
use crate::error::Outcome;
use crate::output;

/// Makes a link that signs somebody in to the console once.
///
/// # Errors
/// When `meta` cannot be asked by way of `manager`, or refuses.
pub(crate) async fn sign_in_link(
    arguments: &SignInLinkArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let manager = Manager::connect(&arguments.connection, data_dir)?;
    let new = CreateSignInLink {
        subject: arguments.subject.clone(),
        roles: arguments.role.map(|role| vec![role]),
    };
    let created = manager.meta.session.create_sign_in_link(&new).await;
    let created = created.map_err(|error| manager.failed(error))?;
    match format {
        Format::Json => output::print_json(&created)?,
        Format::Table => {
            output::print(&manager.sign_in_page(created.code.expose()))?;
            let (subject, end) = (&created.link.subject, &created.link.expires_at);
            output::hint(&output::plain(&format!(
                "signs {subject} in, once, until {}",
                output::time(Some(end))
            )));
        }
    }
    Ok(Outcome::Done)
}
