//! Servers of others as processes of their own, on the loopback, each with an empty directory.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::harness::{Step, target};
use crate::packages;

/// A server that others wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// automerge-repo with files, as automerge-repo-sync-server runs it.
    AutomergeRepo,
    /// hocuspocus, which stores two seconds after the last edit.
    Hocuspocus,
    /// The server that comes with y-websocket, with LevelDB.
    YWebsocket,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::AutomergeRepo => "automerge-repo",
            Kind::Hocuspocus => "hocuspocus",
            Kind::YWebsocket => "y-websocket",
        }
    }
}

/// One running server.
pub(crate) struct Peer {
    kind: Kind,
    packages: PathBuf,
    data: TempDir,
    port: u16,
    process: Child,
}

/// Where the packages of all peers are, or why there are none.
pub(crate) fn installed() -> Result<PathBuf, String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("javascript/peers");
    let scripts = ["automerge-repo.mjs", "hocuspocus.mjs", "yjs-load.mjs"];
    packages::install(&source, target::directory().join("tools/peers"), &scripts)
}

impl Peer {
    pub(crate) async fn start(kind: Kind, packages: &Path) -> Step<Self> {
        let data = tempfile::tempdir()?;
        // None of them says which port it was given when asked for any.
        let port = std::net::TcpListener::bind("127.0.0.1:0")?
            .local_addr()?
            .port();
        let process = launch(kind, packages, data.path(), port).await?;
        Ok(Self {
            kind,
            packages: packages.to_owned(),
            data,
            port,
            process,
        })
    }

    pub(crate) fn name(&self) -> &'static str {
        self.kind.name()
    }

    pub(crate) fn address(&self) -> String {
        format!("ws://127.0.0.1:{}", self.port)
    }

    pub(crate) fn process(&self) -> Option<u32> {
        self.process.id()
    }

    /// Ends it as a power cut does, and starts it again on the same data.
    pub(crate) async fn kill_and_restart(&mut self) -> Step {
        self.process.start_kill()?;
        self.process.wait().await?;
        self.process = launch(self.kind, &self.packages, self.data.path(), self.port).await?;
        Ok(())
    }
}

/// Starts a server and waits until it listens.
async fn launch(kind: Kind, packages: &Path, data: &Path, port: u16) -> Step<Child> {
    let mut node = Command::new("node");
    match kind {
        Kind::AutomergeRepo => node.arg("automerge-repo.mjs").arg(data),
        Kind::Hocuspocus => node.arg("hocuspocus.mjs").arg(data),
        Kind::YWebsocket => node
            .arg("node_modules/y-websocket/bin/server.cjs")
            .env("HOST", "127.0.0.1")
            .env("PORT", port.to_string())
            .env("YPERSISTENCE", data),
    };
    let mut child = node
        .arg(port.to_string())
        .current_dir(packages)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let output = child.stdout.take().ok_or("the peer has no output")?;
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next_line().await? {
        if line.contains(&port.to_string()) {
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(child);
        }
    }
    Err(format!("{} ended before it listened", kind.name()).into())
}
