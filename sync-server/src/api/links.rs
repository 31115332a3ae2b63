//! Making, listing, changing and revoking the links of a workspace: for its owners.

use std::io;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::answer::{Problem, json_response, link_json};
use super::body::{Fields, invalid};
use super::{authorised, bearer, document_id, documents_of, now_ms};
use crate::ServerError;
use crate::access::{AccessStore, Key, Link, LinkChange, LinkId, Role};
use crate::router::AppState;
use sync::DocumentId;

/// How many links a workspace may have at a time.
const MAX_LINKS: usize = 1_000;

/// Every link that is not revoked, and which of them the request has shown.
pub(super) async fn list(
    State(state): State<AppState>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let key = bearer(&headers);
    let (links, yours) = owner(&state, workspace, key, move |access, workspace| {
        let grant = authorised(access, workspace, key, Role::Own)?;
        Ok((access.links(workspace)?, grant.link))
    })
    .await?;
    let links: Vec<_> = links.iter().map(link_json).collect();
    let answer = json!({ "links": links, "yours": yours.as_ref().map(LinkId::as_str) });
    Ok(json_response(StatusCode::OK, &answer))
}

/// Makes a link and tells its key, once.
pub(super) async fn create(
    State(state): State<AppState>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let key = bearer(&headers);
    // Who may not make one learns nothing from what is wrong with the request.
    let parsed = parse_new(&body);
    let (key, link) = owner(&state, workspace, key, move |access, workspace| {
        let (key, link) = parsed?;
        if link.expires.is_some_and(|at| at <= access.latest(now_ms())) {
            return Err(invalid("`expires` is over already"));
        }
        if access.links(workspace)?.len() >= MAX_LINKS {
            return Err(Problem::Conflict("too many links; revoke some first"));
        }
        if !access.add_link(workspace, &link, &key.hash())? {
            return Err(Problem::Conflict("there is a link with this key already"));
        }
        Ok((key, link))
    })
    .await?;
    let answer = json!({ "key": key.reveal(), "link": link_json(&link) });
    Ok(json_response(StatusCode::CREATED, &answer))
}

fn parse_new(body: &[u8]) -> Result<(Key, Link), Problem> {
    let mut fields = Fields::read(body)?;
    let role = fields
        .role("role")?
        .ok_or_else(|| invalid("`role` is missing"))?;
    let (key, label) = (fields.key()?, fields.label()?.unwrap_or_default());
    let expires = fields.expires()?.flatten();
    fields.end()?;
    new_link(key, role, label, expires)
}

/// Changes a link's role, label or end; open connections feel it at once.
pub(super) async fn change(
    State(state): State<AppState>,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let key = bearer(&headers);
    let parsed = parse_change(&body);
    let (link, concerned) = owner(&state, workspace, key, move |access, workspace| {
        let (id, change) = (LinkId::from_text(id), parsed?);
        let ends = change.expires.is_some_and(|expires| expires.is_some());
        let lesser = change.role.is_some_and(|role| role < Role::Own);
        if ends || lesser {
            leaves_an_owner(access, workspace, &id)?;
        }
        // Asked before, so that nothing can fail between the change and its announcement.
        let concerned = documents_of(access, workspace)?;
        let changed = access.change_link(workspace, &id, &change)?;
        Ok((changed.ok_or(Problem::NotFound)?, concerned))
    })
    .await?;
    state.hub.access_changed(concerned);
    Ok(json_response(StatusCode::OK, &link_json(&link)))
}

fn parse_change(body: &[u8]) -> Result<LinkChange, Problem> {
    let mut fields = Fields::read(body)?;
    let change = LinkChange {
        role: fields.role("role")?,
        label: fields.label()?,
        expires: fields.expires()?,
        revoked: None,
    };
    fields.end()?;
    Ok(change)
}

/// Revokes a link for good: once this is answered, it stays revoked whatever happens.
pub(super) async fn revoke(
    State(state): State<AppState>,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let key = bearer(&headers);
    let concerned = owner(&state, workspace, key, move |access, workspace| {
        let id = LinkId::from_text(id);
        leaves_an_owner(access, workspace, &id)?;
        let revoked = LinkChange {
            revoked: Some(now_ms()),
            ..LinkChange::default()
        };
        let concerned = documents_of(access, workspace)?;
        let link = access.change_link(workspace, &id, &revoked)?;
        link.map(|_| concerned).ok_or(Problem::NotFound)
    })
    .await?;
    state.hub.access_changed(concerned);
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A workspace without an owner could never be changed again.
fn leaves_an_owner(
    access: &mut dyn AccessStore,
    workspace: &DocumentId,
    without: &LinkId,
) -> Result<(), Problem> {
    let links = access.links(workspace)?;
    let lasting = |link: &&Link| link.role == Role::Own && link.expires.is_none();
    let concerned = links.iter().filter(lasting).any(|link| link.id == *without);
    let others = links.iter().filter(lasting).any(|link| link.id != *without);
    if concerned && !others {
        return Err(Problem::Conflict(
            "this is the last lasting link of an owner; make another first",
        ));
    }
    Ok(())
}

/// Does something as an owner of a workspace.
async fn owner<R: Send + 'static>(
    state: &AppState,
    workspace: String,
    key: Option<crate::access::KeyHash>,
    work: impl FnOnce(&mut dyn AccessStore, &DocumentId) -> Result<R, Problem> + Send + 'static,
) -> Result<R, Problem> {
    state
        .hub
        .access(move |access| {
            Ok((|| {
                let workspace = document_id(&workspace)?;
                authorised(access, &workspace, key, Role::Own)?;
                work(access, &workspace)
            })())
        })
        .await?
}

/// A link that is not stored yet, with its key: the one given, or a new one.
pub(super) fn new_link(
    key: Option<Key>,
    role: Role,
    label: String,
    expires: Option<i64>,
) -> Result<(Key, Link), Problem> {
    let no_randomness = |error| Problem::from(ServerError::System(io::Error::other(error)));
    let key = match key {
        Some(key) => key,
        None => Key::random().map_err(no_randomness)?,
    };
    let link = Link {
        id: LinkId::new(getrandom::u64().map_err(no_randomness)?),
        role,
        label,
        created: now_ms(),
        expires,
        last_used: None,
        revoked: None,
    };
    Ok((key, link))
}
