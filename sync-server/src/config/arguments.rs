//! The command line and the environment, as a person types them.
//!
//! Invariant: each flag has a variable, and README's table lists exactly these (a test compares).

use std::env;
use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Arg, CommandFactory, FromArgMatches, Parser, ValueEnum};
use directories::ProjectDirs;

use crate::ServerError;
use crate::command::Command;

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// Yes.
    On,
    /// No.
    Off,
}

/// Reads the variable of a flag, which is `on` or `off`; the flag itself comes as `true`. What opens a
/// server to a network is not guessed at.
fn on_or_off(text: &str) -> Result<bool, String> {
    match text.trim() {
        "on" | "true" => Ok(true),
        "off" | "false" | "" => Ok(false),
        _ => Err("it is on or off".to_owned()),
    }
}

/// Who may make workspaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NewWorkspaces {
    /// Whoever can reach the server.
    Anyone,
    /// Nobody.
    Nobody,
    /// Whoever shows the token of --workspace-token.
    WithToken,
}

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Keeps and synchronises Groundwork workspaces, and serves the app.
#[derive(Clone, Debug, Parser)]
#[command(name = "sync-server", version, args_override_self = true)]
pub struct Arguments {
    /// Without a command, the server runs
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Address and port to listen on; port 0 takes a free one
    #[arg(
        long,
        env = "GROUNDWORK_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:4280"
    )]
    pub listen: String,
    /// Listen on the local network, for a room without internet: any address, and the port of --listen
    #[arg(long, env = "GROUNDWORK_LAN", value_parser = on_or_off)]
    pub lan: bool,
    /// Directory of the store; by default the platform's data directory
    #[arg(long, env = "GROUNDWORK_DATA", value_name = "DIRECTORY", global = true)]
    pub data: Option<PathBuf>,
    /// Directory of the built app; by default `site` beside this program, else `target/site`
    #[arg(long, env = "GROUNDWORK_APP", value_name = "DIRECTORY")]
    pub app: Option<PathBuf>,
    /// What to log to standard error: error, warn, info, debug or a filter such as `sync_server=debug`
    #[arg(
        long,
        env = "GROUNDWORK_LOG",
        value_name = "FILTER",
        default_value = "warn"
    )]
    pub log: String,
    /// How to log
    #[arg(
        long,
        env = "GROUNDWORK_LOG_FORMAT",
        value_name = "FORMAT",
        default_value = "text"
    )]
    pub log_format: LogFormat,
    /// Let only pages of this origin open the socket (several by comma); by default any may
    #[arg(
        long,
        env = "GROUNDWORK_ALLOW_ORIGIN",
        value_name = "ORIGIN",
        value_delimiter = ','
    )]
    pub allow_origin: Vec<String>,
    /// A name under which the server is reached, besides localhost and any address (several by comma);
    /// by default any name, but none on loopback without --trust-proxy, and with --lan
    #[arg(
        long,
        env = "GROUNDWORK_HOST",
        value_name = "NAME",
        value_delimiter = ','
    )]
    pub host: Vec<String>,
    /// The server's certificate and those that vouch for it, PEM; the server then speaks TLS
    #[arg(
        long,
        env = "GROUNDWORK_TLS_CERTIFICATE",
        value_name = "FILE",
        requires = "tls_key"
    )]
    pub tls_certificate: Option<PathBuf>,
    /// The certificate's private key, PEM
    #[arg(
        long,
        env = "GROUNDWORK_TLS_KEY",
        value_name = "FILE",
        requires = "tls_certificate"
    )]
    pub tls_key: Option<PathBuf>,
    /// A proxy whose `X-Forwarded-For` names the client (several by comma)
    #[arg(
        long,
        env = "GROUNDWORK_TRUST_PROXY",
        value_name = "ADDRESS",
        value_delimiter = ','
    )]
    pub trust_proxy: Vec<IpAddr>,
    /// Whether documents that nobody owns are for whoever knows their id; by default where the server
    /// listens on loopback
    #[arg(long, env = "GROUNDWORK_OPEN_DOCUMENTS", value_name = "SWITCH")]
    pub open_documents: Option<Switch>,
    /// Who may make workspaces that are owned
    #[arg(
        long,
        env = "GROUNDWORK_NEW_WORKSPACES",
        value_name = "WHO",
        default_value = "anyone"
    )]
    pub new_workspaces: NewWorkspaces,
    /// The file with the token of --new-workspaces with-token
    #[arg(long, env = "GROUNDWORK_WORKSPACE_TOKEN", value_name = "FILE")]
    pub workspace_token: Option<PathBuf>,
    /// Whether figures for Prometheus are at /metrics
    #[arg(
        long,
        env = "GROUNDWORK_METRICS",
        value_name = "SWITCH",
        default_value = "on"
    )]
    pub metrics: Switch,
    /// Seconds for which /readyz says no before the server closes
    #[arg(
        long,
        env = "GROUNDWORK_DRAIN",
        value_name = "SECONDS",
        default_value = "0"
    )]
    pub drain: u32,
    /// Seconds for the head of a request, for the next one, and for a TLS handshake
    #[arg(
        long,
        env = "GROUNDWORK_HEAD",
        value_name = "SECONDS",
        default_value = "15",
        value_parser = clap::value_parser!(u32).range(1..=3600)
    )]
    pub head: u32,
    /// Seconds between two pings of a connection, which is let go when it leaves two in a row unanswered
    #[arg(
        long,
        env = "GROUNDWORK_PING",
        value_name = "SECONDS",
        default_value = "20",
        value_parser = clap::value_parser!(u32).range(1..=3600)
    )]
    pub ping: u32,
    /// Whether clients that offer the native protocol are served in it, and not in version 1
    #[arg(
        long,
        env = "GROUNDWORK_NATIVE_PROTOCOL",
        value_name = "SWITCH",
        default_value = "on"
    )]
    pub native_protocol: Switch,
    /// Connections of one address at a time
    #[arg(
        long,
        env = "GROUNDWORK_MAX_CONNECTIONS",
        value_name = "NUMBER",
        default_value = "2000"
    )]
    pub max_connections: usize,
    /// Documents of one connection at a time
    #[arg(
        long,
        env = "GROUNDWORK_MAX_DOCUMENTS",
        value_name = "NUMBER",
        default_value = "256"
    )]
    pub max_documents: usize,
    /// Messages of one address in a second, over ten seconds
    #[arg(
        long,
        env = "GROUNDWORK_MAX_MESSAGES",
        value_name = "NUMBER",
        default_value = "20000"
    )]
    pub max_messages: u32,
    /// Bytes of one address in a second, over ten seconds
    #[arg(
        long,
        env = "GROUNDWORK_MAX_BYTES",
        value_name = "NUMBER",
        default_value = "33554432"
    )]
    pub max_bytes: u32,
    /// Documents of one address in an hour that the server did not know
    #[arg(
        long,
        env = "GROUNDWORK_MAX_NEW_DOCUMENTS",
        value_name = "NUMBER",
        default_value = "5000"
    )]
    pub max_new_documents: u32,
}

/// What keeps strangers out or words hidden. Its variable is not taken for unset when it is empty: an
/// operator who left out the value meant to close something, and the server would stand open.
const CLOSING: [&str; 7] = [
    "allow_origin",
    "host",
    "tls_certificate",
    "tls_key",
    "open_documents",
    "new_workspaces",
    "workspace_token",
];

/// An argument whose variable does not count where it is empty, as files of settings leave it that name
/// every variable.
fn without_empty_variable(argument: Arg) -> Arg {
    let is_empty = argument
        .get_env()
        .and_then(env::var_os)
        .is_some_and(|value| value.is_empty());
    if is_empty && !CLOSING.contains(&argument.get_id().as_str()) {
        argument.env(None::<&str>)
    } else {
        argument
    }
}

impl Arguments {
    /// What the person who started the program typed, on its line and in its environment; ends the
    /// program, with a sentence, if that cannot be understood.
    #[must_use]
    pub fn of_process() -> Self {
        let mut command = Self::command().mut_args(without_empty_variable);
        let typed = command.get_matches_mut();
        Self::from_arg_matches(&typed).unwrap_or_else(|error| error.format(&mut command).exit())
    }

    /// The directory of the store, as given or the platform's.
    ///
    /// # Errors
    /// When none was given and the platform names none.
    pub fn data_directory(&self) -> Result<PathBuf, ServerError> {
        match &self.data {
            Some(data) => Ok(data.clone()),
            None => ProjectDirs::from("", "", "groundwork")
                .map(|directories| directories.data_dir().to_owned())
                .ok_or(ServerError::NoDataDirectory),
        }
    }
}
