//! What a server may say once the driver is logged in (`MySQL` internals, "Command Phase").
//!
//! The driver makes room for as many columns as a server announces, keeps their descriptions with each statement that it
//! has prepared, and knows nothing of requests for local files.

use crate::passage::Guard;
use crate::session::Purpose;
use crate::{ScanError, Target};

/// The most columns that a table or a result can have.
const MOST_COLUMNS: u64 = 4096;

/// The most bytes in the description of a column or parameter. It has six names.
const MOST_OF_DESCRIPTION: usize = 16 * 1024;

/// The most bytes in the descriptions of all columns of an answer. Tables have up to 1,017 columns, whose names have up
/// to 64 characters.
const MOST_OF_DESCRIPTIONS: usize = 1024 * 1024;

/// The bytes at the beginning of a packet that say what it is, at most: a byte, two numbers of up to nine, the status.
const HEAD: usize = 21;

/// A packet of this length goes on in the next one.
const CONTINUED: usize = 0xff_ffff;

/// The bit of a status that announces another result.
const MORE_RESULTS: u8 = 0x08;

const PREPARE: u8 = 0x16;
const CLOSE: u8 = 0x19;

/// How a packet begins.
#[derive(Debug, Clone, Copy)]
struct Packet {
    head: [u8; HEAD],
    seen: usize,
}

impl Packet {
    fn head(&self) -> &[u8] {
        &self.head[..self.seen]
    }
}

/// Takes a stream apart into packets.
#[derive(Debug)]
struct Packets {
    /// The header of a packet and its head, as far as it has come.
    begun: Vec<u8>,
    /// How much of a packet is still to come after its head.
    rest: usize,
    /// How long the packet is with those that it goes on in.
    length: usize,
    is_continued: bool,
}

impl Packets {
    fn new() -> Self {
        Self {
            begun: Vec::with_capacity(4 + HEAD),
            rest: 0,
            length: 0,
            is_continued: false,
        }
    }

    /// Takes bytes up to the end of the next head. None when there is no more.
    fn next(&mut self, bytes: &mut &[u8]) -> Option<Packet> {
        loop {
            let passed = self.rest.min(bytes.len());
            self.rest -= passed;
            *bytes = &bytes[passed..];
            let (first, others) = bytes.split_first()?;
            *bytes = others;
            self.begun.push(*first);
            let [low, middle, high, _, head @ ..] = &self.begun[..] else {
                continue;
            };
            let length = u32::from_le_bytes([*low, *middle, *high, 0]) as usize;
            if self.begun.len() == 4 {
                let before = if self.is_continued { self.length } else { 0 };
                self.length = before + length;
            }
            if head.len() < length.min(HEAD) {
                continue;
            }
            let mut packet = Packet {
                head: [0; HEAD],
                seen: head.len(),
            };
            packet.head[..head.len()].copy_from_slice(head);
            self.rest = length - head.len();
            self.begun.clear();
            let is_first = !self.is_continued;
            self.is_continued = length == CONTINUED;
            if is_first {
                return Some(packet);
            }
        }
    }
}

/// What the server is to say next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    Nothing,
    /// How a statement was understood.
    Prepared,
    /// The beginning of an answer.
    Answer,
    /// Descriptions of parameters, so many, which the driver skips, and of so many columns.
    Parameters(u64, u64),
    /// Descriptions of columns, so many, and whether rows follow.
    Descriptions(u64, bool),
    Rows,
}

/// Follows questions and answers.
#[derive(Debug)]
pub(super) struct Answers {
    purpose: Purpose,
    target: Target,
    /// Whether descriptions end with a packet of their own.
    has_ends: bool,
    from_driver: Packets,
    from_server: Packets,
    expected: Expected,
    /// Bytes in the descriptions of columns since the last question.
    described: usize,
}

impl Answers {
    /// From the end of a login on; `has_ends` says whether both sides agreed on `DEPRECATE_EOF`, or not.
    pub(super) fn new(purpose: Purpose, target: Target, has_ends: bool) -> Self {
        Self {
            purpose,
            target,
            has_ends,
            from_driver: Packets::new(),
            from_server: Packets::new(),
            expected: Expected::Nothing,
            described: 0,
        }
    }

    fn hostile(&self, what: &str) -> ScanError {
        ScanError::hostile(&self.target, what)
    }

    fn check(&mut self, head: &[u8]) -> Result<(), ScanError> {
        self.check_description()?;
        self.expected = match (self.expected, head) {
            // An error may come at any time: a session is ended, a server stops.
            (_, [0xff, ..]) => Expected::Nothing,
            (Expected::Nothing, _) => return Err(self.hostile("says what it was not asked for")),
            (Expected::Prepared, [0, ..]) => self.prepared(head)?,
            (Expected::Prepared, _) => {
                return Err(self.hostile("answers with nothing of the protocol"));
            }
            (Expected::Answer, [0xfb, ..]) => {
                return Err(self.hostile("asks for a file of this machine (LOCAL INFILE)"));
            }
            (Expected::Answer, [0, ..]) | (Expected::Rows, [0xfe, ..]) => self.end(head)?,
            (Expected::Answer, _) => match number(head) {
                Some((columns, _)) => self.columns(columns, true)?,
                None => return Err(self.hostile("answers with nothing of the protocol")),
            },
            (Expected::Parameters(1, columns), _) => self.columns(columns, false)?,
            (Expected::Parameters(left, columns), _) => Expected::Parameters(left - 1, columns),
            (Expected::Descriptions(left, rows), _) => match (left, rows) {
                (1, true) => Expected::Rows,
                (1, false) => Expected::Nothing,
                _ => Expected::Descriptions(left - 1, rows),
            },
            (Expected::Rows, _) => Expected::Rows,
        };
        Ok(())
    }

    /// Of descriptions so much may come, whatever it is good for.
    fn check_description(&mut self) -> Result<(), ScanError> {
        let length = self.from_server.length;
        if let Expected::Descriptions(..) = self.expected {
            self.described += length;
        } else if !matches!(self.expected, Expected::Parameters(..)) {
            return Ok(());
        }
        if length > MOST_OF_DESCRIPTION {
            return Err(self.hostile("describes a column at length"));
        }
        if self.described > MOST_OF_DESCRIPTIONS {
            return Err(self.hostile("describes its columns at length"));
        }
        Ok(())
    }

    /// After the answer to a PREPARE: the number of the statement (4 bytes), of columns and of parameters (2 each).
    fn prepared(&self, head: &[u8]) -> Result<Expected, ScanError> {
        let count = |at: usize| match head.get(at..at + 2) {
            Some(&[low, high]) => u64::from(u16::from_le_bytes([low, high])),
            _ => 0,
        };
        let columns = count(5);
        let described = self.columns(columns, false)?;
        Ok(match count(7) {
            0 => described,
            parameters => Expected::Parameters(parameters + u64::from(self.has_ends), columns),
        })
    }

    /// After the announcement of so many columns.
    fn columns(&self, count: u64, with_rows: bool) -> Result<Expected, ScanError> {
        match count {
            0 if !with_rows => Ok(Expected::Nothing),
            1..=MOST_COLUMNS => Ok(Expected::Descriptions(
                count + u64::from(self.has_ends),
                with_rows,
            )),
            _ => Err(self.hostile("announces more columns than a table can have")),
        }
    }

    /// The end of an answer, which no other may follow: nothing was asked that has two, but for a procedure that the
    /// statement of a user calls.
    fn end(&mut self, head: &[u8]) -> Result<Expected, ScanError> {
        let is_short = head[0] == 0xfe && self.from_server.length < 9;
        let status = if is_short {
            head.get(3..)
        } else {
            number(&head[1..])
                .and_then(|(_, rest)| number(rest))
                .map(|(_, rest)| rest)
        };
        match status {
            Some([low, ..]) if low & MORE_RESULTS != 0 => match self.purpose {
                Purpose::Statement => {
                    self.described = 0;
                    Ok(Expected::Answer)
                }
                _ => Err(self.hostile("gives two answers to one question")),
            },
            _ => Ok(Expected::Nothing),
        }
    }
}

/// A number of one to nine bytes, and what follows it.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let width = match first {
        0xfc => 2,
        0xfd => 3,
        0xfe => 8,
        small => return Some((u64::from(*small), rest)),
    };
    let (bytes, rest) = rest.split_at_checked(width)?;
    let mut number = [0; 8];
    number[..width].copy_from_slice(bytes);
    Some((u64::from_le_bytes(number), rest))
}

impl Guard for Answers {
    fn asks(&mut self, mut bytes: &[u8]) {
        while let Some(packet) = self.from_driver.next(&mut bytes) {
            self.expected = match packet.head() {
                [PREPARE, ..] => Expected::Prepared,
                [CLOSE, ..] => continue,
                _ => Expected::Answer,
            };
            self.described = 0;
        }
    }

    fn answers(&mut self, mut bytes: &[u8]) -> Result<(), ScanError> {
        loop {
            let packet = self.from_server.next(&mut bytes);
            // With what a packet goes on in, which is no packet of its own.
            if self.from_server.length > self.target.limits.message_bytes {
                return Err(self.hostile("sends larger packets than a catalog has"));
            }
            match packet {
                Some(packet) => self.check(packet.head())?,
                None => return Ok(()),
            }
        }
    }
}

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;
