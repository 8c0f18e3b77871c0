//! The steps of a connection test.

use std::net::SocketAddr;

use models::datasource::{TestStep, TlsMode};

use super::grants::Rights;
use super::server::Server;
use super::session::Session;
use super::{connect, grants, greeting, server, sync};
use crate::probe::{self, Greeted, Steps};
use crate::{ScanError, Target, passage};

/// How many databases are named one by one.
const NAMED: usize = 5;

/// Tries a connection step by step, up to the first step that fails.
pub(super) async fn test(target: &Target) -> Vec<TestStep> {
    let mut steps = Steps::default();
    if let Some(mut session) = enter(target, &mut steps).await {
        // What failed is in the steps.
        let _ = look_around(target, &mut session, &mut steps).await;
        session.close().await;
    }
    steps.into_vec()
}

async fn enter(target: &Target, steps: &mut Steps) -> Option<Session> {
    let addresses = steps.run("resolve", probe::resolve(target)).await?;
    let greeted = steps.run("connect", connect(target, &addresses)).await?;
    let is_secure = steps.run("tls", probe::secure(target, greeted)).await?;
    steps
        .run("authenticate", authenticate(target, is_secure))
        .await
}

async fn connect(
    target: &Target,
    addresses: &[SocketAddr],
) -> Result<(Greeted, String), ScanError> {
    let stream = passage::connect(target, addresses).await?;
    let within = target.limits.connect_timeout;
    Ok(greeting::read(target, stream, within).await?.with_detail())
}

async fn authenticate(target: &Target, is_secure: bool) -> Result<(Session, String), ScanError> {
    let mut session = connect::login(target).await?;
    let mut detail = format!("logged in as {}", target.username);
    // Asked in any case: a server may let a login in that it does nothing for.
    let is_encrypted = is_encrypted(&mut session).await?;
    if is_secure && target.tls.mode == TlsMode::Prefer && !is_encrypted {
        detail.push_str("; this session is not encrypted, as the server sees it");
    }
    Ok((session, detail))
}

async fn look_around(target: &Target, session: &mut Session, steps: &mut Steps) -> Option<()> {
    let version = async {
        let (server, _) = server::read(session).await?;
        connect::settle(session, &server).await?;
        let detail = format!("{} {}", server.info.flavor, server.info.version);
        Ok((server, detail))
    };
    let server = steps.run("version", version).await?;
    steps
        .run("databases", async { Ok(((), databases(session).await?)) })
        .await?;
    let privileges = async {
        let rights = grants::read(session).await?;
        Ok(((), privileges(target, &server, &rights)))
    };
    steps.run("privileges", privileges).await
}

/// `prefer` allows a connection without TLS too.
async fn is_encrypted(session: &mut Session) -> Result<bool, ScanError> {
    const SQL: &str = "/* plumbline tls */ SHOW SESSION STATUS LIKE 'Ssl_cipher'";
    let row = session.first("the state of TLS", sqlx::query(SQL)).await?;
    match row {
        Some(row) => Ok(row.filled(1)?.is_some()),
        None => Ok(false),
    }
}

async fn databases(session: &mut Session) -> Result<String, ScanError> {
    let databases = sync::list(session).await?;
    let names: Vec<&str> = databases.keys().take(NAMED).map(String::as_str).collect();
    let more = if databases.len() > NAMED { ", ..." } else { "" };
    Ok(match databases.len() {
        0 => "no database, or none that the login may see".to_owned(),
        1 => format!("1 database: {}", names.join(", ")),
        count => format!("{count} databases: {}{more}", names.join(", ")),
    })
}

/// What the login may read: of the database that the data source names, or of the whole server.
fn privileges(target: &Target, server: &Server, rights: &Rights) -> String {
    let Some(database) = &target.database else {
        return rights.assess();
    };
    let missing: Vec<String> = rights
        .missing(server, database)
        .into_iter()
        .map(|missing| format!("{}: {}", missing.hides, missing.grant))
        .collect();
    if missing.is_empty() {
        format!("may read everything of {database}")
    } else {
        format!("hidden of {database}: {}", missing.join("; "))
    }
}
