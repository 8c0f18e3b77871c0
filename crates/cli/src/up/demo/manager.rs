//! Two tables of the sample, managed.

use meta_client::{ManagerClient, Session};
use models::managed_object::{Manage, ManagedStatus, Permission};
use tokio::time::sleep;

use super::{CALL_LIMIT, DATABASE, DemoError, INTERVAL, MANAGED};
use crate::data_dir::EnvFile;

/// Manages the two tables, which changes nothing where they are, and waits until they are ready. Answers
/// with the managed object of the second.
pub(super) async fn manage(env: &EnvFile, resource_id: i64) -> Result<i64, DemoError> {
    let manager = session(env)?;
    let request = Manage {
        resource_id,
        database: DATABASE.to_owned(),
        tables: Some(MANAGED.map(str::to_owned).to_vec()),
        trigger_deep_scan: None,
        permission: Permission::default(),
    };
    let adopted = manager.manage(&request).await;
    let adopted = adopted.map_err(DemoError::Manager)?.managed_objects;
    for one in &adopted {
        loop {
            let object = manager.get_managed_object(one.id).await;
            let object = object.map_err(DemoError::Manager)?;
            match object.status {
                ManagedStatus::Ready => break,
                ManagedStatus::Failed => {
                    let why = object.last_error.unwrap_or_default();
                    let table = object.table.unwrap_or_default();
                    return Err(DemoError::Unread(format!("{table}: {why}")));
                }
                ManagedStatus::Pending | ManagedStatus::Scanning => sleep(INTERVAL).await,
            }
        }
    }
    let [_, made] = MANAGED;
    adopted
        .iter()
        .find(|one| one.table.as_deref() == Some(made))
        .map(|one| one.id)
        .ok_or_else(|| DemoError::Unread(format!("{made} is not among what is managed")))
}

fn session(env: &EnvFile) -> Result<Session<meta_client::Manager>, DemoError> {
    let http = service_kit::http_client().map_err(DemoError::Http)?;
    let base = env.manager_url.parse();
    let base = base.expect("a URL that was made of a port");
    Ok(ManagerClient::new(http, base, CALL_LIMIT).session(env.token.clone(), None))
}
