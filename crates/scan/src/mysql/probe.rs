//! The steps of a connection test.

use models::datasource::TestStep;

use super::session::Session;
use super::{connect, grants, server, sync};
use crate::probe::{self, Steps};
use crate::{ScanError, Target};

/// How many databases are named one by one.
const NAMED: usize = 5;

/// Tries a connection step by step, up to the first step that fails.
pub(super) async fn test(target: &Target) -> Vec<TestStep> {
    let mut steps = Steps::default();
    if let Some(mut session) = enter(target, &mut steps).await {
        // What failed is in the steps.
        let _ = look_around(&mut session, &mut steps).await;
        session.close().await;
    }
    steps.into_vec()
}

async fn enter(target: &Target, steps: &mut Steps) -> Option<Session> {
    let addresses = steps.run("resolve", probe::resolve(target)).await?;
    steps
        .run("connect", probe::connect(target, &addresses))
        .await?;
    let login = async {
        Ok((
            connect::login(target).await?,
            format!("logged in as {}", target.username),
        ))
    };
    steps.run("authenticate", login).await
}

async fn look_around(session: &mut Session, steps: &mut Steps) -> Option<()> {
    steps
        .run("tls", async { Ok(((), protection(session).await?)) })
        .await?;
    let version = async {
        let server = server::read(session).await?;
        connect::settle(session, &server).await?;
        Ok((
            (),
            format!("{} {}", server.info.flavor, server.info.version),
        ))
    };
    steps.run("version", version).await?;
    steps
        .run("databases", async { Ok(((), databases(session).await?)) })
        .await?;
    steps
        .run("privileges", async { Ok(((), rights(session).await?)) })
        .await
}

/// How the connection is protected.
async fn protection(session: &mut Session) -> Result<String, ScanError> {
    const SQL: &str = "/* plumbline tls */ SHOW SESSION STATUS \
        WHERE Variable_name IN ('Ssl_version', 'Ssl_cipher')";
    let mut found = Vec::new();
    let mut rows = session.rows("the protection of the connection", sqlx::query(SQL))?;
    while let Some(row) = rows.next().await? {
        found.extend(row.filled(1)?);
    }
    // The version, TLSv1.3, is printed after the cipher.
    found.sort_by_key(|word| !word.starts_with("TLSv"));
    Ok(if found.is_empty() {
        "the connection is not encrypted".to_owned()
    } else {
        found.join(", ")
    })
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

async fn rights(session: &mut Session) -> Result<String, ScanError> {
    Ok(grants::read(session).await?.assess())
}
