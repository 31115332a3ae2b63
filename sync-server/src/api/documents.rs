//! Putting documents into a workspace, for those who may write, and taking them out, for those who
//! lead it.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::answer::{Problem, json_response, registration_json};
use super::body::Fields;
use super::{authorised, bearer, document_id, now_ms};
use crate::access::{Registration, Role};
use crate::router::AppState;
use sync::DocumentId;

/// How many documents a workspace may have.
const MAX_DOCUMENTS: usize = 10_000;

/// Puts a document into a workspace, or, for its owners, changes which roles may read and write
/// it. Nobody asks for a role that is above their own. One that is new to the server's workspaces
/// counts for its address as one that it did not know.
pub(super) async fn register(
    State(state): State<AppState>,
    Path((workspace, document)): Path<(String, String)>,
    headers: HeaderMap,
    extensions: Extensions,
    body: Bytes,
) -> Result<Response, Problem> {
    let key = bearer(&headers);
    let parsed = parse(&body);
    let counting = state.clone();
    let registration: Result<Registration, Problem> = state
        .hub
        .access(move |access| {
            Ok((|| {
                let workspace = document_id(&workspace)?;
                let grant = authorised(access, &workspace, key, Role::Edit)?;
                let document = document_id(&document)?;
                let (read, write) = parsed?;
                let before = access.registration(&document)?;
                if before.is_some_and(|before| before.workspace != workspace) {
                    return Err(Problem::NotFound);
                }
                let usual = before.unwrap_or(Registration::usual(document, workspace));
                let wanted = Registration {
                    read: read.unwrap_or(usual.read),
                    write: write.unwrap_or(usual.write),
                    ..Registration::usual(document, workspace)
                };
                let changes = before.is_some_and(|before| before != wanted);
                if changes && grant.role < Role::Own {
                    return Err(Problem::Conflict("only owners change a document's roles"));
                }
                if wanted.read.max(wanted.write) > grant.role || wanted.write < wanted.read {
                    return Err(Problem::Conflict(
                        "who writes must be able to read, and nobody sets a role above their own",
                    ));
                }
                if document == workspace && wanted.read > Role::View {
                    return Err(Problem::Conflict("a workspace is read by all its links"));
                }
                if before.is_none() {
                    if access.registered(&workspace)?.len() >= MAX_DOCUMENTS {
                        return Err(Problem::Conflict("too many documents in this workspace"));
                    }
                    counting.count_new_document(&headers, &extensions)?;
                }
                if access.register(&wanted, now_ms())? {
                    Ok(wanted)
                } else {
                    Err(Problem::NotFound)
                }
            })())
        })
        .await?;
    let registration = registration?;
    state.hub.access_changed(vec![registration.document]);
    let answer = registration_json(&registration);
    Ok(json_response(StatusCode::OK, &answer))
}

/// Takes a document out of a workspace: it opens no longer by its links. For those who lead the
/// workspace and may write to the document. The workspace's own document stays.
pub(super) async fn unregister(
    State(state): State<AppState>,
    Path((workspace, document)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let key = bearer(&headers);
    let taken_out: Result<DocumentId, Problem> = state
        .hub
        .access(move |access| {
            Ok((|| {
                let workspace = document_id(&workspace)?;
                let grant = authorised(access, &workspace, key, Role::Facilitate)?;
                let document = document_id(&document)?;
                let there = access.registration(&document)?;
                let there = there.filter(|it| it.workspace == workspace);
                let there = there.ok_or(Problem::NotFound)?;
                if document == workspace {
                    return Err(Problem::Conflict("a workspace's own document stays in it"));
                }
                if there.read.max(there.write) > grant.role {
                    return Err(Problem::NotFound);
                }
                access.unregister(&workspace, &document)?;
                Ok(document)
            })())
        })
        .await?;
    state.hub.access_changed(vec![taken_out?]);
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn parse(body: &[u8]) -> Result<(Option<Role>, Option<Role>), Problem> {
    let mut fields = Fields::read(body)?;
    let roles = (fields.role("read")?, fields.role("write")?);
    fields.end()?;
    Ok(roles)
}
