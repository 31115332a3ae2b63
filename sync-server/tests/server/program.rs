//! The program itself: what it prints, how it refuses to start, how it ends.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// The program, running; killed when dropped.
pub(crate) struct Program {
    child: Child,
    stdout: BufReader<ChildStdout>,
    url: String,
}

impl Program {
    /// Starts it on a free port and waits until it listens.
    pub(crate) fn start(data: &Path) -> Self {
        Self::start_with(data, &[])
    }

    /// The same with more arguments.
    pub(crate) fn start_with(data: &Path, arguments: &[&str]) -> Self {
        let mut command = command(data);
        command.args(arguments);
        Self::of(command)
    }

    fn of(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let url = line
            .strip_prefix("Groundwork is at ")
            .expect("one line, the address")
            .trim_end();
        Self {
            child,
            stdout,
            url: url.to_owned(),
        }
    }

    /// Starts it on an address.
    pub(crate) fn start_at(data: &Path, address: &str) -> Self {
        Self::of(command_at(data, address))
    }

    /// Starts it so that a limit on the size of its files makes a write fail; by default that ends
    /// a program.
    #[cfg(target_os = "linux")]
    pub(crate) fn start_where_files_may_end(data: &Path) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", r#"trap "" XFSZ; exec "$0" "$@""#]);
        let server = command(data);
        shell.arg(server.get_program()).args(server.get_args());
        shell.stdout(Stdio::piped()).stderr(Stdio::piped());
        Self::of(shell)
    }

    /// Starts it with this many descriptors for files and connections, and more arguments.
    #[cfg(unix)]
    pub(crate) fn start_with_descriptors(data: &Path, number: u32, arguments: &[&str]) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!(r#"ulimit -n {number}; exec "$0" "$@""#)]);
        let server = command(data);
        shell.arg(server.get_program()).args(server.get_args());
        shell.args(arguments);
        shell.stdout(Stdio::piped()).stderr(Stdio::piped());
        Self::of(shell)
    }

    /// The number of its process.
    #[cfg(target_os = "linux")]
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The bytes of memory that it holds; zero where nobody says.
    pub(crate) fn resident_bytes(&self) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        number.map_or(0, |number| number.parse::<u64>().unwrap() << 10)
    }

    /// The address on which it listens, with the port.
    pub(crate) fn address(&self) -> &str {
        self.url.trim_start_matches("http://").trim_end_matches('/')
    }

    /// Where a client of the protocol connects.
    pub(crate) fn sync_url(&self) -> String {
        self.url.replacen("http", "ws", 1) + "/sync"
    }

    /// Ends it as a power cut does (SIGKILL).
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends it as an operator does, and returns what it wrote to standard error.
    #[cfg(unix)]
    pub(crate) fn end_and_read_log(mut self) -> String {
        self.terminate();
        let mut log = String::new();
        let mut stderr = self.child.stderr.take().unwrap();
        stderr.read_to_string(&mut log).unwrap();
        log
    }

    #[cfg(unix)]
    fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(data: &Path) -> Command {
    command_at(data, "127.0.0.1:0")
}

fn command_at(data: &Path, address: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sync-server"));
    command.args(["--listen", address, "--data"]).arg(data);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn refused(command: &mut Command) -> String {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    assert_eq!((status.code(), stdout.as_slice()), (Some(1), &b""[..]));
    let text = String::from_utf8(stderr).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    text
}

#[test]
fn it_prints_the_address_on_which_it_really_listens() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(data.path());
    let address = program.url.strip_prefix("http://").unwrap();
    let mut connection = std::net::TcpStream::connect(address).unwrap();
    std::io::Write::write_all(&mut connection, b"GET /healthz HTTP/1.0\r\n\r\n").unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(
        answer.starts_with("HTTP/1.0 200") && answer.ends_with("ok\n"),
        "{answer}"
    );
}

#[test]
fn an_empty_variable_counts_as_unset_unless_it_would_leave_something_open() {
    let data = tempfile::tempdir().unwrap();
    let (mut unset, mut open) = (command(data.path()), command(data.path()));
    for name in [
        "APP",
        "LOG",
        "LOG_FORMAT",
        "METRICS",
        "PING",
        "TRUST_PROXY",
        "MAX_BYTES",
    ] {
        unset.env(format!("GROUNDWORK_{name}"), "");
    }
    drop(Program::of(unset));
    let closing = [
        ("NEW_WORKSPACES", "--new-workspaces"),
        ("WORKSPACE_TOKEN", "--workspace-token"),
        ("OPEN_DOCUMENTS", "--open-documents"),
        ("TLS_CERTIFICATE", "--tls-certificate"),
        ("ALLOW_ORIGIN", "--allow-origin"),
        ("HOST", "--host"),
    ];
    for (name, flag) in closing {
        open.env_clear().env(format!("GROUNDWORK_{name}"), "");
        let Output { status, stderr, .. } = open.output().unwrap();
        let text = String::from_utf8(stderr).unwrap();
        assert!(!status.success() && text.contains(flag), "{name}: {text}");
    }
}

#[test]
fn a_port_in_use_is_said_in_one_sentence() {
    let data = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let text = refused(command(data.path()).args(["--listen", &address]));
    assert!(
        text.contains(&address) && text.contains("another program"),
        "{text}"
    );
}

#[test]
fn a_data_directory_in_use_is_said_in_one_sentence() {
    let data = tempfile::tempdir().unwrap();
    let _first = Program::start(data.path());
    let text = refused(&mut command(data.path()));
    assert!(text.contains("another sync server"), "{text}");
}

#[test]
fn a_data_directory_that_cannot_be_written_is_said_in_one_sentence() {
    let parent = tempfile::tempdir().unwrap();
    let file = parent.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    let text = refused(&mut command(&file.join("data")));
    assert!(
        text.contains("cannot write to the data directory"),
        "{text}"
    );
}

#[test]
fn a_setting_that_makes_no_sense_is_said_in_one_sentence() {
    let data = tempfile::tempdir().unwrap();
    for (flag, value) in [
        ("--max-connections", "0"),
        ("--max-messages", "0"),
        ("--max-documents", "0"),
        ("--max-bytes", "0"),
        ("--allow-origin", "nonsense"),
        ("--host", "https://team.example"),
        ("--log", "verbose"),
        ("--log", "sync_server=loud"),
    ] {
        let text = refused(command(data.path()).args([flag, value]));
        let begins = format!("Groundwork: cannot use `{flag} {value}`: ");
        assert!(text.starts_with(&begins), "{text}");
    }
}

#[test]
fn a_room_is_switched_on_and_off_by_its_variable_as_everything_else_is() {
    let data = tempfile::tempdir().unwrap();
    // A tool reads the same settings, and opens no port.
    for (value, read) in [
        ("on", 1),
        ("off", 1),
        ("true", 1),
        ("false", 1),
        ("maybe", 2),
    ] {
        let mut tool = Command::new(env!("CARGO_BIN_EXE_sync-server"));
        let tool = tool.env("GROUNDWORK_LAN", value).args(["check", "--data"]);
        let code = tool.arg(data.path()).output().unwrap().status.code();
        assert_eq!(code, Some(read), "{value}");
    }
}

#[cfg(unix)]
#[test]
fn told_to_end_it_ends_well() {
    let data = tempfile::tempdir().unwrap();
    let mut program = Program::start(data.path());
    program.terminate();
    assert_eq!(program.child.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    program.stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "", "nothing but the address goes to standard output");
    Program::start(data.path());
}
