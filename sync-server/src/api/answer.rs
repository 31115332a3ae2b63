//! What the interface answers: JSON, never kept by anyone on the way.

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::admission::MAX_BODY;
use crate::access::{Link, Registration};
use crate::hosts::Misdirected;

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
    /// It is for another server, or does not say for which.
    Misdirected(Misdirected),
    /// A page of another site asks for a change.
    Foreign,
    /// Whoever asks may not make workspaces here.
    Closed(&'static str),
    /// It cannot be done as things are.
    Conflict(&'static str),
    /// Too much from this address; with the seconds until it may have more.
    TooMany(u64),
    /// The server could not do its part.
    Failed,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let retry = self.retry_after();
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
            Self::Misdirected(misdirected) => (misdirected.status(), misdirected.to_string()),
            Self::Foreign => (
                StatusCode::FORBIDDEN,
                "pages of this origin change nothing here; a proxy has to pass the Host on, and \
                 another site's pages need --allow-origin"
                    .to_owned(),
            ),
            Self::Closed(text) => (StatusCode::FORBIDDEN, text.to_owned()),
            Self::Conflict(text) => (StatusCode::CONFLICT, text.to_owned()),
            Self::TooMany(_) => (
                StatusCode::TOO_MANY_REQUESTS,
                "too much from this address; try again later".to_owned(),
            ),
            Self::Failed => (
                StatusCode::SERVICE_UNAVAILABLE,
                "the server could not do it; try again later".to_owned(),
            ),
        };
        let response = json_response(status, &json!({ "error": text }));
        match retry {
            Some(seconds) => ([(RETRY_AFTER, seconds.to_string())], response).into_response(),
            None => response,
        }
    }
}

impl Problem {
    /// The seconds after which it is worth asking again.
    fn retry_after(&self) -> Option<u64> {
        /// In which a store that fails is tried at least once more.
        const STORE_S: u64 = 30;
        match self {
            Self::TooMany(seconds) => Some(*seconds),
            Self::Failed => Some(STORE_S),
            _ => None,
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
