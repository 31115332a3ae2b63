//! What the interface answers: JSON, never kept by anyone on the way.

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::admission::MAX_BODY;
use crate::access::{Link, Registration};

/// The description of the interface.
const DESCRIPTION: &str = include_str!("../../openapi.json");

/// Why there is no better answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// Absent or forbidden: nobody is told which.
    NotFound,
    /// The request is not what it should be.
    Invalid(String),
    /// This address is not for this method.
    Method,
    /// The body did not come in time.
    Late,
    /// The body is longer than any request needs.
    TooLarge,
    /// The body does not say that it is JSON.
    Type,
    /// A page of another site asks for a change.
    Foreign,
    /// Whoever asks may not make workspaces here.
    Closed(&'static str),
    /// It cannot be done as things are.
    Conflict(&'static str),
    /// Too much from this address.
    TooMany,
    /// The server could not do its part.
    Failed,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, text) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "not found".to_owned()),
            Self::Invalid(text) => (StatusCode::BAD_REQUEST, text),
            Self::Method => (
                StatusCode::METHOD_NOT_ALLOWED,
                "this address does not take this method".to_owned(),
            ),
            Self::Late => (
                StatusCode::REQUEST_TIMEOUT,
                "the body did not come in time".to_owned(),
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("the body is longer than {} KiB", MAX_BODY >> 10),
            ),
            Self::Type => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "the body's content type is not application/json".to_owned(),
            ),
            Self::Foreign => (
                StatusCode::FORBIDDEN,
                "pages of this origin change nothing here".to_owned(),
            ),
            Self::Closed(text) => (StatusCode::FORBIDDEN, text.to_owned()),
            Self::Conflict(text) => (StatusCode::CONFLICT, text.to_owned()),
            Self::TooMany => (
                StatusCode::TOO_MANY_REQUESTS,
                "too much from this address; try again later".to_owned(),
            ),
            Self::Failed => (
                StatusCode::SERVICE_UNAVAILABLE,
                "the server could not do it; try again later".to_owned(),
            ),
        };
        let retry = matches!(
            status,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
        );
        let response = json_response(status, &json!({ "error": text }));
        if retry {
            ([(RETRY_AFTER, "30")], response).into_response()
        } else {
            response
        }
    }
}

/// An answer with this content.
pub(super) fn json_response(status: StatusCode, value: &Value) -> Response {
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "no-store"),
    ];
    (status, headers, value.to_string()).into_response()
}

/// A link as its owners see it.
pub(super) fn link_json(link: &Link) -> Value {
    json!({
        "id": link.id.as_str(),
        "role": link.role.name(),
        "label": link.label,
        "created": link.created,
        "expires": link.expires,
        "lastUsed": link.last_used,
    })
}

/// A document of a workspace.
pub(super) fn registration_json(registration: &Registration) -> Value {
    json!({
        "document": registration.document.to_string(),
        "read": registration.read.name(),
        "write": registration.write.name(),
    })
}

/// What the interface is.
pub(super) async fn description() -> Response {
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, DESCRIPTION).into_response()
}

/// Whatever else is asked for under `/api`.
pub(super) async fn nothing() -> Problem {
    Problem::NotFound
}
