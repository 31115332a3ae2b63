//! The routes, each by one request without a socket.

use std::fs;
use std::path::Path;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method};
use sync::{PeerId, ServerConfig, ServerLimits, ServerNode};
use tempfile::TempDir;
use tower::ServiceExt;

use super::*;
use crate::guard::AddressLimits;
use crate::hub::{self, HubConfig};
use crate::store::MemoryStore;

struct Fixture {
    router: Router,
    _site: TempDir,
}

/// A server with a small app; every text file has a brotli and a gzip twin, as in a build.
fn fixture() -> Fixture {
    let site = tempfile::tempdir().unwrap();
    fs::create_dir(site.path().join("assets")).unwrap();
    for (path, text) in [
        ("index.html", "<!doctype html>the app"),
        ("service-worker.js", "worker"),
        ("manifest.webmanifest", "{}"),
        ("assets/app.0a1b.js", "script"),
        ("assets/app.0a1b.wasm", "module"),
    ] {
        let path = site.path().join(path);
        fs::write(&path, text).unwrap();
        for (ending, prefix) in [("br", "brotli "), ("gz", "gzip ")] {
            fs::write(
                format!("{}.{ending}", path.display()),
                format!("{prefix}{text}"),
            )
            .unwrap();
        }
    }
    Fixture {
        router: server(site.path()),
        _site: site,
    }
}

fn server(site: &Path) -> Router {
    let config = ServerConfig {
        peer: PeerId::from("server"),
        limits: ServerLimits::default(),
        native: true,
        access: false,
    };
    let make = Box::new(move || ServerNode::new(config.clone()));
    let hub_config = HubConfig {
        make,
        max_frame: 1 << 20,
        max_outgoing: 1 << 20,
        open_documents: true,
        metrics: Arc::default(),
    };
    let (hub, _threads) = hub::spawn(hub_config, Box::new(MemoryStore::new())).unwrap();
    router(AppState {
        hub,
        files: Files::new(site.to_owned()),
        timing: Timing::default(),
        max_frame: 1 << 20,
        origins: Arc::default(),
        hosts: Hosts::new(Vec::new(), true),
        proxies: Arc::default(),
        guard: Guard::new(AddressLimits::default()),
        metrics: Arc::default(),
        show_metrics: true,
        room: None,
        founders: Arc::new(Founders::Anyone),
        draining: watch::channel(false).1,
    })
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

async fn ask(router: &Router, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "localhost:4280");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

async fn get(router: &Router, path: &str, headers: &[(&str, &str)]) -> Answer {
    ask(router, Method::GET, path, headers).await
}

const BROWSER: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");

#[tokio::test]
async fn hashed_assets_may_be_kept_for_ever() {
    let answer = get(&fixture().router, "/assets/app.0a1b.js", &[]).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "script"));
    assert_eq!(
        answer.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
}

#[tokio::test]
async fn everything_else_is_asked_for_anew() {
    let fixture = fixture();
    for path in [
        "/",
        "/index.html",
        "/service-worker.js",
        "/manifest.webmanifest",
        "/w/abc",
    ] {
        let answer = get(&fixture.router, path, &[BROWSER]).await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (200, "no-cache"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn every_file_has_its_type() {
    let fixture = fixture();
    for (path, expected) in [
        ("/", "text/html"),
        ("/service-worker.js", "text/javascript"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/assets/app.0a1b.wasm", "application/wasm"),
    ] {
        assert_eq!(
            get(&fixture.router, path, &[]).await.header("content-type"),
            expected,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_compressed_twin_is_sent_to_those_who_take_it() {
    let fixture = fixture();
    for (accepted, body, encoding) in [
        ("gzip, deflate, br", "brotli module", "br"),
        ("gzip", "gzip module", "gzip"),
        ("identity", "module", ""),
    ] {
        let headers = [("accept-encoding", accepted)];
        let answer = get(&fixture.router, "/assets/app.0a1b.wasm", &headers).await;
        assert_eq!(
            (answer.body.as_str(), answer.header("content-encoding")),
            (body, encoding)
        );
        assert_eq!(answer.header("content-type"), "application/wasm");
        assert_eq!(answer.header("vary"), "accept-encoding");
    }
    let page = get(
        &fixture.router,
        "/w/abc",
        &[BROWSER, ("accept-encoding", "br")],
    )
    .await;
    assert_eq!(page.body, "brotli <!doctype html>the app");
}

#[tokio::test]
async fn an_address_that_looks_like_a_page_is_the_apps() {
    let fixture = fixture();
    for path in ["/w/3tPX", "/w/3tPX/business-model-canvas", "/no/such/page"] {
        let answer = get(&fixture.router, path, &[BROWSER]).await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (200, "<!doctype html>the app"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_missing_file_is_not_found_and_not_kept() {
    let fixture = fixture();
    for path in ["/assets/app.gone.js", "/assets/none", "/missing.png"] {
        let answer = get(&fixture.router, path, &[BROWSER]).await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (404, "no-cache"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_script_that_asks_for_a_page_path_does_not_get_the_page() {
    let answer = get(
        &fixture().router,
        "/api/none",
        &[("accept", "application/json")],
    )
    .await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn nothing_outside_the_directory_is_served() {
    let fixture = fixture();
    for path in [
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/assets/..%2f..%2fCargo.toml",
        "//etc/passwd",
    ] {
        let answer = get(&fixture.router, path, &[("accept", "text/plain")]).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn files_are_read_only() {
    let answer = ask(&fixture().router, Method::POST, "/index.html", &[]).await;
    assert_eq!(answer.status, 405);
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let fixture = fixture();
    for path in [
        "/",
        "/assets/app.0a1b.js",
        "/missing.png",
        "/healthz",
        "/sync",
    ] {
        let answer = get(&fixture.router, path, &[]).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("'unsafe-eval'") && !policy.contains("script-src 'unsafe"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
    }
}

#[tokio::test]
async fn without_a_build_a_page_says_how_to_make_one() {
    let empty = tempfile::tempdir().unwrap();
    let router = server(&empty.path().join("site"));
    let answer = get(&router, "/w/abc", &[BROWSER]).await;
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("cargo start"));
}

#[tokio::test]
async fn a_healthy_server_says_ok_and_nobody_keeps_it() {
    let answer = get(&fixture().router, "/healthz", &[]).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "ok\n"));
    assert_eq!(answer.header("cache-control"), "no-store");
}

/// S53
#[tokio::test]
async fn nothing_is_answered_under_a_name_that_is_not_the_servers() {
    let fixture = fixture();
    for path in ["/", "/assets/app.0a1b.js", "/sync", "/healthz", "/metrics"] {
        let answer = get(&fixture.router, path, &[("host", "evil.example:4280")]).await;
        assert_eq!(answer.status, 421, "{path}");
        assert!(answer.body.contains("--host evil.example"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
    let figures = get(&fixture.router, "/metrics", &[]).await.body;
    let counted = "groundwork_refusals_total{reason=\"host\"} 5\n";
    assert!(figures.contains(counted), "{figures}");
}

#[tokio::test]
async fn a_request_says_for_which_host_it_is() {
    let request = Request::get("/healthz").body(Body::empty()).unwrap();
    let response = fixture().router.oneshot(request).await.unwrap();
    assert_eq!(response.status(), 400);
}

#[tokio::test]
async fn sync_is_for_sockets_only() {
    assert!((400..500).contains(&get(&fixture().router, "/sync", &[BROWSER]).await.status));
}

#[test]
fn any_origin_may_connect_unless_some_are_named() {
    let from = |origin: &'static str| HeaderMap::from_iter([(ORIGIN, origin.parse().unwrap())]);
    let named = ["https://team.example".to_owned()];
    assert!(allowed(&[], &from("https://anyone.example")));
    assert!(allowed(&named, &from("https://team.example")));
    assert!(!allowed(&named, &from("https://anyone.example")));
    assert!(allowed(&named, &HeaderMap::new()), "a program sends none");
}

#[tokio::test]
async fn readiness_and_figures_are_told() {
    let router = fixture().router;
    let ready = get(&router, "/readyz", &[]).await;
    assert_eq!((ready.status, ready.body.as_str()), (200, "ok\n"));
    let figures = get(&router, "/metrics", &[]).await;
    assert_eq!(figures.status, 200);
    assert!(
        figures
            .header("content-type")
            .starts_with("text/plain; version=0.0.4")
    );
    assert!(
        figures.body.contains("groundwork_connections 0\n"),
        "{}",
        figures.body
    );
}

/// The address that a request counts for which comes from 10.0.0.1 with this header.
fn counted(trusted: &[&str], forwarded: &[&str]) -> String {
    let proxies: Vec<IpAddr> = trusted.iter().map(|text| text.parse().unwrap()).collect();
    let mut headers = HeaderMap::new();
    for value in forwarded {
        headers.append("x-forwarded-for", value.parse().unwrap());
    }
    let mut extensions = Extensions::new();
    let peer = PeerAddress("10.0.0.1".parse().unwrap());
    extensions.insert(ConnectInfo(peer));
    client(&proxies, &headers, &extensions).to_string()
}

#[test]
fn only_a_trusted_proxy_says_whose_request_it_is() {
    assert_eq!(counted(&[], &["192.0.2.1"]), "10.0.0.1");
    assert_eq!(counted(&["10.0.0.1"], &["192.0.2.1"]), "192.0.2.1");
    assert_eq!(counted(&["10.0.0.1"], &[]), "10.0.0.1");
}

#[test]
fn a_proxy_may_write_an_address_with_its_port_or_in_brackets() {
    let proxy = ["10.0.0.1"];
    for (written, address) in [
        ("192.0.2.1:4711", "192.0.2.1"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("[2001:db8::7]:443", "2001:db8::7"),
        ("[192.0.2.1]", "10.0.0.1"),
        ("unknown", "10.0.0.1"),
    ] {
        assert_eq!(counted(&proxy, &[written]), address, "{written}");
    }
}

#[test]
fn what_a_client_itself_says_about_its_address_does_not_count() {
    let proxies = ["10.0.0.1", "10.0.0.2"];
    let forged = "203.0.113.7, 192.0.2.1";
    assert_eq!(counted(&proxies, &[forged, "10.0.0.2"]), "192.0.2.1");
    assert_eq!(
        counted(&proxies, &["203.0.113.7, rubbish, 10.0.0.2"]),
        "10.0.0.2"
    );
}
