//! The real server as a process of its own, that can be killed and started again on its port.

use std::path::PathBuf;
use std::process::Stdio;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use super::{Step, target};

/// A server with a data directory of its own.
pub(crate) struct Server {
    data: TempDir,
    app: PathBuf,
    flags: Vec<String>,
    address: String,
    process: Option<Child>,
}

impl Server {
    /// Starts the server with the built app on a free port of the loopback.
    pub(crate) async fn start() -> Step<Self> {
        Self::start_with(site()?).await
    }

    /// Starts it so that it keeps only documents that somebody owns.
    pub(crate) async fn start_for_owners() -> Step<Self> {
        Self::start_as(site()?, &["--open-documents", "off"]).await
    }

    /// Starts it so that only whoever has this token may make workspaces.
    pub(crate) async fn start_with_token(token: &str) -> Step<Self> {
        let mut server = Self::stopped(site()?, &["--new-workspaces", "with-token"])?;
        let file = server.data.path().join("token");
        std::fs::write(&file, token)?;
        let file = file.to_str().ok_or("a path that is no text")?;
        let flag = ["--workspace-token", file].map(str::to_owned);
        server.flags.extend(flag);
        server.restart().await?;
        Ok(server)
    }

    /// Starts it without an app.
    pub(crate) async fn start_without_app() -> Step<Self> {
        Self::start_with(PathBuf::from("no app")).await
    }

    async fn start_with(app: PathBuf) -> Step<Self> {
        Self::start_as(app, &[]).await
    }

    async fn start_as(app: PathBuf, flags: &[&str]) -> Step<Self> {
        let mut server = Self::stopped(app, flags)?;
        server.restart().await?;
        Ok(server)
    }

    fn stopped(app: PathBuf, flags: &[&str]) -> Step<Self> {
        Ok(Self {
            data: tempfile::tempdir()?,
            app,
            flags: flags.iter().map(|&flag| flag.to_owned()).collect(),
            address: "127.0.0.1:0".to_owned(),
            process: None,
        })
    }

    /// The address of the start page.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address of the sync endpoint.
    pub(crate) fn sync_address(&self) -> String {
        format!("ws://{}/sync", self.address)
    }

    /// The number of the server's process, while it runs.
    pub(crate) fn process(&self) -> Option<u32> {
        self.process.as_ref().and_then(Child::id)
    }

    /// Ends the server as a power cut does.
    pub(crate) async fn kill(&mut self) -> Step {
        if let Some(mut process) = self.process.take() {
            process.start_kill()?;
            process.wait().await?;
        }
        Ok(())
    }

    /// Takes the store away from a server that does not run, as a disk does that is gone.
    pub(crate) fn lose_store(&self) -> Step {
        for entry in std::fs::read_dir(self.data.path())? {
            std::fs::remove_file(entry?.path())?;
        }
        Ok(())
    }

    /// Starts the server again, on the same port and data.
    pub(crate) async fn restart(&mut self) -> Step {
        let mut child = Command::new(server_binary()?)
            .args(["--listen", &self.address])
            .args(&self.flags)
            .arg("--app")
            .arg(&self.app)
            .arg("--data")
            .arg(self.data.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let output = child.stdout.take().ok_or("the server has no output")?;
        let mut lines = BufReader::new(output).lines();
        while let Some(line) = lines.next_line().await? {
            if let Some((_, address)) = line.rsplit_once("http://") {
                self.address = address.trim().trim_end_matches('/').to_owned();
                self.process = Some(child);
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Ok(());
            }
        }
        Err("the server ended before it listened".into())
    }
}

/// The built app.
pub(crate) fn site() -> Step<PathBuf> {
    let site = target::directory().join("site");
    if site.join("index.html").exists() {
        Ok(site)
    } else {
        Err("the app is not built: run `cargo run -p bundler -- build`".into())
    }
}

/// The server of the profile that this program was compiled with: measurements are of releases, and a
/// test of what was just changed must not meet an older release.
fn server_binary() -> Step<PathBuf> {
    let name = format!("sync-server{}", std::env::consts::EXE_SUFFIX);
    let (profile, option) = if cfg!(debug_assertions) {
        ("debug", "")
    } else {
        ("release", " --release")
    };
    let path = target::directory().join(profile).join(name);
    if path.exists() {
        Ok(path)
    } else {
        Err(format!("the server is not built: run `cargo build{option} -p sync-server`").into())
    }
}
