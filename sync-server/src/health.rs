//! What watches over the server asks: is it alive, may it get work, what are its figures.
//!
//! Invariant: the answers hold figures and fixed words only, and come within two seconds.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::time::timeout;

use crate::router::AppState;

/// A store that takes longer than this to answer is not healthy.
const TIMEOUT: Duration = Duration::from_secs(2);

/// Prometheus' text format.
const METRICS_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The routes; `/metrics` only when it is wanted.
pub(crate) fn routes(metrics: bool) -> Router<AppState> {
    let routes = Router::new()
        .route("/healthz", get(health))
        .route("/readyz", get(readiness));
    if metrics {
        routes.route("/metrics", get(figures))
    } else {
        routes.route("/metrics", get(async || StatusCode::NOT_FOUND))
    }
}

/// Whether the server does its part: restart it if not.
async fn health(State(state): State<AppState>) -> Response {
    answer(store(&state).await)
}

/// Whether to send people here: not while it is about to stop.
async fn readiness(State(state): State<AppState>) -> Response {
    if *state.draining.borrow() {
        return answer(Err("stopping\n"));
    }
    answer(store(&state).await)
}

/// Whether the store takes writes.
async fn store(state: &AppState) -> Result<(), &'static str> {
    match timeout(TIMEOUT, state.hub.store_works()).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err("the store fails\n"),
        Err(_) => Err("the store does not answer\n"),
    }
}

fn answer(result: Result<(), &'static str>) -> Response {
    let (status, text) = match result {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(text) => (StatusCode::SERVICE_UNAVAILABLE, text),
    };
    (status, [(CACHE_CONTROL, "no-store")], text).into_response()
}

async fn figures(State(state): State<AppState>) -> Response {
    let text = state.metrics.text(state.hub.incoming_bytes());
    let headers = [(CONTENT_TYPE, METRICS_TYPE), (CACHE_CONTROL, "no-store")];
    (headers, text).into_response()
}
