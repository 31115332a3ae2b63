//! What the program can be asked.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Figures, checks, traces and conversions of workspaces outside the browser.
///
/// FILE is what "Export…" writes or any file that "Import…" reads: JSON, Markdown, CSV, a directory
/// of CSV tables, an export of Miro, Trello, Jira or Leantime; `-` is standard input.
#[derive(Debug, Parser)]
#[command(name = "groundwork", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) task: Task,
}

/// One task.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Write a file in another format
    Convert(ConvertOptions),
}

/// Options of `groundwork convert`.
#[derive(Debug, Args)]
pub(crate) struct ConvertOptions {
    /// What to read
    pub(crate) input: PathBuf,
    /// What to write: a file, a directory for CSV, or `-` for standard output
    pub(crate) output: PathBuf,
    /// The format to write, where the ending does not say it
    #[arg(long, value_enum)]
    pub(crate) to: Option<Target>,
}

/// A format that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// A workspace as JSON, lossless
    Json,
    /// A workspace as Markdown, lossless
    Markdown,
    /// A directory with a table for each kind, lossless
    Csv,
    /// A Unified Product Graph, export only
    Upg,
}
