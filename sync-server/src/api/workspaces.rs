//! Claiming a workspace, and looking at what a key opens.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use sync::DocumentId;

use super::answer::{Problem, json_response, link_json, registration_json};
use super::body::{Fields, invalid};
use super::links::new_link;
use super::{authorised, bearer, bearer_text, document_id, now_ms};
use crate::access::{Claim, Founders, Role};
use crate::router::AppState;

/// Makes a document the product document of a workspace that is owned.
pub(super) async fn claim(
    State(state): State<AppState>,
    headers: HeaderMap,
    extensions: Extensions,
    body: Bytes,
) -> Result<Response, Problem> {
    state.count_new_document(&headers, &extensions)?;
    let mut fields = Fields::read(&body)?;
    let document = fields
        .text("document")?
        .ok_or_else(|| invalid("`document` is missing"))?;
    let workspace: DocumentId = document
        .parse()
        .map_err(|_| invalid("`document` is not a document's id"))?;
    let (key, label) = (fields.key()?, fields.label()?.unwrap_or_default());
    fields.end()?;
    let (key, link) = new_link(key, Role::Own, label, None)?;
    let (hash, first) = (key.hash(), link.clone());
    let may = state.founders.include(bearer_text(&headers));
    let claimed = state
        .hub
        .access(move |access| {
            // Who has it already is told so again.
            let theirs = access
                .link_of(&hash)?
                .is_some_and(|(of, _)| of == workspace);
            if may || theirs {
                return access.claim(&workspace, &first, &hash).map(Some);
            }
            Ok(None)
        })
        .await?
        .ok_or(Problem::Closed(match *state.founders {
            Founders::WithToken(_) => "workspaces are made here only with this server's token",
            _ => "no more workspaces are made here",
        }))?;
    let (status, link) = match claimed {
        Claim::Made(link) => (StatusCode::CREATED, link),
        Claim::Again(link) => (StatusCode::OK, link),
        Claim::Owned => return Err(Problem::NotFound),
        Claim::KeyInUse => return Err(Problem::Conflict("there is a link with this key already")),
    };
    // Whoever has it open without a key has to show one now.
    state.hub.access_changed(vec![workspace]);
    let answer = json!({
        "document": document,
        "key": key.reveal(),
        "link": link_json(&link),
    });
    Ok(json_response(status, &answer))
}

/// What a key opens, and as what.
pub(super) async fn show(
    State(state): State<AppState>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let key = bearer(&headers);
    let answer: Result<Value, Problem> = state
        .hub
        .access(move |access| {
            Ok((|| {
                let workspace = document_id(&workspace)?;
                let grant = authorised(access, &workspace, key, Role::View)?;
                let documents = access.registered(&workspace)?;
                let readable = documents.iter().filter(|it| it.read <= grant.role);
                Ok(json!({
                    "document": workspace.to_string(),
                    "role": grant.role.name(),
                    "expires": grant.expires,
                    "now": access.latest(now_ms()),
                    "documents": readable.map(registration_json).collect::<Vec<_>>(),
                }))
            })())
        })
        .await?;
    Ok(json_response(StatusCode::OK, &answer?))
}
