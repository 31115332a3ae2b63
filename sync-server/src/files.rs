//! Serves the built app.
//!
//! Invariants: what lies under `/assets/` is named by its content and may be kept for ever,
//! everything else is asked for anew each time; only a successful answer may be kept; an address
//! that looks like a page is answered with the app, which knows what to make of it, and one that
//! looks like a file is not.

use std::convert::Infallible;
use std::path::PathBuf;

use axum::body::Body;
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeDir;

const ASSETS: &str = "/assets/";
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const BY_ENCODING: HeaderValue = HeaderValue::from_static("accept-encoding");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// What a person sees who started the server without the app.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
    <title>Groundwork</title><h1>The app has not been built yet</h1>\
    <p>This server is running and synchronises, but the directory of the app is missing or \
    empty. Run <code>cargo start</code> in the checkout, which builds the app and serves it, or \
    name the directory of a build with <code>--app</code>.</p></html>";

/// The directory of the built app, each file with its `.br` and `.gz` beside it.
#[derive(Clone)]
pub(crate) struct Files {
    directory: ServeDir,
}

impl Files {
    /// Serves `directory`, which may appear or change while the server runs.
    pub(crate) fn new(directory: PathBuf) -> Self {
        let directory = ServeDir::new(directory)
            .precompressed_br()
            .precompressed_gzip();
        Self { directory }
    }

    /// Answers a request for a file or a page.
    pub(crate) async fn serve(self, request: Request<Body>) -> Result<Response, Infallible> {
        let immutable = request.uri().path().starts_with(ASSETS);
        let page = is_page(&request).then(|| page_request(&request));
        let mut response = self.get(request).await;
        if response.status() == StatusCode::NOT_FOUND
            && let Some(page) = page
        {
            response = self.get(page).await;
            if response.status() == StatusCode::NOT_FOUND {
                response = not_built();
            }
        }
        let keep = immutable && (response.status().is_success() || is_unchanged(&response));
        // A cache on the way must not give brotli to someone who cannot read it.
        response.headers_mut().insert(VARY, BY_ENCODING);
        response
            .headers_mut()
            .insert(CACHE_CONTROL, if keep { IMMUTABLE } else { ASK_AGAIN });
        Ok(response)
    }

    async fn get(&self, request: Request<Body>) -> Response {
        match self.directory.clone().try_call(request).await {
            Ok(response) => response.into_response(),
            Err(error) => {
                tracing::error!(%error, "a file of the app cannot be read");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

fn is_unchanged(response: &Response) -> bool {
    response.status() == StatusCode::NOT_MODIFIED
}

/// Whether a request asks for a page of the app: no file's name, and HTML is welcome.
fn is_page(request: &Request<Body>) -> bool {
    let path = request.uri().path();
    let file = path.starts_with(ASSETS)
        || path
            .rsplit('/')
            .next()
            .is_some_and(|name| name.contains('.'));
    matches!(*request.method(), Method::GET | Method::HEAD)
        && !file
        && accepts_html(request.headers())
}

fn accepts_html(headers: &HeaderMap) -> bool {
    match headers.get(ACCEPT).map(HeaderValue::to_str) {
        None => true,
        Some(Ok(accept)) => accept.contains("text/html") || accept.contains("*/*"),
        Some(Err(_)) => false,
    }
}

/// The same request for the app's only page.
fn page_request(request: &Request<Body>) -> Request<Body> {
    let mut page = Request::new(Body::empty());
    *page.method_mut() = request.method().clone();
    *page.uri_mut() = Uri::from_static("/index.html");
    *page.headers_mut() = request.headers().clone();
    page
}

fn not_built() -> Response {
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(CONTENT_TYPE, html)],
        NOT_BUILT,
    )
        .into_response()
}
