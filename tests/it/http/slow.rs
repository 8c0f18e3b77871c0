//! Who takes his time, and whoever comes meanwhile.

use std::time::Duration;

use test_support::TENANT;
use tokio::io::AsyncWriteExt as _;
use tokio::time::interval;

use super::{Both, connect, rest, status};

#[tokio::test]
async fn a_body_that_trickles_is_refused() {
    let both = Both::with(&[("BODY_TIMEOUT_SECONDS", "1")]).await;
    for (url, path) in [
        (&both.meta.url, "/api/metadata/datasources"),
        (&both.manager.url, "/api/manager/manage"),
        // Passed on to meta while it comes.
        (&both.manager.url, "/api/metadata/datasources"),
    ] {
        let mut stream = connect(url).await;
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\
             content-type: application/json\r\ncontent-length: 1000\r\n\r\n",
            both.token()
        );
        stream.write_all(head.as_bytes()).await.expect("it reads");
        let (mut from, mut to) = stream.split();
        let drip = async {
            let mut drops = interval(Duration::from_millis(50));
            while to.write_all(b" ").await.is_ok() {
                drops.tick().await;
            }
            std::future::pending::<()>().await;
        };
        let mut answer = Vec::new();
        tokio::select! {
            () = drip => {}
            _ = tokio::io::AsyncReadExt::read_to_end(&mut from, &mut answer) => {}
        }
        let answer = String::from_utf8_lossy(&answer);
        assert_eq!(status(&answer), 408, "{path}: {answer}");
        assert!(answer.contains("/problems/body-too-slow"), "{answer}");
        assert!(answer.contains("connection: close"), "{answer}");
    }
}

#[tokio::test]
async fn a_head_that_does_not_come_ends_the_connection() {
    let both = Both::with(&[("HEADER_TIMEOUT_SECONDS", "1")]).await;
    for (url, path) in both.doors() {
        for sent in ["", "GET ", &format!("GET {path} HTTP/1.1\r\nhost: x\r\n")] {
            let mut stream = connect(url).await;
            stream.write_all(sent.as_bytes()).await.expect("it listens");
            assert_ne!(status(&rest(&mut stream).await), 200, "{url} {sent}");
        }
    }
}

#[tokio::test]
async fn sockets_that_are_held_keep_nobody_out() {
    let both = Both::with(&[("MAX_CONNECTIONS", "8")]).await;
    for (url, path) in both.doors() {
        let mut held = Vec::new();
        for sent in ["", "GET / HT"].repeat(20) {
            let mut stream = connect(url).await;
            // One that has had to make room already takes nothing.
            let _ = stream.write_all(sent.as_bytes()).await;
            held.push(stream);
        }
        let _ = both.admin(url).get(path).await.expect(200);
        let _ = both.admin(url).get("/health/live").await.expect(200);
        assert_eq!(rest(&mut held[0]).await, "", "the first one made room");
    }
    let user = both.manager.user(TENANT, models::Role::Viewer);
    let _ = user.get("/api/metadata/datasources").await.expect(200);
}
