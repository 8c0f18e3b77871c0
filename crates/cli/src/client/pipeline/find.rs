//! Pipelines by what people call them.

use models::ProblemType;
use models::pipeline::PipelineView;

use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::client::find::advice;
use crate::client::near::nearest;

/// The pipeline that `wanted` names. A number is an id first; a pipeline may still have it as its name.
pub(super) async fn find(meta: &Meta, wanted: &str) -> Result<PipelineView, ClientError> {
    if let Ok(id) = wanted.parse::<i64>() {
        match meta.session.get_pipeline(id).await {
            Err(error) if error.is(ProblemType::PipelineNotFound) => {}
            outcome => return outcome.map_err(|error| meta.failed(error)),
        }
    }
    let pipelines = meta.session.list_all_pipelines().await;
    let mut pipelines = pipelines.map_err(|error| meta.failed(error))?;
    let found = pipelines.iter().position(|one| one.pipeline.name == wanted);
    if let Some(place) = found {
        return Ok(pipelines.swap_remove(place));
    }
    let names = pipelines.iter().map(|one| one.pipeline.name.as_str());
    let otherwise = "plumb pipeline list shows what there is".to_owned();
    Err(ClientError::NoSuch {
        what: "pipeline",
        name: wanted.to_owned(),
        place: None,
        advice: advice(nearest(wanted, names), otherwise),
    })
}
