//! The interface, each request without a socket, and each answer held against its description.

mod described;

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

#[tokio::test]
async fn whoever_claims_a_workspace_owns_it() {
    let server = Server::new();
    let owner = server.claim().await;
    let (status, answer) = server.get(&workspace(), &owner).await;
    assert_eq!((status, text(&answer, "/role")), (200, "own".to_owned()));
    let (_, answer) = server.get(&links(), &owner).await;
    assert_eq!(answer["links"][0]["label"], "me");
    assert_eq!(answer["links"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_owner_is_told_which_link_is_their_own() {
    let server = Server::new();
    let first = server.claim().await;
    let (second, id) = server.link(&first, json!({ "role": "own" })).await;
    let (_, answer) = server.get(&links(), &second).await;
    assert_eq!(text(&answer, "/yours"), id);
    let (_, answer) = server.get(&links(), &first).await;
    assert_eq!(answer["yours"], answer["links"][0]["id"]);
}

#[tokio::test]
async fn a_workspace_is_claimed_once_and_again_by_the_same_key() {
    let server = Server::new();
    let owner = server.claim().await;
    let claim = async |body| server.ask(Method::POST, "workspaces", "", body).await;
    let document = WORKSPACE.to_string();
    let (status, again) = claim(json!({ "document": document, "key": owner })).await;
    let (_, listed) = server.get(&links(), &owner).await;
    assert_eq!(
        (status, &again["link"]["id"]),
        (200, &listed["links"][0]["id"])
    );
    assert_eq!(claim(json!({ "document": document })).await.0, 404);
    // A key that is another link's makes no owner, here or elsewhere, and leaves nothing behind.
    let (viewer, _) = server.link(&owner, json!({ "role": "view" })).await;
    let strange = STRANGE.to_string();
    for document in [&document, &strange] {
        let taken = json!({ "document": document, "key": viewer });
        assert_eq!(claim(taken).await.0, 409);
    }
    assert_eq!(claim(json!({ "document": strange })).await.0, 201);
}

/// S33
#[tokio::test]
async fn while_nothing_can_be_stored_one_reads_and_is_told_that_nothing_changes() {
    let store = MemoryStore::new();
    let control = store.control();
    let server = Server::on(store, AddressLimits::default(), None);
    let owner = server.claim().await;
    let (viewer, id) = server.link(&owner, json!({ "role": "view" })).await;
    let path = format!("{}/{id}", links());
    control.fail_writes(true);
    assert_eq!(server.get(&workspace(), &viewer).await.0, 200);
    let revoke = async || server.ask(Method::DELETE, &path, &owner, Value::Null).await;
    assert_eq!(revoke().await.0, 503);
    let change = json!({ "role": "edit" });
    let changed = server.ask(Method::PATCH, &path, &owner, change).await;
    assert_eq!(changed.0, 503);
    control.fail_writes(false);
    assert_eq!(server.get(&workspace(), &viewer).await.0, 200);
    assert_eq!(revoke().await.0, 204);
    assert_eq!(server.get(&workspace(), &viewer).await.0, 404);
}

#[tokio::test]
async fn a_board_is_no_workspace_and_can_be_taken_out_of_one() {
    let server = Server::new();
    let owner = server.claim().await;
    let (editor, _) = server.link(&owner, json!({ "role": "edit" })).await;
    let path = format!("{}/documents/{BOARD}", workspace());
    let ask =
        async |method, path: &str, key: &str| server.ask(method, path, key, Value::Null).await.0;
    assert_eq!(ask(Method::PUT, &path, &editor).await, 200);

    let below = format!("workspaces/{BOARD}/documents/{STRANGE}");
    assert_eq!(ask(Method::PUT, &below, &owner).await, 404);
    let link = json!({ "role": "view" });
    let board_links = format!("workspaces/{BOARD}/links");
    let made = server.ask(Method::POST, &board_links, &owner, link).await;
    assert_eq!(made.0, 404);
    assert_eq!(
        server.get(&format!("workspaces/{BOARD}"), &owner).await.0,
        404
    );

    let own = format!("{}/documents/{WORKSPACE}", workspace());
    assert_eq!(ask(Method::DELETE, &own, &owner).await, 409);
    assert_eq!(ask(Method::DELETE, &path, &editor).await, 404);
    assert_eq!(ask(Method::DELETE, &path, &owner).await, 204);
    assert_eq!(ask(Method::DELETE, &path, &owner).await, 404);
    assert_eq!(ask(Method::PUT, &path, &editor).await, 200);
}

#[tokio::test]
async fn a_page_of_another_site_changes_nothing() {
    let server = Server::new();
    let claim = async |headers: &[(&str, &str)]| {
        let mut request = Request::post("/api/v1/workspaces");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = json!({ "document": WORKSPACE.to_string() });
        let request = request.body(Body::from(body.to_string())).unwrap();
        server.answer(request).await.0
    };
    let json = ("content-type", "application/json; charset=utf-8");
    for foreign in ["https://evil.example", "http://here.example", "null"] {
        assert_eq!(claim(&[json, ("origin", foreign)]).await, 403, "{foreign}");
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded"] {
        assert_eq!(claim(&[("content-type", kind)]).await, 415, "{kind}");
    }
    assert_eq!(claim(&[]).await, 415);
    // Its own page, and one that is configured, get through, if too late here.
    assert_eq!(
        claim(&[json, ("origin", "https://here.example:4280")]).await,
        201
    );
    assert_eq!(
        claim(&[json, ("origin", "https://other.example")]).await,
        404
    );
    let (origin, host) = ("https://team.example", "team.example");
    let behind_a_proxy = [json, ("origin", origin), ("x-forwarded-host", host)];
    assert_eq!(claim(&behind_a_proxy).await, 404);
}

/// S53
#[tokio::test]
async fn a_page_that_has_its_own_name_point_here_is_told_so() {
    let server = Server::new();
    for method in [Method::GET, Method::POST] {
        let request = Request::builder().method(&method).uri("/api/v1/workspaces");
        let request = request.header("origin", "http://evil.example:4280");
        let request = request.header("host", "evil.example:4280");
        let body = json!({ "document": WORKSPACE.to_string() });
        let request = request.body(Body::from(body.to_string())).unwrap();
        let (status, answer) = server.answer(request).await;
        conforms(&Method::POST, "workspaces", &body, status, &answer);
        let said = text(&answer, "/error");
        assert!(
            status == 421 && said.contains("--host evil.example"),
            "{status} {said}"
        );
    }
}

#[tokio::test]
async fn a_field_that_is_there_twice_is_refused() {
    let server = Server::new();
    let owner = server.claim().await;
    let request = Request::post(format!("/api/v1/{}", links()))
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {owner}"))
        .body(Body::from(r#"{"role":"view","role":"own"}"#))
        .unwrap();
    let (status, answer) = server.answer(request).await;
    assert_eq!(
        (status, &answer["error"]),
        (400, &json!("a field is there twice"))
    );
}

#[tokio::test]
async fn absent_and_forbidden_are_the_same_answer() {
    let server = Server::new();
    let owner = server.claim().await;
    let (viewer, _) = server.link(&owner, json!({ "role": "view" })).await;
    let absent = format!("workspaces/{STRANGE}");
    let nobody = Key::random().unwrap().reveal();
    let expected = (404, json!({ "error": "not found" }));
    for key in ["", "nonsense", nobody.as_str()] {
        assert_eq!(server.get(&workspace(), key).await, expected);
        assert_eq!(server.get(&links(), key).await, expected);
    }
    assert_eq!(server.get(&absent, &owner).await, expected);
    assert_eq!(server.get("workspaces/nonsense", &owner).await, expected);
    assert_eq!(server.get("elsewhere", &owner).await, expected);
    // A viewer may look, and is told nothing about what is for owners, not even what is wrong.
    assert_eq!(server.get(&workspace(), &viewer).await.0, 200);
    assert_eq!(server.get(&links(), &viewer).await, expected);
    let wrong = json!({ "role": "no role" });
    let refused = server.ask(Method::POST, &links(), &viewer, wrong).await;
    assert_eq!(refused, expected);
}

#[tokio::test]
async fn a_link_is_made_changed_and_revoked() {
    let server = Server::new();
    let owner = server.claim().await;
    let made = json!({ "role": "view", "label": "for the board", "expires": null });
    let (key, id) = server.link(&owner, made).await;
    let path = format!("{}/{id}", links());
    let change = json!({ "role": "edit", "expires": now_ms() + 60_000 });
    let (status, link) = server.ask(Method::PATCH, &path, &owner, change).await;
    assert_eq!((status, text(&link, "/role")), (200, "edit".to_owned()));
    assert_eq!(text(&link, "/label"), "for the board");
    assert_eq!(
        text(&server.get(&workspace(), &key).await.1, "/role"),
        "edit"
    );

    let ended = json!({ "expires": 1 });
    assert_eq!(server.ask(Method::PATCH, &path, &owner, ended).await.0, 200);
    assert_eq!(server.get(&workspace(), &key).await.0, 404);
    let lasting = json!({ "expires": null });
    assert_eq!(
        server.ask(Method::PATCH, &path, &owner, lasting).await.0,
        200
    );
    assert_eq!(server.get(&workspace(), &key).await.0, 200);

    let revoked = server.ask(Method::DELETE, &path, &owner, Value::Null).await;
    assert_eq!(revoked.0, 204);
    assert_eq!(server.get(&workspace(), &key).await.0, 404);
    let again = server.ask(Method::DELETE, &path, &owner, Value::Null).await;
    assert_eq!(again.0, 404);
}

#[tokio::test]
async fn a_workspace_keeps_an_owner() {
    let server = Server::new();
    let owner = server.claim().await;
    let (_, answer) = server.get(&links(), &owner).await;
    let path = format!("{}/{}", links(), text(&answer, "/links/0/id"));
    for change in [json!({ "role": "edit" }), json!({ "expires": 1 })] {
        let refused = server.ask(Method::PATCH, &path, &owner, change).await;
        assert_eq!(refused.0, 409);
    }
    let refused = server.ask(Method::DELETE, &path, &owner, Value::Null).await;
    assert_eq!(refused.0, 409);
    server.link(&owner, json!({ "role": "own" })).await;
    let revoked = server.ask(Method::DELETE, &path, &owner, Value::Null).await;
    assert_eq!(revoked.0, 204);
}

#[tokio::test]
async fn a_document_in_a_workspace_opens_to_its_links_as_far_as_they_go() {
    let server = Server::new();
    let owner = server.claim().await;
    let (editor, _) = server.link(&owner, json!({ "role": "edit" })).await;
    let (viewer, _) = server.link(&owner, json!({ "role": "view" })).await;
    let path = format!("{}/documents/{BOARD}", workspace());
    let put = async |key: &str, body| server.ask(Method::PUT, &path, key, body).await.0;

    assert_eq!(put(&viewer, Value::Null).await, 404);
    assert_eq!(put(&editor, json!({ "read": "own" })).await, 409);
    assert_eq!(put(&editor, Value::Null).await, 200);
    assert_eq!(put(&editor, Value::Null).await, 200);
    assert_eq!(put(&editor, json!({ "write": "view" })).await, 409);
    let hidden = json!({ "read": "facilitate", "write": "facilitate" });
    assert_eq!(put(&owner, hidden).await, 200);

    let (_, seen) = server.get(&workspace(), &viewer).await;
    assert_eq!(seen["documents"].as_array().unwrap().len(), 1);
    let (_, seen) = server.get(&workspace(), &owner).await;
    assert_eq!(seen["documents"][1]["document"], BOARD.to_string());
}

#[tokio::test]
async fn a_document_of_another_workspace_stays_there() {
    let server = Server::new();
    let owner = server.claim().await;
    let (editor, _) = server.link(&owner, json!({ "role": "edit" })).await;
    let theirs = json!({ "document": STRANGE.to_string() });
    let (_, theirs) = server.ask(Method::POST, "workspaces", "", theirs).await;
    let hidden = json!({ "read": "own", "write": "own" });
    let below = format!("workspaces/{STRANGE}/documents/{BOARD}");
    let key = text(&theirs, "/key");
    assert_eq!(server.ask(Method::PUT, &below, &key, hidden).await.0, 200);
    // Nor is anybody told there by which role it opens.
    for (document, key) in [(STRANGE, &owner), (BOARD, &owner), (BOARD, &editor)] {
        let path = format!("{}/documents/{document}", workspace());
        let refused = server.ask(Method::PUT, &path, key, Value::Null).await;
        assert_eq!(refused, (404, json!({ "error": "not found" })));
    }
}

#[tokio::test]
async fn what_is_absent_stays_as_it_was() {
    let server = Server::new();
    let owner = server.claim().await;
    let (_, id) = server
        .link(&owner, json!({ "role": "view", "label": "x" }))
        .await;
    let link = format!("{}/{id}", links());
    let (status, same) = server.ask(Method::PATCH, &link, &owner, Value::Null).await;
    assert_eq!((status, &same["label"]), (200, &json!("x")));

    let path = format!("{}/documents/{BOARD}", workspace());
    let led = json!({ "read": "comment", "write": "facilitate" });
    assert_eq!(server.ask(Method::PUT, &path, &owner, led).await.0, 200);
    let (_, same) = server.ask(Method::PUT, &path, &owner, Value::Null).await;
    assert_eq!(
        (&same["read"], &same["write"]),
        (&json!("comment"), &json!("facilitate"))
    );
    let below = json!({ "write": "view" });
    assert_eq!(server.ask(Method::PUT, &path, &owner, below).await.0, 409);
}

#[tokio::test]
async fn an_end_is_a_whole_number_with_or_without_a_point() {
    let server = Server::new();
    let owner = server.claim().await;
    let later = now_ms() + 3_600_000;
    for (expires, expected) in [
        (json!(later), 201),
        (json!(later as f64), 201),
        (json!(later as f64 + 0.5), 400),
        (json!(-1.0), 400),
        (json!(1e300), 400),
        (json!(u64::MAX), 400),
    ] {
        let body = json!({ "role": "view", "expires": expires });
        let (status, answer) = server.ask(Method::POST, &links(), &owner, body).await;
        assert_eq!(status, expected, "{expires}");
        if status == 201 {
            assert_eq!(answer["link"]["expires"], later);
        }
    }
}

#[tokio::test]
async fn a_request_that_is_not_in_order_is_told_what_is_wrong() {
    let server = Server::new();
    let owner = server.claim().await;
    for (body, what) in [
        (json!([]), "not a JSON object"),
        (json!({}), "`role` is missing"),
        (json!({ "role": "king" }), "`role` is not a role"),
        (json!({ "role": 1 }), "`role` is not a text"),
        (json!({ "role": "view", "key": "short" }), "`key` is not"),
        (json!({ "role": "view", "expires": -1 }), "`expires` is not"),
        (
            json!({ "role": "view", "expires": "soon" }),
            "`expires` is not",
        ),
        (
            json!({ "role": "view", "expires": now_ms() - 1 }),
            "`expires` is over",
        ),
        (
            json!({ "role": "view", "expire": 5 }),
            "`expire` is not a field",
        ),
        (
            json!({ "role": "view", "label": "x".repeat(201) }),
            "`label` is longer",
        ),
    ] {
        let (status, answer) = server.ask(Method::POST, &links(), &owner, body).await;
        let said = text(&answer, "/error");
        assert!(status == 400 && said.contains(what), "{status} {said}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_is_told_so() {
    let server = Server::new();
    let owner = server.claim().await;
    for (length, expected) in [(200, 201), (16 << 10, 413)] {
        let body = json!({ "role": "view", "label": "x".repeat(length) });
        let (status, answer) = server.ask(Method::POST, &links(), &owner, body).await;
        assert_eq!(status, expected, "{answer}");
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let server = Server::new();
    let never = futures_util::stream::pending::<Result<axum::body::Bytes, axum::Error>>();
    let request = Request::post("/api/v1/workspaces");
    let request = request.body(Body::from_stream(never)).unwrap();
    let late = json!({ "error": "the body did not come in time" });
    assert_eq!(server.answer(request).await, (408, late));
}

#[tokio::test]
async fn whatever_the_routes_do_not_know_is_a_problem_too() {
    let server = Server::new();
    for (method, path, expected) in [
        (Method::GET, "/api", 404),
        (Method::GET, "/api/", 404),
        (Method::POST, "/api/v2/workspaces", 404),
        (Method::GET, "/api/v1/workspaces", 405),
        (Method::PUT, "/api/v1/room", 405),
        (Method::GET, "/api/v1/workspaces/%ff", 400),
    ] {
        let request = Request::builder().method(&method).uri(path);
        let request = request.header("accept", "text/html");
        let request = request.body(Body::empty()).unwrap();
        let (status, answer) = server.answer(request).await;
        assert_eq!(status, expected, "{method} {path}");
        assert!(answer["error"].is_string(), "{method} {path}: {answer}");
    }
}

#[tokio::test]
async fn an_address_claims_so_many_workspaces() {
    let server = Server::limited(AddressLimits {
        new_documents: 2,
        ..AddressLimits::default()
    });
    for (n, expected) in [(1, 201), (2, 201), (3, 429)] {
        let document = DocumentId::from_bytes([n; 16]).to_string();
        let body = json!({ "document": document });
        assert_eq!(
            server.ask(Method::POST, "workspaces", "", body).await.0,
            expected
        );
    }
}

#[tokio::test]
async fn an_address_puts_so_many_documents_into_workspaces() {
    let server = Server::limited(AddressLimits {
        new_documents: 3,
        ..AddressLimits::default()
    });
    let owner = server.claim().await;
    // One that is in it already is not new.
    for (n, expected) in [(11, 200), (12, 200), (12, 200), (13, 429), (12, 200)] {
        let document = DocumentId::from_bytes([n; 16]);
        let path = format!("{}/documents/{document}", workspace());
        let put = server.ask(Method::PUT, &path, &owner, Value::Null).await;
        assert_eq!(put.0, expected, "{n}");
    }
}

#[tokio::test]
async fn an_address_makes_so_many_requests() {
    let server = Server::limited(AddressLimits {
        messages: 1,
        ..AddressLimits::default()
    });
    let mut statuses = Vec::new();
    for _ in 0..40 {
        statuses.push(server.get(&workspace(), "").await.0);
    }
    assert_eq!(
        (statuses.first(), statuses.last()),
        (Some(&404), Some(&429))
    );
}

#[tokio::test]
async fn a_server_for_a_room_says_where_it_is_found() {
    assert_eq!(Server::new().get("room", "").await.0, 404);
    let address = "http://192.168.1.5:4280".to_owned();
    let server = Server::with(AddressLimits::default(), Some([address.clone()].into()));
    let answer = server.get("room", "").await;
    assert_eq!(answer, (200, json!({ "addresses": [address] })));
}

#[tokio::test]
async fn the_description_is_served() {
    let server = Server::new();
    let (status, answer) = server.get("openapi.json", "").await;
    assert_eq!((status, &answer), (200, description()));
}

/// S31
#[tokio::test]
async fn workspaces_are_made_by_those_who_may() {
    const TOKEN: &str = "q7Vd0nYw3RkT9sJb5ZcX1m";
    let store = MemoryStore::new();
    let claim = |id: DocumentId| json!({ "document": id.to_string() });
    let post = Method::POST;
    let guarded = Server::of(&store, Founders::with_token(TOKEN).unwrap());
    for wrong in ["", "q7Vd0nYw3RkT9sJb5ZcX1n"] {
        let refused = guarded.ask(post.clone(), "workspaces", wrong, claim(WORKSPACE));
        assert_eq!(refused.await.0, 403);
    }
    let (status, made) = guarded
        .ask(post.clone(), "workspaces", TOKEN, claim(WORKSPACE))
        .await;
    assert_eq!(status, 201, "{made}");

    // Whoever has one is told so again, and their links are theirs to make.
    let closed = Server::of(&store, Founders::Nobody);
    let again = json!({ "document": WORKSPACE.to_string(), "key": made["key"] });
    let same = closed.ask(post.clone(), "workspaces", "", again).await;
    assert_eq!(same.0, 200);
    let other = closed.ask(post.clone(), "workspaces", TOKEN, claim(STRANGE));
    assert_eq!(other.await.0, 403);
    let links = format!("workspaces/{WORKSPACE}/links");
    let key = made["key"].as_str().unwrap();
    let link = closed.ask(post, &links, key, json!({ "role": "view" }));
    assert_eq!(link.await.0, 201);
}

/// S34
#[tokio::test]
async fn what_could_be_guessed_is_no_key_and_control_characters_are_in_no_label() {
    let server = Server::new();
    let weak = bs58::encode([7; 32]).into_string();
    let document = WORKSPACE.to_string();
    for (body, error) in [
        (
            json!({ "document": document, "key": weak }),
            "`key` is not random",
        ),
        (
            json!({ "document": document, "label": "a\u{0}b" }),
            "`label` holds control characters",
        ),
    ] {
        let (status, answer) = server.ask(Method::POST, "workspaces", "", body).await;
        assert_eq!((status, answer["error"].as_str()), (400, Some(error)));
    }
}
