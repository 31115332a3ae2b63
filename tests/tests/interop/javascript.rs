//! A JavaScript automerge-repo client in a Node process, told by lines of JSON what to do.
//!
//! Invariant: each command is answered before the next is sent, so that a test reads as a story.

#[path = "../../harness/packages.rs"]
mod packages;
#[path = "../../harness/target.rs"]
mod target;

use std::path::{Path, PathBuf};
use std::process::Stdio;
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

fn install() -> Result<PathBuf, String> {
    packages::install(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("javascript"),
        target::directory().join("interop-javascript"),
        &["client.mjs"],
    )
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
