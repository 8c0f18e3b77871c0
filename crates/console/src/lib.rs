//! The web application: its files, in the binary, and how a browser gets them.
//!
//! `ui/` is the application; `build.rs` has Vite build it. Where there is no Node, a page stands in its
//! place that says how to get it. [`serve`] is the fallback of manager's routes.

mod encoding;
mod page;

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, VARY,
};
use http::{Method, StatusCode};

use crate::encoding::Encoding;

/// A file as it was built.
#[derive(Debug, Clone, Copy)]
struct File {
    /// Where it lies below the application's folder.
    path: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

/// By path, in order.
static FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// What lies below has the hash of its content in its name.
const ASSETS: &str = "/assets/";
/// So that a browser need never ask for it again.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Answers what no other route does: with a file of the application, or with its page, which finds
/// its own way by the path. What is below `/api`, and a path that no browser opens as a page, is 404.
#[expect(clippy::unused_async, reason = "a handler is a future")]
pub async fn serve(request: Request) -> Response {
    let path = request.uri().path();
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::NOT_FOUND.into_response();
    }
    if path.starts_with(ASSETS) {
        return match find(FILES, path.trim_start_matches('/')) {
            Some(file) => asset(&file, request.headers()),
            None => StatusCode::NOT_FOUND.into_response(),
        };
    }
    let is_api = path == "/api" || path.starts_with("/api/");
    if is_api || !(path == "/" || wants_page(request.headers())) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match find(FILES, "index.html") {
        Some(file) => page::of_application(file.plain),
        None => page::not_built(),
    }
}

fn find(files: &[File], path: &str) -> Option<File> {
    let at = files.binary_search_by_key(&path, |file| file.path);
    at.ok().map(|at| files[at])
}

/// Whether it is a browser that opens an address, not a program that asks an API.
fn wants_page(headers: &HeaderMap) -> bool {
    let mut lines = headers.get_all(ACCEPT).iter();
    lines.any(|line| line.to_str().is_ok_and(|line| line.contains("text/html")))
}

fn asset(file: &File, asked: &HeaderMap) -> Response {
    let (encoding, bytes) = Encoding::choose(asked, file);
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static(media_type(file.path)),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(FOR_EVER));
    if file.brotli.is_some() || file.gzip.is_some() {
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    }
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
    }
    response
}

/// What a file is by its name; browsers are told not to guess.
fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        Some("md") => "text/markdown; charset=utf-8",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests;
