//! The passwords of data sources, as they are at the moment of use.

use std::time::Instant;

use catalog::secrets::Credential;
use models::TenantId;
use models::datasource::{TestReport, TestStep};
use scan::{Target, scanner};
use secrecy::SecretString;

use super::Service;
use crate::error::Error;

impl Service {
    /// Refuses a reference that this tenant may not use.
    pub(super) fn check_reference(
        &self,
        tenant: TenantId,
        password_from: Option<&str>,
    ) -> Result<(), Error> {
        match password_from.map(|text| self.references.check(tenant, text)) {
            Some(Err(error)) => Err(Error::invalid("/password_from", error.to_string())),
            _ => Ok(()),
        }
    }

    /// The password of a data source.
    pub(super) async fn password(
        &self,
        tenant: TenantId,
        id: i64,
        credential: &Credential,
    ) -> Result<SecretString, Error> {
        Ok(match credential {
            Credential::Sealed(sealed) => self.secrets.open(tenant, id, sealed)?,
            Credential::From(text) => self.references.read(tenant, text).await?,
        })
    }
}

/// Tries a connection, step by step. A password that was not to be had is a step that failed; one that
/// was read from elsewhere is a step too.
pub(super) async fn report(
    password_from: Option<&str>,
    started: Instant,
    target: Result<Target, Error>,
) -> Result<TestReport, Error> {
    let step = |ok, detail| TestStep {
        name: "password".to_owned(),
        ok,
        detail,
        duration_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    };
    let (mut steps, target) = match target {
        Ok(target) => {
            let read = password_from.map(|text| step(true, format!("read from {text}")));
            (read.into_iter().collect::<Vec<_>>(), target)
        }
        Err(error @ (Error::Secret(_) | Error::Reference(_))) => {
            return Ok(TestReport {
                ok: false,
                steps: vec![step(false, error.to_string())],
            });
        }
        Err(error) => return Err(error),
    };
    steps.extend(scanner(target).test().await);
    Ok(TestReport {
        ok: steps.iter().all(|step| step.ok),
        steps,
    })
}
