//! The command line and the environment, and what the server is made of in the end.
//!
//! Invariant: `Arguments` is what a person types, `Config` is what a server needs; defaults that
//! depend on the machine are worked out in between, and nowhere else.

use std::env;
use std::path::{Path, PathBuf};

use clap::Parser;
use directories::ProjectDirs;
use sync::ServerLimits;

use crate::ServerError;
use crate::command::Command;
use crate::socket::Timing;

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
    /// Let only pages of this origin open the socket (several by comma); by default any may
    #[arg(
        long,
        env = "GROUNDWORK_ALLOW_ORIGIN",
        value_name = "ORIGIN",
        value_delimiter = ','
    )]
    pub allow_origin: Vec<String>,
}

impl Arguments {
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

/// What a server needs to know to start.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: String,
    /// Directory of the store.
    pub data: PathBuf,
    /// Directory of the built app.
    pub app: PathBuf,
    /// Origins whose pages may open the socket; empty: any.
    pub origins: Vec<String>,
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
            data: data.to_owned(),
            app: default_app(),
            origins: Vec::new(),
            timing: Timing::default(),
            limits: ServerLimits::default(),
            max_outgoing: 64 << 20,
        }
    }
}

impl TryFrom<Arguments> for Config {
    type Error = ServerError;

    fn try_from(arguments: Arguments) -> Result<Self, ServerError> {
        let data = arguments.data_directory()?;
        Ok(Self {
            listen: arguments.listen,
            app: arguments.app.unwrap_or_else(default_app),
            origins: arguments.allow_origin,
            ..Self::local(&data)
        })
    }
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
mod tests {
    use super::*;

    fn arguments(line: &[&str]) -> Arguments {
        Arguments::parse_from([&["sync-server"], line].concat())
    }

    #[test]
    fn what_is_given_is_taken() {
        let line = [
            "--listen",
            "[::1]:0",
            "--data",
            "/d",
            "--app",
            "/a",
            "--allow-origin",
            "http://a,http://b",
        ];
        let config = Config::try_from(arguments(&line)).unwrap();
        assert_eq!(config.listen, "[::1]:0");
        assert_eq!(config.data, Path::new("/d"));
        assert_eq!(config.app, Path::new("/a"));
        assert_eq!(config.origins, ["http://a", "http://b"]);
    }

    #[test]
    fn a_server_listens_on_loopback_alone_unless_told_otherwise() {
        assert_eq!(arguments(&["--data", "/d"]).listen, "127.0.0.1:4280");
    }

    #[test]
    fn the_data_directory_is_the_platforms_and_bears_the_products_name() {
        let data = Config::try_from(arguments(&[])).unwrap().data;
        assert!(data.is_absolute());
        assert!(
            data.to_string_lossy().contains("groundwork"),
            "{}",
            data.display()
        );
    }
}
