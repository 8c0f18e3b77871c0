//! The operator's network policy: what is connected to is what was checked.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::FutureExt;
use scan::{Policy, Route, ScanError, Target, scanner};
use test_support::{Server, Source};

const HOST: &str = "db.test";

fn policy(allowed: &[&str], denied: &[&str]) -> Policy {
    let networks = |texts: &[&str]| {
        let networks = texts.iter().map(|text| text.parse().expect("a network"));
        networks.collect()
    };
    Policy::new(networks(allowed), networks(denied))
}

/// A name service that gives another answer each time, the last one from then on; and how often it was asked.
fn answering(policy: Policy, answers: Vec<Vec<IpAddr>>) -> (Route, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let route = Route::by(policy, move |host| {
        assert_eq!(host, HOST);
        let place = count.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
        let answer = answers[place].clone();
        async move { Ok(answer) }.boxed()
    });
    (route, asked)
}

fn by(target: &Target, route: Route) -> Target {
    Target {
        host: HOST.to_owned(),
        route,
        ..target.clone()
    }
}

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Another address of this machine.
const FORBIDDEN: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
const METADATA: IpAddr = IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254));

/// A name that leads elsewhere as soon as it has been checked (DNS rebinding) leads nowhere: each connection asks once,
/// and goes to what came out.
pub(super) async fn a_name_is_resolved_once_for_each_connection(server: Server) {
    let source = Source::create(server).await;
    let target = source.target();
    // One answer that may be connected to, and from then on one that may not.
    let (route, asked) = answering(
        policy(&[], &["127.0.0.2"]),
        vec![vec![HERE], vec![FORBIDDEN]],
    );
    let reached = by(&target, route);
    let reader = scanner(reached.clone()).open(&source.database).await;
    let reader = reader.expect("the first answer holds for the whole connection");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    reader.close().await;
    let error = scanner(reached)
        .sync()
        .await
        .expect_err("the second is refused");
    assert!(
        matches!(&error, ScanError::Forbidden { host } if host == HOST),
        "{error:?}"
    );
    assert!(!error.is_transient());
}

pub(super) async fn only_addresses_that_are_allowed_are_used(server: Server) {
    let source = Source::create(server).await;
    let target = source.target();
    let refused = [METADATA, FORBIDDEN];
    let (route, _) = answering(
        policy(&[], &["127.0.0.2"]),
        vec![[&refused[..], &[HERE]].concat()],
    );
    let steps = scanner(by(&target, route)).test().await;
    assert!(steps.iter().all(|step| step.ok), "{steps:?}");
    // What else the name leads to is nobody's business.
    assert_eq!(steps[0].detail, "127.0.0.1");
    assert!(steps[1].detail.contains("127.0.0.1"), "{steps:?}");

    let (route, _) = answering(policy(&[], &["127.0.0.2"]), vec![refused.into()]);
    let steps = scanner(by(&target, route)).test().await;
    assert_eq!(steps.len(), 1, "{steps:?}");
    assert_eq!((steps[0].name.as_str(), steps[0].ok), ("resolve", false));
    let detail = &steps[0].detail;
    assert!(
        detail.contains("db.test is not allowed by the operator's network policy"),
        "{detail}"
    );
    assert!(!detail.contains("169.254"), "{detail}");
}

pub(super) async fn addresses_are_checked_as_names_are(server: Server) {
    let source = Source::create(server).await;
    for (allowed, denied, host) in [
        (&[][..], &["127.0.0.0/8"][..], "127.0.0.1"),
        (&[], &["127.0.0.0/8"], "::ffff:127.0.0.1"),
        (&["10.0.0.0/8"], &[], "127.0.0.1"),
        (&[], &[], "169.254.169.254"),
        (&[], &[], "0.0.0.0"),
        (&[], &[], "fe80::1"),
    ] {
        let mut target = source.target();
        host.clone_into(&mut target.host);
        target.route = Route::within(policy(allowed, denied));
        let error = scanner(target).sync().await.expect_err(host);
        assert!(
            matches!(error, ScanError::Forbidden { .. }),
            "{host}: {error:?}"
        );
    }
    let mut target = source.target();
    target.route = Route::within(policy(&["127.0.0.0/8", "::1"], &[]));
    scanner(target).sync().await.expect("it is allowed");
}
