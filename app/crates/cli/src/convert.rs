//! `groundwork convert IN OUT`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use domain::interchange::{LARGEST, to_json, to_markdown, to_tables, to_upg};

use crate::arguments::{ConvertOptions, Target};
use crate::error::Failure;
use crate::{input, output};

pub(crate) fn run(options: &ConvertOptions) -> Result<ExitCode, Failure> {
    let target = match options.to {
        Some(target) => target,
        None => target_of(&options.output)?,
    };
    // By its other name it might be a plain file, which would be replaced.
    let is_printed = ["-", "/dev/stdout"]
        .map(Path::new)
        .contains(&&*options.output);
    if is_printed && target == Target::Csv {
        return Err(Failure::TablesPrinted);
    }
    if is_within(&options.output, &options.input) {
        return Err(Failure::WithinInput {
            path: options.output.clone(),
        });
    }
    let graph = input::read(&options.input)?;
    let text = match target {
        Target::Json => to_json(&graph),
        Target::Markdown => to_markdown(&graph),
        Target::Upg => to_upg(&graph),
        Target::Csv => {
            output::write_tables(&options.output, to_tables(&graph))?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    match is_printed {
        true => output::print(&text)?,
        false => output::write(&options.output, &text)?,
    }
    if text.len() > LARGEST && target != Target::Upg {
        let megabytes = LARGEST >> 20;
        output::complain(&format!(
            "{}: larger than {megabytes} MB, which is more than can be read again",
            options.output.display()
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether something would be written into the directory of tables that it is made from.
fn is_within(path: &Path, input: &Path) -> bool {
    let place = fs::canonicalize(output::directory_of(path)).ok();
    let tables = fs::canonicalize(input).ok().filter(|path| path.is_dir());
    place
        .zip(tables)
        .is_some_and(|(place, tables)| place.starts_with(tables))
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
