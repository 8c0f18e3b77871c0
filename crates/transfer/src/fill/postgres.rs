//! Rows into `PostgreSQL`: each column is one array of texts, which the server casts to the column's type.

use std::collections::HashMap;

use scan::quote::postgres as quoted;
use scan::session::{List, PostgresWriting, WriteError};

use super::FillError;
use super::batch::{Row, Value};
use super::plan::Plan;

#[derive(Debug)]
pub(super) struct Upsert {
    statement: String,
    /// Which columns go as bytes.
    are_bytes: Vec<bool>,
}

impl Upsert {
    /// Asks the server for the types of the columns, and makes the statement.
    pub(super) async fn new(writing: &mut PostgresWriting, plan: &Plan) -> Result<Self, FillError> {
        let name = &plan.order.table.name;
        let types = writing.types(&name.table_schema, &name.table_name).await?;
        if types.is_empty() {
            return Err(FillError::Unfit(format!(
                "the server has no table {}.{} any more",
                name.table_schema, name.table_name
            )));
        }
        let types: HashMap<String, String> = types.into_iter().collect();
        let mut casts = Vec::with_capacity(plan.ways.len());
        for way in &plan.ways {
            match types.get(&way.column.name) {
                Some(of_type) => casts.push(of_type.as_str()),
                None => {
                    return Err(FillError::Unfit(format!(
                        "the table {} has no column {} any more",
                        name.table_name, way.column.name
                    )));
                }
            }
        }
        Ok(Self {
            statement: statement(plan, &casts),
            are_bytes: plan
                .ways
                .iter()
                .map(|way| way.column.data_type == "binary")
                .collect(),
        })
    }

    pub(super) async fn write(
        &self,
        writing: &mut PostgresWriting,
        rows: &[Row],
    ) -> Result<(), WriteError> {
        let lists = self.are_bytes.iter().enumerate().map(|(at, is_bytes)| {
            let values = rows.iter().map(|row| &row.values[at]);
            if *is_bytes {
                List::Bytes(values.map(bytes).collect())
            } else {
                List::Texts(values.map(text).collect())
            }
        });
        writing
            .run(&self.statement, lists.collect())
            .await
            .map(drop)
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Null | Value::Bytes(_) | Value::Bits(_) => None,
    }
}

fn bytes(value: &Value) -> Option<Vec<u8>> {
    match value {
        Value::Bytes(bytes) => Some(bytes.clone()),
        Value::Null | Value::Text(_) | Value::Bits(_) => None,
    }
}

fn statement(plan: &Plan, casts: &[&str]) -> String {
    let names: Vec<String> = plan
        .ways
        .iter()
        .map(|way| quoted(&way.column.name))
        .collect();
    let join = |piece: &dyn Fn(usize) -> String| {
        (0..names.len()).map(piece).collect::<Vec<_>>().join(", ")
    };
    let values = join(&|at| format!("r.c{at}::{}", casts[at]));
    let lists = join(&|at| {
        let of_type = if plan.ways[at].column.data_type == "binary" {
            "bytea"
        } else {
            "text"
        };
        format!("${}::{of_type}[]", at + 1)
    });
    let columns = join(&|at| format!("c{at}"));
    // Values for identity columns are written as any other.
    let insert = format!(
        "-- plumbline fill\ninsert into {} ({}) overriding system value\nselect {values}\n\
         from unnest({lists}) with ordinality r({columns}, place)\norder by r.place",
        plan.table(),
        names.join(", ")
    );
    if plan.key.is_empty() {
        return insert;
    }
    let key: Vec<&str> = plan.key.iter().map(|&at| names[at].as_str()).collect();
    let changes: Vec<String> = names
        .iter()
        .enumerate()
        .filter(|(at, _)| !plan.key.contains(at))
        .map(|(_, name)| format!("{name} = excluded.{name}"))
        .collect();
    let action = if changes.is_empty() {
        "nothing".to_owned()
    } else {
        format!("update set {}", changes.join(", "))
    };
    format!("{insert}\non conflict ({}) do {action}", key.join(", "))
}

#[cfg(test)]
#[path = "postgres_tests.rs"]
pub(super) mod tests;
