//! The server on real sockets.

use std::sync::Arc;

use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Notify;

use super::*;
use crate::http::http_client;

const SHORT: Duration = Duration::from_millis(50);
const PATIENCE: Patience = Patience {
    header: Duration::from_secs(30),
    taking: Duration::from_mins(1),
    grace: Duration::from_secs(10),
};

async fn start(
    router: Router,
    patience: Patience,
) -> (String, CancellationToken, tokio::task::JoinHandle<()>) {
    start_with(router, 100, patience).await
}

async fn start_with(
    router: Router,
    places: usize,
    patience: Patience,
) -> (String, CancellationToken, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let stop = CancellationToken::new();
    let token = stop.clone();
    let server = tokio::spawn(async move {
        let places = Connections::new(places);
        serve_patiently(listener, router, token, places, patience)
            .await
            .unwrap();
    });
    (url, stop, server)
}

#[tokio::test]
async fn a_request_under_way_is_answered_after_the_stop() {
    let (started, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (tell, wait) = (started.clone(), go_on.clone());
    let slow = move || async move {
        tell.notify_one();
        wait.notified().await;
        "done"
    };
    let (url, stop, server) = start(Router::new().route("/slow", get(slow)), PATIENCE).await;
    let client = http_client().unwrap();
    let asked = tokio::spawn(client.get(format!("{url}/slow")).send());
    started.notified().await;
    stop.cancel();
    go_on.notify_one();
    assert_eq!(asked.await.unwrap().unwrap().text().await.unwrap(), "done");
    server.await.unwrap();
    // Another program may have the port by now: it gives no answer of ours.
    assert!(client.get(url).send().await.is_err());
}

#[tokio::test]
async fn an_endless_answer_is_cut_after_the_grace_period() {
    let started = Arc::new(Notify::new());
    let tell = started.clone();
    let endless = move || async move {
        tell.notify_one();
        std::future::pending::<()>().await;
    };
    let (url, stop, server) = start(
        Router::new().route("/", get(endless)),
        Patience {
            grace: SHORT,
            ..PATIENCE
        },
    )
    .await;
    let asked = tokio::spawn(http_client().unwrap().get(url).send());
    started.notified().await;
    stop.cancel();
    server.await.unwrap();
    assert!(asked.await.unwrap().is_err());
}

#[tokio::test]
async fn handlers_see_the_clients_address() {
    async fn peer(ConnectInfo(peer): ConnectInfo<SocketAddr>) -> String {
        peer.ip().to_string()
    }
    let (url, stop, server) = start(Router::new().route("/", get(peer)), PATIENCE).await;
    let answer = http_client().unwrap().get(url).send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), "127.0.0.1");
    stop.cancel();
    server.await.unwrap();
}

async fn connect(url: &str) -> TcpStream {
    let address = url.strip_prefix("http://").unwrap();
    TcpStream::connect(address).await.unwrap()
}

/// What comes until the server hangs up.
async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // One that is reset has ended as well.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

/// Sends a request and reads the head of its answer.
async fn ask(stream: &mut TcpStream, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("an answer"));
    }
    String::from_utf8(head).unwrap()
}

#[tokio::test]
async fn a_client_that_sends_no_whole_head_is_cut() {
    let patience = Patience {
        header: SHORT,
        ..PATIENCE
    };
    let (url, stop, server) = start(Router::new(), patience).await;
    for sent in ["", "GET / HT", "GET / HTTP/1.1\r\nhost: x\r\nx-a:"] {
        let mut stream = connect(&url).await;
        stream.write_all(sent.as_bytes()).await.unwrap();
        let answer = rest(&mut stream).await;
        assert!(!answer.starts_with("HTTP/1.1 200"), "{answer:?}");
    }
    stop.cancel();
    server.await.unwrap();
}

/// Each byte comes in time, the head does not.
#[tokio::test]
async fn a_head_that_trickles_is_cut() {
    let patience = Patience {
        header: SHORT,
        ..PATIENCE
    };
    let (url, stop, server) = start(Router::new(), patience).await;
    let (mut from, mut to) = connect(&url).await.into_split();
    let drip = async {
        let mut drops = tokio::time::interval(SHORT / 10);
        to.write_all(b"GET / HTTP/1.1\r\nx-a: ").await.unwrap();
        while to.write_all(b"a").await.is_ok() {
            drops.tick().await;
        }
    };
    let mut answer = Vec::new();
    tokio::select! {
        () = drip => {}
        // The other side hangs up, without or with an answer.
        _ = from.read_to_end(&mut answer) => {}
    }
    assert!(!answer.starts_with(b"HTTP/1.1 2"), "{answer:?}");
    stop.cancel();
    server.await.unwrap();
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let patience = Patience {
        header: SHORT,
        ..PATIENCE
    };
    let router = Router::new().route("/", get(|| async {}));
    let (url, stop, server) = start(router, patience).await;
    let mut stream = connect(&url).await;
    for _ in 0..2 {
        assert!(ask(&mut stream, "/").await.starts_with("HTTP/1.1 200"));
    }
    assert_eq!(rest(&mut stream).await, "");
    stop.cancel();
    server.await.unwrap();
}

/// Endless, and tells when the server is done with it.
fn endless(done: &Arc<Notify>) -> Router {
    struct Tell(Arc<Notify>);
    impl Drop for Tell {
        fn drop(&mut self) {
            self.0.notify_one();
        }
    }
    let done = Arc::clone(done);
    let stream = move || async move {
        let tell = Tell(done);
        Body::from_stream(futures::stream::repeat_with(move || {
            let _ = &tell;
            Ok::<_, axum::Error>(vec![b'x'; 64 * 1024])
        }))
    };
    Router::new().route("/", get(stream))
}

#[tokio::test]
async fn an_answer_that_nobody_takes_is_cut() {
    let patience = Patience {
        taking: SHORT,
        ..PATIENCE
    };
    let done = Arc::new(Notify::new());
    let (url, stop, server) = start(endless(&done), patience).await;
    let mut stream = connect(&url).await;
    assert!(ask(&mut stream, "/").await.starts_with("HTTP/1.1 200"));
    done.notified().await;
    stop.cancel();
    server.await.unwrap();
}

#[tokio::test]
async fn heads_have_limits() {
    let router = Router::new().route("/", get(|| async {}));
    let (url, stop, server) = start(router, PATIENCE).await;
    for (count, size, status) in [
        (10, 10, 200),
        (2, 30_000, 200),
        (3, 30_000, 431),
        (MOST_HEADERS + 1, 1, 431),
    ] {
        let header = format!("x-a: {}\r\n", "a".repeat(size));
        let mut stream = connect(&url).await;
        let head = format!(
            "GET / HTTP/1.1\r\nconnection: close\r\n{}\r\n",
            header.repeat(count)
        );
        // It may hang up before it has seen all.
        let _ = stream.write_all(head.as_bytes()).await;
        let answer = rest(&mut stream).await;
        let expected = format!("HTTP/1.1 {status}");
        assert!(answer.starts_with(&expected), "{count} of {size}: {answer}");
    }
    stop.cancel();
    server.await.unwrap();
}

#[tokio::test]
async fn whoever_only_holds_a_connection_makes_room() {
    let router = Router::new().route("/", get(|| async {}));
    let (url, stop, server) = start_with(router, 3, PATIENCE).await;
    let mut idle = connect(&url).await;
    assert!(ask(&mut idle, "/").await.starts_with("HTTP/1.1 200"));
    let mut silent = connect(&url).await;
    let mut slow = connect(&url).await;
    slow.write_all(b"GET / HT").await.unwrap();
    let mut others = Vec::new();
    for _ in 0..3 {
        let mut other = connect(&url).await;
        assert!(ask(&mut other, "/").await.starts_with("HTTP/1.1 200"));
        others.push(other);
    }
    for held in [&mut idle, &mut silent, &mut slow] {
        assert_eq!(rest(held).await, "");
    }
    assert!(ask(&mut others[0], "/").await.starts_with("HTTP/1.1 200"));
    stop.cancel();
    server.await.unwrap();
}

#[tokio::test]
async fn streams_keep_their_places_and_health_is_told() {
    let done = Arc::new(Notify::new());
    let router = endless(&done)
        .route("/other", get(|| async {}))
        .route("/health/live", get(|| async {}));
    let config = crate::http::testing::config();
    let router = crate::http::router_stack("test", router, &config);
    let (url, stop, server) = start_with(router, 2, PATIENCE).await;
    let mut streams = Vec::new();
    for _ in 0..2 {
        let mut stream = connect(&url).await;
        assert!(ask(&mut stream, "/").await.starts_with("HTTP/1.1 200"));
        streams.push(stream);
    }
    for (path, status) in [("/other", 429), ("/health/live", 200)] {
        let mut one_too_many = connect(&url).await;
        let head = ask(&mut one_too_many, path).await;
        assert!(head.starts_with(&format!("HTTP/1.1 {status}")), "{head}");
        assert!(head.contains("connection: close"), "{head}");
        let _ = rest(&mut one_too_many).await;
    }
    for stream in &mut streams {
        let mut bytes = vec![0; 1024 * 1024];
        stream.read_exact(&mut bytes).await.expect("it goes on");
    }
    drop(streams.pop());
    done.notified().await;
    let mut next = connect(&url).await;
    assert!(ask(&mut next, "/other").await.starts_with("HTTP/1.1 200"));
    drop(streams);
    stop.cancel();
    server.await.unwrap();
}
