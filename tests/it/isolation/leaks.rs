//! That nothing else of a tenant reaches another: counts, cursors, tags, keys of requests, names, events, entries of the
//! queue, figures.

use http::Method;
use models::Role;
use serde_json::{Value, json};
use test_support::{Api, Event, TENANT};

use super::lines::{Line, of_manager, of_meta};
use super::place::{Holding, OTHER, Place, ask, texts};
use crate::contract::document::{Operation, all_operations};

/// The reads among the lines, with the operation that each asks and the place of its service.
async fn reads(place: &Place) -> Vec<(usize, Line, Operation)> {
    let mut found = Vec::new();
    let clients = place.bearers(None);
    for (at, (api, lines)) in clients.iter().zip([of_meta(), of_manager()]).enumerate() {
        let operations = all_operations(api).await;
        for line in lines {
            let asked = operations.iter().find(|it| line.asks(&it.method, &it.path));
            let asked = asked.expect("a line has an operation").clone();
            if asked.method == Method::GET {
                found.push((at, line, asked));
            }
        }
    }
    found
}

fn takes(operation: &Operation, parameter: &str) -> bool {
    operation.of("query").any(|one| one.name == parameter)
}

/// What a line answers to whom it belongs to, with more parameters.
async fn own(api: &Api, line: &Line, holding: &Holding, more: &str) -> test_support::Answer {
    let (address, _) = line.filled(|word| holding.value(word));
    let joint = if address.contains('?') { '&' } else { '?' };
    api.get(&format!("{address}{joint}{more}")).await
}

/// The items of a page, whatever they are called.
fn items(page: &Value) -> usize {
    let list = page
        .as_object()
        .expect("a page")
        .values()
        .find_map(Value::as_array);
    list.expect("a list").len()
}

#[tokio::test]
async fn nothing_that_can_be_read_tells_of_another_tenant() {
    let place = Place::new().await;
    let reads = reads(&place).await;
    each_reads_its_own(&place, &reads).await;
    cursors_and_tags_open_nothing(&place, &reads).await;
    keys_and_names_are_each_tenants_own(&place).await;
    events_are_of_ones_own_job(&place).await;
    the_queue_and_the_metrics_name_nothing(&place).await;
}

async fn each_reads_its_own(place: &Place, reads: &[(usize, Line, Operation)]) {
    let mut counted = 0;
    for (holding, other) in [(&place.ours, &place.theirs), (&place.theirs, &place.ours)] {
        for (at, line, operation) in reads {
            let clients = place.users(holding.tenant, line.role);
            let answer = ask(&clients[*at], line, |word| holding.value(word)).await;
            assert_eq!(answer.status, 200, "{line:?}: {}", answer.text);
            let headers = format!("{:?}", answer.headers);
            other.assert_not_in(&format!("{headers} {}", answer.text), &answer.request);
            if takes(operation, "with_total") {
                counted += 1;
                let page = own(&clients[*at], line, holding, "with_total=true&limit=500").await;
                let page = page.expect(200);
                assert_eq!(page["total"], items(&page), "{line:?}: {page}");
            }
        }
    }
    assert!(counted >= 30, "{counted} totals");
}

async fn cursors_and_tags_open_nothing(place: &Place, reads: &[(usize, Line, Operation)]) {
    let (ours, theirs) = (&place.ours, &place.theirs);
    let (mine, foreign) = (
        place.users(TENANT, Role::Admin),
        place.users(OTHER, Role::Admin),
    );
    let (mut cursors, mut tags) = (0, 0);
    for (at, line, operation) in reads {
        if takes(operation, "cursor") {
            let page = own(&mine[*at], line, ours, "limit=1").await.expect(200);
            if let Some(cursor) = page["next_cursor"].as_str() {
                cursors += 1;
                let more = format!("limit=500&cursor={cursor}");
                let answer = own(&foreign[*at], line, theirs, &more).await;
                let shown = format!("{line:?}: {}", answer.text);
                assert!(matches!(answer.status, 200 | 400), "{shown}");
                ours.assert_not_in(&answer.text, &shown);
            }
        }
        let answer = ask(&mine[*at], line, |word| ours.value(word)).await;
        let tag = answer.header("etag").to_owned();
        if !tag.is_empty() {
            tags += 1;
            let knows = foreign[*at].clone().with_header("if-none-match", &tag);
            let answer = ask(&knows, line, |word| ours.value(word)).await;
            assert_eq!(
                (answer.status, answer.header("etag")),
                (404, ""),
                "{line:?}"
            );
        }
    }
    assert!(cursors >= 10 && tags >= 8, "{cursors} cursors, {tags} tags");
    for line in of_meta().iter().filter(|line| line.method == Method::PATCH) {
        for condition in ["*", "\"x\""] {
            let api = foreign[0].clone().with_header("if-match", condition);
            let answer = ask(&api, line, |word| ours.value(word)).await;
            assert_eq!(answer.status, 404, "{line:?}: {}", answer.text);
        }
    }
}

/// Requests that are alike but for the tenant, by users of the same name, are two; and so are names.
async fn keys_and_names_are_each_tenants_own(place: &Place) {
    let body = json!({
        "name": "the same", "datasource_type": "mysql", "host": "db.invalid", "port": 1, "username": "u",
        "password": "p",
    });
    let mut ids = Vec::new();
    for tenant in [TENANT, OTHER] {
        let api = place.users(tenant, Role::Admin)[0].clone();
        let api = api.with_header("idempotency-key", "the-same");
        for _ in 0..2 {
            let made = api
                .post("/api/metadata/datasources", &body)
                .await
                .expect(201);
            ids.push(made["datasource"]["id"].clone());
        }
    }
    assert_eq!(
        (&ids[0], &ids[2]),
        (&ids[1], &ids[3]),
        "each was carried out once"
    );
    assert_ne!(ids[0], ids[2], "for each tenant");
    let manage = |holding: &Holding| {
        json!({
            "resource_id": holding.value("datasource").parse::<i64>().expect("a number"),
            "database": holding.value("database_name"), "trigger_deep_scan": false,
        })
    };
    for holding in [&place.ours, &place.theirs] {
        let api = place.users(holding.tenant, Role::Admin)[1].clone();
        let api = api.with_header("idempotency-key", "the-same");
        let _ = api
            .post("/api/manager/manage", &manage(holding))
            .await
            .expect(202);
    }
    let api = place.users(OTHER, Role::Admin)[0].clone();
    let path = format!("/api/metadata/datasources/{}", ids[2]);
    let name = json!({ "name": place.ours.value("datasource_name") });
    let _ = api.patch(&path, &name).await.expect(200);
}

async fn events_are_of_ones_own_job(place: &Place) {
    let start = async |holding: &Holding| {
        let api = place.users(holding.tenant, Role::Operator)[0].clone();
        let request = json!({
            "resource_id": holding.value("datasource").parse::<i64>().expect("a number"),
            "database": holding.value("database_name"),
        });
        let started = api
            .post("/api/metadata/scan/deep", &request)
            .await
            .expect(202);
        let job = started["job_id"].as_str().expect("an id").to_owned();
        (api, format!("/api/metadata/jobs/{job}"), job)
    };
    let follower = place.users(OTHER, Role::Viewer)[0].clone();
    let mut all = follower.events("/api/metadata/jobs/events").await;
    let (our_api, ours, _) = start(&place.ours).await;
    let (their_api, theirs, their_job) = start(&place.theirs).await;
    let mut events = their_api.events(&format!("{theirs}/events")).await;
    let first = events.next().await.expect("the present state");
    let _ = our_api
        .post(&format!("{ours}/cancel"), &Value::Null)
        .await
        .expect(202);
    let _ = their_api
        .post(&format!("{theirs}/cancel"), &Value::Null)
        .await
        .expect(202);
    let mut states = vec![first];
    states.extend(events.rest().await);
    assert_eq!(states.last().expect("an end").data["status"], "CANCELLED");
    for state in &states {
        assert_eq!(state.data["id"], their_job, "{state:?}");
    }
    let is_end = |it: &Event| it.data["id"] == their_job && it.data["status"] == "CANCELLED";
    let mut of_all = Vec::new();
    while !of_all.last().is_some_and(is_end) {
        of_all.push(all.next().await.expect("an event"));
    }
    for state in states.iter().chain(&of_all) {
        place
            .ours
            .assert_not_in(&state.data.to_string(), "an event");
    }
}

async fn the_queue_and_the_metrics_name_nothing(place: &Place) {
    let entries = texts(
        place,
        "select payload::text from graphile_worker._private_jobs",
    )
    .await;
    assert!(!entries.is_empty(), "those of the data sources just made");
    for entry in &entries {
        let entry: Value = serde_json::from_str(entry).expect("JSON");
        let mut members: Vec<&String> = entry.as_object().expect("an object").keys().collect();
        members.sort();
        assert_eq!(
            members,
            ["job_id", "tenant_id"],
            "an entry tells more than where to look"
        );
    }
    let told = texts(place, "select e::text from graphile_worker._private_jobs e")
        .await
        .join("\n");
    for api in place.bearers(None) {
        let metrics = api.get("/metrics").await;
        for holding in [&place.ours, &place.theirs] {
            holding.assert_not_in(&metrics.text, "the metrics");
            assert!(!told.contains(&holding.word), "the queue: {told}");
        }
    }
}
