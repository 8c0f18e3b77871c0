use std::time::Duration;

use models::datasource::Engine;

use super::*;

fn target() -> Target {
    Target::example(Engine::Mysql)
}

#[test]
fn a_refused_login_is_told_by_its_number() {
    for number in [1045, 1698, 1130, 1251, 1862, 3118, 4151, 9999] {
        let error = refusal(number, "Access denied", &target());
        assert!(
            matches!(error, ScanError::Authentication { .. }),
            "{number}: {error}"
        );
    }
    for number in [1044, 1049] {
        let error = refusal(number, "no", &target());
        assert!(
            matches!(&error, ScanError::UnknownDatabase { database } if database == "shop"),
            "{number}: {error}"
        );
    }
    for number in [1040, 1203] {
        assert!(
            refusal(number, "Too many connections", &target()).is_transient(),
            "{number}"
        );
    }
    assert!(matches!(
        refusal(3159, "insecure transport", &target()),
        ScanError::Tls { .. }
    ));
}

#[test]
fn a_failed_statement_is_told_by_its_number() {
    let limits = Limits {
        statement_timeout: Duration::from_secs(7),
        ..Limits::default()
    };
    let fail = |number| failure(number, "m", "the tables of shop", &limits);
    assert!(matches!(fail(3024), ScanError::Timeout { limit, .. } if limit.as_secs() == 7));
    assert!(matches!(fail(1969), ScanError::Timeout { .. }));
    assert!(matches!(fail(1205), ScanError::Timeout { limit, .. } if limit == limits.lock_timeout));
    for number in [1044, 1142, 1227, 1370] {
        assert!(
            matches!(fail(number), ScanError::Privilege { .. }),
            "{number}"
        );
    }
    for number in [1053, 1317, 1927, 2006, 2013] {
        assert!(
            matches!(fail(number), ScanError::Interrupted { .. }),
            "{number}"
        );
    }
    assert!(matches!(fail(1213), ScanError::Conflict { .. }));
    assert!(matches!(fail(1064), ScanError::Statement { .. }));
    assert_eq!(
        fail(1064).to_string(),
        "the server could not answer while reading the tables of shop: m (error 1064)"
    );
}

#[test]
fn errors_of_the_driver_while_connecting() {
    let connecting = |error: sqlx::Error| while_connecting(&error, &target());
    let io = |kind| sqlx::Error::Io(io::Error::new(kind, "x"));
    assert!(matches!(
        connecting(io(io::ErrorKind::ConnectionRefused)),
        ScanError::Connect { .. }
    ));
    assert!(matches!(
        connecting(io(io::ErrorKind::UnexpectedEof)),
        ScanError::Connect { .. }
    ));
    let plugin = sqlx::Error::Protocol("unknown authentication plugin: client_ed25519".to_owned());
    assert!(matches!(
        connecting(plugin),
        ScanError::Authentication { .. }
    ));
    let packet = "Packet empty (sqlx_mysql::connection::stream:162)".to_owned();
    let message = connecting(sqlx::Error::Protocol(packet)).to_string();
    assert!(message.contains("Packet empty;"), "{message}");
    assert!(matches!(
        connecting(sqlx::Error::Protocol("x".to_owned())),
        ScanError::Protocol { .. }
    ));
}

#[test]
fn a_cut_connection_while_reading_is_an_interruption() {
    let cut = sqlx::Error::Io(io::Error::from(io::ErrorKind::ConnectionReset));
    assert!(matches!(
        while_reading(&cut, "x", &Limits::default()),
        ScanError::Interrupted { .. }
    ));
}

#[test]
fn no_message_holds_the_password() {
    for number in 1000..5000 {
        assert!(
            !refusal(number, "Access denied (using password: YES)", &target())
                .to_string()
                .contains("hunter2")
        );
    }
}

#[test]
fn a_refused_login_comes_with_what_to_change() {
    let advice = |number| refusal(number, "m", &target()).to_string();
    for (number, expected) in [
        (1040, "raise max_connections"),
        (1129, "FLUSH HOSTS"),
        (1130, "CREATE USER 'reader'@'%' IDENTIFIED BY"),
        (1251, "IDENTIFIED WITH caching_sha2_password"),
        (1698, "ALTER USER 'reader'@'%' IDENTIFIED BY"),
        (1862, "has expired: ALTER USER 'reader'@'%'"),
        (3118, "ALTER USER 'reader'@'%' ACCOUNT UNLOCK"),
        (3159, "choose the TLS mode require"),
    ] {
        let text = advice(number);
        assert!(text.contains(expected), "{number}: {text}");
    }
    assert!(!advice(1045).contains("TLS"));
    let mut plain = target();
    plain.tls.mode = TlsMode::Disable;
    assert!(
        refusal(1045, "m", &plain)
            .to_string()
            .contains("without TLS")
    );
}

#[test]
fn a_change_is_refused_for_its_rows_for_itself_or_for_now() {
    let told = |number: u16| format!("{:?}", refusal_of_change(number, "no".to_owned()));
    for (numbers, kind) in [
        (
            &[1048, 1062, 1264, 1366, 1406, 1452, 1644, 3819, 3988, 4025][..],
            "Rows",
        ),
        (&[1054, 1146, 1142, 1064, 1792, 1290, 1364], "Refused"),
        (&[1205, 1213], "Conflict"),
        (&[1317, 1969, 3024], "Stopped"),
        (&[1053, 1927, 2013], "Interrupted"),
    ] {
        for number in numbers {
            assert!(
                told(*number).starts_with(kind),
                "{number}: {}",
                told(*number)
            );
        }
    }
}
