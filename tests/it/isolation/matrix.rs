//! Every route by every credential.

use http::Method;
use models::Role;
use serde_json::{Value, json};
use test_support::{Answer, Api, Installation, TENANT};

use super::credentials;
use super::lines::{Line, of_manager, of_meta};
use super::place::{Holding, OTHER, Place, ask, group};
use crate::contract::document::{Operation, all_operations};

const ROLES: [Role; 3] = [Role::Viewer, Role::Operator, Role::Admin];

/// Lines with the client of the service that they ask: those of `meta` by itself and, where `manager` passes them on,
/// through it.
fn with_clients<'a>(lines: &'a [Vec<Line>; 2], clients: &'a [Api; 2]) -> Vec<(&'a Line, &'a Api)> {
    let ([of_meta, of_manager], [meta, manager]) = (lines, clients);
    let passed_on = |line: &&Line| line.address.starts_with("/api/metadata/");
    let through = of_meta.iter().filter(passed_on);
    let through = through.map(|line| (line, manager));
    let direct = of_meta.iter().map(|line| (line, meta));
    let own = of_manager.iter().map(|line| (line, manager));
    direct.chain(through).chain(own).collect()
}

/// The members of a schema that are ids, wherever they are.
fn ids_in(schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        if name.ends_with("_id") || name.ends_with("_ids") {
            found.push(name.clone());
        }
        found.extend(ids_in(member));
        found.extend(ids_in(&member["items"]));
    }
    found
}

fn check_operation(operation: &Operation, lines: &[Line]) {
    let name = format!("{} {}", operation.method, operation.path);
    let asks: Vec<&Line> = lines
        .iter()
        .filter(|line| line.asks(&operation.method, &operation.path))
        .collect();
    assert!(
        !asks.is_empty(),
        "{name} has no line in tests/it/isolation/lines.rs"
    );
    let says = &operation.says;
    if asks.iter().any(|line| line.is_open) {
        assert_eq!(says["security"], json!([{}]), "{name}");
        return;
    }
    let role = says["x-required-role"].as_str();
    let role =
        role.unwrap_or_else(|| panic!("{name} declares no role: route it by service_kit::routes!"));
    let schemes = says["security"].as_array().into_iter().flatten();
    let services = schemes.clone().any(|it| it["service"].is_array());
    for line in &asks {
        let least = if line.is_passed_on {
            Role::Viewer
        } else {
            line.role
        };
        assert_eq!((role, services), (least.as_str(), line.services), "{name}");
    }
    let texts = [&says["summary"], &says["description"]].map(|it| it.as_str().unwrap_or_default());
    let told = texts.concat().matches("Role: ").count();
    assert!(
        told == 1 && texts[1].contains(&format!("Role: {role}")),
        "{name} has to name its role once, which service_kit::routes! does: {texts:?}"
    );
    let refused = says["responses"]["403"]["description"]
        .as_str()
        .unwrap_or_default();
    assert!(
        refused.contains(&format!("The role {role} is needed")),
        "{name}: {refused}"
    );
    let query = operation.of("query").map(|one| one.name.clone());
    let ids = query.filter(|name| name.ends_with("_id") || name.ends_with("_ids"));
    for id in ids.chain(operation.body.as_ref().map(ids_in).unwrap_or_default()) {
        assert!(
            asks.iter().any(|line| line.gives(&id)),
            "no line of {name} gives {id}"
        );
    }
}

#[tokio::test]
async fn every_operation_declares_its_role_and_has_a_line() {
    let workers = ("META__WORKERS__CONCURRENCY", "0");
    let meta = Installation::new().await.meta_with(&[workers]).await;
    let manager = meta.installation.manager(&meta.url).await;
    for (api, lines) in [
        (meta.anonymous(), of_meta()),
        (manager.anonymous(), of_manager()),
    ] {
        let operations = all_operations(&api).await;
        for operation in &operations {
            check_operation(operation, &lines);
        }
        for line in &lines {
            let asked = operations
                .iter()
                .filter(|it| line.asks(&it.method, &it.path));
            assert_eq!(asked.count(), 1, "operations that {line:?} asks");
        }
    }
}

#[tokio::test]
async fn every_route_lets_in_whom_it_should() {
    let place = Place::new().await;
    let lines = [of_meta(), of_manager()];
    who_is_nobody_is_refused(&place, &lines).await;
    who_may_too_little_is_refused(&place, &lines).await;
    strangers_find_nothing(&place, &lines).await;
    whoever_may_is_let_in(&place, &lines).await;
}

async fn who_is_nobody_is_refused(place: &Place, lines: &[Vec<Line>; 2]) {
    for (what, token) in credentials::refused(&place.meta.installation) {
        let challenge = match token {
            None => "Bearer",
            Some(_) => r#"Bearer error="invalid_token""#,
        };
        let clients = place.bearers(token);
        for (line, api) in with_clients(lines, &clients) {
            if line.is_open {
                continue;
            }
            let answer = ask(api, line, |word| place.ours.value(word)).await;
            assert_eq!(
                answer.header("www-authenticate"),
                challenge,
                "{what}: {line:?}"
            );
            let problem = answer.problem(401, "unauthorized");
            assert_eq!(problem["errors"], Value::Null, "{what}: {line:?}");
        }
    }
}

async fn who_may_too_little_is_refused(place: &Place, lines: &[Vec<Line>; 2]) {
    for role in ROLES {
        let clients = place.users(TENANT, role);
        for (line, api) in with_clients(lines, &clients) {
            if role < line.role {
                let answer = ask(api, line, |word| place.ours.value(word)).await;
                let problem = answer.problem(403, "forbidden");
                let detail = format!("this needs the role {}", line.role);
                assert_eq!(problem["detail"], detail, "{role}: {line:?}");
            }
        }
    }
    let clients = place.bearers(Some(place.meta.installation.service_token(TENANT)));
    for (line, api) in with_clients(lines, &clients) {
        // Nobody speaks so to manager.
        let at_meta = std::ptr::eq(api, &raw const clients[0]);
        if !(line.services && at_meta || line.is_open) {
            let answer = ask(api, line, |word| place.ours.value(word)).await;
            let problem = answer.problem(403, "forbidden");
            assert_eq!(
                problem["detail"], "a service token does not allow this",
                "{line:?}"
            );
        }
    }
}

/// What is told of an answer but for its time and id, and the time of a stream of all jobs, which is its id.
fn told(answer: &Answer, mask: impl Fn(&str) -> String) -> String {
    let id = answer.header("x-request-id");
    let text = answer.text.replace(id, "REQUEST");
    let of_all = text.lines().any(|line| line == "event: open");
    let lines = text
        .lines()
        .filter(|line| !(of_all && line.starts_with("id: ")));
    let text = lines.collect::<Vec<&str>>().join("\n");
    let mut lines: Vec<String> = answer
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "date" | "x-request-id"))
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    lines.sort();
    mask(&format!("{}\n{}\n{text}", answer.status, lines.join("\n")))
}

/// An administrator of the other tenant who names what is ours is answered as if that had never been: with each of our
/// things in a request of its own, and all together.
async fn strangers_find_nothing(place: &Place, lines: &[Vec<Line>; 2]) {
    let (ours, theirs) = (&place.ours, &place.theirs);
    let service = place.bearers(Some(place.meta.installation.service_token(OTHER)));
    let clients = place.users(OTHER, Role::Admin);
    let mut asked = with_clients(lines, &clients);
    let for_services = lines[0].iter().filter(|line| line.services);
    asked.extend(for_services.map(|line| (line, &service[0])));
    for (line, api) in asked {
        let mut groups: Vec<&str> = line.words().into_iter().map(group).collect();
        groups.sort_unstable();
        groups.dedup();
        groups.retain(|one| *one != "new");
        let mut mixtures: Vec<Vec<&str>> = groups.iter().map(|one| vec![*one]).collect();
        mixtures.extend((groups.len() > 1).then_some(groups));
        for foreign in mixtures {
            compare(api, line, &foreign, [ours, theirs]).await;
        }
    }
}

async fn compare(api: &Api, line: &Line, foreign: &[&str], [ours, theirs]: [&Holding; 2]) {
    let is_foreign = |word: &str| foreign.contains(&group(word));
    let with = |value: &dyn Fn(&str) -> String, word: &str| {
        if is_foreign(word) {
            value(word)
        } else {
            theirs.value(word)
        }
    };
    let found = ask(api, line, |word| with(&|it| ours.value(it), word)).await;
    let absent = ask(api, line, |word| with(&|it| ours.absent(it), word)).await;
    assert_eq!(found.status, line.for_strangers, "{line:?}: {}", found.text);
    let mask = |text: &str, value: &dyn Fn(&str) -> String| {
        // What is passed on is told without the words of its path.
        let words = line.words().into_iter().chain(["datasource"]);
        let words = words.filter(|word| is_foreign(word));
        words.fold(text.to_owned(), |text, word| {
            text.replace(&value(word), word)
        })
    };
    assert_eq!(
        told(&found, |text| mask(text, &|word| ours.value(word))),
        told(&absent, |text| mask(text, &|word| ours.absent(word))),
        "{line:?} tells what another tenant has"
    );
}

async fn whoever_may_is_let_in(place: &Place, lines: &[Vec<Line>; 2]) {
    let [of_meta, of_manager] = lines;
    let service = place.bearers(Some(place.meta.installation.service_token(TENANT)));
    let users = ROLES.map(|role| (role, place.users(TENANT, role)));
    let own = of_manager.iter().map(|line| (1, line));
    let mut asked: Vec<(usize, &Line)> = own.chain(of_meta.iter().map(|line| (0, line))).collect();
    // What is deleted is not there for another line, least of all what has all the rest: a data source, and what is
    // managed, whose schedule manager takes away.
    asked.sort_by_key(|(_, line)| {
        let has = |word| line.words().contains(&word);
        (line.method == Method::DELETE).then(|| (has("datasource"), has("managed_object")))
    });
    for (at, line) in asked {
        for (role, clients) in &users {
            if *role < line.role {
                continue;
            }
            let answer = ask(&clients[at], line, |word| place.ours.value(word)).await;
            let shown = format!("{role}: {line:?}: {} {}", answer.status, answer.text);
            if *role == line.role {
                assert_eq!(answer.status, line.answered, "{shown}");
            }
            // The second time it may be gone, or be active.
            assert!(is_let_in(&answer), "{shown}");
            if !line.asks_a_server() {
                place.theirs.assert_not_in(&answer.text, &shown);
            }
        }
        if line.services {
            let answer = ask(&service[at], line, |word| place.ours.value(word)).await;
            assert!(
                is_let_in(&answer),
                "service: {line:?}: {} {}",
                answer.status,
                answer.text
            );
        }
    }
}

fn is_let_in(answer: &Answer) -> bool {
    !matches!(answer.status, 401 | 403) && answer.status < 500
}
