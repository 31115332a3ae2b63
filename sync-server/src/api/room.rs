//! Where others in the room find this server.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::answer::json_response;
use crate::router::AppState;

/// The addresses of a server that was started for the local network; none of any other. Every page asks,
/// and that there is no room is no error.
pub(super) async fn show(State(state): State<AppState>) -> Response {
    let addresses = state.room.unwrap_or_default();
    let answer = json!({ "addresses": *addresses });
    json_response(StatusCode::OK, &answer)
}
