//! `plumb pipeline`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Connection, Paging};

const EXAMPLES: &str = "\
Examples:
  plumb pipeline list
  plumb pipeline add orders.json
  plumb pipeline sync orders --follow
  plumb pipeline run-etl orders --follow";

const LIST_EXAMPLES: &str = "\
Examples:
  plumb pipeline list
  plumb pipeline list --format json | jq -r '.items[] | [.name, .freshness, .pending_rows] | @tsv'";

const SHOW_EXAMPLES: &str = "\
Examples:
  plumb pipeline show orders
  plumb pipeline show orders --format json";

const ADD_EXAMPLES: &str = "\
Examples:
  plumb pipeline add orders.json
  plumb pipeline add - < orders.json

The file has the body of POST /api/metadata/pipelines, such as
  { \"name\": \"orders\", \"sync_table_id\": 7, \"biz_table_id\": 9,
    \"fill\": { \"kind\": \"external\" },
    \"etl\": { \"kind\": \"sql\", \"statement\": \"insert into ...\" },
    \"delta\": { \"method\": \"key\", \"sync_column\": \"id\", \"biz_column\": \"order_id\" },
    \"target\": { \"etl_seconds\": 86400 }, \"threshold\": 500 }
The ids of tables are those of plumb table list; https://HOST/docs of the service tells all fields.";

const EDIT_EXAMPLES: &str = "\
Examples:
  plumb pipeline edit orders change.json
  echo '{\"threshold\": 1000}' | plumb pipeline edit orders -
  echo '{\"schedule\": null}' | plumb pipeline edit orders -

The file has the body of PATCH /api/metadata/pipelines/ID: what it leaves out stays.";

const REMOVE_EXAMPLES: &str = "\
Examples:
  plumb pipeline remove orders
  plumb pipeline remove orders invoices

Its tables and their rows stay, and so do its jobs in the log. The API has no document to answer with, so
--format json prints nothing.";

const SYNC_EXAMPLES: &str = "\
Examples:
  plumb pipeline sync orders
  plumb pipeline sync orders --follow

What has been filled is measured next, and at the pipeline's threshold the ETL starts by itself.";

const RUN_ETL_EXAMPLES: &str = "\
Examples:
  plumb pipeline run-etl orders
  plumb pipeline run-etl orders --follow

What waits is counted next.";

const MEASURE_EXAMPLES: &str = "\
Examples:
  plumb pipeline measure orders --follow
  plumb pipeline show orders

At the pipeline's threshold the ETL starts by itself.";

#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub(crate) enum PipelineCommand {
    /// List pipelines, whether they are fresh, and what waits.
    List(PipelineListArguments),
    /// Show all that is known of a pipeline.
    Show(PipelineShowArguments),
    /// Make a pipeline from a file.
    Add(PipelineAddArguments),
    /// Change a pipeline; what is not named stays.
    Edit(PipelineEditArguments),
    /// Delete pipelines.
    Remove(PipelineRemoveArguments),
    /// Fill the sync table.
    #[command(after_help = SYNC_EXAMPLES)]
    Sync(PipelineStartArguments),
    /// Make the business table from the sync table.
    #[command(after_help = RUN_ETL_EXAMPLES)]
    RunEtl(PipelineStartArguments),
    /// Count the rows that wait to be processed.
    #[command(after_help = MEASURE_EXAMPLES)]
    Measure(PipelineStartArguments),
}

#[derive(Debug, Args)]
#[command(after_help = LIST_EXAMPLES)]
pub(crate) struct PipelineListArguments {
    #[command(flatten)]
    pub(crate) paging: Paging,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = SHOW_EXAMPLES)]
pub(crate) struct PipelineShowArguments {
    /// The pipeline's name or id.
    pub(crate) pipeline: String,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = ADD_EXAMPLES)]
pub(crate) struct PipelineAddArguments {
    /// The file with its definition; - for standard input.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = EDIT_EXAMPLES)]
pub(crate) struct PipelineEditArguments {
    /// The pipeline's name or id.
    pub(crate) pipeline: String,
    /// The file with what is to be changed; - for standard input.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = REMOVE_EXAMPLES)]
pub(crate) struct PipelineRemoveArguments {
    /// The pipelines' names or ids.
    #[arg(required = true, value_name = "PIPELINE")]
    pub(crate) pipelines: Vec<String>,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
pub(crate) struct PipelineStartArguments {
    /// The pipeline's name or id.
    pub(crate) pipeline: String,
    /// Wait for the end and show how it comes on.
    #[arg(long)]
    pub(crate) follow: bool,
    #[command(flatten)]
    pub(crate) connection: Connection,
}
