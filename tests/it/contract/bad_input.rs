//! What the documents do not allow is refused with the name of what is wrong, and never harms.

use serde_json::Value;
use test_support::{Answer, Api};

use super::document::{Operation, operations};
use super::place::{Place, send};
use super::values::{odd_texts, sound, wrong_bodies, wrong_texts};

/// What was wrong with an answer, one line each.
#[derive(Default)]
struct Complaints {
    cases: usize,
    lines: Vec<String>,
}

impl Complaints {
    /// Notes an answer that is no problem document of a status in the 400s which names `pointer`.
    fn check(&mut self, answer: &Answer, pointer: &str, what: &str) {
        // A request that cannot be read, or a cursor, is told in words.
        let name = pointer.trim_start_matches('/');
        let tells = |text: &Value| text.as_str().is_some_and(|it| it.contains(name));
        let mut errors = answer.json["errors"].as_array().into_iter().flatten();
        let named = errors.any(|error| error["pointer"] == pointer);
        self.note(
            answer,
            named || tells(&answer.json["detail"]),
            pointer,
            what,
        );
    }

    /// Notes an answer that is no problem document of a status in the 400s, or not `good` otherwise.
    fn note(&mut self, answer: &Answer, good: bool, pointer: &str, what: &str) {
        self.cases += 1;
        let is_problem = answer.header("content-type") == "application/problem+json";
        if good && is_problem && (400..500).contains(&answer.status) {
            return;
        }
        let (request, said): (String, String) = (
            answer.request.chars().take(120).collect(),
            answer.text.chars().take(200).collect(),
        );
        self.lines.push(format!(
            "{request}: {pointer} {what}: {} {said}",
            answer.status
        ));
    }

    /// Notes an answer of a status in the 500s.
    fn bear(&mut self, answer: &Answer, name: &str, what: &str) {
        self.cases += 1;
        if answer.status >= 500 {
            let line = format!("{}: {name} {what}: {}", answer.request, answer.status);
            self.lines.push(line);
        }
    }

    fn assert_none(self, at_least: usize) {
        let Self { cases, lines } = self;
        assert!(cases >= at_least, "only {cases} cases");
        assert!(
            lines.is_empty(),
            "{} of {cases}:\n{}",
            lines.len(),
            lines.join("\n")
        );
    }
}

/// Does `ask` with each operation of both services, by a client of its own service; the answers must leave nothing to
/// complain of.
async fn for_each_operation(
    at_least: usize,
    mut ask: impl AsyncFnMut(&Place, &Api, &Operation, &mut Complaints),
) {
    let place = Place::new().await;
    let mut complaints = Complaints::default();
    for api in [place.meta.admin(), place.manager.admin()] {
        let own = operations(&api).await;
        assert!(!own.is_empty());
        for operation in &own {
            ask(&place, &api, operation, &mut complaints).await;
        }
    }
    complaints.assert_none(at_least);
}

#[tokio::test]
async fn every_wrong_value_of_every_body_is_named() {
    for_each_operation(300, async |place, api, operation, complaints| {
        let Some(schema) = &operation.body else {
            return;
        };
        let address = place.address(operation, None);
        for wrong in wrong_bodies(schema) {
            let answer = send(api, operation, &address, Some(&wrong.body)).await;
            if answer.status == 413 && wrong.what == "too many" {
                continue;
            }
            complaints.check(&answer, &wrong.pointer, &wrong.what);
        }
    })
    .await;
}

#[tokio::test]
async fn every_wrong_value_of_every_parameter_is_named() {
    for_each_operation(200, async |place, api, operation, complaints| {
        for parameter in operation.of("query") {
            for (what, text) in wrong_texts(&parameter.schema) {
                let address = place.address(operation, Some((parameter, &text)));
                let answer = send(api, operation, &address, None).await;
                complaints.check(&answer, &format!("/{}", parameter.name), what);
            }
            for (what, text) in odd_texts(&parameter.schema) {
                let address = place.address(operation, Some((parameter, &text)));
                let answer = send(api, operation, &address, None).await;
                complaints.bear(&answer, &parameter.name, what);
            }
            if parameter.required {
                let without = place.address(operation, None);
                let pair = without
                    .split(['?', '&'])
                    .find(|it| it.starts_with(&format!("{}=", parameter.name)));
                let without = without.replace(pair.expect("it was there"), "");
                let answer = send(api, operation, &without, None).await;
                complaints.check(&answer, &format!("/{}", parameter.name), "missing");
            }
        }
        if operation.of("query").next().is_some() {
            let address = place.address(operation, None);
            let joint = if address.contains('?') { '&' } else { '?' };
            let unknown = format!("{address}{joint}no_such_parameter=1");
            let answer = send(api, operation, &unknown, None).await;
            complaints.check(&answer, "/no_such_parameter", "unknown");
        }
    })
    .await;
}

/// A part of a path that names nothing is 404, whatever it is made of.
#[tokio::test]
async fn every_wrong_part_of_every_path_is_refused() {
    for_each_operation(50, async |place, api, operation, complaints| {
        for parameter in operation.of("path") {
            for (what, text) in wrong_texts(&parameter.schema) {
                let address = place.address(operation, Some((parameter, &text)));
                let answer = send(api, operation, &address, None).await;
                complaints.note(&answer, true, &parameter.name, what);
            }
        }
    })
    .await;
}

/// Of headers, those that a caller may get wrong: conditions on a read that do not hold are no fault.
#[tokio::test]
async fn every_wrong_header_is_refused() {
    for_each_operation(0, async |place, api, operation, complaints| {
        for parameter in operation.of("header") {
            let name: &'static str = parameter.name.to_lowercase().leak();
            for (what, value) in [
                ("empty", ""),
                ("no text", "é"),
                ("too long", &"x".repeat(5_000)),
            ] {
                let api = api.clone().with_header(name, value);
                let answer = send(&api, operation, &place.address(operation, None), None).await;
                let harmless = operation.method == http::Method::GET && answer.status < 500;
                if !harmless {
                    complaints.note(&answer, true, name, what);
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_body_that_is_none_is_refused() {
    for_each_operation(60, async |place, api, operation, complaints| {
        let Some(schema) = &operation.body else {
            return;
        };
        let address = place.address(operation, None);
        let mut broken = sound(schema).to_string().into_bytes();
        broken.truncate(broken.len() - 1);
        let mut bodies: Vec<(&str, Vec<u8>)> = [
            ("nothing", &b""[..]),
            ("null", b"null"),
            ("a list", b"[]"),
            ("a text", b"\"x\""),
            ("a number", b"1e400"),
            ("a member that is not UTF-8", b"{\"name\":\"\xff\"}"),
            ("a name that is not UTF-8", b"{\"\xc3\x28\":1}"),
            ("half a pair of surrogates", b"{\"name\":\"\\ud800\"}"),
            ("UTF-16", b"\xff\xfe{\0}\0"),
        ]
        .map(|(what, bytes)| (what, bytes.to_vec()))
        .into();
        bodies.push(("half a body", broken));
        for (what, body) in bodies {
            let sent = api.send_text(operation.method.clone(), &address, "application/json", body);
            let answer = sent.await;
            let told = answer.json["detail"]
                .as_str()
                .is_some_and(|detail| !detail.is_empty());
            complaints.note(&answer, told, "", what);
        }
    })
    .await;
}
