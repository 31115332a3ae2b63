//! The interface, each request without a socket, and each answer held against its description.

mod described;
mod documents;
mod limits;
mod links;
mod requests;
mod workspaces;

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, Method, Request};
use serde_json::{Value, json};
use sync::{PeerId, ServerConfig, ServerLimits, ServerNode};
use tokio::sync::watch;
use tower::ServiceExt;

use self::described::{conforms, description};
use super::*;
use crate::access::Founders;
use crate::files::Files;
use crate::guard::{AddressLimits, Guard};
use crate::hosts::Hosts;
use crate::hub::{self, HubConfig};
use crate::router::router;
use crate::socket::Timing;
use crate::store::MemoryStore;

const WORKSPACE: DocumentId = DocumentId::from_bytes([1; 16]);
const BOARD: DocumentId = DocumentId::from_bytes([2; 16]);
const STRANGE: DocumentId = DocumentId::from_bytes([3; 16]);

/// A server in memory.
struct Server {
    router: Router,
}

impl Server {
    fn new() -> Self {
        Self::limited(AddressLimits::default())
    }

    fn limited(limits: AddressLimits) -> Self {
        Self::with(limits, None)
    }

    fn with(limits: AddressLimits, room: Option<Arc<[String]>>) -> Self {
        Self::on(MemoryStore::new(), limits, room)
    }

    fn on(store: MemoryStore, limits: AddressLimits, room: Option<Arc<[String]>>) -> Self {
        Self::made(store, limits, room, Founders::Anyone)
    }

    /// One on which these may make workspaces.
    fn of(store: &MemoryStore, founders: Founders) -> Self {
        Self::made(store.clone(), AddressLimits::default(), None, founders)
    }

    fn made(
        store: MemoryStore,
        limits: AddressLimits,
        room: Option<Arc<[String]>>,
        founders: Founders,
    ) -> Self {
        let config = ServerConfig {
            peer: PeerId::from("server"),
            limits: ServerLimits::default(),
            native: true,
            access: true,
        };
        let hub_config = HubConfig {
            make: Box::new(move || ServerNode::new(config.clone())),
            max_frame: 1 << 20,
            max_outgoing: 1 << 20,
            open_documents: true,
            metrics: Arc::default(),
        };
        let (hub, _threads) = hub::spawn(hub_config, Box::new(store)).unwrap();
        let router = router(AppState {
            hub,
            files: Files::new("unused".into()),
            timing: Timing {
                // A body that is there is read however short the time.
                head: Duration::from_millis(20),
                ..Timing::default()
            },
            max_frame: 1 << 20,
            hosts: Hosts::new(
                vec!["here.example".to_owned(), "team.example".to_owned()],
                true,
            ),
            origins: Arc::from(["https://other.example".to_owned()]),
            // Requests without a socket come from nowhere, which is a proxy that is trusted here.
            proxies: Arc::from([std::net::Ipv4Addr::UNSPECIFIED.into()]),
            guard: Guard::new(limits),
            metrics: Arc::default(),
            show_metrics: true,
            room,
            founders: Arc::new(founders),
            draining: watch::channel(false).1,
        });
        Self { router }
    }

    /// Asks, holds the answer against the description, and returns its status and content.
    async fn ask(&self, method: Method, path: &str, key: &str, body: Value) -> (u16, Value) {
        let mut request = Request::builder()
            .method(&method)
            .uri(format!("/api/v1/{path}"));
        if !body.is_null() {
            request = request.header("content-type", "application/json");
        }
        if !key.is_empty() {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let content = match &body {
            Value::Null => Body::empty(),
            body => Body::from(body.to_string()),
        };
        let (status, value) = self.answer(request.body(content).unwrap()).await;
        conforms(&method, path, &body, status, &value);
        (status, value)
    }

    /// The status and content of an answer.
    async fn answer(&self, mut request: Request<Body>) -> (u16, Value) {
        let headers = request.headers_mut().entry("host");
        headers.or_insert(HeaderValue::from_static("here.example:4280"));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    async fn get(&self, path: &str, key: &str) -> (u16, Value) {
        self.ask(Method::GET, path, key, Value::Null).await
    }

    /// Claims the workspace and returns its owner's key.
    async fn claim(&self) -> String {
        let body = json!({ "document": WORKSPACE.to_string(), "label": "me" });
        let (status, answer) = self.ask(Method::POST, "workspaces", "", body).await;
        assert_eq!(status, 201, "{answer}");
        text(&answer, "/key")
    }

    /// Makes a link and returns its key and its id.
    async fn link(&self, owner: &str, body: Value) -> (String, String) {
        let (status, answer) = self.ask(Method::POST, &links(), owner, body).await;
        assert_eq!(status, 201, "{answer}");
        (text(&answer, "/key"), text(&answer, "/link/id"))
    }
}

fn workspace() -> String {
    format!("workspaces/{WORKSPACE}")
}

fn links() -> String {
    format!("workspaces/{WORKSPACE}/links")
}

fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).unwrap().as_str().unwrap().to_owned()
}
