//! The server's addresses: `/sync`, `/healthz`, and the app's files for everything else.
//!
//! Invariant: a pure function of its state; it opens nothing and starts nothing.
//!
//! **Origins.** A page of any origin may open the socket unless `--allow-origin` names some.
//! Whoever knows a document's id may read and write it, from a browser or not, and nothing else
//! can be learned or changed: there are no cookies and no session that a foreign page could ride
//! on. Programs send no `Origin` and always pass, as the rule is about browsers.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::time::timeout;

use crate::files::Files;
use crate::headers::secure;
use crate::hub::Hub;
use crate::socket::{self, Timing};

/// A store that takes longer than this to answer is not healthy.
const HEALTH_TIMEOUT: Duration = Duration::from_secs(2);

/// What the routes need.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) hub: Hub,
    pub(crate) files: Files,
    pub(crate) timing: Timing,
    pub(crate) max_frame: usize,
    /// Empty: any.
    pub(crate) origins: Arc<[String]>,
}

/// The server as a service.
pub(crate) fn router(state: AppState) -> Router {
    let files = state.files.clone();
    Router::new()
        .route("/sync", get(sync))
        .route("/healthz", get(health))
        .fallback(move |request: Request| files.clone().serve(request))
        .layer(map_response(secure))
        .with_state(state)
}

async fn sync(
    State(state): State<AppState>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !allowed(&state.origins, &headers) {
        return (StatusCode::FORBIDDEN, "this origin may not connect\n").into_response();
    }
    upgrade
        .max_message_size(state.max_frame)
        .max_frame_size(state.max_frame)
        .on_upgrade(move |socket| socket::serve(socket, state.hub, state.timing))
}

fn allowed(origins: &[String], headers: &HeaderMap) -> bool {
    match headers.get(ORIGIN) {
        Some(origin) if !origins.is_empty() => origins
            .iter()
            .any(|allowed| allowed.as_bytes() == origin.as_bytes()),
        _ => true,
    }
}

async fn health(State(state): State<AppState>) -> Response {
    let (status, text) = match timeout(HEALTH_TIMEOUT, state.hub.store_works()).await {
        Ok(Ok(())) => (StatusCode::OK, "ok\n"),
        Ok(Err(_)) => (StatusCode::SERVICE_UNAVAILABLE, "the store fails\n"),
        Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the store does not answer\n",
        ),
    };
    (status, [(CACHE_CONTROL, "no-store")], text).into_response()
}

#[cfg(test)]
mod tests;
