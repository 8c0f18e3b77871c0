//! `POST /api/v1/lineage`

use axum::Json;
use axum::extract::State;
use models::openlineage::{Event, LineageReceived};
use service_kit::auth::Operator;
use service_kit::extract::Body;

use crate::error::Error;
use crate::service::{Actor, Service};

/// Tell of a run by an event of `OpenLineage` (spec 2-0-2), as its clients send them.
///
/// The run becomes a job of the log, and what the event says that its job reads and writes becomes lineage. All events
/// of a run give the same job, whichever comes first, late or twice; one of a run that is not known makes it. An event
/// of a job alone gives lineage and no run; one of a dataset alone is taken and nothing of it is kept.
#[utoipa::path(
    post,
    path = "/lineage",
    tag = "lineage",
    request_body = Event,
    responses((status = 200, description = "Taken", body = LineageReceived))
)]
pub(crate) async fn receive(
    State(service): State<Service>,
    Operator(caller): Operator,
    Body(event): Body<Event>,
) -> Result<Json<LineageReceived>, Error> {
    let actor = Actor::from(&caller);
    Ok(Json(service.receive_lineage(actor, &event).await?))
}
