//! The token, and each registered data source as `meta` sees it.

use std::path::Path;

use futures::{StreamExt as _, stream};
use models::datasource::{Datasource, TestReport};

use super::check::{Check, chain};
use crate::args::{Connection, DoctorArguments};
use crate::client::{ClientError, Meta};

/// How many servers are tried at once.
const AT_ONCE: usize = 4;

/// Looks at all of it.
pub(super) async fn look(arguments: &DoctorArguments, named: Option<&Path>) -> Vec<Check> {
    let name = "token";
    let connection = Connection {
        meta_url: arguments.services.meta_url.clone(),
        token: arguments.services.token.clone(),
    };
    let listed = async {
        let meta = Meta::connect(&connection, named)?;
        let sources = meta.list_sources().await?;
        Ok::<_, ClientError>((meta, sources))
    };
    let (meta, sources) = match listed.await {
        Ok(listed) => listed,
        Err(error) => {
            let why = error
                .problem()
                .map_or_else(|| chain(&error), |it| it.detail.clone());
            let advice = error.advice().unwrap_or("give another by --token");
            return vec![Check::fail(name, why, advice)];
        }
    };
    let mut checks = vec![Check::ok(name, "meta takes it")];
    if sources.is_empty() {
        checks.push(Check::ok("sources", "none is registered yet"));
    } else if arguments.no_sources {
        let detail = format!("{} registered, not tried", sources.len());
        checks.push(Check::ok("sources", detail));
    } else {
        let tries = sources.iter().map(|source| of_source(&meta, source));
        let tries = stream::iter(tries).buffered(AT_ONCE);
        checks.extend(tries.collect::<Vec<_>>().await);
    }
    checks
}

async fn of_source(meta: &Meta, source: &Datasource) -> Check {
    let name = format!("source {}", source.datasource_name);
    let report = meta.session().test_datasource(source.id).await;
    match report {
        Ok(report) => of_report(&name, source, &report),
        Err(error) if error.problem().is_some_and(|it| it.status == 403) => {
            let detail = "the token does not allow to try it";
            Check::warn(name, detail, "use a token of the role admin")
        }
        Err(error) => Check::fail(name, chain(&error), "look at the log of meta"),
    }
}

fn of_report(name: &str, source: &Datasource, report: &TestReport) -> Check {
    let failed = report.steps.iter().find(|step| !step.ok);
    if let Some(step) = failed {
        let advice = format!(
            "plumb source test {} shows each step",
            source.datasource_name
        );
        return Check::fail(name, format!("{}: {}", step.name, step.detail), advice);
    }
    if let Some(why) = &source.error_message {
        let detail = format!("it can be read, but its last scan failed: {why}");
        let advice = format!("plumb sync {} --force --follow", source.datasource_name);
        return Check::warn(name, detail, advice);
    }
    let server = [source.flavor.as_deref(), source.server_version.as_deref()];
    let server = server.into_iter().flatten().chain(["can be read"]);
    Check::ok(name, server.collect::<Vec<_>>().join(" "))
}
