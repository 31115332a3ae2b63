//! `groundwork convert IN OUT`.
//!
//! Invariant: what was at OUT stays until the new file is whole.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use domain::Graph;
use domain::interchange::{to_json, to_markdown, to_tables, to_upg};

use crate::arguments::{ConvertOptions, Target};
use crate::error::Failure;
use crate::{input, output};

pub(crate) fn run(options: &ConvertOptions) -> Result<ExitCode, Failure> {
    let target = match options.to {
        Some(target) => target,
        None => target_of(&options.output)?,
    };
    let graph = input::read(&options.input)?;
    let text = match target {
        Target::Json => to_json(&graph),
        Target::Markdown => to_markdown(&graph),
        Target::Upg => to_upg(&graph),
        Target::Csv => {
            write_tables(&options.output, &graph)?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    if options.output == Path::new("-") {
        output::print(&text);
    } else {
        write(&options.output, &text)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn target_of(path: &Path) -> Result<Target, Failure> {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    match ending.to_lowercase().as_str() {
        "json" => Ok(Target::Json),
        "md" | "markdown" => Ok(Target::Markdown),
        "upg" => Ok(Target::Upg),
        "csv" => Ok(Target::Csv),
        _ if path.is_dir() => Ok(Target::Csv),
        _ => Err(Failure::UnknownFormat {
            path: path.to_owned(),
        }),
    }
}

/// Writes beside the file and then takes its place, so that a full disk costs nothing.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let unwritable = |error| Failure::Unwritable {
        path: path.to_owned(),
        error,
    };
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let written = fs::write(&part, text).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // What is left of the attempt is of no use to anybody.
        let _ = fs::remove_file(&part);
    }
    written.map_err(unwritable)
}

/// Writes the tables into a directory of their own.
fn write_tables(directory: &Path, graph: &Graph) -> Result<(), Failure> {
    let unwritable = |path: &Path, error| Failure::Unwritable {
        path: path.to_owned(),
        error,
    };
    // Tables that are there already would be taken for part of this workspace.
    let occupied = fs::read_dir(directory).is_ok_and(|mut entries| entries.next().is_some());
    if directory.is_file() || occupied {
        return Err(Failure::NotEmpty {
            path: directory.to_owned(),
        });
    }
    fs::create_dir_all(directory).map_err(|error| unwritable(directory, error))?;
    let mut taken: Vec<String> = Vec::new();
    for table in to_tables(graph) {
        // A kind may be called anything; a file may not.
        let safe = |c: char| {
            if c.is_alphanumeric() || matches!(c, '-' | '_') {
                c
            } else {
                '-'
            }
        };
        let mut name: String = table.name.chars().map(safe).collect();
        // The rows say their kind, so that kinds whose names would be one file can have two.
        while taken.contains(&name.to_lowercase()) {
            name.push('-');
        }
        taken.push(name.to_lowercase());
        write(&directory.join(format!("{name}.csv")), &table.csv)?;
    }
    Ok(())
}
