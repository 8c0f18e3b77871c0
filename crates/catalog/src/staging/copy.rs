//! Rows in the binary format of COPY (`PostgreSQL` manual, "COPY", "Binary Format").

use bytes::{BufMut, Bytes, BytesMut};

/// Pieces of this size go to the store: measured as the best with one connection.
const PIECE_BYTES: usize = 512 * 1024;

/// Encodes rows one after the other into a buffer that is sent away in pieces.
#[derive(Debug)]
pub(super) struct CopyBuffer {
    bytes: BytesMut,
    rows: u64,
}

impl CopyBuffer {
    /// A buffer that begins with the header of the format.
    pub(super) fn new() -> Self {
        let mut bytes = BytesMut::with_capacity(PIECE_BYTES + 64 * 1024);
        bytes.put_slice(b"PGCOPY\n\xff\r\n\0");
        bytes.put_u32(0); // flags: no object ids
        bytes.put_u32(0); // length of the header's extension
        Self { bytes, rows: 0 }
    }

    /// Begins a row of so many columns.
    pub(super) fn row(&mut self, columns: u16) {
        self.bytes.put_u16(columns);
        self.rows += 1;
    }

    /// How many rows have been written.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// A piece to send, once there is enough for one.
    pub(super) fn piece(&mut self) -> Option<Bytes> {
        (self.bytes.len() >= PIECE_BYTES).then(|| self.bytes.split().freeze())
    }

    /// The last piece, with the trailer of the format.
    pub(super) fn finish(mut self) -> Bytes {
        self.bytes.put_i16(-1);
        self.bytes.freeze()
    }

    /// A smallint.
    pub(super) fn int2(&mut self, value: i16) {
        self.bytes.put_u32(2);
        self.bytes.put_i16(value);
    }

    /// An integer.
    pub(super) fn int4(&mut self, value: i32) {
        self.bytes.put_u32(4);
        self.bytes.put_i32(value);
    }

    /// A bigint.
    pub(super) fn int8(&mut self, value: i64) {
        self.bytes.put_u32(8);
        self.bytes.put_i64(value);
    }

    /// A bigint or null.
    pub(super) fn optional_int8(&mut self, value: Option<i64>) {
        match value {
            Some(value) => self.int8(value),
            None => self.null(),
        }
    }

    /// A boolean.
    pub(super) fn boolean(&mut self, value: bool) {
        self.bytes.put_u32(1);
        self.bytes.put_u8(u8::from(value));
    }

    /// A text. `PostgreSQL` has no NUL in texts; it is replaced by the character for what cannot be shown.
    pub(super) fn text(&mut self, value: &str) {
        self.sized(|bytes| put_text(bytes, value));
    }

    /// A text or null.
    pub(super) fn optional_text(&mut self, value: Option<&str>) {
        match value {
            Some(value) => self.text(value),
            None => self.null(),
        }
    }

    /// An array of texts (`array_send` in `PostgreSQL`'s source), or null.
    pub(super) fn optional_texts(&mut self, values: Option<&[String]>) {
        /// The object id of type text (`pg_type.dat`).
        const TEXT_OID: u32 = 25;
        let Some(values) = values else {
            return self.null();
        };
        self.sized(|bytes| {
            bytes.put_i32(i32::from(!values.is_empty())); // dimensions
            bytes.put_i32(0); // no nulls
            bytes.put_u32(TEXT_OID);
            if !values.is_empty() {
                bytes.put_u32(length(values.len()));
                bytes.put_i32(1); // lower bound
            }
            for value in values {
                sized(bytes, |bytes| put_text(bytes, value));
            }
        });
    }

    /// A jsonb: a version byte and the text.
    pub(super) fn json(&mut self, value: &impl serde::Serialize) -> Result<(), serde_json::Error> {
        let text = serde_json::to_string(value)?;
        self.sized(|bytes| {
            bytes.put_u8(1);
            // JSON escapes NUL, and jsonb refuses the escape.
            if text.contains("\\u0000") {
                bytes.put_slice(text.replace("\\u0000", "\\ufffd").as_bytes());
            } else {
                bytes.put_slice(text.as_bytes());
            }
        });
        Ok(())
    }

    fn null(&mut self) {
        self.bytes.put_i32(-1);
    }

    fn sized(&mut self, write: impl FnOnce(&mut BytesMut)) {
        sized(&mut self.bytes, write);
    }
}

fn put_text(bytes: &mut BytesMut, value: &str) {
    if value.contains('\0') {
        bytes.put_slice(value.replace('\0', "\u{fffd}").as_bytes());
    } else {
        bytes.put_slice(value.as_bytes());
    }
}

/// Writes something after its length.
fn sized(bytes: &mut BytesMut, write: impl FnOnce(&mut BytesMut)) {
    let at = bytes.len();
    bytes.put_u32(0);
    write(bytes);
    let written = length(bytes.len() - at - 4);
    bytes[at..at + 4].copy_from_slice(&written.to_be_bytes());
}

fn length(bytes: usize) -> u32 {
    u32::try_from(bytes)
        .expect("no value read from a server comes near 4 GiB: drivers refuse such packets")
}

#[cfg(test)]
mod tests {
    use super::CopyBuffer;

    #[test]
    fn a_row_is_its_columns_with_their_lengths() {
        let mut copy = CopyBuffer::new();
        copy.row(3);
        copy.int2(7);
        copy.optional_text(None);
        copy.text("a\0b");
        let bytes = copy.finish();
        let body = &bytes[19..];
        assert_eq!(
            body,
            b"\0\x03\0\0\0\x02\0\x07\xff\xff\xff\xff\0\0\0\x05a\xef\xbf\xbdb\xff\xff"
        );
    }

    #[test]
    fn an_empty_array_has_no_dimension() {
        let mut copy = CopyBuffer::new();
        copy.row(1);
        copy.optional_texts(Some(&[]));
        let bytes = copy.finish();
        assert_eq!(
            &bytes[19..],
            b"\0\x01\0\0\0\x0c\0\0\0\0\0\0\0\0\0\0\0\x19\xff\xff"
        );
    }
}
