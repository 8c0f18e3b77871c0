//! A stream over connections that a test plays.

use models::{Problem, ProblemType};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::MetaClient;

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n\
                    connection: close\r\n\r\n";

/// Short ones: what takes long in life is not waited for.
const LIMITS: Limits = Limits {
    silence: Duration::from_secs(10),
    patience: Duration::from_millis(200),
    come_back: Duration::from_millis(1),
};

/// Where the other side is silent.
const IMPATIENT: Limits = Limits {
    silence: Duration::from_millis(300),
    ..LIMITS
};

/// Where it comes back.
const PATIENT: Limits = Limits {
    patience: Duration::from_secs(10),
    ..LIMITS
};

const BUSY: &str = "HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\n";

/// A place where a test answers connections one by one.
struct Stage {
    listener: TcpListener,
    session: Session,
}

impl Stage {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("it is bound");
        let url = format!("http://{address}/").parse().expect("a URL");
        let http = service_kit::http_client().expect("the machine has certificates");
        // Far shorter than a stream lasts.
        let client = MetaClient::new(http, url, Duration::from_millis(50));
        Self {
            listener,
            session: client.session("key".into(), None),
        }
    }

    fn follow(&self, limits: Limits) -> Events<ScanStatus> {
        let path = ["scan", "7", "events"].map(str::to_owned).into();
        Following::new(self.session.clone(), path, limits).events()
    }

    /// The next connection and the lines of its request.
    async fn accept(&self) -> (TcpStream, String) {
        let (mut connection, _) = self.listener.accept().await.expect("a connection");
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            request.push(connection.read_u8().await.expect("a request"));
        }
        (connection, String::from_utf8(request).expect("text"))
    }

    /// Answers the next connection and hangs up.
    async fn answer(&self, text: &str) -> String {
        let (mut connection, request) = self.accept().await;
        let said = connection.write_all(text.as_bytes()).await;
        said.expect("somebody reads");
        request
    }
}

/// The outcome of a play. One that does not end has gone wrong.
async fn played<T>(play: impl Future<Output = T>) -> T {
    let limit = Duration::from_secs(20);
    timeout(limit, play).await.expect("it comes to an end")
}

fn status(word: &str) -> ScanStatus {
    serde_json::from_value(json!({
        "scan_id": 7, "job_id": "019a0000-0000-7000-8000-000000000000", "resource_id": 1,
        "status": word, "started_at": null, "completed_at": null, "duration_seconds": null,
        "progress": null, "tables_total": null, "tables_scanned": 0, "fields_scanned": 0,
        "changes": { "added": 0, "changed": 0, "removed": 0, "renamed": 0 }, "failures": [],
        "cost": null, "error_message": null,
    }))
    .expect("a status")
}

fn event(id: u32, word: &str) -> String {
    let data = serde_json::to_string(&status(word)).expect("JSON");
    format!("id: {id}\nretry: 5\ndata: {data}\n\n")
}

#[tokio::test]
async fn a_stream_goes_on_after_a_cut_and_ends_with_the_last_state() {
    let stage = Stage::new().await;
    let events = stage.follow(LIMITS).collect::<Vec<_>>();
    let play = async {
        let half = &event(2, "RUNNING")[..20];
        let first = stage
            .answer(&format!("{HEAD}: hello\n\n{}{half}", event(1, "QUEUED")))
            .await;
        assert!(!first.contains("last-event-id"), "{first}");
        assert!(first.contains("authorization: Bearer key"), "{first}");
        let other = "event: other\ndata: nothing of ours\n\n";
        let second = stage
            .answer(&format!("{HEAD}{other}{}", event(2, "RUNNING")))
            .await;
        assert!(second.contains("last-event-id: 1\r\n"), "{second}");
        // It stays open: the last state ends the stream, not the connection.
        let (mut connection, third) = stage.accept().await;
        assert!(third.contains("last-event-id: 2\r\n"), "{third}");
        let said = format!("{HEAD}{}{}", event(3, "SUCCESS"), event(4, "RUNNING"));
        connection
            .write_all(said.as_bytes())
            .await
            .expect("somebody reads");
        connection
    };
    let (events, _connection) = played(async { tokio::join!(events, play) }).await;
    let events: Vec<_> = events.into_iter().map(Result::unwrap).collect();
    let states = ["QUEUED", "RUNNING", "SUCCESS"].map(|word| Event::State(status(word)));
    assert_eq!(events, states);
}

#[tokio::test]
async fn nothing_new_ends_the_stream() {
    let stage = Stage::new().await;
    let events = stage.follow(LIMITS).collect::<Vec<_>>();
    let play = stage.answer("HTTP/1.1 204 No Content\r\n\r\n");
    let (events, _) = played(async { tokio::join!(events, play) }).await;
    assert!(events.is_empty(), "{events:?}");
}

#[tokio::test]
async fn a_silent_connection_is_left_for_another() {
    let stage = Stage::new().await;
    let mut events = stage.follow(IMPATIENT);
    let play = async {
        let (mut silent, _) = stage.accept().await;
        silent
            .write_all(format!("{HEAD}{}", event(1, "RUNNING")).as_bytes())
            .await
            .expect("somebody reads");
        let second = stage
            .answer(&format!("{HEAD}{}", event(2, "SUCCESS")))
            .await;
        assert!(second.contains("last-event-id: 1\r\n"), "{second}");
        silent
    };
    let read = async {
        let mut states = Vec::new();
        while let Some(event) = events.next().await {
            if let Event::State(state) = event.expect("no error") {
                states.push(state);
            }
        }
        states
    };
    let (_silent, states) = played(async { tokio::join!(play, read) }).await;
    assert_eq!(states, [status("RUNNING"), status("SUCCESS")]);
}

#[tokio::test]
async fn after_an_absence_the_state_is_told_anew() {
    let stage = Stage::new().await;
    let events = stage.follow(PATIENT).collect::<Vec<_>>();
    let play = async {
        stage
            .answer(&format!("{HEAD}{}", event(1, "RUNNING")))
            .await;
        let unavailable = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n";
        let second = stage.answer(unavailable).await;
        assert!(second.contains("last-event-id: 1\r\n"), "{second}");
        // Else what has not changed would not be told again.
        let third = stage
            .answer(&format!("{HEAD}{}", event(1, "RUNNING")))
            .await;
        assert!(!third.contains("last-event-id"), "{third}");
        let fourth = stage
            .answer(&format!("{HEAD}{}", event(2, "SUCCESS")))
            .await;
        assert!(fourth.contains("last-event-id: 1\r\n"), "{fourth}");
    };
    let (events, ()) = played(async { tokio::join!(events, play) }).await;
    let events: Vec<_> = events.into_iter().map(Result::unwrap).collect();
    let running = Event::State(status("RUNNING"));
    let expected = [
        running.clone(),
        Event::Away,
        running,
        Event::State(status("SUCCESS")),
    ];
    assert_eq!(events, expected);
}

#[tokio::test]
async fn one_that_is_busy_is_asked_again_when_it_says() {
    let stage = Stage::new().await;
    let events = stage.follow(PATIENT).collect::<Vec<_>>();
    let play = async {
        stage.answer(&format!("{BUSY}retry-after: 1\r\n\r\n")).await;
        let refused = Instant::now();
        stage
            .answer(&format!("{HEAD}{}", event(1, "SUCCESS")))
            .await;
        refused.elapsed()
    };
    let (events, waited) = played(async { tokio::join!(events, play) }).await;
    assert!(waited >= Duration::from_millis(900), "{waited:?}");
    let events: Vec<_> = events.into_iter().map(Result::unwrap).collect();
    assert_eq!(events, [Event::Away, Event::State(status("SUCCESS"))]);
}

#[tokio::test]
async fn one_that_stays_busy_is_an_error_however_long_it_asks_to_wait() {
    let stage = Stage::new().await;
    let began = Instant::now();
    let events = stage.follow(LIMITS).collect::<Vec<_>>();
    let play = async {
        for _ in 0..2 {
            stage
                .answer(&format!("{BUSY}retry-after: 3600\r\n\r\n"))
                .await;
        }
    };
    let (events, ()) = played(async { tokio::join!(events, play) }).await;
    let [Ok(Event::Away), Err(error)] = &events[..] else {
        panic!("{events:?}");
    };
    assert!(error.is_busy(), "{error:?}");
    let took = began.elapsed();
    assert!(took < Duration::from_secs(20), "{took:?}");
}

#[tokio::test]
async fn a_stream_without_a_byte_is_no_sign_of_life() {
    for (limits, hangs_up) in [(LIMITS, true), (IMPATIENT, false)] {
        let stage = Stage::new().await;
        let events = stage.follow(limits).collect::<Vec<_>>();
        let play = async {
            let mut open = Vec::new();
            loop {
                let (mut connection, _) = stage.accept().await;
                let said = connection.write_all(HEAD.as_bytes()).await;
                said.expect("somebody reads");
                if !hangs_up {
                    open.push(connection);
                }
            }
        };
        let events = played(async {
            tokio::select! {
                events = events => events,
                () = play => unreachable!(),
            }
        });
        let events = events.await;
        let (last, before) = events.split_last().expect("some");
        assert!(!before.is_empty(), "{last:?}");
        assert!(
            before.iter().all(|it| matches!(it, Ok(Event::Away))),
            "{before:?}"
        );
        assert!(
            match last {
                Err(Error::HungUp { .. }) => hangs_up,
                Err(Error::Silent { .. }) => !hangs_up,
                _ => false,
            },
            "{last:?}"
        );
    }
}

#[tokio::test]
async fn a_comment_is_a_sign_of_life() {
    let stage = Stage::new().await;
    // With it the first failure is the last.
    let none = Limits {
        patience: Duration::ZERO,
        ..LIMITS
    };
    let events = stage.follow(none).collect::<Vec<_>>();
    let play = async {
        for _ in 0..3 {
            stage.answer(&format!("{HEAD}:\n\n")).await;
        }
        stage
            .answer(&format!("{HEAD}{}", event(1, "SUCCESS")))
            .await;
    };
    let (events, ()) = played(async { tokio::join!(events, play) }).await;
    let events: Vec<_> = events.into_iter().map(Result::unwrap).collect();
    assert_eq!(events, [Event::State(status("SUCCESS"))]);
}

#[test]
fn the_time_to_come_back_has_bounds() {
    for (said, followed) in [(0, 100), (2000, 2000), (86_400_000, 30_000)] {
        let followed = Duration::from_millis(followed);
        assert_eq!(within(Duration::from_millis(said)), followed, "{said}");
    }
}

#[tokio::test]
async fn a_service_that_stays_away_is_an_error() {
    let stage = Stage::new().await;
    let mut events = stage.follow(LIMITS);
    drop(stage);
    assert_eq!(events.next().await.unwrap().unwrap(), Event::Away);
    let mut last = events.next().await;
    while let Some(Ok(event)) = last {
        assert_eq!(event, Event::Away);
        last = events.next().await;
    }
    assert!(
        matches!(last, Some(Err(Error::Unreachable { .. }))),
        "{last:?}"
    );
    assert!(events.next().await.is_none(), "an error is the end");
}

#[tokio::test]
async fn one_that_accepts_and_never_answers_is_an_error_too() {
    let stage = Stage::new().await;
    let mut events = stage.follow(IMPATIENT);
    let mut told = Vec::new();
    while let Some(event) = events.next().await {
        told.push(event);
    }
    let (last, before) = told.split_last().expect("some");
    assert!(
        before.iter().all(|it| matches!(it, Ok(Event::Away))),
        "{before:?}"
    );
    assert!(matches!(last, Err(Error::Silent { .. })), "{last:?}");
}

#[tokio::test]
async fn a_refusal_is_final() {
    let stage = Stage::new().await;
    let problem = Problem::new(ProblemType::ScanNotFound, "no scan 7");
    let body = serde_json::to_string(&problem).expect("JSON");
    let answer = format!(
        "HTTP/1.1 404 Not Found\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let events = stage.follow(LIMITS).collect::<Vec<_>>();
    let (events, _) = played(async { tokio::join!(events, stage.answer(&answer)) }).await;
    assert!(
        matches!(&events[..], [Err(error)] if error.is(ProblemType::ScanNotFound)),
        "{events:?}"
    );
}

#[tokio::test]
async fn what_is_no_stream_is_unexpected() {
    for answer in [
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>".to_owned(),
        format!("{HEAD}data: <html>\n\n"),
    ] {
        let stage = Stage::new().await;
        let events = stage.follow(LIMITS).collect::<Vec<_>>();
        let (events, _) = played(async { tokio::join!(events, stage.answer(&answer)) }).await;
        assert!(
            matches!(&events[..], [Err(Error::Unexpected { status: 200, .. })]),
            "{events:?}"
        );
    }
}
