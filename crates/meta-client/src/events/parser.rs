//! Reads server-sent events as they come (WHATWG HTML, 9.2.6 "Interpreting an event stream").

use std::time::Duration;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    /// Its type; empty for the usual one.
    pub(super) event: String,
    /// Its data lines, joined by line feeds.
    pub(super) data: String,
    /// The id to come back with after it; empty if none was ever given.
    pub(super) id: String,
}

/// Takes the bytes of a stream in whatever pieces and gives the events whose end has come. An event
/// that the end of the stream cuts off is none.
#[derive(Debug, Default)]
pub(super) struct Parser {
    /// The line whose end has not come yet.
    line: Vec<u8>,
    /// Whether the last byte was a CR: an LF after it belongs to the same line break.
    is_after_return: bool,
    /// Whether the first line has been read, before which a byte order mark may stand.
    is_begun: bool,
    event: String,
    /// The data so far, each line with a line feed behind it.
    data: String,
    id: String,
    retry: Option<Duration>,
}

impl Parser {
    /// For a stream that goes on after the event of this id.
    pub(super) fn after(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            ..Self::default()
        }
    }

    /// How long to wait before coming back, as far as the stream has said so.
    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Reads on, and gives what ends in this piece.
    pub(super) fn read(&mut self, piece: &[u8]) -> Vec<Message> {
        let mut messages = Vec::new();
        for &byte in piece {
            let is_second_half = self.is_after_return && byte == b'\n';
            self.is_after_return = byte == b'\r';
            match byte {
                b'\n' if is_second_half => {}
                b'\r' | b'\n' => messages.extend(self.end_line()),
                _ => self.line.push(byte),
            }
        }
        messages
    }

    /// Takes the line for what it says; an empty one ends an event.
    fn end_line(&mut self) -> Option<Message> {
        let bytes = std::mem::take(&mut self.line);
        // Only a whole line is decoded: a piece may end within a character.
        let text = String::from_utf8_lossy(&bytes);
        let mut line = &*text;
        if !std::mem::replace(&mut self.is_begun, true) {
            line = line.strip_prefix('\u{feff}').unwrap_or(line);
        }
        if line.is_empty() {
            return self.end_event();
        }
        // A line that begins with a colon is a comment: a field without a name is not known either.
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                // A number that is empty or too large says nothing.
                let milliseconds = value.parse().ok();
                self.retry = milliseconds.map(Duration::from_millis).or(self.retry);
            }
            _ => {}
        }
        None
    }

    fn end_event(&mut self) -> Option<Message> {
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        // The line feed behind the last line is none of the data's; without any line there is none.
        data.pop()?;
        Some(Message {
            event,
            data,
            id: self.id.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: &str, data: &str) -> Message {
        Message {
            event: String::new(),
            data: data.into(),
            id: id.into(),
        }
    }

    fn read(text: &str) -> Vec<Message> {
        Parser::default().read(text.as_bytes())
    }

    #[test]
    fn lines_end_in_three_ways() {
        for text in [
            "id: 7\ndata: a\n\n",
            "id: 7\r\ndata: a\r\n\r\n",
            "id: 7\rdata: a\r\r",
            "id: 7\r\ndata: a\n\r",
        ] {
            assert_eq!(read(text), [message("7", "a")], "{text:?}");
        }
    }

    #[test]
    fn the_examples_of_the_standard_hold() {
        assert_eq!(
            read("data: YHOO\ndata: +2\ndata: 10\n\n"),
            [message("", "YHOO\n+2\n10")]
        );
        let text = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event";
        assert_eq!(
            read(&format!("{text}\n\n")),
            [
                message("1", "first event"),
                message("", "second event"),
                message("", " third event"),
            ]
        );
        // What the end cuts off is no event.
        assert_eq!(read(text).len(), 2);
        assert_eq!(
            read("data\n\ndata\ndata\n\ndata:"),
            [message("", ""), message("", "\n")]
        );
        assert_eq!(
            read("data:test\n\ndata: test\n\n"),
            [message("", "test"), message("", "test")]
        );
    }

    #[test]
    fn what_is_not_known_says_nothing() {
        let text =
            "\u{feff}data: a\nfield: x\n: data: c\n data: d\nid: a\0b\n\nid: 9\n\n\ndata: b\n\n";
        assert_eq!(read(text), [message("", "a"), message("9", "b")]);
        let other = Message {
            event: "other".into(),
            ..message("", "a")
        };
        // The type is that of one event, the id stays.
        let next = message("", "\u{feff}b");
        assert_eq!(
            read("event: other\ndata: a\n\ndata: \u{feff}b\n\n"),
            [other, next]
        );
        let broken = Parser::default().read(b"data: \xff\n\n");
        assert_eq!(broken, [message("", "\u{fffd}")]);
    }

    #[test]
    fn an_id_outlives_a_cut() {
        let mut parser = Parser::after("7");
        assert_eq!(parser.read(b"data: a\n\n"), [message("7", "a")]);
    }

    #[test]
    fn the_time_to_come_back_is_a_number() {
        let mut parser = Parser::default();
        for (line, said) in [
            ("retry: 2s", None),
            ("retry:", None),
            ("retry: 1500", Some(1500)),
            ("retry: -1", Some(1500)),
            ("retry: 99999999999999999999", Some(1500)),
            ("retry: 0", Some(0)),
        ] {
            assert_eq!(parser.read(format!("{line}\n").as_bytes()), []);
            assert_eq!(parser.retry(), said.map(Duration::from_millis), "{line}");
        }
    }

    #[test]
    fn it_does_not_matter_where_the_pieces_are_cut() {
        let text = "\u{feff}: hello\r\n\r\nretry: 20\r\nid: 1\r\ndata: {\"订\":\r\ndata: \"größer\"}\r\n\r\n\
                    :\r\rid: 2\rdata:🙂\r\revent: x\ndata\nid: 3\n\n\ndata: cut";
        let whole = read(text);
        assert_eq!(whole.len(), 3, "{whole:?}");
        let bytes = text.as_bytes();
        for first in 0..=bytes.len() {
            for second in first..=bytes.len() {
                let mut parser = Parser::default();
                let pieces = [&bytes[..first], &bytes[first..second], &bytes[second..]];
                let pieces = pieces.into_iter().flat_map(|piece| parser.read(piece));
                assert_eq!(pieces.collect::<Vec<_>>(), whole, "{first} {second}");
                assert_eq!(parser.retry(), Some(Duration::from_millis(20)));
            }
        }
        let mut parser = Parser::default();
        let single = bytes.chunks(1).flat_map(|byte| parser.read(byte));
        assert_eq!(single.collect::<Vec<_>>(), whole);
    }
}
