//! Links that sign somebody in once.

use std::time::Duration;

use catalog::sign_in_links;
use chrono::TimeDelta;
use models::ProblemType;
use models::auth::{CreateSignInLink, CreatedSignInLink, SignIn, SignInLink, SignedIn};
use service_kit::auth::{Caller, Code, CodeKind};
use service_kit::http::AUDIT_TARGET;
use service_kit::problem::Reply;
use tracing::Span;

use super::api_keys::{refuse_above, shown};
use super::{Actor, Once, Service};
use crate::error::Error;

/// How long a link can be used: long enough to open it on another screen.
const LINK_LIVES: TimeDelta = TimeDelta::minutes(10);

impl Service {
    /// Makes a link for a subject, or for the caller.
    pub(crate) async fn create_sign_in_link(
        &self,
        caller: &Caller,
        key: Option<&str>,
        request: CreateSignInLink,
    ) -> Result<CreatedSignInLink, Error> {
        if !self.keys.signs_users() {
            return Err(unavailable());
        }
        let once = Once::new(
            self,
            Actor::from(caller),
            key,
            "create sign-in link",
            &request,
        );
        let subject = request.subject.as_ref().unwrap_or(&caller.subject);
        let roles = request.roles.as_ref().unwrap_or(&caller.roles);
        refuse_above(caller, roles)?;
        let mut tx = self.store.begin(caller.tenant).await?;
        if let Some(SignInLink { id, .. }) = once.recall(&mut tx).await? {
            return Err(shown(&format!("sign-in link {id}")));
        }
        let code = Code::make(CodeKind::SignIn, caller.tenant);
        let link = sign_in_links::create(
            &mut tx,
            (subject, roles),
            &code.hash(),
            &caller.subject,
            self.clock.now() + LINK_LIVES,
        )
        .await?;
        once.remember(&mut tx, &link).await?;
        tx.commit().await?;
        Ok(CreatedSignInLink {
            link,
            code: code.secret().clone().into(),
        })
    }

    /// Opens a session by the code of a link, which is used up by that.
    pub(crate) async fn sign_in(&self, request: &SignIn) -> Result<SignedIn, Error> {
        if !self.keys.signs_users() {
            return Err(unavailable());
        }
        let code = Code::read(CodeKind::SignIn, request.code.expose()).ok_or_else(unusable)?;
        let (now, tenant) = (self.clock.now(), code.tenant());
        let mut tx = self.store.begin(tenant).await?;
        let link = sign_in_links::redeem(&mut tx, &code.hash(), now).await?;
        let SignInLink { subject, roles, .. } = link.ok_or_else(unusable)?;
        let lives = Duration::from_secs(self.session_seconds.into());
        let token = self.keys.try_mint_user(&subject, tenant, &roles, lives);
        let token = token.ok_or_else(unavailable)?;
        // Before anybody has the token: what cannot be noted as used is not used.
        tx.commit().await?;
        Span::current()
            .record("tenant", tenant.0)
            .record("subject", subject.as_str());
        tracing::info!(
            target: AUDIT_TARGET,
            tenant = tenant.0,
            subject,
            "signed in by a link"
        );
        Ok(SignedIn {
            token: token.into(),
            expires_at: now + TimeDelta::seconds(self.session_seconds.into()),
            tenant_id: tenant,
            subject,
            roles,
        })
    }
}

fn unusable() -> Error {
    let detail = "the link is not known: it was never made, has been used or is too old";
    Reply::new(ProblemType::InvalidSignInCode, detail).into()
}

fn unavailable() -> Error {
    let detail = "sign in at the issuer of your tokens: this service signs none itself";
    Reply::new(ProblemType::SignInUnavailable, detail).into()
}
