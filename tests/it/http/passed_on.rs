//! What manager passes on to meta beside the body, and back.

use std::net::Ipv4Addr;

use models::Role;
use test_support::{Installation, TENANT};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::{raw, status};

/// What meta would be sent: it shows nobody the head of a request, so this stands in its place. It
/// answers every request with these lines.
async fn recorded(request: &str, answer: &str) -> (String, String) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let listener = listener.expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let installation = Installation::new().await;
    let manager = installation.manager(&format!("http://{address}")).await;
    let token = installation.token(TENANT, Role::Admin);
    let request = request.replace("TOKEN", &token);
    let meta = async {
        loop {
            let (mut stream, _) = listener.accept().await.expect("manager comes");
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.expect("a head"));
            }
            stream.write_all(answer.as_bytes()).await.expect("it reads");
            let head = String::from_utf8(head).expect("text").to_lowercase();
            // Manager itself asks whether meta is there.
            if head.contains("x-request-id: passed") {
                break head;
            }
        }
    };
    let (seen, told) = tokio::join!(meta, raw(&manager.url, &request));
    (seen, told.to_lowercase())
}

const EMPTY: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n";

#[tokio::test]
async fn what_belongs_to_one_connection_stays_there() {
    let request = "GET /api/metadata/datasources HTTP/1.1\r\nhost: evil.example\r\n\
        authorization: Bearer TOKEN\r\nx-request-id: passed\r\n\
        connection: close, x-mine, x-request-id, x-forwarded-for\r\nx-mine: 1\r\nkeep-alive: timeout=5\r\n\
        proxy-connection: close\r\nproxy-authorization: Basic x\r\nte: trailers\r\nupgrade: h2c\r\n\
        http2-settings: x\r\nforwarded: for=1.2.3.4\r\nx-forwarded-for: 1.2.3.4\r\nx-kept: 1\r\n\r\n";
    let answer = format!(
        "{EMPTY}keep-alive: timeout=5\r\nproxy-authenticate: Basic\r\ntrailer: x-t\r\nupgrade: h2c\r\nx-kept: 2\r\n\r\n"
    );
    let (seen, told) = recorded(request, &answer).await;
    for kept in [
        "authorization: bearer",
        "x-kept: 1",
        "x-forwarded-for: 127.0.0.1\r\n",
    ] {
        assert!(seen.contains(kept), "{kept}: {seen}");
    }
    for left in [
        "evil",
        "x-mine",
        "keep-alive",
        "proxy-",
        "\r\nte:",
        "upgrade",
        "forwarded: for",
        "1.2.3.4",
        "connection:",
        "transfer-encoding",
    ] {
        assert!(!seen.contains(left), "{left}: {seen}");
    }
    assert_eq!(status(&told), 200, "{told}");
    assert!(told.contains("x-kept: 2"), "{told}");
    for left in ["keep-alive", "proxy-", "trailer", "upgrade"] {
        assert!(!told.contains(left), "{left}: {told}");
    }
}

#[tokio::test]
async fn one_length_is_passed_on() {
    let request = "POST /api/metadata/lookup HTTP/1.1\r\nhost: x\r\nauthorization: Bearer TOKEN\r\n\
        x-request-id: passed\r\nconnection: close\r\ncontent-type: application/json\r\n\
        content-length: 50\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    let (seen, _) = recorded(request, &format!("{EMPTY}\r\n")).await;
    assert!(!seen.contains("content-length: 50"), "{seen}");
    let lengths =
        seen.matches("content-length:").count() + seen.matches("transfer-encoding:").count();
    assert_eq!(lengths, 1, "{seen}");
}
