use std::iter;

use models::datasource::Engine;
use proptest::prelude::*;

use super::*;

fn guard() -> Answers {
    let mut target = Target::example(Engine::Mysql);
    target.limits.message_bytes = 20 << 20;
    Answers::new(Purpose::Catalog, target, false)
}

fn packet(number: u8, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_le_bytes();
    [&length[..3], &[number], payload].concat()
}

/// What a guard says to the answers to a question, which come in pieces of a length.
fn heard(question: &[u8], answers: &[&[u8]], piece: usize) -> Result<(), String> {
    let mut guard = guard();
    guard.asks(&packet(0, question));
    let mut bytes = Vec::new();
    for (number, answer) in (1..=u8::MAX).cycle().zip(answers) {
        bytes.extend(packet(number, answer));
    }
    for piece in bytes.chunks(piece) {
        guard.answers(piece).map_err(|error| error.to_string())?;
    }
    Ok(())
}

const QUERY: &[u8] = b"\x03SELECT 1";
const EXECUTE: &[u8] = b"\x17\x01\0\0\0\0\x01\0\0\0";
const PREPARED: &[u8] = b"\x00\x01\0\0\0\x02\0\x01\0\0\0\0";
const COLUMN: &[u8] =
    b"\x03def\x00\x00\x00\x01a\x00\x0c\x21\x00\x00\x00\x00\x00\xfd\x00\x00\x00\x00\x00";
const END: &[u8] = b"\xfe\x00\x00\x02\x00\x00\x00";
const MORE: &[u8] = b"\xfe\x00\x00\x0a\x00\x00\x00";

#[test]
fn what_real_servers_say_passes() {
    for piece in [1, 2, 7, 1000] {
        for (question, answers) in [
            (QUERY, &[&b"\x00\x00\x00\x02\x00\x00\x00"[..]][..]),
            (QUERY, &[b"\xff\x28\x04#42000no"]),
            (
                EXECUTE,
                &[b"\x02", COLUMN, COLUMN, b"\x00\x00a", b"\x00\x00b", END],
            ),
            (
                EXECUTE,
                &[
                    b"\x02",
                    COLUMN,
                    COLUMN,
                    b"\x00\x00a",
                    b"\xff\x28\x04#42000no",
                ],
            ),
            // A NULL at the beginning of a row of text looks like the request for a file.
            (QUERY, &[b"\x01", COLUMN, b"\xfb", b"\xfb", END]),
            (b"\x16SELECT ?", &[PREPARED, COLUMN, COLUMN, COLUMN]),
            (b"\x16SET a = 1", &[b"\x00\x01\0\0\0\0\0\0\0\0\0\0"]),
        ] {
            assert_eq!(
                heard(question, answers, piece),
                Ok(()),
                "{answers:?} by {piece}"
            );
        }
    }
}

#[test]
fn what_no_server_says_is_stopped() {
    for piece in [1, 3, 1000] {
        for (question, answers, expected) in [
            (
                QUERY,
                &[&b"\xfb/etc/passwd"[..]][..],
                "asks for a file of this machine",
            ),
            (EXECUTE, &[b"\xfb/etc/passwd"], "LOCAL INFILE"),
            (EXECUTE, &[b"\xfe\0\0\0\0\0\0\0\x80"], "more columns"),
            (EXECUTE, &[b"\xfc\x01\x10"], "more columns"),
            (EXECUTE, &[b"\x01", COLUMN, MORE], "two answers"),
            (QUERY, &[b"\x00\x00\x00\x0a\x00\x00\x00"], "two answers"),
            (
                EXECUTE,
                &[b"\x01", COLUMN, END, b"\xfe\0\0\0\0\0\0\0\x80"],
                "was not asked for",
            ),
            (b"\x16SELECT ?", &[b"\x17"], "nothing of the protocol"),
            (EXECUTE, &[b"\xfc\x01"], "nothing of the protocol"),
            (
                b"\x16SELECT ?",
                &[b"\0\x01\0\0\0\x01\x10\xff\xff\0\0\0"],
                "more columns",
            ),
            (
                b"\x16SELECT ?",
                &[PREPARED, COLUMN, COLUMN, COLUMN, b"\xfe\0\0\0\0\0\0\0\x80"],
                "was not asked for",
            ),
        ] {
            let error = heard(question, answers, piece).expect_err(expected);
            assert!(error.contains(expected), "{error}");
        }
    }
}

#[test]
fn a_column_is_not_described_at_length() {
    let long = vec![3; MOST_OF_DESCRIPTION + 1];
    let error = heard(EXECUTE, &[b"\x01", &long], 1000).expect_err("it is long");
    assert!(error.contains("describes a column at length"), "{error}");
    assert_eq!(heard(EXECUTE, &[b"\x01", &long[1..]], 1000), Ok(()));
}

#[test]
fn columns_are_not_described_at_length() {
    let mut described = vec![&b"\xfc\0\x10"[..]];
    let description = vec![3; MOST_OF_DESCRIPTIONS / 4096];
    described.extend(iter::repeat_n(&description[..], 4096));
    assert_eq!(heard(EXECUTE, &described, 1000), Ok(()));
    described[1] = COLUMN;
    described[2] = &[3; 1024];
    let error = heard(EXECUTE, &described, 1000).expect_err("they are long");
    assert!(error.contains("describes its columns at length"), "{error}");
}

/// A statement has as many as 65,535, and the driver forgets them.
#[test]
fn parameters_may_be_many() {
    let mut described = vec![&b"\0\x01\0\0\0\x01\0\xff\xff\0\0\0"[..]];
    described.extend(iter::repeat_n(COLUMN, 65_536));
    assert_eq!(heard(b"\x16SELECT ?", &described, 1000), Ok(()));
    described.push(COLUMN);
    let error = heard(b"\x16SELECT ?", &described, 1000).expect_err("one more");
    assert!(error.contains("was not asked for"), "{error}");
}

#[test]
fn a_packet_ends_with_all_that_it_goes_on_in() {
    let mut guard = guard();
    guard.asks(&packet(0, EXECUTE));
    guard.answers(&packet(1, b"\x01")).unwrap();
    guard.answers(&packet(2, COLUMN)).unwrap();
    // A row of more than 16 MiB goes on in a packet that begins with what would end an answer.
    let large = vec![b'x'; CONTINUED];
    guard.answers(&packet(3, &large)).unwrap();
    guard.answers(&packet(4, b"\xfe more of it")).unwrap();
    guard.answers(&packet(5, b"\x00\x00a")).unwrap();
    guard.answers(&packet(6, &large)).unwrap();
    let error = guard.answers(&packet(7, &large)[..4]).unwrap_err();
    assert!(error.to_string().contains("larger packets"), "{error}");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(question in any::<Vec<u8>>(), answer in any::<Vec<u8>>(), piece in 1usize..50) {
        let mut guard = guard();
        guard.asks(&question);
        guard.asks(&packet(0, EXECUTE));
        for piece in answer.chunks(piece) {
            if guard.answers(piece).is_err() {
                break;
            }
        }
    }
}
