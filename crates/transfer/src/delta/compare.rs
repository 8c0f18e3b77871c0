//! What one of two sorted lists of keys has that the other lacks, in one pass and with flat memory.

use std::cmp::Ordering;

use futures::{Stream, StreamExt};

use super::keys::Keys;

/// What came of a comparison.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Difference {
    /// Keys of the first list.
    pub(super) first: u64,
    /// Keys of the second list.
    pub(super) second: u64,
    /// Keys of the first that the second lacks.
    pub(super) only_first: u64,
    /// Keys of the second that the first lacks.
    pub(super) only_second: u64,
}

/// Compares two lists that ascend in the order of their bytes.
///
/// # Errors
/// The first error of either.
pub(super) async fn compare<E>(
    first: impl Stream<Item = Result<Keys, E>> + Unpin,
    second: impl Stream<Item = Result<Keys, E>> + Unpin,
) -> Result<Difference, E> {
    let mut found = Difference::default();
    let (mut first, mut second) = (List::new(first), List::new(second));
    loop {
        first.fill().await?;
        second.fill().await?;
        // Within what is there nothing has to be waited for.
        loop {
            let order = match (first.head(), second.head()) {
                (None, None) if first.has_ended && second.has_ended => return Ok(found),
                (Some(one), Some(other)) => one.cmp(other),
                (Some(_), None) if second.has_ended => Ordering::Less,
                (None, Some(_)) if first.has_ended => Ordering::Greater,
                _ => break,
            };
            if order.is_le() {
                first.place += 1;
                found.first += 1;
                found.only_first += u64::from(order.is_lt());
            }
            if order.is_ge() {
                second.place += 1;
                found.second += 1;
                found.only_second += u64::from(order.is_gt());
            }
        }
    }
}

/// One list, and how far it has been read.
struct List<S> {
    stream: S,
    keys: Keys,
    place: usize,
    has_ended: bool,
}

impl<S, E> List<S>
where
    S: Stream<Item = Result<Keys, E>> + Unpin,
{
    fn new(stream: S) -> Self {
        Self {
            stream,
            keys: Keys::default(),
            place: 0,
            has_ended: false,
        }
    }

    fn head(&self) -> Option<&[u8]> {
        self.keys.get(self.place)
    }

    /// Waits until there is a key, or none will come.
    async fn fill(&mut self) -> Result<(), E> {
        while !self.has_ended && self.head().is_none() {
            match self.stream.next().await {
                Some(keys) => (self.keys, self.place) = (keys?, 0),
                None => self.has_ended = true,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::convert::Infallible;

    use futures::FutureExt;
    use futures::stream::iter;
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::keys::tests::pieces;
    use super::*;

    type Set = BTreeSet<Vec<u8>>;

    /// The keys of a set, cut into pieces before each of `cuts`.
    fn stream(
        set: &Set,
        cuts: &[usize],
    ) -> impl Stream<Item = Result<Keys, Infallible>> + Unpin + use<> {
        let keys: Vec<&[u8]> = set.iter().map(Vec::as_slice).collect();
        let mut all = Vec::new();
        let mut rest = &keys[..];
        for cut in cuts {
            let (some, others) = rest.split_at((*cut).min(rest.len()));
            all.extend(pieces(some.iter().copied()).expect("a set is in order"));
            rest = others;
        }
        all.extend(pieces(rest.iter().copied()).expect("a set is in order"));
        iter(all.into_iter().map(Ok))
    }

    fn set() -> impl Strategy<Value = Set> {
        vec(vec(0_u8..4, 0..4), 0..60).prop_map(|keys| keys.into_iter().collect())
    }

    /// Nothing has to be waited for.
    fn found<T>(comparison: impl Future<Output = T>) -> T {
        comparison.now_or_never().expect("all keys are there")
    }

    fn count(keys: impl Iterator) -> u64 {
        keys.count() as u64
    }

    proptest! {
        #[test]
        fn it_is_the_difference_of_two_sets(
            first in set(), second in set(), cuts in vec(0_usize..9, 0..9), others in vec(0_usize..9, 0..9)
        ) {
            let Ok(found) = found(compare(stream(&first, &cuts), stream(&second, &others)));
            prop_assert_eq!(found, Difference {
                first: count(first.iter()),
                second: count(second.iter()),
                only_first: count(first.difference(&second)),
                only_second: count(second.difference(&first)),
            });
        }
    }

    #[test]
    fn an_error_of_either_list_ends_it() {
        let keys = || pieces([&b"a"[..]]).map_err(|_| "order").expect("one key");
        let good = || iter(keys().into_iter().map(Ok));
        let bad = || iter(keys().into_iter().map(Ok).chain([Err("cut")]));
        assert_eq!(found(compare(good(), bad())), Err("cut"));
        assert_eq!(found(compare(bad(), good())), Err("cut"));
    }
}
