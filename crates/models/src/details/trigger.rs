//! Triggers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A trigger of a table or view.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Trigger {
    /// Its name.
    pub name: String,
    /// BEFORE, AFTER or INSTEAD OF.
    pub timing: String,
    /// What fires it: INSERT, UPDATE, DELETE, TRUNCATE.
    pub events: Vec<String>,
    /// The columns of UPDATE OF.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// ROW or STATEMENT: how often it fires.
    pub level: String,
    /// The condition of WHEN, as the server prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// What it runs: the statement (`MySQL`), the call of a function (`PostgreSQL`). Null where the login may not
    /// see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// ORIGIN, ALWAYS, REPLICA or DISABLED: in which sessions it fires (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<String>,
    /// Whether it is a constraint trigger (`PostgreSQL`).
    #[serde(default)]
    pub is_constraint: bool,
    /// Its turn among the triggers of the same timing and event, from 1 (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action_order: Option<i64>,
    /// The account with whose rights it runs (`MySQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definer: Option<String>,
    /// Its comment (`PostgreSQL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}
