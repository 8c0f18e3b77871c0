//! TLS: what each mode asks for and checks, in the test and in a scan.

use models::datasource::{TestStep, Tls, TlsMode};
use scan::{ScanError, Target, scanner};
use test_support::{Server, Source, TlsDoor, certificate};

/// The target with another host and these wishes.
fn wanting(target: &Target, host: &str, mode: TlsMode, ca_certificate: Option<&str>) -> Target {
    Target {
        host: host.to_owned(),
        tls: Tls {
            mode,
            ca_certificate: ca_certificate.map(str::to_owned),
        },
        ..target.clone()
    }
}

/// Tests and scans. Both must succeed, and the test say this of TLS.
async fn passes(target: Target, detail: &str) {
    let wishes = format!("{:?} on {}", target.tls.mode, target.host);
    let steps = scanner(target.clone()).test().await;
    assert!(steps.iter().all(|step| step.ok), "{wishes}: {steps:?}");
    let step = tls(&steps);
    assert!(step.detail.contains(detail), "{wishes}: {step:?}");
    let sync = scanner(target).sync().await;
    assert!(sync.is_ok(), "{wishes}: {sync:?}");
}

/// Tests and scans. Both must fail at TLS, and say this.
async fn fails(target: Target, detail: &str) {
    let wishes = format!("{:?} on {}", target.tls.mode, target.host);
    let steps = scanner(target.clone()).test().await;
    let last = steps.last().expect("a step");
    assert_eq!((last.name.as_str(), last.ok), ("tls", false), "{steps:?}");
    assert!(last.detail.contains(detail), "{wishes}: {last:?}");
    let error = scanner(target).sync().await.expect_err(&wishes);
    assert!(
        matches!(error, ScanError::Tls { .. }) && error.to_string().contains(detail),
        "{wishes}: {error:?}"
    );
}

fn tls(steps: &[TestStep]) -> &TestStep {
    let step = steps.iter().find(|step| step.name == "tls");
    step.expect("a step")
}

pub(super) async fn each_mode_checks_what_it_says(server: Server) {
    let source = Source::create(server).await;
    let (ca, foreign) = (certificate("ca"), certificate("foreign"));
    let target = source.target();
    let wanting = |host: &str, mode, ca| wanting(&target, host, mode, ca);
    let (here, named) = ("127.0.0.1", "localhost");

    passes(
        wanting(here, TlsMode::Disable, None),
        "not encrypted, as asked for",
    )
    .await;
    for mode in [TlsMode::Prefer, TlsMode::Require] {
        // An authority is for the modes that check.
        passes(wanting(here, mode, Some(&foreign)), "encrypted with TLSv1.").await;
        passes(wanting(here, mode, None), "the certificate was not checked").await;
    }
    let checked = "the certificate's authority was checked";
    passes(wanting(here, TlsMode::VerifyCa, Some(&ca)), checked).await;
    let both = "authority and host name were checked";
    passes(wanting(named, TlsMode::VerifyFull, Some(&ca)), both).await;
    let bundle = format!("{foreign}\n{ca}");
    passes(wanting(named, TlsMode::VerifyFull, Some(&bundle)), both).await;

    let other = "not for 127.0.0.1 but for localhost";
    fails(wanting(here, TlsMode::VerifyFull, Some(&ca)), other).await;
    let unknown = "comes from an authority that is not known";
    for mode in [TlsMode::VerifyCa, TlsMode::VerifyFull] {
        fails(wanting(named, mode, Some(&foreign)), unknown).await;
        fails(wanting(named, mode, None), unknown).await;
        let no_pem = "is not in PEM format; give the certificates";
        fails(wanting(named, mode, Some("ca.pem")), no_pem).await;
    }
}

pub(super) async fn a_server_without_tls_is_told(server: Server) {
    let source = Source::create(server).await;
    let door = TlsDoor::without_tls(server).await;
    let target = Target {
        port: door.port,
        ..source.target()
    };
    let wanting = |mode| wanting(&target, "127.0.0.1", mode, None);
    let refused = "the server does not offer TLS";
    passes(wanting(TlsMode::Disable), "as asked for").await;
    passes(wanting(TlsMode::Prefer), refused).await;
    for mode in [TlsMode::Require, TlsMode::VerifyCa, TlsMode::VerifyFull] {
        fails(wanting(mode), refused).await;
    }
}

pub(super) async fn an_expired_certificate_is_told(server: Server) {
    let source = Source::create(server).await;
    let door = TlsDoor::showing(server, "expired").await;
    let ca = certificate("ca");
    let target = Target {
        port: door.port,
        ..source.target()
    };
    for mode in [TlsMode::VerifyCa, TlsMode::VerifyFull] {
        let target = wanting(&target, "localhost", mode, Some(&ca));
        fails(target, "the server's certificate has expired; renew it").await;
    }
    if server == Server::Postgres {
        let target = wanting(&target, "localhost", TlsMode::Require, None);
        passes(target, "the certificate was not checked").await;
    }
}

pub(super) async fn a_login_may_be_bound_to_tls(server: Server) {
    let mut source = Source::create(server).await;
    let name = test_support::unique("login");
    let how = match server {
        Server::Postgres => "login password 'secret' in role with_tls",
        Server::MariaDb | Server::MySql => "identified by 'secret' require ssl",
    };
    let target = source.add_login(&name, "secret", how).await;
    let wanting = |mode| wanting(&target, "127.0.0.1", mode, None);
    passes(wanting(TlsMode::Prefer), "encrypted with TLSv1.").await;
    passes(wanting(TlsMode::Require), "encrypted with TLSv1.").await;
    let steps = scanner(wanting(TlsMode::Disable)).test().await;
    let last = steps.last().expect("a step");
    assert_eq!((last.name.as_str(), last.ok), ("authenticate", false));
    let advice = match server {
        Server::Postgres => "let the login in by a line of pg_hba.conf, such as `hostnossl",
        Server::MariaDb | Server::MySql => "whether it may without TLS",
    };
    assert!(last.detail.contains(advice), "{last:?}");
}

/// Only `PostgreSQL` can keep a login away from TLS.
pub(super) async fn prefer_falls_back_for_a_login_that_must_not(server: Server) {
    let mut source = Source::create(server).await;
    let name = test_support::unique("login");
    let how = "login password 'secret' in role without_tls";
    let target = source.add_login(&name, "secret", how).await;
    let wanting = |mode| wanting(&target, "127.0.0.1", mode, None);
    let preferred = wanting(TlsMode::Prefer);
    passes(preferred.clone(), "encrypted with TLSv1.").await;
    let steps = scanner(preferred).test().await;
    let login = steps.iter().find(|step| step.name == "authenticate");
    let login = login.expect("a step");
    assert!(login.detail.contains("not encrypted"), "{login:?}");
    let error = scanner(wanting(TlsMode::Require)).sync().await;
    let error = error.expect_err("it must not");
    assert!(
        matches!(&error, ScanError::Authentication { advice, .. } if advice.contains("hostssl")),
        "{error:?}"
    );
}
