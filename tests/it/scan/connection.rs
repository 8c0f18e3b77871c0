//! Connecting: what works, and the right error for what does not.

use std::time::Duration;

use models::datasource::TestStep;
use scan::{ScanError, Target, scanner};
use test_support::{Listener, Server, Source, refused_port};

const STEPS: [&str; 7] = [
    "resolve",
    "connect",
    "tls",
    "authenticate",
    "version",
    "databases",
    "privileges",
];

fn names(steps: &[TestStep]) -> Vec<&str> {
    steps.iter().map(|step| step.name.as_str()).collect()
}

/// The target with 127.0.0.1 and another port.
fn at(source: &Source, port: u16) -> Target {
    let mut target = source.target();
    target.host = "127.0.0.1".into();
    target.port = port;
    target.limits.connect_timeout = Duration::from_secs(3);
    target
}

/// The error of a level-1 reading, which opening a database must fail with as well.
async fn failure(target: Target, database: &str) -> ScanError {
    let scanner = scanner(target);
    let opening = scanner.open(database).await.err().expect("opening fails");
    let sync = scanner.sync().await.expect_err("level 1 fails");
    assert_eq!(
        std::mem::discriminant(&opening),
        std::mem::discriminant(&sync),
        "{opening} and {sync}"
    );
    sync
}

pub(super) async fn a_test_reports_every_step(server: Server) {
    let source = Source::create(server).await;
    let steps = scanner(source.target()).test().await;
    assert_eq!(names(&steps), STEPS, "{steps:?}");
    assert!(
        steps.iter().all(|step| step.ok && !step.detail.is_empty()),
        "{steps:?}"
    );
    assert!(steps[4].detail.starts_with(server.flavor()), "{steps:?}");
}

pub(super) async fn a_test_stops_at_the_step_that_fails(server: Server) {
    let source = Source::create(server).await;
    let (_socket, port) = refused_port();
    let mut unresolved = source.target();
    unresolved.host = "no-such-host.invalid".into();
    let mut refused = source.target();
    refused.password = "wrong".into();
    for (target, step) in [(unresolved, 0), (at(&source, port), 1), (refused, 3)] {
        let steps = scanner(target).test().await;
        assert_eq!(names(&steps), STEPS[..=step]);
        let oks: Vec<bool> = steps.iter().map(|step| step.ok).collect();
        assert_eq!(oks.iter().filter(|ok| !**ok).count(), 1, "{steps:?}");
        assert!(!steps[step].ok, "{steps:?}");
    }
}

pub(super) async fn a_refused_port_is_no_connection(server: Server) {
    let source = Source::create(server).await;
    let (_socket, port) = refused_port();
    let error = failure(at(&source, port), &source.database).await;
    assert!(
        matches!(&error, ScanError::Connect { address, .. } if *address == format!("127.0.0.1:{port}")),
        "{error:?}"
    );
    assert!(error.is_transient());
}

pub(super) async fn a_port_that_is_no_database_is_a_matter_of_protocol(server: Server) {
    let source = Source::create(server).await;
    for greeting in [
        &b"220 mail.example.org ESMTP\r\n"[..],
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\xff\xff\xff\xff\xff\xff\xff\xff",
    ] {
        let listener = Listener::saying(greeting).await;
        let error = failure(at(&source, listener.port), &source.database).await;
        let said = String::from_utf8_lossy(greeting);
        assert!(
            matches!(error, ScanError::Protocol { .. }),
            "{said}: {error:?}"
        );
        assert!(!error.is_transient());
    }
    // The other engine's server is no server of this engine either.
    let other = if server == Server::Postgres {
        Server::MariaDb
    } else {
        Server::Postgres
    };
    let error = failure(at(&source, other.address().1), &source.database).await;
    assert!(matches!(error, ScanError::Protocol { .. }), "{error:?}");
}

pub(super) async fn a_silent_port_is_given_up(server: Server) {
    let source = Source::create(server).await;
    let listener = Listener::silent().await;
    let error = failure(at(&source, listener.port), &source.database).await;
    assert!(
        matches!(
            error,
            ScanError::Timeout { .. } | ScanError::Protocol { .. }
        ),
        "{error:?}"
    );
    assert!(error.to_string().contains("3 s"), "{error}");
}

pub(super) async fn a_wrong_password_is_a_refused_login(server: Server) {
    let source = Source::create(server).await;
    let mut wrong = source.target();
    wrong.password = "wrong".into();
    let mut unknown = source.target();
    unknown.username = "nobody_at_all".into();
    for target in [wrong, unknown] {
        let username = target.username.clone();
        let error = failure(target, &source.database).await;
        assert!(
            matches!(&error, ScanError::Authentication { username: told, .. } if *told == username),
            "{error:?}"
        );
    }
}

pub(super) async fn an_unknown_database_is_named(server: Server) {
    let mut source = Source::create(server).await;
    let closed = source.add_closed_database().await;
    let error = scanner(source.target())
        .open("no such database")
        .await
        .err()
        .expect("there is none");
    assert!(
        matches!(&error, ScanError::UnknownDatabase { database } if database == "no such database"),
        "{error:?}"
    );
    let error = scanner(source.target())
        .open(&closed)
        .await
        .err()
        .expect("it is closed");
    // MySQL does not let a login know of what it was not granted.
    let expected = matches!(
        &error,
        ScanError::UnknownDatabase { .. } | ScanError::Privilege { .. }
    );
    assert!(expected, "{error:?}");
    // A name that differs in case alone is another database.
    let upper = source.database.to_uppercase();
    let error = scanner(source.target())
        .open(&upper)
        .await
        .err()
        .expect("there is none");
    assert!(
        matches!(error, ScanError::UnknownDatabase { .. }),
        "{error:?}"
    );
}

pub(super) async fn no_error_shows_the_password(server: Server) {
    let source = Source::create(server).await;
    let (_socket, port) = refused_port();
    let listener = Listener::saying(b"220 mail.example.org ESMTP\r\n").await;
    let mut refused = source.target();
    refused.username = "nobody_at_all".into();
    let shown = format!("{:?}", source.target());
    assert!(!shown.contains(&source.password), "{shown}");
    for target in [at(&source, port), at(&source, listener.port), refused] {
        let steps = format!("{:?}", scanner(target.clone()).test().await);
        let error = scanner(target).sync().await.expect_err("it fails");
        for text in [steps, error.to_string(), format!("{error:?}")] {
            assert!(!text.contains(&source.password), "{text}");
        }
    }
}
