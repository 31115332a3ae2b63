//! samod, the Rust implementation of automerge-repo, over a WebSocket.

use std::sync::Arc;

use futures_util::future::{BoxFuture, ready};
use futures_util::{SinkExt, StreamExt};
use samod::{BackoffConfig, DialError, Dialer, PeerId, Repo, Transport, Url};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::{Error, Message};

/// Opens WebSockets to one address, again and again when they break.
struct SocketDialer {
    url: Url,
}

impl Dialer for SocketDialer {
    type Error = Error;

    fn url(&self) -> Url {
        self.url.clone()
    }

    fn connect(&self) -> BoxFuture<'static, Result<Transport, DialError<Error>>> {
        let url = self.url.to_string();
        Box::pin(async move {
            let (socket, _) = connect_async(url).await.map_err(DialError::transient)?;
            let (sink, stream) = socket.split();
            let sink =
                sink.with(|frame: Vec<u8>| ready(Ok::<_, Error>(Message::Binary(frame.into()))));
            let stream = stream.filter_map(|message| {
                ready(match message {
                    Ok(Message::Binary(frame)) => Some(Ok(frame.to_vec())),
                    Ok(_) => None,
                    Err(error) => Some(Err(error)),
                })
            });
            Ok(Transport::new(stream, sink))
        })
    }
}

/// A samod repository in memory, once it has shaken hands with the server.
pub(crate) async fn repository(
    url: &str,
    name: &str,
) -> Result<Repo, Box<dyn std::error::Error + Send + Sync>> {
    let repository = Repo::build_tokio()
        .with_peer_id(PeerId::from(name))
        .load()
        .await;
    let dialer = Arc::new(SocketDialer {
        url: Url::parse(url)?,
    });
    let handle = repository.dial(BackoffConfig::default(), dialer)?;
    handle.established().await?;
    Ok(repository)
}
