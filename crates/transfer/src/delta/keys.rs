//! Keys in ascending order, in pieces of bounded size.

/// How many keys a piece has at most.
const MOST: usize = 4096;

/// How many bytes a piece has, but for its last key.
const MOST_BYTES: usize = 1 << 20;

/// Some keys, one behind the other in one stretch of memory, ascending and each only once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Keys {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Keys {
    /// The key at a place; None behind the last.
    pub(super) fn get(&self, place: usize) -> Option<&[u8]> {
        let end = *self.ends.get(place)?;
        Some(&self.bytes[self.start(place)..end])
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    fn start(&self, place: usize) -> usize {
        place.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    fn is_full(&self) -> bool {
        self.ends.len() >= MOST || self.bytes.len() >= MOST_BYTES
    }
}

/// The server did not send keys in the order that it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OutOfOrder;

/// Puts the keys of one table together, in the order in which the server sends them.
#[derive(Debug, Default)]
pub(super) struct Gather {
    keys: Keys,
    /// The key before the first of `keys`.
    before: Option<Vec<u8>>,
}

impl Gather {
    /// Takes the key that `write` puts behind what is there. A key that was there before is dropped: a
    /// sync table may have several rows of one. Answers with a piece that is full.
    ///
    /// # Errors
    /// [`OutOfOrder`] when the key belongs before the last one: the comparison would count keys that both
    /// sides have.
    pub(super) fn push<E: From<OutOfOrder>>(
        &mut self,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<Option<Keys>, E> {
        let begin = self.keys.bytes.len();
        write(&mut self.keys.bytes)?;
        let place = self.keys.ends.len();
        let last = match place.checked_sub(1) {
            Some(last) => Some(&self.keys.bytes[self.keys.start(last)..begin]),
            None => self.before.as_deref(),
        };
        match last.map(|last| last.cmp(&self.keys.bytes[begin..])) {
            Some(std::cmp::Ordering::Greater) => return Err(OutOfOrder.into()),
            Some(std::cmp::Ordering::Equal) => self.keys.bytes.truncate(begin),
            Some(std::cmp::Ordering::Less) | None => self.keys.ends.push(self.keys.bytes.len()),
        }
        if !self.keys.is_full() {
            return Ok(None);
        }
        self.before = self.keys.get(self.keys.ends.len() - 1).map(<[u8]>::to_vec);
        Ok(Some(std::mem::take(&mut self.keys)))
    }

    /// What is left at the end.
    pub(super) fn finish(self) -> Keys {
        self.keys
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Keys as a server would send them.
    pub(in crate::delta) fn pieces<'a>(
        keys: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Vec<Keys>, OutOfOrder> {
        let mut gather = Gather::default();
        let mut pieces = Vec::new();
        for key in keys {
            pieces.extend(gather.push(|bytes| {
                bytes.extend_from_slice(key);
                Ok::<_, OutOfOrder>(())
            })?);
        }
        pieces.push(gather.finish());
        Ok(pieces)
    }

    fn all(pieces: &[Keys]) -> Vec<&[u8]> {
        pieces
            .iter()
            .flat_map(|piece| (0..).map_while(move |place| piece.get(place)))
            .collect()
    }

    #[test]
    fn keys_come_once_and_in_pieces() {
        let numbers: Vec<_> = (0..20_000_u32).map(|n| (n / 2).to_be_bytes()).collect();
        let pieces = pieces(numbers.iter().map(|key| &key[..])).expect("in order");
        assert_eq!(pieces.len(), 3);
        let expected: Vec<_> = (0..10_000_u32).map(u32::to_be_bytes).collect();
        assert_eq!(all(&pieces), expected);
    }

    #[test]
    fn large_keys_make_small_pieces() {
        let keys: Vec<_> = (0..8_u8).map(|n| vec![n; 600_000]).collect();
        let pieces = pieces(keys.iter().map(Vec::as_slice)).expect("in order");
        assert_eq!(pieces.len(), 5);
        assert_eq!(all(&pieces).len(), 8);
    }

    #[test]
    fn a_key_out_of_order_is_found() {
        assert_eq!(pieces([&b"b"[..], b"a"]), Err(OutOfOrder));
        // Behind the end of a piece too.
        let mut numbers: Vec<_> = (0..4096_u32).map(u32::to_be_bytes).collect();
        numbers.push(4000_u32.to_be_bytes());
        assert_eq!(pieces(numbers.iter().map(|key| &key[..])), Err(OutOfOrder));
        *numbers.last_mut().expect("it has some") = 4095_u32.to_be_bytes();
        let last = pieces(numbers.iter().map(|key| &key[..])).expect("in order");
        assert_eq!(last[1], Keys::default());
    }
}
