//! The console, as manager's service sends it to a browser.

use super::Both;

#[tokio::test]
async fn manager_serves_the_console_to_browsers_and_problems_to_programs() {
    let both = Both::with(&[]).await;
    let anybody = both.meta.installation.api(&both.manager.url, None);
    let accepts = "text/html,application/xhtml+xml,*/*;q=0.8";
    let browser = anybody.clone().with_header("accept", accepts);

    for path in ["/", "/catalog/1", "/settings/keys"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("cache-control"), "no-cache");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("script-src 'self'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
    }
    let page = browser.get("/").await.text;
    let named = page.split('"').filter(|it| it.starts_with("/assets/"));
    let unpacking = browser.clone().with_header("accept-encoding", "gzip, br");
    let mut compressed = 0;
    for path in named {
        let asset = unpacking.get(path).await;
        assert_eq!(asset.status, 200, "{path}");
        let caching = asset.header("cache-control");
        assert_eq!(caching, "public, max-age=31536000, immutable", "{path}");
        compressed += usize::from(asset.header("content-encoding") == "br");
    }
    assert!(compressed > 1, "{page}");

    // What is no page is not there, and a program is told so in its own words.
    for api in [&anybody, &browser] {
        let _ = api
            .get("/api/nothing")
            .await
            .problem(404, "route-not-found");
        let _ = api
            .get("/assets/none.js")
            .await
            .problem(404, "route-not-found");
    }
    let _ = anybody
        .get("/nothing")
        .await
        .problem(404, "route-not-found");
    // Meta has no page.
    let meta = both.meta.installation.api(&both.meta.url, None);
    let meta = meta.with_header("accept", "text/html");
    let _ = meta.get("/").await.problem(404, "route-not-found");
}
