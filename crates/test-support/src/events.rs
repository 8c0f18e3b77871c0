//! Reading server-sent events.

use futures::StreamExt;
use futures::stream::BoxStream;
use serde_json::Value;

use crate::Api;

/// One event as it was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What kind it is: `message` where it does not say.
    pub name: String,
    /// Its id.
    pub id: i64,
    /// Its document.
    pub data: Value,
}

/// A stream that is read event by event.
pub struct Events {
    body: BoxStream<'static, reqwest::Result<bytes::Bytes>>,
    text: String,
}

impl std::fmt::Debug for Events {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Events")
    }
}

impl Api {
    /// Follows what happens at a path.
    ///
    /// # Panics
    /// When the service does not answer, or not with events.
    pub async fn events(&self, path: &str) -> Events {
        let response = self
            .response(http::Method::GET, path, |request| request)
            .await;
        assert_eq!(response.status(), 200);
        let headers = response.headers();
        assert_eq!(headers["content-type"], "text/event-stream");
        assert_eq!(headers["cache-control"], "no-store");
        assert_eq!(headers["x-accel-buffering"], "no");
        Events {
            body: response.bytes_stream().boxed(),
            text: String::new(),
        }
    }
}

impl Events {
    /// The next event; None at the end of the stream.
    ///
    /// # Panics
    /// When the stream breaks, or says what is no event with an id and a document.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                let field = |name: &str| {
                    let found = event.lines().find_map(|line| line.strip_prefix(name));
                    found.map(|it| it.trim_start().to_owned())
                };
                // A comment keeps the connection alive.
                let (Some(id), Some(data)) = (field("id:"), field("data:")) else {
                    continue;
                };
                let (id, data) = (id.parse().expect("a number"), serde_json::from_str(&data));
                return Some(Event {
                    name: field("event:").unwrap_or_else(|| "message".to_owned()),
                    id,
                    data: data.expect("JSON"),
                });
            }
            let piece = self.body.next().await?.expect("no fault");
            self.text
                .push_str(std::str::from_utf8(&piece).expect("text"));
        }
    }

    /// All events up to the end of the stream.
    ///
    /// # Panics
    /// As [`Events::next`].
    pub async fn rest(mut self) -> Vec<Event> {
        let mut events = Vec::new();
        while let Some(event) = self.next().await {
            events.push(event);
        }
        events
    }
}
