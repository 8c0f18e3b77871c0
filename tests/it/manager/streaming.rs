//! What is passed on goes as it comes, byte by byte: seen from a `meta` that only takes notes.

use models::Role;
use test_support::{Installation, Manager, TENANT};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A `manager` and the place where it believes `meta` to be.
async fn beside_notes() -> (Manager, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let installation = Installation::new().await;
    let manager = installation.manager(&format!("http://{address}")).await;
    (manager, listener)
}

/// Reads until the text has been seen.
async fn read_until(connection: &mut TcpStream, end: &str) -> String {
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = connection.read(&mut buffer).await.expect("a connection");
        seen.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&seen).into_owned();
        if text.contains(end) {
            return text;
        }
        assert!(read > 0, "it ended without {end:?}: {text}");
    }
}

/// A connection to `manager` on which this request has been sent, with a token.
async fn ask(manager: &Manager, request: &str, headers: &str, body: &str) -> (TcpStream, String) {
    let address = manager.url.strip_prefix("http://").expect("our URL");
    let mut connection = TcpStream::connect(address).await.expect("manager listens");
    let token = manager.installation.token(TENANT, Role::Viewer);
    let text = format!(
        "{request} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n{headers}\r\n{body}"
    );
    connection
        .write_all(text.as_bytes())
        .await
        .expect("manager listens");
    (connection, token)
}

#[tokio::test]
async fn method_path_query_headers_and_body_stay_as_they_are() {
    let (manager, notes) = beside_notes().await;
    let body = "{ \"odd\" :  1.50, \"名\": \"\\u0041\" }";
    let headers = format!(
        "content-type: application/json\r\ncontent-length: {}\r\nx-mine: 7\r\nif-match: \"a\"\r\n\
         connection: keep-alive, x-hop\r\nx-hop: 1\r\nx-request-id: 019e0000-0000-7000-8000-0000000000aa\r\n",
        body.len()
    );
    let target = "PUT /api/metadata/a%20b%2Fc/x?q=%2F+%26&empty=&q=2&flag";
    let (mut client, token) = ask(&manager, target, &headers, body).await;
    let (mut meta, _) = notes.accept().await.expect("manager connects");
    let seen = read_until(&mut meta, "\\u0041\" }").await;
    let (head, passed) = seen.split_once("\r\n\r\n").expect("a head and a body");
    assert!(
        head.starts_with(&format!("{target} HTTP/1.1\r\n")),
        "{head}"
    );
    assert!(passed.contains(body), "{passed}");
    let head = head.to_lowercase();
    for line in [
        format!("authorization: bearer {}", token.to_lowercase()),
        "content-type: application/json".to_owned(),
        "x-mine: 7".to_owned(),
        "if-match: \"a\"".to_owned(),
    ] {
        assert!(head.contains(&format!("\r\n{line}")), "{line} in {head}");
    }
    assert!(
        !head.contains("x-hop"),
        "that was for this connection alone: {head}"
    );
    assert_eq!(head.matches("\r\nx-request-id: ").count(), 1, "{head}");

    let answer = "HTTP/1.1 418 Odd\r\ncontent-type: application/x-odd\r\nx-odd: 1\r\nx-odd: 2\r\netag: \"b\"\r\n\
                  keep-alive: timeout=9\r\ncontent-length: 4\r\n\r\n o d";
    meta.write_all(answer.as_bytes())
        .await
        .expect("manager reads");
    let told = read_until(&mut client, " o d").await.to_lowercase();
    assert!(told.starts_with("http/1.1 418 "), "{told}");
    for line in [
        "content-type: application/x-odd",
        "x-odd: 1",
        "x-odd: 2",
        "etag: \"b\"",
    ] {
        assert!(
            told.contains(&format!("\r\n{line}\r\n")),
            "{line} in {told}"
        );
    }
    assert!(!told.contains("timeout=9"), "{told}");
}

#[tokio::test]
async fn an_answer_arrives_while_it_is_written() {
    let (manager, notes) = beside_notes().await;
    let (mut client, _) = ask(&manager, "GET /api/metadata/scan/1/events", "", "").await;
    let (mut meta, _) = notes.accept().await.expect("manager connects");
    read_until(&mut meta, "\r\n\r\n").await;
    let head =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
    for (chunk, number) in [
        (head.to_owned() + "8\r\nid: 1\n\r\n\r\n", 1),
        ("8\r\nid: 2\n\r\n\r\n".to_owned(), 2),
    ] {
        meta.write_all(chunk.as_bytes())
            .await
            .expect("manager reads");
        // The answer has no end yet.
        read_until(&mut client, &format!("id: {number}\n")).await;
    }
    meta.write_all(b"0\r\n\r\n").await.expect("manager reads");
    read_until(&mut client, "0\r\n\r\n").await;
}

#[tokio::test]
async fn a_request_arrives_while_it_is_written() {
    let (manager, notes) = beside_notes().await;
    let headers = "content-type: application/json\r\ntransfer-encoding: chunked\r\n";
    let (mut client, _) = ask(&manager, "POST /api/metadata/jobs", headers, "3\r\none\r\n").await;
    let (mut meta, _) = notes.accept().await.expect("manager connects");
    read_until(&mut meta, "one").await;
    client
        .write_all(b"3\r\ntwo\r\n0\r\n\r\n")
        .await
        .expect("manager reads");
    read_until(&mut meta, "two").await;
    meta.write_all(b"HTTP/1.1 204 No Content\r\n\r\n")
        .await
        .expect("manager reads");
    let told = read_until(&mut client, "\r\n\r\n").await;
    assert!(told.starts_with("HTTP/1.1 204 "), "{told}");
}

#[tokio::test]
async fn a_meta_that_hangs_up_is_503() {
    let (manager, notes) = beside_notes().await;
    let (mut client, _) = ask(&manager, "GET /api/metadata/jobs", "", "").await;
    let (mut meta, _) = notes.accept().await.expect("manager connects");
    read_until(&mut meta, "\r\n\r\n").await;
    drop((meta, notes));
    let told = read_until(&mut client, "}").await;
    assert!(
        told.starts_with("HTTP/1.1 503 ") && told.contains("/problems/meta-unavailable"),
        "{told}"
    );
}
