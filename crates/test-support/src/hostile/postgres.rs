//! A `PostgreSQL` that goes by a script (`PostgreSQL` manual, "Frontend/Backend Protocol").

use std::io;
use std::sync::{Arc, Mutex};

use tokio::net::TcpStream;

use super::{Act, Dialogue, Script, Value};
use crate::tls::acceptor;

const SSL_REQUEST: [u8; 4] = [0x04, 0xd2, 0x16, 0x2f];

const BOOL: u32 = 16;
const INT8: u32 = 20;
const INT4: u32 = 23;
const TEXT: u32 = 25;
const ODD: u32 = 99_999;

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
    let mut opening = open(&mut dialogue).await?;
    if opening.starts_with(&SSL_REQUEST) {
        let Some(certificate) = certificate else {
            dialogue.say(b"N").await?;
            open(&mut dialogue).await?;
            return log_in(dialogue).await;
        };
        dialogue.say(b"S").await?;
        let plain = std::mem::replace(&mut dialogue.stream, Box::new(tokio::io::empty()));
        dialogue.stream = Box::new(acceptor(certificate).accept(plain).await?);
        opening = open(&mut dialogue).await?;
    }
    drop(opening);
    log_in(dialogue).await
}

/// The next message without a type, as dialogues begin with.
async fn open(dialogue: &mut Dialogue) -> io::Result<Vec<u8>> {
    let length = dialogue.read(4).await?;
    let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]);
    dialogue.read(length as usize - 4).await
}

async fn log_in(mut dialogue: Dialogue) -> io::Result<()> {
    if let Some(act) = dialogue.script.login.clone() {
        return dialogue.misbehave(&act).await;
    }
    let welcome = [
        message(b'R', &[0; 4]),
        message(b'S', b"server_version\x0015.4\0"),
        message(b'K', &[0, 0, 0, 7, 0, 0, 0, 7]),
        message(b'Z', b"I"),
    ];
    dialogue.say(&welcome.concat()).await?;
    converse(dialogue).await
}

async fn converse(mut dialogue: Dialogue) -> io::Result<()> {
    let mut act = Act::Rows(Vec::new());
    let mut parameters = 0;
    loop {
        let kind = dialogue.read(1).await?[0];
        let content = open(&mut dialogue).await?;
        match kind {
            b'P' => {
                let statement = String::from_utf8_lossy(&content).into_owned();
                parameters = (1..=9u8)
                    .take_while(|number| statement.contains(&format!("${number}")))
                    .count();
                act = dialogue
                    .script
                    .of(&statement)
                    .unwrap_or_else(|| usual(&statement));
                dialogue.say(&message(b'1', b"")).await?;
            }
            b'D' => {
                let said = [describe_parameters(parameters), describe_columns(&act)];
                dialogue.say(&said.concat()).await?;
            }
            b'B' => dialogue.say(&message(b'2', b"")).await?,
            b'E' => execute(&mut dialogue, &act).await?,
            b'C' => dialogue.say(&message(b'3', b"")).await?,
            b'Q' => {
                let statement = String::from_utf8_lossy(&content).into_owned();
                let asked = dialogue.script.of(&statement);
                let asked = asked.unwrap_or_else(|| usual(&statement));
                dialogue.say(&describe_columns(&asked)).await?;
                execute(&mut dialogue, &asked).await?;
                dialogue.say(&message(b'Z', b"I")).await?;
            }
            b'S' => dialogue.say(&message(b'Z', b"I")).await?,
            b'X' => return Ok(()),
            _ => {}
        }
    }
}

/// What a server answers that means well.
fn usual(statement: &str) -> Act {
    let row = if statement.contains("plumbline encoding") {
        vec![Value::Small(7), Value::Null]
    } else if statement.contains("plumbline server") {
        vec![
            "PostgreSQL 15.4 (a double)".into(),
            "15.4".into(),
            Value::Number(63),
        ]
    } else if statement.contains("plumbline may ask for identity") {
        vec![Value::Flag(false)]
    } else if statement.contains("plumbline table count") {
        vec![Value::Number(0), Value::Number(0)]
    } else {
        return Act::Rows(Vec::new());
    };
    Act::Rows(vec![row])
}

/// The first row, by which the columns are announced.
fn first(act: &Act) -> Vec<Value> {
    match act {
        Act::Rows(rows) => rows.first().cloned().unwrap_or_default(),
        Act::Many(_, make) => make(0),
        Act::Says(_) | Act::Drips(..) | Act::Silent => vec![Value::Null],
    }
}

fn describe_parameters(count: usize) -> Vec<u8> {
    let [low, ..] = count.to_le_bytes();
    let types = TEXT.to_be_bytes().repeat(count);
    message(b't', &[&[0, low], &types[..]].concat())
}

fn describe_columns(act: &Act) -> Vec<u8> {
    let columns = first(act);
    let [low, ..] = columns.len().to_le_bytes();
    let mut described = vec![0, low];
    for value in &columns {
        let (kind, size) = match value {
            Value::Text(_) | Value::Null => (TEXT, -1i16),
            Value::Number(_) => (INT8, 8),
            Value::Small(_) => (INT4, 4),
            Value::Flag(_) => (BOOL, 1),
            Value::Odd(_) => (ODD, -1),
        };
        // A name, no table, no column of it; then type, size, no modifier, and text, as before an execution.
        described.extend(b"c\0\0\0\0\0\0\0");
        described.extend(kind.to_be_bytes());
        described.extend(size.to_be_bytes());
        described.extend([0xff, 0xff, 0xff, 0xff, 0, 0]);
    }
    message(b'T', &described)
}

async fn execute(dialogue: &mut Dialogue, act: &Act) -> io::Result<()> {
    match act {
        Act::Rows(rows) => {
            let said: Vec<Vec<u8>> = rows.iter().map(|values| row(values)).collect();
            dialogue.say(&said.concat()).await?;
        }
        Act::Many(count, make) => {
            let mut said = Vec::new();
            for number in 0..*count {
                said.extend(row(&make(number)));
                if said.len() > 64 * 1024 {
                    dialogue.say(&said).await?;
                    said.clear();
                }
            }
            dialogue.say(&said).await?;
        }
        misbehaviour => return dialogue.misbehave(misbehaviour).await,
    }
    dialogue.say(&message(b'C', b"SELECT 1\0")).await
}

fn row(values: &[Value]) -> Vec<u8> {
    let [low, ..] = values.len().to_le_bytes();
    let mut content = vec![0, low];
    for value in values {
        let bytes = match value {
            Value::Null => {
                content.extend((-1i32).to_be_bytes());
                continue;
            }
            Value::Text(bytes) | Value::Odd(bytes) => bytes.clone(),
            Value::Number(number) => number.to_be_bytes().to_vec(),
            Value::Small(number) => number.to_be_bytes().to_vec(),
            Value::Flag(flag) => vec![u8::from(*flag)],
        };
        let [a, b, c, d, ..] = bytes.len().to_le_bytes();
        content.extend([d, c, b, a]);
        content.extend(bytes);
    }
    message(b'D', &content)
}

fn message(kind: u8, content: &[u8]) -> Vec<u8> {
    let [a, b, c, d, ..] = (content.len() + 4).to_le_bytes();
    [&[kind, d, c, b, a], content].concat()
}
