//! What the program can be asked.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::value::Date;

/// How the program ends.
const ENDINGS: &str = "\
Ends with:
  0  done; what a file says that makes no sense or has no place is named on standard error
  1  `check` has found errors
  2  nothing was done: what was asked, or the file, cannot be read or written";

/// Figures, checks, traces and conversions of workspaces outside the browser.
///
/// FILE is what "Export…" writes or any file that "Import…" reads: JSON, Markdown, CSV, a directory
/// of CSV tables, an export of Miro, Trello, Jira or Leantime; `-` is standard input.
#[derive(Debug, Parser)]
#[command(
    name = "groundwork",
    version,
    arg_required_else_help = true,
    after_help = ENDINGS
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) task: Task,
}

/// One task.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Print every figure as JSON, keyed by entity and figure
    Figures(FiguresOptions),
    /// Print what the checks find; ends with 1 when there are errors
    Check(CheckOptions),
    /// Print why an entity is there: up to the vision, down to the evidence, and what falls with it
    Why(WhyOptions),
    /// Write a file in another format
    Convert(ConvertOptions),
}

/// Options of `groundwork figures`.
#[derive(Debug, Args)]
pub(crate) struct FiguresOptions {
    /// The workspace
    pub(crate) file: PathBuf,
    /// The day for which to reckon, as 2026-11-22; today unless told
    #[arg(long, value_parser = parse_day, value_name = "DAY")]
    pub(crate) today: Option<Date>,
}

/// Options of `groundwork check`.
#[derive(Debug, Args)]
pub(crate) struct CheckOptions {
    /// The workspace
    pub(crate) file: PathBuf,
    /// The day for which to check, as 2026-11-22; today unless told
    #[arg(long, value_parser = parse_day, value_name = "DAY")]
    pub(crate) today: Option<Date>,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub(crate) format: Form,
}

/// Options of `groundwork why`.
#[derive(Debug, Args)]
pub(crate) struct WhyOptions {
    /// The workspace
    pub(crate) file: PathBuf,
    /// The id of the entity
    pub(crate) id: String,
    /// The day for which to reckon, as 2026-11-22; today unless told
    #[arg(long, value_parser = parse_day, value_name = "DAY")]
    pub(crate) today: Option<Date>,
    /// How to print the trace
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub(crate) format: Form,
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

/// For people or for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Words
    Text,
    /// JSON
    Json,
}

/// A format that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// A workspace as JSON, lossless
    Json,
    /// A workspace as Markdown, lossless
    #[value(alias = "md")]
    Markdown,
    /// A directory with a table for each kind, lossless
    Csv,
    /// A Unified Product Graph, export only
    Upg,
}

fn parse_day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "expected a day such as 2026-11-22".to_owned())
}
