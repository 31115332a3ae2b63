//! The HTTP interface for workspaces and links, `/api/v1`, as `openapi.json` describes it.
//!
//! Invariants: who may not is told the same as who asks for what is not there, with the same work
//! done before; keys come in headers and bodies, never in an address, and go out once, in the
//! answer to whoever made the link.

mod admission;
mod answer;
mod body;
mod documents;
mod links;
mod room;
mod workspaces;

use axum::Router;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, patch, post, put};
use sync::DocumentId;

use self::answer::Problem;
use crate::ServerError;
use crate::access::{AccessStore, Decision, Grant, Key, KeyHash, Role, decide};
use crate::guard::Excess;
use crate::hosts::Misdirected;
use crate::now::now_ms;
use crate::router::AppState;

/// The routes, each with what `openapi.json` calls it.
pub(crate) fn routes(state: &AppState) -> Router<AppState> {
    Router::new()
        .route("/api/v1/workspaces", post(workspaces::claim))
        .route("/api/v1/workspaces/{workspace}", get(workspaces::show))
        .route(
            "/api/v1/workspaces/{workspace}/links",
            get(links::list).post(links::create),
        )
        .route(
            "/api/v1/workspaces/{workspace}/links/{link}",
            patch(links::change).delete(links::revoke),
        )
        .route(
            "/api/v1/workspaces/{workspace}/documents/{document}",
            put(documents::register).delete(documents::unregister),
        )
        .route("/api/v1/room", get(room::show))
        .route("/api/v1/openapi.json", get(answer::description))
        .route("/api", any(answer::nothing))
        .route("/api/", any(answer::nothing))
        .route("/api/{*rest}", any(answer::nothing))
        .layer(from_fn_with_state(state.clone(), admission::admit))
}

/// The key of a request.
fn bearer(headers: &HeaderMap) -> Option<KeyHash> {
    let key: Key = bearer_text(headers)?.parse().ok()?;
    Some(key.hash())
}

/// What a request shows to be let in.
fn bearer_text(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, text) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| text.trim())
}

/// What the key of a request lets it do in a workspace, if that is at least `role`. A workspace
/// has an owner, so that without a key there is nothing to do; a document in one is not itself one.
fn authorised(
    access: &mut dyn AccessStore,
    workspace: &DocumentId,
    key: Option<KeyHash>,
    role: Role,
) -> Result<Grant, Problem> {
    // Someone without a key waits as long as someone with a wrong one.
    let keys = [key.unwrap_or(KeyHash::from_bytes([0; 32]))];
    let registration = access.registration(workspace)?;
    let is_workspace = registration.is_some_and(|it| it.workspace == *workspace);
    let now = now_ms();
    match decide(access, workspace, &keys, false, now)? {
        Decision::Granted(grant) if is_workspace && grant.role >= role => {
            // What a key opens is shown also while nothing can be stored.
            if let Some(link) = &grant.link
                && let Err(error) = access.used(link, now)
            {
                tracing::warn!(%error, "the use of a link could not be noted");
            }
            Ok(grant)
        }
        _ => Err(Problem::NotFound),
    }
}

/// The documents of a workspace.
fn documents_of(
    access: &mut dyn AccessStore,
    workspace: &DocumentId,
) -> Result<Vec<DocumentId>, ServerError> {
    let registered = access.registered(workspace)?;
    Ok(registered.into_iter().map(|it| it.document).collect())
}

/// A document's id in an address; whatever is none, is not there.
fn document_id(text: &str) -> Result<DocumentId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

impl From<Excess> for Problem {
    fn from(excess: Excess) -> Self {
        Self::TooMany(excess.retry_after())
    }
}

impl From<Misdirected> for Problem {
    fn from(misdirected: Misdirected) -> Self {
        Self::Misdirected(misdirected)
    }
}

impl From<ServerError> for Problem {
    fn from(error: ServerError) -> Self {
        tracing::error!(%error, "a request failed");
        Self::Failed
    }
}

#[cfg(test)]
mod tests;
