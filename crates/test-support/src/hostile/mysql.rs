//! A `MySQL` that goes by a script (`MySQL` internals, "Client/Server Protocol").

use std::io;
use std::sync::{Arc, Mutex};

use tokio::net::TcpStream;

use super::{Act, Dialogue, Script, Value};
use crate::tls::acceptor;

/// `CONNECT_WITH_DB`, `PROTOCOL_41`, `TRANSACTIONS`, `SECURE_CONNECTION`; then `PLUGIN_AUTH` and `DEPRECATE_EOF`.
const CAN: [u8; 2] = [0x08, 0xa2];
const CAN_TOO: [u8; 2] = [0x08, 0x01];
const CLIENT_SSL: u8 = 0x08;

const OK: &[u8] = &[0, 0, 0, 2, 0, 0, 0];
const END: &[u8] = &[0xfe, 0, 0, 2, 0, 0, 0];

const LONG_LONG: u8 = 8;
const LONG: u8 = 3;
const TINY: u8 = 1;
const VAR_STRING: u8 = 0xfd;

pub(super) async fn answer(
    stream: TcpStream,
    script: Script,
    heard: Arc<Mutex<Vec<u8>>>,
) -> io::Result<()> {
    let certificate = script.certificate;
    let mut dialogue = Dialogue {
        stream: Box::new(stream),
        script,
        heard,
    };
    let greeting = greeting(&dialogue.script);
    dialogue.say(&packet(0, &greeting)).await?;
    let (mut number, mut response) = read(&mut dialogue).await?;
    if let (Some(certificate), 32) = (certificate, response.len()) {
        let plain = std::mem::replace(&mut dialogue.stream, Box::new(tokio::io::empty()));
        dialogue.stream = Box::new(acceptor(certificate).accept(plain).await?);
        (number, response) = read(&mut dialogue).await?;
    }
    drop(response);
    if let Some(act) = dialogue.script.login.clone() {
        return dialogue.misbehave(&act).await;
    }
    dialogue.say(&packet(number + 1, OK)).await?;
    converse(dialogue).await
}

fn greeting(script: &Script) -> Vec<u8> {
    let mut can = CAN;
    if script.certificate.is_some() {
        can[1] |= CLIENT_SSL;
    }
    let plugin = script.plugin.unwrap_or("mysql_native_password");
    [
        &b"\x0a8.0.36\0\x07\0\0\0abcdefgh\0"[..],
        &can,
        &[45, 2, 0],
        &CAN_TOO,
        &[21],
        &[0; 10],
        b"ijklmnopqrst\0",
        plugin.as_bytes(),
        &[0],
    ]
    .concat()
}

async fn converse(mut dialogue: Dialogue) -> io::Result<()> {
    let mut prepared = Vec::new();
    loop {
        let (_, command) = read(&mut dialogue).await?;
        let (kind, rest) = command.split_first().ok_or(io::ErrorKind::InvalidData)?;
        match kind {
            0x01 => return Ok(()),
            0x16 => {
                if let Some(act) = dialogue.script.prepared.clone() {
                    return dialogue.misbehave(&act).await;
                }
                let statement = String::from_utf8_lossy(rest).into_owned();
                let parameters = statement.matches('?').count();
                prepared.push(statement);
                prepare(&mut dialogue, prepared.len(), parameters).await?;
            }
            0x17 => {
                let [number, ..] = rest else {
                    return Err(io::ErrorKind::InvalidData.into());
                };
                let statement = prepared[usize::from(*number) - 1].clone();
                execute(&mut dialogue, &statement).await?;
            }
            // KILL, and whatever else comes as text, has no rows.
            _ => match dialogue.script.of(&String::from_utf8_lossy(rest)) {
                Some(act) => return dialogue.misbehave(&act).await,
                None => dialogue.say(&packet(1, OK)).await?,
            },
        }
    }
}

async fn prepare(dialogue: &mut Dialogue, number: usize, parameters: usize) -> io::Result<()> {
    let [number, ..] = number.to_le_bytes();
    let [low, high, ..] = parameters.to_le_bytes();
    let mut said = packet(1, &[0, number, 0, 0, 0, 0, 0, low, high, 0, 0, 0]);
    for parameter in 0..parameters {
        said.extend(packet(sequence(parameter as u64 + 2), &column(VAR_STRING)));
    }
    dialogue.say(&said).await
}

async fn execute(dialogue: &mut Dialogue, statement: &str) -> io::Result<()> {
    match dialogue.script.of(statement).or_else(|| usual(statement)) {
        None => dialogue.say(&packet(1, OK)).await,
        Some(Act::Rows(rows)) => {
            let count = rows.len() as u64;
            result(dialogue, count, |number| {
                rows[usize::try_from(number).unwrap_or(0)].clone()
            })
            .await
        }
        Some(Act::Many(count, make)) => result(dialogue, count, make).await,
        Some(act) => dialogue.misbehave(&act).await,
    }
}

/// What a server answers that means well. None for statements without rows.
fn usual(statement: &str) -> Option<Act> {
    if statement.contains("plumbline server") {
        return Some(Act::Rows(vec![vec![
            "8.0.36".into(),
            "a double".into(),
            Value::Number(0),
            "utf8mb4".into(),
            "utf8mb4_0900_ai_ci".into(),
            Value::Number(7),
        ]]));
    }
    if statement.contains("SET ") {
        return None;
    }
    Some(Act::Rows(Vec::new()))
}

async fn result(
    dialogue: &mut Dialogue,
    count: u64,
    make: impl Fn(u64) -> Vec<Value>,
) -> io::Result<()> {
    let first = if count == 0 {
        vec![Value::Null]
    } else {
        make(0)
    };
    let [columns, ..] = first.len().to_le_bytes();
    let mut said = packet(1, &[columns]);
    for (place, value) in (2..).zip(&first) {
        said.extend(packet(sequence(place), &column(kind(value))));
    }
    let place = first.len() as u64 + 2;
    for number in 0..count {
        said.extend(packet(sequence(place + number), &row(&make(number))));
        if said.len() > 64 * 1024 {
            dialogue.say(&said).await?;
            said.clear();
        }
    }
    said.extend(packet(sequence(place + count), END));
    dialogue.say(&said).await
}

fn sequence(number: u64) -> u8 {
    number.to_le_bytes()[0]
}

fn kind(value: &Value) -> u8 {
    match value {
        Value::Text(_) | Value::Odd(_) | Value::Null => VAR_STRING,
        Value::Number(_) => LONG_LONG,
        Value::Small(_) => LONG,
        Value::Flag(_) => TINY,
    }
}

fn column(kind: u8) -> Vec<u8> {
    [
        &b"\x03def\0\0\0\x01c\0\x0c\x2d\0\0\x01\0\0"[..],
        &[kind],
        b"\0\0\0\0\0",
    ]
    .concat()
}

fn row(values: &[Value]) -> Vec<u8> {
    let mut nulls = vec![0; (values.len() + 9) / 8];
    let mut row = Vec::new();
    for (place, value) in (2..).zip(values) {
        match value {
            Value::Null => nulls[place / 8] |= 1 << (place % 8),
            Value::Text(bytes) | Value::Odd(bytes) => {
                let [a, b, c, ..] = bytes.len().to_le_bytes();
                row.extend([0xfd, a, b, c]);
                row.extend(bytes);
            }
            Value::Number(number) => row.extend(number.to_le_bytes()),
            Value::Small(number) => row.extend(number.to_le_bytes()),
            Value::Flag(flag) => row.push(u8::from(*flag)),
        }
    }
    [&[0], &nulls[..], &row].concat()
}

fn packet(number: u8, payload: &[u8]) -> Vec<u8> {
    let [low, middle, high, ..] = payload.len().to_le_bytes();
    [&[low, middle, high, number], payload].concat()
}

/// The number and content of the next packet.
async fn read(dialogue: &mut Dialogue) -> io::Result<(u8, Vec<u8>)> {
    let header = dialogue.read(4).await?;
    let length = u32::from_le_bytes([header[0], header[1], header[2], 0]);
    let payload = dialogue.read(length as usize).await?;
    Ok((header[3], payload))
}
