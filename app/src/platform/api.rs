//! The server's interface for workspaces and links, `/api/v1`, as `sync-server/openapi.json`
//! describes it.
//!
//! Invariant: a key goes into a header or a body, never into an address.

use js_sys::{JSON, Object, Reflect};
use sync::DocumentId;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};
use workspace::Role;

use super::page;

/// Why the server did not do as it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// It cannot be reached.
    #[error("the server cannot be reached")]
    Offline,
    /// It says that there is no such thing, which may also mean that it is not for this key.
    #[error("the server knows nothing that this link opens")]
    NotFound,
    /// New workspaces are not for everyone there.
    #[error("the server makes no workspaces for everyone")]
    Closed,
    /// It cannot be done as things are.
    #[error("that cannot be done as things are")]
    Conflict,
    /// This address has asked too much.
    #[error("the server asks to wait")]
    TooMany,
    /// It was not asked: this device cannot keep the key that would come of it.
    #[error("this device cannot keep the key")]
    NotKept,
    /// It failed, or said something that nobody understands.
    #[error("the server failed")]
    Failed,
}

/// What a key opens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Opened {
    /// As what.
    pub(crate) role: Role,
    /// How far the server's clock is ahead of this device's, in milliseconds.
    pub(crate) ahead: f64,
}

/// A link as the server keeps it; times are milliseconds since 1970 on the server's clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What it is called by; it opens nothing.
    pub id: String,
    /// What it lets people do.
    pub role: Role,
    /// What its maker calls it.
    pub label: String,
    /// When it was made.
    pub created: f64,
    /// When it ends, if it does.
    pub expires: Option<f64>,
    /// When it was last used.
    pub last_used: Option<f64>,
    /// Whether this device has shown its key.
    pub is_own: bool,
}

/// What a link is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// What it lets people do.
    pub role: Role,
    /// What its maker calls it.
    pub label: String,
    /// When it ends, in milliseconds since 1970 on the server's clock; `None`: never.
    pub expires: Option<f64>,
}

/// What `key` opens of a workspace.
pub(crate) async fn show(document: &DocumentId, key: &str) -> Result<Opened, ApiError> {
    let answer = call("GET", &workspace(document), Some(key), None).await?;
    let role = read_text(&answer, "role").and_then(|name| Role::named(&name));
    let server = read_number(&answer, "now").ok_or(ApiError::Failed)?;
    Ok(Opened {
        role: role.ok_or(ApiError::Failed)?,
        ahead: server - js_sys::Date::now(),
    })
}

/// Claims a workspace with `key` as its owner's, and with the server's `token` for new workspaces
/// where it wants one. Asking again with the same key is harmless.
pub(crate) async fn claim(
    document: &DocumentId,
    key: &str,
    token: Option<&str>,
) -> Result<(), ApiError> {
    let body = object(&[
        ("document", document.to_string().into()),
        ("key", key.into()),
    ]);
    call("POST", "workspaces", token, Some(&body)).await?;
    Ok(())
}

/// The links of a workspace, oldest first; for its owners, as all that follows.
pub(crate) async fn links(document: &DocumentId, key: &str) -> Result<Vec<Link>, ApiError> {
    let answer = call("GET", &links_of(document), Some(key), None).await?;
    let list = Reflect::get(&answer, &"links".into()).map_err(|_| ApiError::Failed)?;
    let list: js_sys::Array = list.dyn_into().map_err(|_| ApiError::Failed)?;
    let own = read_text(&answer, "yours");
    list.iter()
        .map(|link| read_link(&link, own.as_deref()).ok_or(ApiError::Failed))
        .collect()
}

/// Makes a link, and returns its key.
pub(crate) async fn create(
    document: &DocumentId,
    key: &str,
    wanted: &Wanted,
) -> Result<String, ApiError> {
    let answer = call(
        "POST",
        &links_of(document),
        Some(key),
        Some(&wanted.object()),
    )
    .await?;
    read_text(&answer, "key").ok_or(ApiError::Failed)
}

/// Changes a link.
pub(crate) async fn change(
    document: &DocumentId,
    key: &str,
    link: &str,
    wanted: &Wanted,
) -> Result<(), ApiError> {
    let path = format!("{}/{link}", links_of(document));
    call("PATCH", &path, Some(key), Some(&wanted.object())).await?;
    Ok(())
}

/// Revokes a link for good.
pub(crate) async fn revoke(document: &DocumentId, key: &str, link: &str) -> Result<(), ApiError> {
    let path = format!("{}/{link}", links_of(document));
    call("DELETE", &path, Some(key), None).await?;
    Ok(())
}

/// The addresses of a server that was started for a room; none otherwise.
pub(crate) async fn room() -> Vec<String> {
    let Ok(answer) = call("GET", "room", None, None).await else {
        return Vec::new();
    };
    let list = Reflect::get(&answer, &"addresses".into());
    let list = list.ok().and_then(|list| list.dyn_into().ok());
    list.map_or_else(Vec::new, |list: js_sys::Array| {
        list.iter()
            .filter_map(|address| address.as_string())
            .collect()
    })
}

impl Wanted {
    fn object(&self) -> Object {
        object(&[
            ("role", self.role.name().into()),
            ("label", self.label.as_str().into()),
            ("expires", self.expires.map_or(JsValue::NULL, JsValue::from)),
        ])
    }
}

fn workspace(document: &DocumentId) -> String {
    format!("workspaces/{document}")
}

fn links_of(document: &DocumentId) -> String {
    format!("workspaces/{document}/links")
}

fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // A plain object takes every property.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

fn read_link(link: &JsValue, own: Option<&str>) -> Option<Link> {
    let id = read_text(link, "id")?;
    Some(Link {
        is_own: own == Some(id.as_str()),
        id,
        role: Role::named(&read_text(link, "role")?)?,
        label: read_text(link, "label")?,
        created: read_number(link, "created")?,
        expires: read_number(link, "expires"),
        last_used: read_number(link, "lastUsed"),
    })
}

fn read_text(value: &JsValue, name: &str) -> Option<String> {
    Reflect::get(value, &name.into()).ok()?.as_string()
}

fn read_number(value: &JsValue, name: &str) -> Option<f64> {
    Reflect::get(value, &name.into()).ok()?.as_f64()
}

/// One request; the answer's JSON, or `undefined` where there is none.
async fn call(
    method: &str,
    path: &str,
    key: Option<&str>,
    body: Option<&Object>,
) -> Result<JsValue, ApiError> {
    let request = request(method, key, body).ok_or(ApiError::Failed)?;
    let window = page::window().ok_or(ApiError::Failed)?;
    let asked = window.fetch_with_str_and_init(&format!("/api/v1/{path}"), &request);
    let response = JsFuture::from(asked).await.map_err(|_| ApiError::Offline)?;
    let response: Response = response.dyn_into().map_err(|_| ApiError::Failed)?;
    match response.status() {
        204 => Ok(JsValue::UNDEFINED),
        200 | 201 => {
            let json = response.json().map_err(|_| ApiError::Failed)?;
            JsFuture::from(json).await.map_err(|_| ApiError::Failed)
        }
        403 => Err(ApiError::Closed),
        404 => Err(ApiError::NotFound),
        409 => Err(ApiError::Conflict),
        429 => Err(ApiError::TooMany),
        // What a proxy says whose server is away.
        502..=504 => Err(ApiError::Offline),
        _ => Err(ApiError::Failed),
    }
}

fn request(method: &str, key: Option<&str>, body: Option<&Object>) -> Option<RequestInit> {
    let headers = Headers::new().ok()?;
    if let Some(key) = key {
        let bearer = format!("Bearer {key}");
        headers.set("Authorization", &bearer).ok()?;
    }
    let request = RequestInit::new();
    request.set_method(method);
    if let Some(body) = body {
        headers.set("Content-Type", "application/json").ok()?;
        request.set_body(&JSON::stringify(body).ok()?.into());
    }
    request.set_headers(&headers);
    Some(request)
}
