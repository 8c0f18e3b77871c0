//! Requests that no client sends.

use serde_json::Value;
use test_support::{Installation, TENANT, eventually};

use super::{Both, raw, status};

/// A request to `path` with these further lines of its head, and what follows.
fn request(both: &Both, line: &str, more: &str) -> String {
    let token = both.token();
    format!("{line}\r\nhost: x\r\nauthorization: Bearer {token}\r\nconnection: close\r\n{more}")
}

#[tokio::test]
async fn what_can_be_read_in_two_ways_is_refused() {
    let both = Both::with(&[]).await;
    let post = "POST /api/metadata/lookup HTTP/1.1";
    for (line, more) in [
        (post, "content-length: 2\r\ncontent-length: 3\r\n\r\n{} "),
        (post, "content-length: 2, 3\r\n\r\n{} "),
        (post, "content-length: +2\r\n\r\n{}"),
        (post, "content-length: -1\r\n\r\n{}"),
        (post, "content-length: 99999999999999999999\r\n\r\n{}"),
        (
            post,
            "transfer-encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        ),
        (
            post,
            "transfer-encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        ),
        (
            post,
            "transfer-encoding : chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        ),
        (
            "POST /api/metadata/lookup HTTP/1.0",
            "transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        ),
        (
            "GET /api/metadata/datasources HTTP/1.1",
            "x-a: 1\r\n folded\r\n\r\n",
        ),
        ("GET /api/metadata/datasources HTTP/1.1", "x-a: \0\r\n\r\n"),
        ("GET /api/metadata/datasources HTTP/1.1", "x a: 1\r\n\r\n"),
        ("GET /api/metadata/data sources HTTP/1.1", "\r\n"),
        ("GET /api/metadata/datasources HTTP/3.0", "\r\n"),
        ("GET", "\r\n"),
        // HTTP/2 is for a proxy in front.
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n", "\r\n"),
    ] {
        for url in [&both.meta.url, &both.manager.url] {
            let answer = raw(url, &request(&both, line, more)).await;
            assert!(
                matches!(status(&answer), 0 | 400),
                "{url} {line} {more}: {answer}"
            );
        }
    }
    for (count, size) in [(101, 1), (1, 70_000)] {
        let header = format!("x-a: {}\r\n", "a".repeat(size)).repeat(count) + "\r\n";
        for url in [&both.meta.url, &both.manager.url] {
            let line = "GET /api/metadata/datasources HTTP/1.1";
            let answer = raw(url, &request(&both, line, &header)).await;
            assert_eq!(status(&answer), 431, "{url} {count} of {size}: {answer}");
        }
    }
}

#[tokio::test]
async fn odd_targets_are_no_fault_of_the_service() {
    let both = Both::with(&[]).await;
    for target in [
        "/api/metadata/%zz",
        "/api/metadata/datasources/%ff%fe",
        "/api/metadata/datasources/%00",
        "/api/metadata/datasources?limit=%zz",
        "/api/metadata/datasources?limit=%ff",
        "/api/manager/datasources/%ff/available-databases",
        "//api/metadata/datasources",
        "/api/metadata//datasources",
        "/api/metadata/",
        "*",
        "",
        "http://",
        "x",
    ] {
        for method in ["GET", "DELETE", "OPTIONS", "CONNECT", "TRACE", "BREW"] {
            for url in [&both.meta.url, &both.manager.url] {
                let line = format!("{method} {target} HTTP/1.1");
                let answer = raw(url, &request(&both, &line, "\r\n")).await;
                let status = status(&answer);
                assert!(
                    status == 0 || (400..500).contains(&status),
                    "{url} {line}: {answer}"
                );
            }
        }
    }
}

/// Whatever host a request names, it is answered here, or by meta's API.
#[tokio::test]
async fn no_target_names_another_host() {
    let both = Both::with(&[]).await;
    let metas = both.meta.url.strip_prefix("http://").expect("our URL");
    for target in [
        "http://db.invalid/api/metadata/datasources".to_owned(),
        format!("http://{metas}/api/metadata/datasources"),
    ] {
        let line = format!("GET {target} HTTP/1.1");
        let answer = raw(&both.manager.url, &request(&both, &line, "\r\n")).await;
        assert_eq!(status(&answer), 200, "{answer}");
    }
    // The document is manager's own.
    let line = format!("GET http://{metas}/api-docs/openapi.json HTTP/1.1");
    let answer = raw(&both.manager.url, &request(&both, &line, "\r\n")).await;
    assert!(answer.contains("Plumbline manager"), "{answer}");
}

/// The routes of what meta was asked under this id.
async fn asked(meta: &test_support::Program, id: &str) -> Vec<Value> {
    let of_it =
        |line: &Value| line["span"]["request_id"] == id && line["message"] == "request finished";
    eventually("meta to be asked", async || {
        meta.lines().iter().any(of_it).then_some(())
    })
    .await;
    let lines = meta.lines().into_iter().filter(of_it);
    lines.map(|line| line["span"]["route"].clone()).collect()
}

#[tokio::test]
async fn nothing_is_smuggled_past_manager() {
    let installation = Installation::new().await;
    let meta = installation.meta_program("info").await;
    let manager = installation.manager_program(&meta.url, "info").await;
    let token = installation.token(TENANT, models::Role::Admin);
    let hidden = "GET /metrics HTTP/1.1\r\nhost: x\r\nx-request-id: hidden\r\n\r\n";
    for (id, lengths, body) in [
        // Whoever goes by the length would take the rest for a request.
        (
            "by-length",
            "content-length: 5\r\ntransfer-encoding: chunked",
            "0\r\n\r\n",
        ),
        (
            "by-chunks",
            "transfer-encoding: chunked\r\ncontent-length: 80",
            "0\r\n\r\n",
        ),
        // A chunk that holds a request.
        ("in-a-chunk", "transfer-encoding: chunked", ""),
        ("in-a-body", "content-length: 56", ""),
    ] {
        let rest = match id {
            "in-a-chunk" => format!("{:x}\r\n{hidden}\r\n0\r\n\r\n", hidden.len()),
            _ => hidden.to_owned(),
        };
        let head = format!(
            "POST /api/metadata/lookup HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\nconnection: close\r\nx-request-id: {id}\r\n{lengths}\r\n\r\n"
        );
        let answer = raw(&manager.url, &format!("{head}{body}{rest}")).await;
        assert_eq!(status(&answer), 400, "{id}: {answer}");
        assert_eq!(asked(&meta, id).await, ["/api/metadata/lookup"], "{id}");
    }
    assert!(!meta.log().contains("hidden"), "{}", meta.log());
}
