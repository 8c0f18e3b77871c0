//! Two tables of the sample, managed.

use models::Problem;
use models::managed_object::{Manage, Managed, ManagedObject, ManagedStatus, Permission};
use reqwest::RequestBuilder;
use secrecy::ExposeSecret as _;
use serde::de::DeserializeOwned;
use tokio::time::sleep;

use super::{DATABASE, DemoError, INTERVAL, MANAGED};
use crate::data_dir::EnvFile;

/// Manages the two tables, which changes nothing where they are, and waits until they are ready.
pub(super) async fn manage(env: &EnvFile, resource_id: i64) -> Result<(), DemoError> {
    let http = service_kit::http_client().map_err(DemoError::Http)?;
    let token = env.token.expose_secret();
    let url = |path: &str| format!("{}/api/manager/{path}", env.manager_url);
    let request = Manage {
        resource_id,
        database: DATABASE.to_owned(),
        tables: Some(MANAGED.map(str::to_owned).to_vec()),
        trigger_deep_scan: None,
        permission: Permission::default(),
    };
    let managed = http.post(url("manage")).bearer_auth(token).json(&request);
    let managed: Managed = answer(managed).await?;
    for object in managed.managed_objects {
        let url = url(&format!("managed-objects/{}", object.id));
        loop {
            let object: ManagedObject = answer(http.get(&url).bearer_auth(token)).await?;
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
    Ok(())
}

async fn answer<A: DeserializeOwned>(request: RequestBuilder) -> Result<A, DemoError> {
    let failed = |error: reqwest::Error| DemoError::Manager(error.without_url().to_string());
    let response = request.send().await.map_err(failed)?;
    if response.status().is_success() {
        return response.json().await.map_err(failed);
    }
    let problem: Problem = response.json().await.map_err(failed)?;
    Err(DemoError::Manager(problem.detail))
}
