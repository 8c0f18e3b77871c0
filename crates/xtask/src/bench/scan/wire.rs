//! A wire to `PostgreSQL` that listens: which statements go over it, with which values.
//!
//! It understands as much of the protocol as the scanner's side of it has (`PostgreSQL` manual, "Message
//! Formats"): the start-up message, Parse and Bind. There must be no TLS.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, bail};
use test_support::Server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::product::Statements;

/// What the clients of each connection said.
type Said = Arc<Mutex<Vec<Arc<Mutex<Vec<u8>>>>>>;

pub(super) struct Wire {
    /// Where it listens, on 127.0.0.1.
    pub(super) port: u16,
    said: Said,
    task: JoinHandle<()>,
}

impl Wire {
    pub(super) async fn to(server: Server) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let said = Said::default();
        let heard = said.clone();
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let ear = Arc::default();
                lock(&heard).push(Arc::clone(&ear));
                tokio::spawn(async move {
                    // Either side hanging up ends both.
                    let _ = pass(client, server, &ear).await;
                });
            }
        });
        Ok(Self { port, said, task })
    }

    /// Forgets the connections made so far.
    pub(super) fn forget(&self) {
        lock(&self.said).clear();
    }

    /// What was asked on the connections since, in their order.
    pub(super) fn statements(&self) -> anyhow::Result<Statements> {
        let mut statements = Statements {
            sql: Vec::new(),
            options: String::new(),
        };
        for said in lock(&self.said).iter() {
            understand(&lock(said), &mut statements)?;
        }
        Ok(statements)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn pass(client: TcpStream, server: Server, ear: &Mutex<Vec<u8>>) -> std::io::Result<()> {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = TcpStream::connect(server.address()).await?.into_split();
    let upstream = async {
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let read = from_client.read(&mut buffer).await?;
            if read == 0 {
                return Ok(());
            }
            lock(ear).extend_from_slice(&buffer[..read]);
            to_server.write_all(&buffer[..read]).await?;
        }
    };
    let downstream = tokio::io::copy(&mut from_server, &mut to_client);
    tokio::select! {
        done = upstream => done,
        done = downstream => done.map(drop),
    }
}

/// Adds the statements of one connection.
fn understand(said: &[u8], statements: &mut Statements) -> anyhow::Result<()> {
    let mut rest = Bytes(said);
    if said.is_empty() {
        return Ok(());
    }
    let length = rest.int()?.checked_sub(4).context("a length")?;
    let mut startup = Bytes(rest.take(length)?);
    let _version = startup.int()?;
    while let Ok(key) = startup.text() {
        let value = startup.text().unwrap_or_default();
        if key == "options" {
            value.clone_into(&mut statements.options);
        }
    }
    let mut parsed = HashMap::new();
    while !rest.0.is_empty() {
        let kind = rest.take(1)?[0];
        let length = rest.int()?.checked_sub(4).context("a length")?;
        let mut message = Bytes(rest.take(length)?);
        match kind {
            b'P' => {
                let name = message.text()?;
                let sql = message.text()?;
                let types: Vec<usize> = (0..message.short()?)
                    .map(|_| message.int())
                    .collect::<Result<_, _>>()?;
                parsed.insert(name, (sql, types));
            }
            b'B' => {
                let _portal = message.text()?;
                let name = message.text()?;
                let (sql, types) = parsed
                    .get(name)
                    .context("a statement that was not parsed")?;
                statements.sql.push(bound(sql, types, &mut message)?);
            }
            b'Q' => statements.sql.push(message.text()?.to_owned()),
            _ => {}
        }
    }
    Ok(())
}

/// A statement with the values of a Bind message in their places.
fn bound(sql: &str, types: &[usize], message: &mut Bytes<'_>) -> anyhow::Result<String> {
    for _ in 0..message.short()? {
        message.short()?; // all values are in the binary format
    }
    let mut values = Vec::new();
    for index in 0..message.short()? {
        let length = message.int()?;
        // A length of -1 stands for NULL.
        let value = if length == usize::try_from(u32::MAX)? {
            None
        } else {
            Some(message.take(length)?)
        };
        values.push(literal(types.get(index).copied().unwrap_or(0), value)?);
    }
    let mut sql = sql.to_owned();
    for (index, value) in values.iter().enumerate().rev() {
        sql = sql.replace(&format!("${}", index + 1), value);
    }
    Ok(sql)
}

/// A value as it stands in a statement. The types are the few that the scanner binds, by their oid.
fn literal(kind: usize, value: Option<&[u8]>) -> anyhow::Result<String> {
    let name = match kind {
        16 => "boolean",
        20 => "bigint",
        25 | 1043 => "text",
        1009 | 1015 => "text[]",
        1016 => "bigint[]",
        3802 => "jsonb",
        other => bail!("the scanner binds a value of the type {other}, which this does not know"),
    };
    let text = match (kind, value) {
        (_, None) => "null".to_owned(),
        (16, Some(value)) => format!("'{}'", value != [0]),
        (20, Some(value)) => i64::from_be_bytes(value.try_into()?).to_string(),
        (25 | 1043, Some(value)) => {
            format!("'{}'", std::str::from_utf8(value)?.replace('\'', "''"))
        }
        // After the number of its format, 1, it is text.
        (3802, Some([1, json @ ..])) => literal(25, Some(json))?,
        (_, Some(value)) => {
            let element = if kind == 1016 { 20 } else { 25 };
            format!("array[{}]", elements(element, value)?.join(", "))
        }
    };
    Ok(format!("({text}::{name})"))
}

/// The values in an array of no or one dimension: the number of dimensions, whether there are NULLs, the
/// type, the length and the first index, then each value with its length before it.
fn elements(kind: usize, array: &[u8]) -> anyhow::Result<Vec<String>> {
    let mut array = Bytes(array);
    if array.int()? == 0 {
        return Ok(Vec::new());
    }
    let [_has_null, _kind, count, _first] =
        [array.int()?, array.int()?, array.int()?, array.int()?];
    (0..count)
        .map(|_| {
            let length = array.int()?;
            literal(kind, Some(array.take(length)?))
        })
        .collect()
}

/// What is left of a message.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> anyhow::Result<&'a [u8]> {
        let (taken, rest) = self
            .0
            .split_at_checked(length)
            .context("a message ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn int(&mut self) -> anyhow::Result<usize> {
        let bytes: [u8; 4] = self.take(4)?.try_into()?;
        Ok(usize::try_from(u32::from_be_bytes(bytes))?)
    }

    fn short(&mut self) -> anyhow::Result<usize> {
        let bytes: [u8; 2] = self.take(2)?.try_into()?;
        Ok(usize::from(u16::from_be_bytes(bytes)))
    }

    fn text(&mut self) -> anyhow::Result<&'a str> {
        let end = self.0.iter().position(|byte| *byte == 0);
        let text = self.take(end.context("a text ends with NUL")?)?;
        self.take(1)?;
        Ok(std::str::from_utf8(text)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: &[u8], body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len() + 4).expect("it is short");
        [kind, &length.to_be_bytes(), body].concat()
    }

    #[test]
    fn arrays_are_written_out() {
        let none = literal(1009, Some(&[0; 12])).expect("it is sound");
        assert_eq!(none, "(array[]::text[])");
        let two = b"\0\0\0\x01\0\0\0\0\0\0\0\x19\0\0\0\x02\0\0\0\x01\0\0\0\x01a\0\0\0\x02b'";
        let two = literal(1009, Some(two)).expect("it is sound");
        assert_eq!(two, "(array[('a'::text), ('b'''::text)]::text[])");
    }

    #[test]
    fn a_document_is_text_after_its_format() {
        let document = literal(3802, Some(b"\x01{\"a\": 1}")).expect("it is sound");
        assert_eq!(document, r#"(('{"a": 1}'::text)::jsonb)"#);
        assert_eq!(literal(3802, None).expect("it is sound"), "(null::jsonb)");
    }

    #[test]
    fn statements_are_kept_with_their_values() {
        let said = [
            message(b"", b"\0\x03\0\0user\0me\0options\0-c jit=off\0\0"),
            message(b"p", b"secret\0"),
            message(
                b"P",
                b"\0select $1, $2, $3\0\0\x03\0\0\0\x19\0\0\0\x10\0\0\x03\xf8",
            ),
            message(
                b"B",
                b"\0\0\0\x01\0\x01\0\x03\0\0\0\x02it\0\0\0\x01\x01\xff\xff\xff\xff\0\x01\0\x01",
            ),
        ]
        .concat();
        let mut statements = Statements {
            sql: Vec::new(),
            options: String::new(),
        };
        understand(&said, &mut statements).expect("it is sound");
        assert_eq!(statements.options, "-c jit=off");
        assert_eq!(
            statements.sql,
            ["select ('it'::text), ('true'::boolean), (null::bigint[])"]
        );
    }
}
