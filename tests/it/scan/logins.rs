//! Logging in: by any name and password, from anywhere, and what to change where it fails.

use models::datasource::{Tls, TlsMode};
use scan::{ScanError, Target, scanner};
use test_support::{Server, Source, has_ipv6, unique};

/// Every character of ASCII that can be printed.
fn printable() -> String {
    (' '..='~').collect()
}

/// What makes a login with this password, and only with it.
fn by_password(server: Server, password: &str) -> String {
    let password = server.literal(password);
    match server {
        Server::Postgres => format!("login password {password}"),
        Server::MariaDb | Server::MySql => format!("identified by {password}"),
    }
}

fn in_mode(target: &Target, mode: TlsMode) -> Target {
    let tls = Tls {
        mode,
        ca_certificate: None,
    };
    Target {
        tls,
        ..target.clone()
    }
}

async fn gets_in(target: Target) {
    let who = format!("{:?} in {:?}", target.username, target.tls.mode);
    let outcome = scanner(target).sync().await;
    assert!(outcome.is_ok(), "{who}: {outcome:?}");
}

pub(super) async fn hosts_may_be_of_ipv6(server: Server) {
    let source = Source::create(server).await;
    if !has_ipv6() {
        eprintln!("passed over, this machine has no IPv6");
        return;
    }
    for host in ["::1", "[::1]", "0:0:0:0:0:0:0:1"] {
        for mode in [TlsMode::Disable, TlsMode::Require] {
            let mut target = in_mode(&source.target(), mode);
            host.clone_into(&mut target.host);
            let steps = scanner(target.clone()).test().await;
            assert!(steps.iter().all(|step| step.ok), "{host}: {steps:?}");
            assert_eq!(steps[0].detail, "::1");
            gets_in(target).await;
        }
        let mut nobody = source.target();
        (nobody.host, nobody.port) = (host.to_owned(), 1);
        let error = scanner(nobody).sync().await.expect_err("nobody is there");
        assert!(error.to_string().contains("]:1: "), "{error}");
    }
}

pub(super) async fn passwords_may_be_anything(server: Server) {
    let mut source = Source::create(server).await;
    // MySQL takes no longer ones.
    let longest = if server == Server::MySql { 256 } else { 1024 };
    let long: String = printable().chars().cycle().take(longest).collect();
    let words = "grüße 密码".to_owned();
    let emoji = "😀 👩‍🚀 Ⅸ".to_owned();
    for password in [
        printable(),
        long,
        words,
        emoji,
        " spaces around ".to_owned(),
    ] {
        let name = unique("login");
        let how = by_password(server, &password);
        let target = source.add_login(&name, &password, &how).await;
        gets_in(in_mode(&target, TlsMode::Require)).await;
        // MySQL encrypts it by a key that has room for no more.
        if server != Server::MySql || password.len() <= 200 {
            gets_in(in_mode(&target, TlsMode::Disable)).await;
        }
        let mut wrong = target;
        wrong.password = format!("{password}.").into();
        let error = scanner(wrong).sync().await.expect_err("it is wrong");
        assert!(
            matches!(error, ScanError::Authentication { .. }),
            "{error:?}"
        );
    }
}

pub(super) async fn names_may_be_anything(server: Server) {
    let mut source = Source::create(server).await;
    let own = &unique("")[..8].to_owned();
    for odd in [r#"o'"`\ /%_@:?#&="#, "größe 密码 😀"] {
        let name = format!("{own}{odd}");
        let how = by_password(server, "secret");
        let target = source.add_login(&name, "secret", &how).await;
        gets_in(target).await;
    }
    let name = format!("{own},");
    let how = by_password(server, "secret");
    let target = source.add_login(&name, "secret", &how).await;
    if server == Server::Postgres {
        let error = scanner(target).sync().await.expect_err("the driver cannot");
        assert!(error.to_string().contains("a name with a comma"), "{error}");
    } else {
        gets_in(target).await;
    }
}

/// What makes a login that is refused, and a part of the advice.
fn refusals(server: Server) -> Vec<(&'static str, &'static str)> {
    match server {
        Server::Postgres => vec![
            ("nologin password 'secret'", "LOGIN"),
            (
                "login password 'secret' valid until '2020-01-01'",
                "until when the password is valid",
            ),
            (
                "login password 'secret' connection limit 0",
                "CONNECTION LIMIT of the role",
            ),
            ("login", "check user name, password"),
        ],
        Server::MariaDb | Server::MySql => vec![
            (
                "identified by 'secret' account lock",
                "the account is locked: ALTER USER 'LOGIN'@'%' ACCOUNT UNLOCK",
            ),
            (
                "identified by 'secret' password expire",
                "the password has expired",
            ),
            ("identified by 'another'", "check user name, password"),
        ],
    }
}

pub(super) async fn what_to_change_is_told(server: Server) {
    let mut source = Source::create(server).await;
    for (how, advice) in refusals(server) {
        let name = unique("login");
        let target = source.add_login(&name, "secret", how).await;
        let steps = scanner(target).test().await;
        let last = steps.last().expect("a step");
        assert_eq!(
            (last.name.as_str(), last.ok),
            ("authenticate", false),
            "{how}: {steps:?}"
        );
        let advice = advice.replace("LOGIN'", &format!("{name}'"));
        assert!(last.detail.contains(&advice), "{how}: {last:?}");
    }
}

/// `caching_sha2_password` sends the password encrypted by the server's key, or inside of TLS, unless the
/// server remembers the login.
pub(super) async fn plugins_that_are_known_work_and_others_are_told(server: Server) {
    let mut source = Source::create(server).await;
    if server == Server::MySql {
        for mode in [TlsMode::Disable, TlsMode::Require] {
            let how = "identified with caching_sha2_password by 'secret'";
            let target = source.add_login(&unique("login"), "secret", how).await;
            // The first login of an account is one that the server does not remember.
            gets_in(in_mode(&target, mode)).await;
            gets_in(in_mode(&target, mode)).await;
            source.admin().await.execute("flush privileges").await;
            gets_in(in_mode(&target, mode)).await;
        }
        let how = "identified with sha256_password by 'secret'";
        let target = source.add_login(&unique("login"), "secret", how).await;
        gets_in(in_mode(&target, TlsMode::Require)).await;
        gets_in(in_mode(&target, TlsMode::Disable)).await;
        let long = "x".repeat(250);
        let how = format!("identified by '{long}'");
        let target = source.add_login(&unique("login"), &long, &how).await;
        let outcome = scanner(in_mode(&target, TlsMode::Disable)).sync().await;
        let error = outcome.expect_err("it does not fit").to_string();
        assert!(error.contains("too long to be sent without TLS"), "{error}");
        return;
    }
    let how = "identified via mysql_native_password using password('secret')";
    let target = source.add_login(&unique("login"), "secret", how).await;
    gets_in(in_mode(&target, TlsMode::Disable)).await;
    gets_in(in_mode(&target, TlsMode::Require)).await;
    // Logs in whom the operating system vouches for, which nobody does over the network.
    let target = source
        .add_login(&unique("login"), "secret", "identified via unix_socket")
        .await;
    let steps = scanner(target).test().await;
    let last = steps.last().expect("a step");
    assert!(
        last.name == "authenticate" && last.detail.contains("give it a password by ALTER USER"),
        "{steps:?}"
    );
}
