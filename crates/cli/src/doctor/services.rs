//! Both services: whether they answer, and what they say they lack.

use std::time::Duration;

use serde_json::Value;

use super::check::{Check, chain};

/// How long an answer may take; each check behind it takes 3 seconds at most.
const LIMIT: Duration = Duration::from_secs(5);

/// Asks a service whether it is ready.
pub(super) async fn look(http: &reqwest::Client, name: &str, url: Option<&str>) -> Check {
    let Some(url) = url else {
        let advice = format!("start plumb up, or give --{name}-url");
        return Check::fail(name, "nothing says where it is", advice);
    };
    let ready = format!("{}/health/ready", url.trim_end_matches('/'));
    let answer = http.get(ready).timeout(LIMIT).send().await;
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => {
            let why = chain(&error.without_url());
            let advice = format!("start plumb up, or give its address by --{name}-url");
            return Check::fail(name, format!("{url} does not answer: {why}"), advice);
        }
    };
    let status = answer.status();
    let document: Value = answer.json().await.unwrap_or_default();
    if status.is_success() && document["status"] == "ok" {
        return Check::ok(name, format!("ready at {url}"));
    }
    let lacks = document["checks"].as_array().into_iter().flatten();
    let lacks = lacks.filter(|check| check["ok"] == false).map(|check| {
        let text = |member: &str| check[member].as_str().unwrap_or_default().to_owned();
        format!("{}: {}", text("name"), text("detail"))
    });
    let lacks: Vec<String> = lacks.collect();
    if lacks.is_empty() {
        let detail = format!("what answers at {url} with status {status} is not {name}");
        Check::fail(name, detail, format!("give its address by --{name}-url"))
    } else {
        let detail = format!("not ready at {url}: {}", lacks.join("; "));
        Check::fail(name, detail, "mend what it names; its log has the cause")
    }
}
