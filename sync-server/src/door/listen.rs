//! Opens the port.

use std::io;
use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket, lookup_host};

/// Connections that wait to be let in. Whoever finds the queue full tries again after a second: so
/// many come at once when everybody comes back to a server that was restarted.
const QUEUE: u32 = 4_096;

/// Listens on the first of an address's meanings that can be listened on.
///
/// # Errors
/// The last one's, if there is none.
pub(crate) async fn listen(address: &str) -> io::Result<TcpListener> {
    let mut failed = io::Error::new(io::ErrorKind::InvalidInput, "it names no address");
    for address in lookup_host(address).await? {
        match open(address) {
            Ok(listener) => return Ok(listener),
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

fn open(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // Elsewhere it would let several programs listen on one port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(QUEUE)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::net::TcpStream;
    use std::time::Duration;

    use super::listen;

    #[tokio::test]
    async fn hundreds_may_come_before_the_first_is_let_in() {
        let listener = listen("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut waiting = Vec::new();
        for _ in 0..300 {
            let connected = TcpStream::connect_timeout(&address, Duration::from_secs(5));
            waiting.push(connected.unwrap());
        }
    }
}
