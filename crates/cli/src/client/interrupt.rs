//! Ctrl-C while a command waits for what goes on without it.

use std::future::pending;

use uuid::Uuid;

use super::ClientError;

/// Waits for the end of `work`, or for Ctrl-C.
///
/// # Errors
/// Those of `work`; [`ClientError::Interrupted`] after Ctrl-C.
pub(super) async fn until_interrupted<T>(
    work: impl Future<Output = Result<T, ClientError>>,
    job: Option<Uuid>,
) -> Result<T, ClientError> {
    tokio::select! {
        // What is inside may know better what it waited for.
        biased;
        outcome = work => outcome,
        () = pressed() => Err(ClientError::Interrupted { job, advice: job.map(ways_on) }),
    }
}

async fn pressed() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Nobody can be heard: then the signal ends the process, as it always did.
        pending::<()>().await;
    }
}

/// How to follow a job and how to stop it.
pub(super) fn ways_on(job: Uuid) -> String {
    format!("plumb job watch {job} shows how it ends, plumb job cancel {job} stops it")
}
