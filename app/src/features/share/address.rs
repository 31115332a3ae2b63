//! The address of a workspace as others open it.

use leptos::prelude::window;
use sync::DocumentId;

/// Where the app is served from, and which document.
#[derive(Clone)]
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

    /// The same document at another of the server's origins, such as `http://192.168.0.7:4280`.
    pub(super) fn at(&self, origin: &str) -> Self {
        let host = origin.split_once("://").map_or(origin, |(_, rest)| rest);
        let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
        Self {
            origin: origin.to_owned(),
            host: host.to_owned(),
            document: self.document,
        }
    }

    /// The link to send, with the key that opens the workspace. A key stands in the fragment, which
    /// no browser sends to a server.
    pub(super) fn link(&self, key: Option<&str>) -> String {
        let address = format!("{}/w/{}", self.origin, self.document);
        match key {
            Some(key) => format!("{address}#{key}"),
            None => address,
        }
    }

    /// The server's name.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// Where the app is served from.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether the server's name means "this computer" on every computer.
    pub(super) fn is_loopback(&self) -> bool {
        is_loopback(&self.host)
    }

    /// Whether what goes over the network can be read by others in it.
    pub(super) fn is_plain(&self) -> bool {
        self.origin.starts_with("http:")
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

    #[test]
    fn a_link_names_the_document_and_holds_its_key_in_the_fragment() {
        let here = Address {
            origin: "http://127.0.0.1:4280".to_owned(),
            host: "127.0.0.1".to_owned(),
            document: DocumentId::from_bytes([7; 16]),
        };
        let room = here.at("http://192.168.0.7:4280");
        let (id, plain) = (here.document, room.link(None));
        assert_eq!(plain, format!("http://192.168.0.7:4280/w/{id}"));
        assert_eq!(room.link(Some("key")), format!("{plain}#key"));
        assert!(here.is_loopback() && !room.is_loopback());
        assert_eq!(room.host(), "192.168.0.7");
    }
}
