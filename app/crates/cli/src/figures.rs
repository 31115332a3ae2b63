//! `groundwork figures FILE`.

use std::process::ExitCode;

use domain::check::{CheckBook, ages};
use domain::figure::FigureBook;

use crate::arguments::FiguresOptions;
use crate::error::Failure;
use crate::today::or_today;
use crate::{input, output};

/// Prints every figure of the workspace as JSON.
pub(crate) fn run(options: &FiguresOptions) -> Result<ExitCode, Failure> {
    let graph = input::read(&options.file)?;
    let book = FigureBook::new(&graph, or_today(options.today)?);
    let checks = CheckBook::new(book.index(), book.today());
    let ages = ages(&checks.findings(book.index()), book.index(), book.today());
    output::print(&book.to_json_with(ages.as_slice()))?;
    Ok(ExitCode::SUCCESS)
}
