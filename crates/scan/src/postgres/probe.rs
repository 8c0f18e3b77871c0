//! The connection test.

use std::net::SocketAddr;

use models::datasource::{TestStep, TlsMode};

use super::session::Session;
use super::sync::Listed;
use super::{connect, greeting, server, sync};
use crate::probe::{self, Greeted, Steps};
use crate::{ScanError, Target, passage};

/// How many databases a message names.
const NAMED: usize = 5;

/// Tries the connection step by step, up to the first that fails.
pub(super) async fn test(target: &Target) -> Vec<TestStep> {
    let mut steps = Steps::default();
    // None only says that a step failed, which the steps tell in full.
    let _ = run(target, &mut steps).await;
    steps.into_vec()
}

async fn run(target: &Target, steps: &mut Steps) -> Option<()> {
    let addresses = steps.run("resolve", probe::resolve(target)).await?;
    let greeted = steps.run("connect", connect(target, &addresses)).await?;
    let is_secure = steps.run("tls", probe::secure(target, greeted)).await?;
    let mut session = match steps
        .run("authenticate", authenticate(target, is_secure))
        .await?
    {
        Ok(session) => session,
        // Which version it is tells itself with the login.
        Err(outdated) => return steps.run("version", async { Err(outdated) }).await,
    };
    let outcome = inspect(steps, &mut session).await;
    session.close().await;
    outcome
}

async fn connect(
    target: &Target,
    addresses: &[SocketAddr],
) -> Result<(Greeted, String), ScanError> {
    let stream = passage::connect(target, addresses).await?;
    Ok(greeting::ask(target, stream).await?.with_detail())
}

async fn inspect(steps: &mut Steps, session: &mut Session) -> Option<()> {
    steps.run("version", version(session)).await?;
    let databases = steps.run("databases", databases(session)).await?;
    steps
        .run("privileges", async { privileges(&databases) })
        .await
}

/// Logs in. The inner error is of a server that let us in and is too old.
async fn authenticate(
    target: &Target,
    is_secure: bool,
) -> Result<(Result<Session, ScanError>, String), ScanError> {
    let (mut session, database) = match connect::open_first(target).await {
        Ok(opened) => opened,
        Err(outdated @ ScanError::UnsupportedVersion { .. }) => {
            let detail = format!("logged in as {}", target.username);
            return Ok((Err(outdated), detail));
        }
        Err(error) => return Err(error),
    };
    let mut detail = format!(
        "logged in to the database {database} as {}",
        target.username
    );
    if is_secure && target.tls.mode == TlsMode::Prefer && !is_encrypted(&mut session).await? {
        detail.push_str("; this session is not encrypted, as the server sees it");
    }
    Ok((Ok(session), detail))
}

/// A server that does TLS may still let this login in only without, which `prefer` allows.
async fn is_encrypted(session: &mut Session) -> Result<bool, ScanError> {
    let query = sqlx::query(
        "-- plumbline tls\n\
         select s.ssl from pg_stat_ssl s where s.pid = pg_backend_pid()",
    );
    session.one("the state of TLS", query).await?.flag()
}

async fn version(session: &mut Session) -> Result<((), String), ScanError> {
    let server = server::info(session).await?;
    Ok(((), format!("{} {}", server.flavor, server.version)))
}

async fn databases(session: &mut Session) -> Result<(Vec<Listed>, String), ScanError> {
    let databases = sync::list(session).await?;
    let detail = match databases.len() {
        1 => "1 database".to_owned(),
        count => format!("{count} databases"),
    };
    Ok((databases, detail))
}

/// `pg_catalog` is open to every login: CONNECT is all that a full reading takes.
fn privileges(databases: &[Listed]) -> Result<((), String), ScanError> {
    let closed = databases
        .iter()
        .filter(|listed| listed.record.inaccessible_reason.is_some());
    let open = databases.len() - closed.count();
    let grants: Vec<&str> = databases
        .iter()
        .filter_map(|listed| listed.grant.as_deref())
        .collect();
    let mut detail = format!("{open} of {} databases can be read", databases.len());
    if grants.is_empty() {
        return Ok(((), detail));
    }
    let mut hint = grants[..grants.len().min(NAMED)].join("; ");
    if grants.len() > NAMED {
        hint.push_str("; ...");
    }
    if open == 0 {
        let action = "connect to any database".to_owned();
        return Err(ScanError::Privilege {
            action,
            cause: hint,
        });
    }
    detail.push_str("; for the rest: ");
    detail.push_str(&hint);
    Ok(((), detail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DatabaseRecord;

    fn listed(name: &str, grant: Option<&str>) -> Listed {
        let record = DatabaseRecord {
            name: name.to_owned(),
            charset: None,
            collation: None,
            owner: None,
            table_count: None,
            total_size_bytes: None,
            inaccessible_reason: grant.map(str::to_owned),
            source_identity: None,
        };
        Listed {
            record,
            grant: grant.map(str::to_owned),
        }
    }

    #[test]
    fn missing_privileges_come_with_the_grant() {
        let detail = |databases: &[Listed]| privileges(databases).unwrap().1;
        assert_eq!(detail(&[listed("a", None)]), "1 of 1 databases can be read");
        assert_eq!(
            detail(&[listed("a", None), listed("b", Some("GRANT B"))]),
            "1 of 2 databases can be read; for the rest: GRANT B"
        );
        let all: Vec<Listed> = ["a", "b", "c", "d", "e", "f"]
            .map(|name| listed(name, Some(name)))
            .into();
        assert_eq!(
            privileges(&all).unwrap_err().to_string(),
            "the login may not connect to any database: a; b; c; d; e; ...; grant it what it lacks and scan again"
        );
    }
}
