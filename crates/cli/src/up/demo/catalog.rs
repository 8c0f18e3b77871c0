//! The sample in the catalog: registered, and read on both levels.

use db::Login;
use meta_client::{MetaClient, Session};
use models::ProblemType;
use models::database::Database;
use models::datasource::{CreateDatasource, Engine, Options, Password, Tls, UpdateDatasource};
use models::job::JobStatus;
use models::scan::{ScanMode, StartDeepScan, StartSync};
use tokio::time::sleep;

use super::{CALL_LIMIT, DATABASE, DemoError, INTERVAL, SOURCE};
use crate::data_dir::EnvFile;

/// Registers the sample unless it is, and mends its address where the server has moved.
pub(super) async fn register(
    env: &EnvFile,
    reader: &Login,
    host: String,
    port: u16,
) -> Result<i64, DemoError> {
    let meta = session(env)?;
    let mut sources = meta.list_all_datasources().await?.into_iter();
    let Some(known) = sources.find(|source| source.datasource_name == SOURCE) else {
        let new = CreateDatasource {
            name: SOURCE.to_owned(),
            datasource_type: Engine::Postgresql,
            host,
            port,
            username: reader.name.clone(),
            password: Some(Password::from(reader.password.clone())),
            password_from: None,
            database: Some(DATABASE.to_owned()),
            tls: Tls::default(),
            options: Options::default(),
        };
        return Ok(meta.create_datasource(&new).await?.datasource.id);
    };
    let is_ours =
        known.username == reader.name && known.default_database.as_deref() == Some(DATABASE);
    if !is_ours {
        return Err(DemoError::NameTaken);
    }
    if (known.host.as_str(), known.port) != (host.as_str(), port) {
        let moved = UpdateDatasource {
            host: Some(host),
            port: Some(port),
            ..UpdateDatasource::default()
        };
        meta.update_datasource(known.id, &moved).await?;
        tracing::info!(port, "sample shop registered at its new address");
    }
    Ok(known.id)
}

/// Waits for both readings, of which the second is started unless it has been. Answers how many
/// tables and views there are.
pub(super) async fn read(env: &EnvFile, resource_id: i64) -> Result<i64, DemoError> {
    let meta = session(env)?;
    let mut has_synced_again = false;
    loop {
        if let Some(database) = database(&meta, resource_id).await? {
            if database.is_scanned {
                return Ok(database.table_count.unwrap_or_default());
            }
            deep_scan(&meta, resource_id).await?;
        } else if let Some(why) = has_failed(&meta, resource_id).await? {
            if has_synced_again {
                return Err(DemoError::Unread(why));
            }
            // By an earlier run, whose server may have been stopped under it.
            start_sync(&meta, resource_id).await?;
            has_synced_again = true;
        }
        sleep(INTERVAL).await;
    }
}

fn session(env: &EnvFile) -> Result<Session, DemoError> {
    let http = service_kit::http_client().map_err(DemoError::Http)?;
    let base = env.meta_url.parse().expect("a URL that was made of a port");
    Ok(MetaClient::new(http, base, CALL_LIMIT).session(env.token.clone(), None))
}

/// The database in the catalog; None before level 1 has ended well.
async fn database(meta: &Session, resource_id: i64) -> Result<Option<Database>, DemoError> {
    Ok(meta.find_database(resource_id, DATABASE).await?)
}

/// Why level 1 has failed, if it has.
async fn has_failed(meta: &Session, resource_id: i64) -> Result<Option<String>, DemoError> {
    let source = meta.get_datasource(resource_id).await?;
    let why = source
        .error_message
        .unwrap_or_else(|| "no reason is known".to_owned());
    Ok((source.sync_status == "failed").then_some(why))
}

async fn start_sync(meta: &Session, resource_id: i64) -> Result<(), DemoError> {
    let request = StartSync {
        resource_id,
        force: true,
    };
    match meta.start_sync(&request).await {
        // Another has begun: as good.
        Err(error) if error.is(ProblemType::ScanActive) => Ok(()),
        outcome => Ok(outcome.map(drop)?),
    }
}

/// Reads the whole database, or leaves that to a scan that is under way.
async fn deep_scan(meta: &Session, resource_id: i64) -> Result<(), DemoError> {
    let request = StartDeepScan {
        resource_id,
        database: Some(DATABASE.to_owned()),
        tables: None,
        targets: None,
        include_tables: true,
        include_fields: true,
        include_statistics: false,
        mode: ScanMode::default(),
    };
    let scan_id = match meta.start_deep_scan(&request).await {
        Ok(started) => started.scan_id,
        Err(error) if error.is(ProblemType::ScanActive) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    loop {
        let status = meta.scan_status(scan_id).await?;
        match status.status {
            JobStatus::Success => return Ok(()),
            ended if !ended.is_active() => {
                let first = status
                    .failures
                    .into_iter()
                    .next()
                    .map(|failure| failure.error);
                let why = status.error_message.or(first);
                return Err(DemoError::Unread(why.unwrap_or_else(|| ended.to_string())));
            }
            _ => sleep(INTERVAL).await,
        }
    }
}
