//! Where others in the room find this server.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::answer::{Problem, json_response};
use crate::router::AppState;

/// The addresses of a server that was started for the local network.
pub(super) async fn show(State(state): State<AppState>) -> Result<Response, Problem> {
    let addresses = state.room.ok_or(Problem::NotFound)?;
    let answer = json!({ "addresses": *addresses });
    Ok(json_response(StatusCode::OK, &answer))
}
