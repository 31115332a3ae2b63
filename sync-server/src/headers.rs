//! The response headers that keep the app's page to itself.
//!
//! Invariant: every response carries them, files and errors alike.

use axum::http::HeaderValue;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::Response;

/// Scripts, fonts and pictures come from this server only, and no other page may frame the app.
/// WebAssembly needs `wasm-unsafe-eval`. Notes are placed by inline styles. The socket may be on
/// another server, since a workspace can be kept by any that speaks the protocol.
const POLICY: &str = "default-src 'self'; \
    script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; \
    connect-src 'self' ws: wss:; \
    object-src 'none'; \
    base-uri 'none'; \
    form-action 'self'; \
    frame-ancestors 'none'";

const SECURITY: [(HeaderName, HeaderValue); 3] = [
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // The address of a workspace that nobody owns is the right to edit it: no other site gets it.
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
];

/// Adds the headers to a response.
pub(crate) async fn secure(mut response: Response) -> Response {
    response.headers_mut().extend(SECURITY);
    response
}
