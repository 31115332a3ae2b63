//! A JavaScript automerge-repo client in a Node process, told by lines of JSON what to do.
//!
//! Invariant: each command is answered before the next is sent, so that a test reads as a story.

use std::path::{Path, PathBuf};
use std::process::{Command as Program, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use super::ours::soon;

/// Where the packages and the script lie, once installed; else why the tests cannot run.
pub(crate) fn installed() -> Result<&'static Path, &'static str> {
    static INSTALLED: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    match INSTALLED.get_or_init(install) {
        Ok(directory) => Ok(directory),
        Err(reason) => Err(reason),
    }
}

/// Installs the packages under `target/`, where a later run finds them again.
fn install() -> Result<PathBuf, String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = here.join("javascript");
    let target = here.join("../target/interop-javascript");
    for program in ["node", "npm"] {
        let found = Program::new(program)
            .arg("--version")
            .stdout(Stdio::null())
            .status();
        found.map_err(|error| format!("{program} cannot be run: {error}"))?;
    }
    let wanted = std::fs::read(source.join("package.json")).map_err(|error| error.to_string())?;
    let done = target.join("installed.json");
    if std::fs::read(&done).ok().as_ref() != Some(&wanted) {
        std::fs::create_dir_all(&target).map_err(|error| error.to_string())?;
        std::fs::write(target.join("package.json"), &wanted).map_err(|error| error.to_string())?;
        let install = Program::new("npm")
            .args([
                "install",
                "--no-audit",
                "--no-fund",
                "--no-package-lock",
                "--ignore-scripts",
                "--fetch-retries=1",
                "--fetch-timeout=60000",
            ])
            .current_dir(&target)
            .output()
            .map_err(|error| error.to_string())?;
        if !install.status.success() {
            let said = String::from_utf8_lossy(&install.stderr);
            return Err(format!("npm could not install the packages: {said}"));
        }
        std::fs::write(&done, &wanted).map_err(|error| error.to_string())?;
    }
    std::fs::copy(source.join("client.mjs"), target.join("client.mjs"))
        .map_err(|error| error.to_string())?;
    Ok(target)
}

/// A running client.
pub(crate) struct JavaScript {
    commands: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
    _process: Child,
}

impl JavaScript {
    /// Starts a client that connects to the server.
    pub(crate) fn start(directory: &Path, url: &str) -> Self {
        let mut process = Command::new("node")
            .args(["client.mjs", url])
            .current_dir(directory)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let commands = process.stdin.take().unwrap();
        let answers = BufReader::new(process.stdout.take().unwrap()).lines();
        Self {
            commands,
            answers,
            _process: process,
        }
    }

    /// Makes a document and returns its address.
    pub(crate) async fn create(&mut self, value: Value) -> String {
        let answer = self.tell(json!({ "do": "create", "value": value })).await;
        answer.as_str().unwrap().to_owned()
    }

    /// Opens a document, waiting until the server has it, and returns its content.
    pub(crate) async fn find(&mut self, url: &str) -> Value {
        self.tell(json!({ "do": "find", "url": url })).await
    }

    /// Asks for a document that is not there and returns the error.
    pub(crate) async fn fails_to_find(&mut self, url: &str) -> String {
        let answer = self.ask(json!({ "do": "ask", "url": url })).await;
        answer["error"].as_str().expect("an error").to_owned()
    }

    /// Sets the value at a path.
    pub(crate) async fn put(&mut self, path: Value, value: Value) {
        self.tell(json!({ "do": "put", "path": path, "value": value }))
            .await;
    }

    /// Writes into the text at a path.
    pub(crate) async fn splice(&mut self, path: Value, at: usize, insert: &str) {
        self.tell(json!({ "do": "splice", "path": path, "at": at, "insert": insert }))
            .await;
    }

    /// Waits until the value at a path is this.
    pub(crate) async fn until(&mut self, path: Value, equals: Value) {
        self.tell(json!({ "do": "until", "path": path, "equals": equals }))
            .await;
    }

    async fn tell(&mut self, command: Value) -> Value {
        let answer = self.ask(command).await;
        assert_eq!(answer.get("error"), None);
        answer["done"].clone()
    }

    async fn ask(&mut self, command: Value) -> Value {
        let line = format!("{command}\n");
        self.commands.write_all(line.as_bytes()).await.unwrap();
        let answer = soon(&format!("JavaScript: {command}"), self.answers.next_line()).await;
        let answer = answer.unwrap().expect("the Node process ended");
        serde_json::from_str(&answer).unwrap()
    }
}
