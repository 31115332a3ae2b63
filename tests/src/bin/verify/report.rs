//! Runs steps one after the other, shows what they say as they say it, and adds up.

use crate::tally::Tally;
use std::{
    io::{BufRead, BufReader, Write, stdout},
    process::{Command, ExitCode, Stdio},
    time::Instant,
};

/// What the steps so far came to.
pub(crate) struct Report {
    total: Tally,
    failed_steps: Vec<String>,
    /// What was skipped, and why.
    skipped: Vec<String>,
    started: Instant,
}

impl Report {
    /// Nothing has run yet.
    pub(crate) fn new() -> Self {
        Self {
            total: Tally::default(),
            failed_steps: Vec::new(),
            skipped: Vec::new(),
            started: Instant::now(),
        }
    }

    /// Runs a step that counts as one; whether it passed.
    pub(crate) fn step(&mut self, name: &str, run: impl FnOnce() -> bool) -> bool {
        self.counted(name, || Tally::one(run()))
    }

    /// Runs a command that counts as one; whether it passed.
    pub(crate) fn command(&mut self, name: &str, mut command: Command) -> bool {
        self.step(name, || {
            command
                .stdin(Stdio::null())
                .status()
                .map(|status| status.success())
                .unwrap_or_else(|error| {
                    say(&format!("cannot run {:?}: {error}", command.get_program()));
                    false
                })
        })
    }

    /// Runs a command that prints test results, each of which counts; whether all passed.
    pub(crate) fn tests(&mut self, name: &str, command: Command) -> bool {
        let mut skipped = Vec::new();
        let passed = self.counted(name, || run_tests(command, &mut skipped, say));
        self.skipped.append(&mut skipped);
        passed
    }

    /// Counts a step as failed that could not be tried.
    pub(crate) fn impossible(&mut self, name: &str, why: &str) {
        self.step(name, || {
            say(why);
            false
        });
    }

    fn counted(&mut self, name: &str, run: impl FnOnce() -> Tally) -> bool {
        say(&format!("\n── {name}"));
        let started = Instant::now();
        let tally = run();
        let passed = tally.failed == 0;
        let verdict = if passed { "passed" } else { "FAILED" };
        let seconds = started.elapsed().as_secs_f64();
        say(&format!("── {name}: {verdict} after {seconds:.1} s"));
        self.total += tally;
        if !passed {
            self.failed_steps.push(name.to_owned());
        }
        passed
    }

    /// Prints the last lines, and turns them into an exit code.
    pub(crate) fn finish(self) -> ExitCode {
        let minutes = self.started.elapsed().as_secs_f64() / 60.0;
        say(&format!("\n{minutes:.1} minutes in all"));
        if !self.failed_steps.is_empty() {
            say(&format!("failed: {}", self.failed_steps.join(", ")));
        }
        let Tally {
            passed,
            failed,
            skipped,
        } = self.total;
        for skipped in &self.skipped {
            say(&format!("skipped: {skipped}"));
        }
        if skipped > 0 {
            say(&format!("{skipped} skipped, which have proved nothing"));
        }
        say(&format!("{passed} passed, {failed} failed"));
        match failed {
            0 => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        }
    }
}

/// Prints a line at once: what a step prints itself must come after its heading. A reader that
/// went away is no reason to stop checking.
pub(crate) fn say(line: &str) {
    let mut out = stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// Runs a test command, counting in its output and handing every line on to `print`. What says that
/// it was skipped is added to `skipped`.
fn run_tests(
    mut command: Command,
    skipped: &mut Vec<String>,
    mut print: impl FnMut(&str),
) -> Tally {
    let nothing = Tally::one(false);
    let mut child = match command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => {
            print(&format!("cannot run {:?}: {error}", command.get_program()));
            return nothing;
        }
    };
    let mut tally = Tally::default();
    let mut any = false;
    let before = skipped.len();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            print(&line);
            if let Some(counted) = Tally::in_line(&line) {
                tally += counted;
                any = true;
            } else if let Some(skip) = Tally::skip_in_line(&line) {
                skipped.push(skip.to_owned());
            }
        }
    }
    tally.skip((skipped.len() - before) as u64);
    let succeeded = child.wait().is_ok_and(|status| status.success());
    // A test program that does not compile, or ends early, fails without a count; one that runs no
    // test at all has proved nothing.
    if (!succeeded && tally.failed == 0) || !any {
        tally += nothing;
    }
    tally
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn check(script: &str, passed: u64, failed: u64, why_skipped: &[&str]) {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        // Not printed: whoever counts the results of this very test would count these too.
        let (mut lines, mut why) = (0, Vec::new());
        let tally = run_tests(command, &mut why, |_| lines += 1);
        assert_eq!(lines, script.matches("echo").count(), "{script}");
        let skipped = why_skipped.len() as u64;
        let expected = Tally {
            passed,
            failed,
            skipped,
        };
        assert_eq!(tally, expected, "{script}");
        assert_eq!(why, why_skipped, "{script}");
    }

    #[test]
    fn the_results_of_all_test_programs_are_added_up() {
        check(
            "echo 'test result: ok. 2 passed; 0 failed; 0 ignored'; \
             echo 'test result: FAILED. 1 passed; 3 failed; 0 ignored'; exit 101",
            3,
            3,
            &[],
        );
    }

    #[test]
    fn what_says_that_it_was_skipped_has_not_passed() {
        check(
            "echo 'skipped the audit: no tool'; echo 'test result: ok. 2 passed; 0 failed'",
            1,
            0,
            &["the audit: no tool"],
        );
    }

    #[test]
    fn a_test_program_that_ends_early_counts_as_failed() {
        check(
            "echo 'test result: ok. 2 passed; 0 failed'; exit 101",
            2,
            1,
            &[],
        );
        check("exit 0", 0, 1, &[]);
    }

    #[test]
    fn a_program_that_does_not_exist_counts_as_failed() {
        let tally = run_tests(
            Command::new("a-program-that-does-not-exist"),
            &mut Vec::new(),
            |_| {},
        );
        assert_eq!(tally, Tally::one(false));
    }
}
