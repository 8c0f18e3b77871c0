//! How many connections are open at once, and which goes when there are too many.
//!
//! Whoever holds a socket and says nothing, or says it byte by byte, waits in the place of somebody
//! else. So a newcomer that finds no place gets that of the connection that has waited longest for
//! a request. One with a request under way, such as a stream of events, keeps its place. When all
//! are such, a few more are let in, for health checks alone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

/// How many connections are let in beyond the places, to be told so or to ask for the health.
const SPARE: usize = 32;

/// The connections of a listener.
#[derive(Debug, Clone)]
pub(super) struct Connections(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    places: usize,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    /// The number that the latest newcomer got, or who was done with a request: lower ones have
    /// waited longer.
    latest: u64,
    lines: HashMap<u64, Arc<Line>>,
}

/// What a connection does.
#[derive(Debug)]
struct Line {
    is_spare: bool,
    state: Mutex<State>,
    cut: CancellationToken,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Waits for a request since this number.
    Waits(u64),
    /// Has so many things to do: a request under way, bytes that the other side does not take.
    Works(usize),
    /// Goes.
    Cut,
}

/// The place of a connection, free again when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    connections: Connections,
    id: u64,
    line: Arc<Line>,
}

/// Something that a connection does. Until it is dropped the connection keeps its place.
#[derive(Debug)]
pub(super) struct Turn {
    connections: Connections,
    line: Arc<Line>,
}

impl Connections {
    pub(super) fn new(places: usize) -> Self {
        Self(Arc::new(Shared {
            places,
            open: Mutex::default(),
        }))
    }

    /// Lets a connection in. None where even the spare places are taken.
    pub(super) fn admit(&self) -> Option<Place> {
        let mut open = self.open();
        let is_spare = !open.has_room(false, self.0.places);
        if is_spare && !open.has_room(true, SPARE) {
            return None;
        }
        let id = open.number();
        let line = Arc::new(Line {
            is_spare,
            state: Mutex::new(State::Waits(id)),
            cut: CancellationToken::new(),
        });
        open.lines.insert(id, Arc::clone(&line));
        Some(Place {
            connections: self.clone(),
            id,
            line,
        })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        // What panicked while it had the lock left a number or a map, both sound.
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn number(&mut self) -> u64 {
        self.latest += 1;
        self.latest
    }

    /// Whether there is one of so many places left, spare ones or the others, be it by cutting the
    /// connection that has waited longest there.
    fn has_room(&mut self, spare: bool, places: usize) -> bool {
        let lines = self.lines.iter().filter(|(_, line)| line.is_spare == spare);
        let taken = lines.clone().count();
        let waiting = lines.filter_map(|(id, line)| match *line.state() {
            State::Waits(since) => Some((since, *id)),
            State::Works(_) | State::Cut => None,
        });
        if taken < places {
            return true;
        }
        // A request may come while we look: then it stays.
        let longest = waiting.min().map(|(_, id)| id);
        let cut = longest.filter(|id| self.lines.get(id).is_some_and(|line| line.try_cut()));
        cut.is_some_and(|id| self.lines.remove(&id).is_some())
    }
}

impl Line {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the connection unless a request came meanwhile.
    fn try_cut(&self) -> bool {
        let mut state = self.state();
        let waits = matches!(*state, State::Waits(_));
        if waits {
            *state = State::Cut;
            self.cut.cancel();
        }
        waits
    }
}

impl Place {
    /// Whether the connection is one too many, and may ask for the health only.
    pub(super) fn is_spare(&self) -> bool {
        self.line.is_spare
    }

    /// Returns when the connection has to go.
    pub(super) async fn cut(&self) {
        self.line.cut.cancelled().await;
    }

    /// What begins turns on this connection.
    pub(super) fn turns(&self) -> Turns {
        Turns {
            connections: self.connections.clone(),
            line: Arc::clone(&self.line),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.connections.open().lines.remove(&self.id);
    }
}

/// Begins turns on a connection.
#[derive(Debug, Clone)]
pub(super) struct Turns {
    connections: Connections,
    line: Arc<Line>,
}

impl Turns {
    /// The connection has something to do. None where it has lost its place.
    pub(super) fn begin(&self) -> Option<Turn> {
        let mut state = self.line.state();
        *state = match *state {
            State::Waits(_) => State::Works(1),
            State::Works(turns) => State::Works(turns + 1),
            State::Cut => return None,
        };
        Some(Turn {
            connections: self.connections.clone(),
            line: Arc::clone(&self.line),
        })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Before the line's own lock: whoever cuts takes them in this order.
        let number = self.connections.open().number();
        let mut state = self.line.state();
        *state = match *state {
            State::Works(turns @ 2..) => State::Works(turns - 1),
            State::Cut => State::Cut,
            State::Works(_) | State::Waits(_) => State::Waits(number),
        };
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    fn is_cut(place: &Place) -> bool {
        place.cut().now_or_never().is_some()
    }

    #[test]
    fn a_newcomer_gets_the_place_of_who_has_waited_longest() {
        let connections = Connections::new(3);
        let places: Vec<_> = (0..3).map(|_| connections.admit().unwrap()).collect();
        // The first has had a request since, the second has one under way.
        drop(places[0].turns().begin());
        let under_way = places[1].turns().begin().unwrap();
        let fourth = connections.admit().unwrap();
        assert_eq!(
            places.iter().map(is_cut).collect::<Vec<_>>(),
            [false, false, true]
        );
        assert!(!fourth.is_spare());
        assert!(
            places[2].turns().begin().is_none(),
            "it begins nothing any more"
        );
        drop(under_way);
        let _fifth = connections.admit().unwrap();
        assert!(is_cut(&places[0]) && !is_cut(&places[1]));
    }

    #[test]
    fn who_works_keeps_its_place_and_a_few_more_may_look() {
        let connections = Connections::new(2);
        let places: Vec<_> = (0..2).map(|_| connections.admit().unwrap()).collect();
        let turns: Vec<_> = places
            .iter()
            .map(|it| it.turns().begin().unwrap())
            .collect();
        let second = places[0].turns().begin();
        drop(second);
        let mut spare: Vec<_> = (0..SPARE).map(|_| connections.admit().unwrap()).collect();
        assert!(spare.iter().all(|place| place.is_spare() && !is_cut(place)));
        assert!(
            places.iter().all(|place| !is_cut(place)),
            "two things to do are one less"
        );
        let asking: Vec<_> = spare.iter().map(|it| it.turns().begin()).collect();
        assert!(connections.admit().is_none(), "there is an end to it");
        drop(asking);
        spare.clear();
        drop(turns);
        let next = connections.admit().unwrap();
        assert!(is_cut(&places[0]) && !next.is_spare());
    }
}
