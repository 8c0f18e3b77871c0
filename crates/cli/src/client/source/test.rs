//! `plumb source test`.

use std::path::Path;

use models::datasource::TestReport;

use crate::args::{Format, SourceTestArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output::{self, Table};

pub(super) async fn test(
    arguments: &SourceTestArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let source = meta.find_source(&arguments.source).await?;
    let report = meta.session.test_datasource(source.id).await;
    let report = report.map_err(|error| meta.failed(error))?;
    match format {
        Format::Json => output::print_json(&report)?,
        Format::Table => output::print(&table(&report).render())?,
    }
    Ok(if report.ok {
        Outcome::Done
    } else {
        Outcome::Failed
    })
}

fn table(report: &TestReport) -> Table {
    let mut table = Table::new(&["STEP", "RESULT", "TIME", "WHAT"]).right(&["TIME"]);
    for step in &report.steps {
        let result = if step.ok { "ok" } else { "fail" };
        let took = format!("{} ms", output::count(step.duration_ms.cast_signed()));
        table.row(&[&step.name, result, &took, &step.detail]);
    }
    table
}

#[cfg(test)]
mod tests {
    use models::datasource::TestStep;

    use super::*;

    #[test]
    fn steps_are_told_up_to_the_one_that_failed() {
        let step = |name: &str, ok, detail: &str, duration_ms| TestStep {
            name: name.to_owned(),
            ok,
            detail: detail.to_owned(),
            duration_ms,
        };
        let report = TestReport {
            ok: false,
            steps: vec![
                step("resolve", true, "127.0.0.1", 0),
                step("connect", false, "refused\n", 1204),
            ],
        };
        assert_eq!(
            table(&report).render(),
            "STEP     RESULT      TIME  WHAT\n\
             resolve  ok          0 ms  127.0.0.1\n\
             connect  fail    1,204 ms  refused\\n\n"
        );
    }
}
