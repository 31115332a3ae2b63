//! The server's addresses: `/sync`, what watches over it, and the app's files for everything else.
//!
//! Invariant: a pure function of its state; it opens nothing and starts nothing.
//!
//! **Origins.** A page of any origin may open the socket unless `--allow-origin` names some.
//! What a connection may do follows from the keys that it shows, and nothing more can be learned or
//! changed from a browser than without one: there are no cookies and no session that a foreign page
//! could ride on. Programs send no `Origin` and always pass, as the rule is about browsers.
//! Under which names the server answers at all, [`Hosts`] says.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{ORIGIN, RETRY_AFTER};
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::watch;

use crate::access::Founders;
use crate::api;
use crate::door::{Linger, PeerAddress};
use crate::files::Files;
use crate::guard::{Excess, Guard};
use crate::headers::secure;
use crate::health;
use crate::hosts::{self, Hosts, Misdirected};
use crate::hub::Hub;
use crate::metrics::{Metrics, Refusal};
use crate::socket::{self, Session, Timing};
use crate::upgrade::Upgrade;

/// What the routes need.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) hub: Hub,
    pub(crate) files: Files,
    pub(crate) timing: Timing,
    pub(crate) max_frame: usize,
    /// Empty: any.
    pub(crate) origins: Arc<[String]>,
    /// The names under which the server answers.
    pub(crate) hosts: Hosts,
    /// Who is believed about whose request it passes on.
    pub(crate) proxies: Arc<[IpAddr]>,
    pub(crate) guard: Guard,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) show_metrics: bool,
    /// Where others in the room find the server, if it was started for that.
    pub(crate) room: Option<Arc<[String]>>,
    /// Who may make workspaces.
    pub(crate) founders: Arc<Founders>,
    /// True once the server is about to stop.
    pub(crate) draining: watch::Receiver<bool>,
}

impl AppState {
    /// Counts a request for its address.
    pub(crate) fn count_request(
        &self,
        headers: &HeaderMap,
        extensions: &Extensions,
    ) -> Result<(), Excess> {
        let address = client(&self.proxies, headers, extensions);
        let counted = self.guard.request(address, Instant::now());
        if counted.is_err() {
            self.metrics.refused(Refusal::Rate);
        }
        counted
    }

    /// Counts a document that the server did not know for the address of a request.
    pub(crate) fn count_new_document(
        &self,
        headers: &HeaderMap,
        extensions: &Extensions,
    ) -> Result<(), Excess> {
        let address = client(&self.proxies, headers, extensions);
        let counted = self.guard.new_document(address, Instant::now());
        if counted.is_err() {
            self.metrics.refused(Refusal::Rate);
        }
        counted
    }

    /// Whether a request is for this server, by the name that it came under.
    pub(crate) fn admit_host(&self, request: &Request) -> Result<(), Misdirected> {
        let proxied = self.is_proxied(request.extensions());
        let admitted = self.hosts.admit(request, proxied);
        if admitted.is_err() {
            self.metrics.refused(Refusal::Host);
        }
        admitted
    }

    /// Whether a request comes from a proxy that is believed.
    fn is_proxied(&self, extensions: &Extensions) -> bool {
        self.proxies.contains(&peer(extensions))
    }

    /// Whether a request that changes something comes from a page of this server, of an origin that
    /// is configured, or from no page at all. A proxy passes the `Host` on, or says it in
    /// `X-Forwarded-Host`.
    pub(crate) fn is_own_page(&self, headers: &HeaderMap, extensions: &Extensions) -> bool {
        let Some(origin) = headers.get(ORIGIN) else {
            return true;
        };
        let configured = |it: &String| it.as_bytes() == origin.as_bytes();
        if self.origins.iter().any(configured) {
            return true;
        }
        let proxied = self.is_proxied(extensions).then_some(hosts::FORWARDED);
        let mut names = [Some("host"), proxied].into_iter().flatten();
        let origin = origin.to_str().unwrap_or_default();
        let page = origin.split_once("://").map(|(_, host)| host);
        page.is_some_and(|page| {
            names.any(|name| {
                let host = headers.get(name).and_then(|host| host.to_str().ok());
                host.is_some_and(|host| host.trim().eq_ignore_ascii_case(page))
            })
        })
    }
}

/// The server as a service.
pub(crate) fn router(state: AppState) -> Router {
    let files = state.files.clone();
    Router::new()
        .route("/sync", get(sync))
        .merge(health::routes(state.show_metrics))
        .fallback(move |request: Request| files.clone().serve(request))
        .layer(from_fn_with_state(state.clone(), under_own_name))
        // It asks the same itself, and refuses in its own words.
        .merge(api::routes(&state))
        .layer(map_response(secure))
        .with_state(state)
}

/// Lets a request through that is for this server.
async fn under_own_name(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match state.admit_host(&request) {
        Ok(()) => next.run(request).await,
        Err(misdirected) => misdirected.into_response(),
    }
}

async fn sync(State(state): State<AppState>, mut request: Request) -> Response {
    let upgrade = match Upgrade::of(&mut request) {
        Ok(upgrade) => upgrade,
        Err(refused) => return refused.into_response(),
    };
    let (headers, extensions) = (request.headers(), request.extensions());
    if !allowed(&state.origins, headers) {
        state.metrics.refused(Refusal::Origin);
        return (StatusCode::FORBIDDEN, "this origin may not connect\n").into_response();
    }
    let address = client(&state.proxies, headers, extensions);
    let pass = match state.guard.enter(address, Instant::now()) {
        Ok(pass) => pass,
        Err(excess) => {
            state.metrics.refused(Refusal::Connections);
            return too_many(excess);
        }
    };
    let linger = extensions.get::<Linger>().cloned().unwrap_or_default();
    let session = Session {
        hub: state.hub,
        timing: state.timing,
        pass: Arc::new(pass),
        metrics: state.metrics,
    };
    let config = socket::config(state.max_frame);
    upgrade.then(config, move |socket| socket::serve(socket, session, linger))
}

fn too_many(excess: Excess) -> Response {
    let text = "too many connections from this address; try again later\n";
    let after = [(RETRY_AFTER, excess.retry_after().to_string())];
    (StatusCode::TOO_MANY_REQUESTS, after, text).into_response()
}

fn allowed(origins: &[String], headers: &HeaderMap) -> bool {
    match headers.get(ORIGIN) {
        Some(origin) if !origins.is_empty() => origins
            .iter()
            .any(|allowed| allowed.as_bytes() == origin.as_bytes()),
        _ => true,
    }
}

/// Whose request it is: the other end of the connection, or, behind a proxy that is trusted, the
/// last in `X-Forwarded-For` who is not such a proxy. What stands before that, anyone can write.
fn client(proxies: &[IpAddr], headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
    let peer = peer(extensions);
    if !proxies.contains(&peer) {
        return peer;
    }
    let forwarded: Vec<_> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    let mut client = peer;
    for address in forwarded.iter().rev() {
        let Some(address) = forwarded_for(address.trim()) else {
            break;
        };
        client = address.to_canonical();
        if !proxies.contains(&client) {
            break;
        }
    }
    client
}

/// The other end of the connection.
fn peer(extensions: &Extensions) -> IpAddr {
    extensions
        .get::<ConnectInfo<PeerAddress>>()
        .map_or(Ipv4Addr::UNSPECIFIED.into(), |info| info.0.0)
}

/// An address as proxies write it: alone, with a port, or an IPv6 address in brackets with or
/// without one.
fn forwarded_for(text: &str) -> Option<IpAddr> {
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    if let Ok(address) = text.parse::<SocketAddr>() {
        return Some(address.ip());
    }
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    inner.parse().ok().map(IpAddr::V6)
}

#[cfg(test)]
mod tests;
