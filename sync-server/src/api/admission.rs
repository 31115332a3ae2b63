//! What every request passes on its way in, and every answer on its way out.
//!
//! Invariants: a request is counted for its address before anything is done about it; its body is
//! short and there before it is looked at, so that nobody waits for one; whatever is wrong is said
//! as a [`Problem`], whoever found it; a page of another site changes nothing, whatever it sends.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use tokio::time::timeout;

use super::answer::Problem;
use super::body::invalid;
use crate::metrics::Refusal;
use crate::router::AppState;

/// No request needs more.
pub(super) const MAX_BODY: usize = 16 << 10;

/// Lets a request through to its route, and counts those that are refused.
pub(super) async fn admit(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    state.count_request(request.headers(), request.extensions())?;
    state.admit_host(&request)?;
    if !request.method().is_safe() && !state.is_own_page(request.headers(), request.extensions()) {
        state.metrics.refused(Refusal::Origin);
        return Err(Problem::Foreign);
    }
    let response = match whole(request, state.timing.head).await {
        Ok(request) => in_our_words(next.run(request).await),
        Err(problem) => problem.into_response(),
    };
    if response.status().is_client_error() {
        state.metrics.refused(Refusal::Request);
    }
    Ok(response)
}

/// The same request once its body is there.
async fn whole(request: Request, patience: Duration) -> Result<Request, Problem> {
    let (parts, body) = request.into_parts();
    match timeout(patience, read(body)).await {
        Ok(bytes) => {
            let bytes = bytes?;
            // A page of another site may send a form or plain text without asking; not this.
            if !bytes.is_empty() && !is_json(&parts.headers) {
                return Err(Problem::Type);
            }
            Ok(Request::from_parts(parts, Body::from(bytes)))
        }
        Err(_) => Err(Problem::Late),
    }
}

/// Whether a body says that it is JSON.
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next());
    kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

async fn read(body: Body) -> Result<Vec<u8>, Problem> {
    let (mut pieces, mut bytes) = (body.into_data_stream(), Vec::new());
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| invalid("the body breaks off"))?;
        if bytes.len() + piece.len() > MAX_BODY {
            return Err(Problem::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// What the routes themselves refuse, they say in plain text or not at all.
fn in_our_words(response: Response) -> Response {
    let ours = |it: &Response| {
        let kind = it.headers().get(CONTENT_TYPE);
        kind.is_some_and(|kind| kind == "application/json")
    };
    match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => Problem::Method.into_response(),
        StatusCode::BAD_REQUEST if !ours(&response) => {
            invalid("the address cannot be read").into_response()
        }
        _ => response,
    }
}
