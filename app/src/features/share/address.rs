//! The address of a workspace as others open it.

use leptos::prelude::window;
use sync::DocumentId;

/// Where the app is served from, and which document.
pub(super) struct Address {
    origin: String,
    host: String,
    document: DocumentId,
}

impl Address {
    /// The address of a document at the server that this page came from.
    pub(super) fn of(document: DocumentId) -> Self {
        let location = window().location();
        // A page always has an origin; without one the link is still a path on this server.
        let origin = location.origin().unwrap_or_default();
        let host = location.hostname().unwrap_or_default();
        Self {
            origin,
            host,
            document,
        }
    }

    /// The link to send.
    pub(super) fn link(&self) -> String {
        format!("{}/w/{}", self.origin, self.document)
    }

    /// The server's name.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// Whether the server's name means "this computer" on every computer.
    pub(super) fn is_loopback(&self) -> bool {
        is_loopback(&self.host)
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host.starts_with("127.")
        || host == "[::1]"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_computers_own_names_are_loopback() {
        for host in [
            "localhost",
            "app.localhost",
            "127.0.0.1",
            "127.1.2.3",
            "[::1]",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "192.168.0.7",
            "laptop.local",
            "localhost.example.org",
            "1270.example",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
