//! What the server is made of in the end.
//!
//! Invariant: [`Arguments`] is what a person types, [`Config`] is what a server needs; defaults that
//! depend on the machine are worked out in between, and nowhere else.

mod arguments;
mod sense;

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use sync::ServerLimits;

use self::arguments::NewWorkspaces;
pub use self::arguments::{Arguments, LogFormat, Switch};
use crate::ServerError;
use crate::access::Founders;
use crate::door::connections;
use crate::guard::AddressLimits;
use crate::socket::Timing;

/// A certificate and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The chain of certificates, the server's own first, PEM.
    pub certificate: PathBuf,
    /// The private key, PEM.
    pub key: PathBuf,
}

/// What a server needs to know to start.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: String,
    /// Whether the server is for the local network, and says where it is found there.
    pub lan: bool,
    /// Directory of the store.
    pub data: PathBuf,
    /// Directory of the built app.
    pub app: PathBuf,
    /// Origins whose pages may open the socket; empty: any.
    pub origins: Vec<String>,
    /// Names under which the server is reached, besides `localhost` and any address; empty: none when
    /// it listens on loopback without a proxy, or in a room; else any.
    pub hosts: Vec<String>,
    /// The server's own certificate; none: plain HTTP.
    pub tls: Option<TlsFiles>,
    /// Proxies that are believed about whose request they pass on.
    pub proxies: Vec<IpAddr>,
    /// Whether documents that nobody owns are for whoever knows them; none: where the server listens
    /// on loopback.
    pub open_documents: Option<bool>,
    /// Who may make workspaces that are owned.
    pub founders: Founders,
    /// Whether `/metrics` is served.
    pub metrics: bool,
    /// How long `/readyz` says no before the server stops.
    pub drain: Duration,
    /// How many connections there may be at a time, sockets and requests together.
    pub max_open: usize,
    /// How much one address may have.
    pub addresses: AddressLimits,
    /// Whether the native protocol is served to clients that offer it.
    pub native_protocol: bool,
    /// How long connections are waited for.
    pub timing: Timing,
    /// How much is taken on.
    pub limits: ServerLimits,
    /// How many bytes may wait to be sent on one connection before it is closed.
    pub max_outgoing: usize,
}

impl Config {
    /// A server on a free port of the loopback address with its data in `data`, as tests need it.
    pub fn local(data: &Path) -> Self {
        Self {
            listen: "127.0.0.1:0".to_owned(),
            lan: false,
            data: data.to_owned(),
            app: default_app(),
            origins: Vec::new(),
            hosts: Vec::new(),
            tls: None,
            proxies: Vec::new(),
            open_documents: None,
            founders: Founders::Anyone,
            metrics: true,
            drain: Duration::ZERO,
            max_open: connections(),
            addresses: AddressLimits::default(),
            native_protocol: true,
            timing: Timing::default(),
            limits: ServerLimits::default(),
            max_outgoing: 64 << 20,
        }
    }
}

impl TryFrom<Arguments> for Config {
    type Error = ServerError;

    fn try_from(arguments: Arguments) -> Result<Self, ServerError> {
        sense::sensible(&arguments)?;
        let data = arguments.data_directory()?;
        let founders = founders(&arguments)?;
        let tls = arguments
            .tls_certificate
            .zip(arguments.tls_key)
            .map(|(certificate, key)| TlsFiles { certificate, key });
        Ok(Self {
            listen: if arguments.lan {
                everywhere(&arguments.listen)
            } else {
                arguments.listen
            },
            lan: arguments.lan,
            app: arguments.app.unwrap_or_else(default_app),
            origins: arguments.allow_origin,
            hosts: arguments.host,
            tls,
            proxies: arguments.trust_proxy,
            open_documents: arguments.open_documents.map(|it| it == Switch::On),
            founders,
            metrics: arguments.metrics == Switch::On,
            drain: Duration::from_secs(arguments.drain.into()),
            timing: Timing {
                head: Duration::from_secs(arguments.head.into()),
                ping: Duration::from_secs(arguments.ping.into()),
                ..Timing::default()
            },
            addresses: AddressLimits {
                connections: arguments.max_connections,
                messages: arguments.max_messages,
                bytes: arguments.max_bytes,
                new_documents: arguments.max_new_documents,
            },
            limits: ServerLimits {
                documents_per_connection: arguments.max_documents,
                ..ServerLimits::default()
            },
            native_protocol: arguments.native_protocol == Switch::On,
            ..Self::local(&data)
        })
    }
}

/// Who may make workspaces, with the token that is in its file now.
fn founders(arguments: &Arguments) -> Result<Founders, ServerError> {
    let file = match (arguments.new_workspaces, &arguments.workspace_token) {
        (NewWorkspaces::Anyone, _) => return Ok(Founders::Anyone),
        (NewWorkspaces::Nobody, _) => return Ok(Founders::Nobody),
        (NewWorkspaces::WithToken, file) => file.as_deref().unwrap_or(Path::new("")),
    };
    let token = fs::read_to_string(file).map_err(|source| ServerError::File {
        path: file.to_owned(),
        source,
    })?;
    Founders::with_token(&token).ok_or_else(|| ServerError::Setting {
        setting: format!("--workspace-token {}", file.display()),
        reason: "a token is at least 22 random characters, such as `openssl rand -base64 24` writes",
    })
}

/// The same port on every address of this machine.
fn everywhere(listen: &str) -> String {
    let port = listen.rsplit_once(':').map_or("0", |(_, port)| port);
    format!("0.0.0.0:{port}")
}

/// Where the app lies when nobody says: beside the program when installed, and in the checkout's
/// `target/site` when built there.
fn default_app() -> PathBuf {
    let program = env::current_exe().ok();
    let beside = program
        .as_deref()
        .and_then(Path::parent)
        .map(|directory| directory.join("site"));
    beside
        .filter(|site| site.join("index.html").is_file())
        .unwrap_or_else(|| Path::new("target").join("site"))
}

#[cfg(test)]
mod tests;
