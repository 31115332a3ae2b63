//! From a request for `/sync` to a WebSocket.
//!
//! axum's own hands out whole messages alone, each of which is copied for its connection before it is
//! sent. This one hands out the socket itself, so that a large message goes out in pieces as there is
//! room for them ([`crate::socket`]).

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

/// A connection's socket.
pub(crate) type Socket = WebSocketStream<TokioIo<Upgraded>>;

/// Why a request becomes no socket.
pub(crate) type Refused = (StatusCode, &'static str);

/// A request that may become a socket.
pub(crate) struct Upgrade {
    when: OnUpgrade,
    accept: String,
}

impl Upgrade {
    /// Looks at a request.
    ///
    /// # Errors
    /// With the answer, if it does not ask for a WebSocket.
    pub(crate) fn of(request: &mut Request) -> Result<Self, Refused> {
        let headers = request.headers();
        let key = headers.get(SEC_WEBSOCKET_KEY);
        let asked = request.method() == Method::GET
            && lists(headers, CONNECTION, "upgrade")
            && lists(headers, UPGRADE, "websocket");
        if !lists(headers, SEC_WEBSOCKET_VERSION, "13") && asked {
            return Err((
                StatusCode::UPGRADE_REQUIRED,
                "WebSocket in version 13 alone\n",
            ));
        }
        let (true, Some(accept)) = (asked, key.map(|key| derive_accept_key(key.as_bytes()))) else {
            return Err((StatusCode::BAD_REQUEST, "this address is for WebSockets\n"));
        };
        match request.extensions_mut().remove::<OnUpgrade>() {
            Some(when) => Ok(Self { when, accept }),
            None => Err((StatusCode::BAD_REQUEST, "this connection stays as it is\n")),
        }
    }

    /// Answers it; once the answer is out, the socket is served.
    pub(crate) fn then<F>(
        self,
        config: WebSocketConfig,
        serve: impl FnOnce(Socket) -> F + Send + 'static,
    ) -> Response
    where
        F: Future<Output = ()> + Send,
    {
        let Ok(accept) = HeaderValue::try_from(self.accept) else {
            return StatusCode::BAD_REQUEST.into_response();
        };
        tokio::spawn(async move {
            // Fails when the connection is gone before the answer is out.
            if let Ok(upgraded) = self.when.await {
                let io = TokioIo::new(upgraded);
                let socket = Socket::from_raw_socket(io, Role::Server, Some(config)).await;
                serve(socket).await;
            }
        });
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        let headers = response.headers_mut();
        headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
        headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
        response
    }
}

/// Whether this word is among those of a header, which are separated by commas.
fn lists(headers: &HeaderMap, name: HeaderName, word: &str) -> bool {
    let values = headers.get_all(name).iter();
    let mut words = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    words.any(|it| it.trim().eq_ignore_ascii_case(word))
}
