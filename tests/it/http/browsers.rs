//! What answers tell browsers.

use http::Method;
use test_support::{Answer, Api};

use super::Both;
use crate::contract::document::operations;

/// What every answer must have.
fn assert_guarded(answer: &Answer) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{}: {name}", answer.request);
    }
    let policy = answer.header("content-security-policy");
    for part in ["default-src 'none'", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{}: {policy}", answer.request);
    }
    assert!(!policy.contains("unsafe"), "{}: {policy}", answer.request);
    let names = answer.headers.keys().map(http::HeaderName::as_str);
    let told: Vec<_> = names
        .filter(|name| name.starts_with("access-control-") || ["server", "via"].contains(name))
        .collect();
    assert_eq!(told, [""; 0], "{}", answer.request);
}

fn assert_not_kept(answer: &Answer) {
    let caching = answer.header("cache-control");
    let expected = if answer.header("etag").is_empty() {
        "no-store"
    } else {
        "private, no-cache"
    };
    assert_eq!(caching, expected, "{}", answer.request);
}

#[tokio::test]
async fn every_answer_is_guarded() {
    let both = Both::with(&[]).await;
    let source = serde_json::json!({
        "name": "shop", "datasource_type": "mysql", "host": "db.invalid", "port": 1, "username": "u", "password": "p",
    });
    let sources = "/api/metadata/datasources";
    let made = both.meta.admin().post(sources, &source).await.expect(201);
    for (url, _) in both.doors() {
        let (admin, anonymous) = (both.admin(url), both.meta.installation.api(url, None));
        for operation in operations(&admin).await {
            let path = operation.path.replace(['{', '}'], "");
            for api in [&admin, &anonymous] {
                let answer = api.send(operation.method.clone(), &path, None).await;
                assert_guarded(&answer);
                assert_not_kept(&answer);
            }
        }
        let one = format!("{sources}/{}", made["datasource"]["id"]);
        let tagged = admin.get(&one).await;
        assert!(!tagged.header("etag").is_empty(), "{:?}", tagged.headers);
        let again = admin
            .clone()
            .with_header("if-none-match", tagged.header("etag"));
        let again = again.get(&one).await;
        assert_eq!(again.status, 304);
        for answer in [
            tagged,
            again,
            admin.get("/nothing").await,
            admin.get("/health/live").await,
        ] {
            assert_guarded(&answer);
            assert_not_kept(&answer);
        }
    }
}

#[tokio::test]
async fn events_are_not_kept() {
    let both = Both::with(&[]).await;
    let source = serde_json::json!({
        "name": "shop", "datasource_type": "mysql", "host": "db.invalid", "port": 1, "username": "u", "password": "p",
    });
    let sources = "/api/metadata/datasources";
    let made = both.meta.admin().post(sources, &source).await.expect(201);
    let job = made["job_id"].as_str().expect("a job");
    // It ends at once when the job has.
    let cancel = format!("/api/metadata/jobs/{job}/cancel");
    let _ = both
        .meta
        .admin()
        .post(&cancel, &serde_json::Value::Null)
        .await;
    for (url, _) in both.doors() {
        let events = format!("/api/metadata/jobs/{job}/events");
        let answer = both.admin(url).get(&events).await;
        assert_eq!(
            answer.header("content-type"),
            "text/event-stream",
            "{}",
            answer.text
        );
        assert_not_kept(&answer);
    }
}

/// The addresses that a page names by this attribute.
fn named(page: &str, attribute: &str) -> Vec<String> {
    let before = format!("{attribute}=\"");
    let parts = page.split(&before).skip(1);
    parts
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

/// The page of documents runs under a policy that allows its own files alone.
#[tokio::test]
async fn the_page_of_documents_needs_no_more_than_its_policy_allows() {
    let both = Both::with(&[]).await;
    for (url, _) in both.doors() {
        let api = both.meta.installation.api(url, None);
        let page = api.get("/docs/").await;
        assert_guarded(&page);
        let policy = page.header("content-security-policy").to_owned();
        for part in [
            "script-src 'self';",
            "style-src 'self';",
            "connect-src 'self'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        let text = page.text.as_str();
        for script in text.split("<script").skip(1) {
            let (attributes, rest) = script.split_once('>').expect("a tag");
            let inside = rest.split("</script>").next().unwrap_or_default();
            assert!(
                attributes.contains("src=") && inside.trim().is_empty(),
                "{script}"
            );
        }
        for inline in [
            "<style",
            " style=",
            " onload=",
            " onclick=",
            "javascript:",
            "://",
        ] {
            assert!(!text.contains(inline), "{inline}: {text}");
        }
        let files = [named(text, "src"), named(text, "href")].concat();
        assert!(files.len() >= 5, "{files:?}");
        for file in files {
            let file = file.trim_start_matches("./");
            let answer = api.get(&format!("/docs/{file}")).await;
            assert_eq!(answer.status, 200, "{file}");
            assert_guarded(&answer);
        }
    }
}

/// Asks as a page of another origin would.
async fn as_page(api: &Api, origin: &str, method: Method, path: &str) -> Answer {
    let api = api.clone().with_header("origin", origin);
    let api = api.with_header("access-control-request-method", "POST");
    let api = api.with_header(
        "access-control-request-headers",
        "authorization,content-type",
    );
    api.send(method, path, None).await
}

#[tokio::test]
async fn other_origins_are_let_in_by_name_alone() {
    let (named, other) = ("https://app.example", "https://app.example.evil");
    let closed = Both::with(&[]).await;
    let open = Both::with(&[("CORS_ALLOWED_ORIGINS", named)]).await;
    for (both, origin, allowed) in [
        (&closed, named, ""),
        (&open, named, named),
        (&open, other, ""),
    ] {
        for (url, path) in both.doors() {
            for (method, api) in [
                // A preflight brings no credential.
                (Method::OPTIONS, both.meta.installation.api(url, None)),
                (Method::GET, both.admin(url)),
            ] {
                let answer = as_page(&api, origin, method.clone(), path).await;
                let shown = format!("{origin}: {}: {:?}", answer.request, answer.headers);
                let header = answer.header("access-control-allow-origin");
                assert_eq!(header, allowed, "{shown}");
                assert_eq!(
                    answer.header("access-control-allow-credentials"),
                    "",
                    "{shown}"
                );
                if method == Method::OPTIONS && !allowed.is_empty() {
                    assert_eq!(answer.status, 200, "{shown}");
                    let headers = answer.header("access-control-allow-headers");
                    assert!(headers.contains("authorization"), "{shown}");
                }
            }
        }
    }
}
