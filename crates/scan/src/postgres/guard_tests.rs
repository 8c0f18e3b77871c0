use models::datasource::Engine;
use proptest::prelude::*;

use super::*;

fn guard(is_secure: bool) -> Answers {
    Answers::new(Target::example(Engine::Postgresql), is_secure)
}

fn message(kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 4).unwrap().to_be_bytes();
    [&[kind], &length[..], content].concat()
}

fn heard(guard: &mut Answers, messages: &[Vec<u8>], piece: usize) -> Result<(), String> {
    for piece in messages.concat().chunks(piece) {
        guard.answers(piece).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// A login by SCRAM, as far as a guard looks at it.
fn login() -> Vec<Vec<u8>> {
    vec![
        message(b'R', b"\0\0\0\x0aSCRAM-SHA-256\0\0"),
        message(b'R', b"\0\0\0\0"),
        message(b'S', b"server_version\x0015.4\0"),
        message(b'K', b"\0\0\0\x01\0\0\0\x02"),
        message(b'Z', b"I"),
    ]
}

#[test]
fn what_real_servers_say_passes() {
    for piece in [1, 3, 8, 1000] {
        let mut guard = guard(false);
        let row = message(b'D', &vec![b'x'; 100_000]);
        assert_eq!(heard(&mut guard, &login(), piece), Ok(()));
        assert_eq!(
            heard(
                &mut guard,
                &[row, message(b'C', b"SELECT 1\0"), message(b'Z', b"I")],
                piece
            ),
            Ok(())
        );
    }
}

#[test]
fn the_password_goes_as_it_is_only_through_tls() {
    let asks = [message(b'R', &CLEAR)];
    assert_eq!(heard(&mut guard(true), &asks, 1), Ok(()));
    for piece in [1, 1000] {
        let error = heard(&mut guard(false), &asks, piece).unwrap_err();
        assert!(
            error.contains("the password in clear text; it was not sent"),
            "{error}"
        );
    }
}

#[test]
fn what_no_server_says_is_stopped() {
    let too_long = [b'D', 0x40, 0, 0, 0].to_vec();
    for (message, expected) in [
        (too_long.clone(), "larger messages"),
        (vec![b'D', 0, 0, 0, 3], "no messages"),
        (message(b'G', b"\0\0\0"), "asks for data of this machine"),
        (
            message(b'S', b"a\0b\0").repeat(1024),
            "settings without an end",
        ),
        (
            message(b'S', &vec![b'x'; MOST_OF_SETTINGS]),
            "settings without an end",
        ),
    ] {
        let mut guard = guard(false);
        heard(&mut guard, &login(), 1000).unwrap();
        let error = heard(&mut guard, &[message], 1000).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
    // Before the login it is rather somebody else.
    let error = heard(&mut guard(false), &[too_long], 1).unwrap_err();
    assert!(
        error.contains("does not speak the protocol of PostgreSQL"),
        "{error}"
    );
}

/// The first message of a login, and then others.
fn asked(guard: &mut Answers, messages: &[Vec<u8>], piece: usize) {
    let startup = message(0, b"\0\x03\0\0user\0reader\0\0").split_off(1);
    for piece in [startup, messages.concat()].concat().chunks(piece) {
        guard.asks(piece);
    }
}

#[test]
fn of_types_so_much_is_told_and_no_more() {
    let row = message(b'D', &vec![b'x'; MOST_OF_TYPES / 2]);
    for piece in [1, 3, 1000] {
        let look_up = message(b'Q', b"SELECT pg_type.oid\0");
        let mut guard = guard(false);
        heard(&mut guard, &login(), 1000).unwrap();
        asked(
            &mut guard,
            &[message(b'p', b"proof"), look_up.clone()],
            piece,
        );
        let ends = [message(b'C', b"SELECT 1\0"), message(b'Z', b"I")].concat();
        let answer = [row.clone(), ends.clone()];
        assert_eq!(heard(&mut guard, &answer, 1000), Ok(()));
        // What it asked for last is what counts; what a server takes for the end of it does not.
        let error = heard(&mut guard, &answer, 1000).unwrap_err();
        assert!(error.contains("types without an end"), "{error}");
    }
}

#[test]
fn rows_that_we_asked_for_are_counted_elsewhere() {
    let row = message(b'D', &vec![b'x'; MOST_OF_TYPES]);
    let look_up = message(b'Q', b"SELECT pg_type.oid\0");
    let statement = [
        message(b'P', b"\0select 1\0\0\0"),
        message(b'B', b"\0\0\0\0\0\0\0\0"),
        message(b'S', b""),
    ];
    for question in [
        statement.concat(),
        message(b'Q', b"/* plumbline rows */ fetch\0"),
        message(b'Q', b"-- plumbline rows\nfetch\0"),
    ] {
        let mut guard = guard(false);
        heard(&mut guard, &login(), 1000).unwrap();
        asked(&mut guard, &[look_up.clone(), question], 7);
        assert_eq!(heard(&mut guard, &[row.clone(), row.clone()], 1000), Ok(()));
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(question in any::<Vec<u8>>(), answer in any::<Vec<u8>>(), piece in 1usize..50, logged_in: bool) {
        let mut guard = guard(false);
        guard.is_logged_in = logged_in;
        guard.asks(&question);
        for piece in answer.chunks(piece) {
            if guard.answers(piece).is_err() {
                break;
            }
        }
    }
}
