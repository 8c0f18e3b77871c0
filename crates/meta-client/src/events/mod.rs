//! What becomes of a job or a scan, followed by its server-sent events.

mod parser;

use std::collections::VecDeque;
use std::marker::PhantomData;
use std::ops::RangeInclusive;
use std::time::Duration;

use futures::stream::{self, BoxStream, StreamExt as _};
use http::StatusCode;
use models::job::Job;
use models::scan::ScanStatus;
use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use serde::de::{DeserializeOwned, Error as _};
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

use self::parser::{Message, Parser};
use crate::client::{Meta, Service as _, refused, unreachable};
use crate::{Error, Session};

/// What a stream of states tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Event<T> {
    /// Where the job or scan stands now: a whole document, which replaces the one before.
    State(T),
    /// The service is away, or has no time; it is asked again. Once it is back it tells the state anew,
    /// changed or not.
    Away,
}

/// The states of something, present and to come.
///
/// It ends after the last state. It comes back by itself when the connection is cut, or says nothing
/// for longer than three of the service's signs of life; what happened meanwhile is in the next
/// state. Its errors are final: a problem such as `job-not-found`, the end of the token, or a service
/// that has been away, or has answered 429, for half a minute. Only what comes on a stream counts as a
/// sign of life: a proxy may take connections for a service that is not there.
pub type Events<T> = BoxStream<'static, Result<Event<T>, Error>>;

impl Session {
    /// Follows a job to its end.
    #[must_use]
    pub fn follow_job(&self, id: Uuid) -> Events<Job> {
        let path = vec!["jobs".to_owned(), id.to_string(), "events".to_owned()];
        Following::new(self.clone(), path, Limits::default()).events()
    }

    /// Follows a sync or deep scan to its end.
    #[must_use]
    pub fn follow_scan(&self, scan_id: i64) -> Events<ScanStatus> {
        let path = vec!["scan".to_owned(), scan_id.to_string(), "events".to_owned()];
        Following::new(self.clone(), path, Limits::default()).events()
    }
}

/// A document that says whether it is the last one.
trait State: DeserializeOwned + Send + 'static {
    fn is_last(&self) -> bool;
}

impl State for Job {
    fn is_last(&self) -> bool {
        !self.status.is_active()
    }
}

impl State for ScanStatus {
    fn is_last(&self) -> bool {
        !self.status.is_active()
    }
}

/// How long what may take.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// How long a connection may be without a byte.
    silence: Duration,
    /// How long the service may be away: jobs go on, or are taken up by another replica.
    patience: Duration,
    /// How long to wait before coming back until the service says so itself.
    come_back: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // The service gives a sign of life every 15 s.
            silence: Duration::from_secs(3 * 15),
            patience: Duration::from_secs(30),
            come_back: Duration::from_secs(2),
        }
    }
}

/// What the service may ask for as the time to wait before coming back.
const COME_BACK: RangeInclusive<Duration> = Duration::from_millis(100)..=Duration::from_secs(30);

/// One stream of states over however many connections.
struct Following<T> {
    session: Session,
    /// Below the path of the API.
    path: Vec<String>,
    limits: Limits,
    connection: Option<Connection>,
    /// Of the last event; empty before the first.
    last_id: String,
    come_back: Duration,
    /// How long to wait this once, as the answer to the last attempt asked for.
    retry_after: Option<Duration>,
    /// When it went away, whether that has been told or not.
    away_since: Option<Instant>,
    is_over: bool,
    state: PhantomData<fn() -> T>,
}

struct Connection {
    response: Response,
    parser: Parser,
    messages: VecDeque<Message>,
    /// Whether anything has come, be it a comment.
    is_alive: bool,
}

impl<T: State> Following<T> {
    fn new(session: Session, path: Vec<String>, limits: Limits) -> Self {
        Self {
            session,
            path,
            limits,
            connection: None,
            last_id: String::new(),
            come_back: limits.come_back,
            retry_after: None,
            away_since: None,
            is_over: false,
            state: PhantomData,
        }
    }

    fn events(self) -> Events<T> {
        stream::unfold(self, |mut following| async {
            let event = following.next().await?;
            following.is_over |= event.is_err();
            Some((event, following))
        })
        .boxed()
    }

    /// The next event; None after the end.
    async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        while !self.is_over {
            let heard = match &mut self.connection {
                Some(connection) => connection.next(self.limits.silence).await,
                None => match self.connect().await {
                    Ok(()) => continue,
                    Err(error) => Err(error),
                },
            };
            let is_alive = self.note_life();
            match heard {
                // Of a type that is not spoken of here.
                Ok(message) if !matches!(&*message.event, "" | "message") => {}
                Ok(message) => return Some(self.state(message)),
                // It was there until now: it is asked once more before that is told.
                Err(_) if is_alive => {
                    self.connection = None;
                    self.away_since = Some(Instant::now());
                }
                Err(error) => {
                    self.connection = None;
                    return Some(self.away(error));
                }
            }
        }
        None
    }

    /// Notes what has come on the connection. False when that is nothing.
    fn note_life(&mut self) -> bool {
        let Some(connection) = &self.connection else {
            return false;
        };
        if let Some(said) = connection.parser.retry() {
            self.come_back = within(said);
        }
        if connection.is_alive {
            self.away_since = None;
        }
        connection.is_alive
    }

    /// Tells that the service is away, as long as there is hope.
    fn away(&mut self, error: Error) -> Result<Event<T>, Error> {
        let since = *self.away_since.get_or_insert_with(Instant::now);
        let may_pass = error.is_busy() || error.is_unavailable();
        if !may_pass || since.elapsed() > self.limits.patience {
            return Err(error);
        }
        // Whoever was told so is to be told the end of it too, by the present state, seen or not.
        self.last_id.clear();
        Ok(Event::Away)
    }

    fn state(&mut self, message: Message) -> Result<Event<T>, Error> {
        let state: T = serde_json::from_str(&message.data)
            .map_err(|source| unexpected(StatusCode::OK, source))?;
        self.last_id = message.id;
        self.is_over = state.is_last();
        Ok(Event::State(state))
    }

    /// Asks for the stream, after a pause where it has been asked for before.
    async fn connect(&mut self) -> Result<(), Error> {
        if let Some(since) = self.away_since {
            let left = self.limits.patience.saturating_sub(since.elapsed());
            let asked_for = self.retry_after.take().map(|pause| pause.min(left));
            sleep(asked_for.unwrap_or(self.come_back)).await;
        }
        let silence = self.limits.silence;
        let open = async {
            let response = self.session.open_events(&self.path, &self.last_id).await?;
            if response.status().is_success() {
                return Ok(response);
            }
            self.retry_after = retry_after(&response);
            Err(refused::<Meta>(response).await)
        };
        let response = timeout(silence, open).await;
        let response = response.unwrap_or(Err(silent(silence)))?;
        // The end has been seen.
        if response.status() == StatusCode::NO_CONTENT {
            self.is_over = true;
            return Ok(());
        }
        let content_type = response.headers().get(CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        let essence = content_type.unwrap_or_default().split(';').next();
        if essence.map(str::trim) != Some("text/event-stream") {
            let source = serde_json::Error::custom("it is no stream of events");
            return Err(unexpected(response.status(), source));
        }
        self.connection = Some(Connection {
            response,
            parser: Parser::after(&self.last_id),
            messages: VecDeque::new(),
            is_alive: false,
        });
        Ok(())
    }
}

impl Connection {
    /// The next message.
    ///
    /// # Errors
    /// How the connection ended.
    async fn next(&mut self, silence: Duration) -> Result<Message, Error> {
        loop {
            if let Some(message) = self.messages.pop_front() {
                return Ok(message);
            }
            let piece = timeout(silence, self.response.chunk()).await;
            let piece = piece.map_err(|_| silent(silence))?;
            let piece = piece.map_err(unreachable::<Meta>)?.ok_or(Error::HungUp {
                service: Meta::NAME,
            })?;
            self.is_alive |= !piece.is_empty();
            self.messages.extend(self.parser.read(&piece));
        }
    }
}

/// A time that the service asks for, as far as it is followed.
fn within(said: Duration) -> Duration {
    said.clamp(*COME_BACK.start(), *COME_BACK.end())
}

/// How long an answer asks to wait (RFC 9110, 10.2.3), where it does so in seconds.
fn retry_after(response: &Response) -> Option<Duration> {
    let value = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    value
        .trim()
        .parse()
        .ok()
        .map(Duration::from_secs)
        .map(within)
}

fn silent(limit: Duration) -> Error {
    Error::Silent {
        service: Meta::NAME,
        limit,
    }
}

fn unexpected(status: StatusCode, source: serde_json::Error) -> Error {
    Error::Unexpected {
        service: Meta::NAME,
        status: status.as_u16(),
        source,
    }
}

#[cfg(test)]
mod tests;
