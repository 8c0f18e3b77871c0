//! The page of the application, which is made anew for each request: it has to be fresh, and names a
//! nonce.

use std::fmt::Write as _;

use axum::response::{Html, IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue};

/// What the application's build writes where the nonce belongs; `ui/vite.config.ts` says so.
const NONCE: &str = "PLUMBLINE_STYLE_NONCE";

/// A page without anything to load.
const NOTHING: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const NOT_BUILT: &str = include_str!("not_built.html");

/// The application.
pub(crate) fn of_application(html: &[u8]) -> Response {
    let nonce = nonce();
    let html = String::from_utf8_lossy(html).replace(NONCE, &nonce);
    answer(html, &policy(&nonce))
}

/// What stands in its place where it was not built.
pub(crate) fn not_built() -> Response {
    answer(NOT_BUILT.to_owned(), NOTHING)
}

/// What the page may load, run and ask: its own origin, and nothing inline but the style sheets that it
/// makes with the nonce of this answer. The library of its components writes some, such as the widths
/// of a layout at each size of the window.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
}

fn answer(html: String, policy: &str) -> Response {
    let mut response = Html(html).into_response();
    let headers = response.headers_mut();
    let policy = HeaderValue::from_str(policy).expect("the policy and a nonce are ASCII");
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    // Without a tag: each answer has another nonce, and a kept page would not fit the policy of a new head.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let opener = HeaderName::from_static("cross-origin-opener-policy");
    headers.insert(opener, HeaderValue::from_static("same-origin"));
    response
}

/// 128 random bits, so that nobody foresees them.
fn nonce() -> String {
    let mut random = [0; 16];
    getrandom::fill(&mut random).expect("every system that we run on has random numbers");
    random
        .iter()
        .fold(String::with_capacity(32), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
