//! How the document of the API describes an event.

use std::borrow::Cow;

use serde_json::{Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::{Event, MAX_DATASETS, MAX_NAME_BYTES};
use crate::RequestBody;

/// By hand, since each object of it is open: what is derived from types says nothing of that.
impl PartialSchema for Event {
    fn schema() -> RefOr<Schema> {
        serde_json::from_value(described()).expect("a schema that a test reads")
    }
}

impl ToSchema for Event {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("OpenLineageEvent")
    }
}

fn described() -> Value {
    let facets = json!({
        "type": ["object", "null"], "additionalProperties": true,
        "description": "Further facts, each under the name of its facet. Those that are not known are passed over.",
    });
    let text = json!({ "type": "string", "minLength": 1, "maxLength": MAX_NAME_BYTES });
    let dataset = json!({
        "type": "object", "additionalProperties": true, "required": ["namespace", "name"],
        "properties": { "namespace": text, "name": text, "outputFacets": facets },
    });
    let datasets = |description: &str| {
        json!({
            "type": ["array", "null"], "maxItems": MAX_DATASETS, "description": description, "items": dataset
        })
    };
    let mut single = dataset.clone();
    single["type"] = json!(["object", "null"]);
    single["description"] = json!("The dataset, in an event of a dataset alone.");
    json!({
        "type": "object", "additionalProperties": true, "required": ["eventTime"], "example": Event::example(),
        "description": "An event of OpenLineage, spec 2-0-2. What else it has is passed over.",
        "properties": {
            "eventTime": {
                "type": "string", "format": "date-time", "description": "When what it tells of happened."
            },
            "eventType": {
                "type": ["string", "null"], "description": "What it says of the run; OTHER if absent.",
                "enum": ["START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER", null]
            },
            "run": {
                "type": ["object", "null"], "additionalProperties": true, "required": ["runId"],
                "description": "The run; absent in an event of a job or of a dataset alone.",
                "properties": { "runId": { "type": "string", "format": "uuid" }, "facets": facets },
            },
            "job": {
                "type": ["object", "null"], "additionalProperties": true, "required": ["namespace", "name"],
                "description": "The job; absent in an event of a dataset alone.",
                "properties": { "namespace": text, "name": text, "facets": facets },
            },
            "dataset": single,
            "inputs": datasets("What the job reads."),
            "outputs": datasets("What the job writes."),
        },
    })
}
