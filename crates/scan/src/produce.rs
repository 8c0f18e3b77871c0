//! A stream of what an async function sends, such as records.

use std::future;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

use futures::future::BoxFuture;
use futures::stream::BoxStream;
use futures::{FutureExt, StreamExt, stream};

use crate::{Record, ScanError};

/// Where a part of a scan sends its records: room for one, which the stream takes at once.
#[derive(Debug)]
pub(crate) struct Out<T = Record>(Arc<Mutex<Option<T>>>);

impl<T> Clone for Out<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Out<T> {
    /// Hands something on; waits until it is taken.
    pub(crate) async fn send(&mut self, item: T) {
        self.put(Some(item));
        // The stream takes it because of this pause, and polls again only for the next one: nobody needs
        // waking.
        let mut paused = false;
        future::poll_fn(move |_| {
            if paused {
                return Poll::Ready(());
            }
            paused = true;
            Poll::Pending
        })
        .await;
    }

    /// Replaces what lies there.
    fn put(&self, item: Option<T>) -> Option<T> {
        // The lock is never held across anything that can panic.
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *slot, item)
    }
}

/// The stream of what `work` sends, and of the error with which it ends.
pub(crate) fn produce<'a, T: Send + 'a>(
    work: impl FnOnce(Out<T>) -> BoxFuture<'a, Result<(), ScanError>>,
) -> BoxStream<'a, Result<T, ScanError>> {
    let out = Out(Arc::new(Mutex::new(None)));
    let mut work = Some(work(out.clone()));
    stream::poll_fn(move |context| {
        let Some(running) = &mut work else {
            return Poll::Ready(None);
        };
        match running.poll_unpin(context) {
            Poll::Pending => match out.put(None) {
                Some(item) => Poll::Ready(Some(Ok(item))),
                None => Poll::Pending,
            },
            Poll::Ready(outcome) => {
                work = None;
                Poll::Ready(outcome.err().map(Err))
            }
        }
    })
    .boxed()
}

#[cfg(test)]
mod tests {
    use futures::TryStreamExt;
    use models::details::{Key, KeyKind};

    use super::*;
    use crate::KeyRecord;

    fn record(number: usize) -> Record {
        Record::Key(KeyRecord {
            schema: String::new(),
            table: number.to_string(),
            key: Key::new(String::new(), KeyKind::Primary, Vec::new()),
        })
    }

    #[tokio::test]
    async fn all_records_arrive_in_order_and_the_error_last() {
        for count in [0, 1, 2, 1000] {
            let mut stream = produce(|mut out| {
                async move {
                    for number in 0..count {
                        out.send(record(number)).await;
                        if number % 7 == 0 {
                            tokio::task::yield_now().await;
                        }
                    }
                    Err(ScanError::UnknownDatabase {
                        database: "x".to_owned(),
                    })
                }
                .boxed()
            });
            for number in 0..count {
                assert_eq!(stream.try_next().await.unwrap(), Some(record(number)));
            }
            assert!(stream.try_next().await.is_err());
            assert!(stream.next().await.is_none());
        }
    }
}
