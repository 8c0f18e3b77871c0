//! `/api/metadata/auth`

pub(super) mod introspect;
pub(super) mod keys;
pub(super) mod sign_in;
pub(super) mod sign_in_links;

use http::header::CACHE_CONTROL;
use http::{HeaderName, HeaderValue};

/// For answers that hold a secret: no cache between keeps them (RFC 6749, section 5.1).
const NOT_STORED: (HeaderName, HeaderValue) = (CACHE_CONTROL, HeaderValue::from_static("no-store"));
