use axum::body::Body;
use http::header::CONTENT_SECURITY_POLICY;
use http_body_util::BodyExt;

use super::*;

async fn ask(method: Method, path: &str, accept: &str) -> (StatusCode, HeaderMap, String) {
    let request = http::Request::builder()
        .method(method)
        .uri(path)
        .header(ACCEPT, accept)
        .body(Body::empty())
        .expect("a request");
    let (head, body) = serve(request).await.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (head.status, head.headers, text)
}

const BROWSER: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

#[tokio::test]
async fn whatever_a_browser_opens_is_the_page() {
    for path in ["/", "/catalog/1/shop", "/jobs/019e"] {
        let (status, headers, html) = ask(Method::GET, path, BROWSER).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert_eq!(headers[CACHE_CONTROL], "no-cache");
        assert_eq!(headers[CONTENT_TYPE], "text/html; charset=utf-8");
        assert!(html.contains("Plumbline"), "{html}");
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().expect("a policy");
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
    }
    let (status, ..) = ask(Method::GET, "/", "*/*").await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_no_page_is_not_there() {
    for (method, path, accept) in [
        (Method::GET, "/api/nothing", BROWSER),
        (Method::GET, "/api", BROWSER),
        (Method::GET, "/assets/none.js", "*/*"),
        (Method::GET, "/assets/../index.html", "*/*"),
        (Method::GET, "/nothing", "application/json"),
        (Method::POST, "/", BROWSER),
    ] {
        let (status, _, body) = ask(method, path, accept).await;
        assert_eq!((status, &*body), (StatusCode::NOT_FOUND, ""), "{path}");
    }
}

#[test]
fn each_page_has_another_nonce_in_its_policy_and_where_the_build_left_room() {
    let html = br#"<meta property="csp-nonce" nonce="PLUMBLINE_STYLE_NONCE">"#;
    let nonces = [(); 2].map(|()| {
        let response = page::of_application(html);
        let policy = response.headers()[CONTENT_SECURITY_POLICY].to_str();
        let (_, rest) = policy
            .expect("text")
            .split_once("'nonce-")
            .expect("a nonce");
        rest.split('\'').next().expect("its end").to_owned()
    });
    assert_ne!(nonces[0], nonces[1]);
    assert_eq!(nonces[0].len(), 32);
}

#[test]
fn assets_are_kept_for_ever_and_come_compressed() {
    let file = File {
        path: "assets/index-4f.js",
        plain: b"plain",
        brotli: Some(b"br"),
        gzip: None,
    };
    let mut asked = HeaderMap::new();
    let accept = HeaderValue::from_static("gzip, br");
    asked.insert(http::header::ACCEPT_ENCODING, accept);
    let response = asset(&file, &asked);
    let headers = response.headers();
    assert_eq!(headers[CONTENT_TYPE], "text/javascript; charset=utf-8");
    assert_eq!(headers[CACHE_CONTROL], FOR_EVER);
    assert_eq!(headers[CONTENT_ENCODING], "br");
    assert_eq!(headers[VARY], "accept-encoding");
    assert_eq!(
        find(&[file], "assets/index-4f.js").map(|it| it.plain),
        Some(file.plain)
    );
}

#[tokio::test]
async fn the_application_is_whole_where_it_was_built() {
    let Some(page) = find(FILES, "index.html") else {
        assert!(FILES.is_empty());
        return;
    };
    let html = String::from_utf8_lossy(page.plain);
    assert!(html.contains("PLUMBLINE_STYLE_NONCE"), "{html}");
    let named = html.split('"').filter(|it| it.starts_with(ASSETS));
    let mut count = 0;
    for path in named {
        assert_eq!(
            ask(Method::GET, path, "*/*").await.0,
            StatusCode::OK,
            "{path}"
        );
        count += 1;
    }
    assert!(count > 1, "{html}");
}

/// What Vitest tests, in `ui/src`: components and texts, without a browser.
#[test]
fn its_components_pass_their_own_tests() {
    let ui = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let ran = std::process::Command::new("node")
        .args(["node_modules/vitest/vitest.mjs", "run"])
        .current_dir(ui)
        .env("NO_COLOR", "1")
        .output()
        .expect("Node 20.19 or newer is there");
    let said = [ran.stdout, ran.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(ran.status.success(), "{said}");
}
