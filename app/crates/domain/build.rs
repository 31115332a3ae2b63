//! Gathers the catalogue's JSON files into the binary, so that adding a canvas, a kind or a link
//! kind is adding one file. Files come in the order of their names.
//!
//! A module for the browser gets none: the bundler puts them beside it, for
//! `catalogue::install`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let catalogue = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("catalogue");
    let embeds = env::var("CARGO_CFG_TARGET_FAMILY")? != "wasm";
    let mut source = String::new();
    for (constant, folder) in [
        ("CANVASES", "canvases"),
        ("KINDS", "kinds"),
        ("LINK_KINDS", "links"),
        ("SAMPLES", "samples"),
    ] {
        gather(&mut source, constant, &catalogue.join(folder), embeds)?;
    }
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("files.rs"), source)?;
    Ok(())
}

/// Writes `pub(crate) static CONSTANT: &[(name without ending, text)]` for the files of one folder,
/// or for none of them.
fn gather(
    source: &mut String,
    constant: &str,
    folder: &Path,
    embeds: bool,
) -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|path| embeds && path.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    writeln!(source, "pub(crate) static {constant}: &[(&str, &str)] = &[")?;
    for path in files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        writeln!(
            source,
            "    ({name:?}, include_str!({:?})),",
            path.display().to_string()
        )?;
    }
    writeln!(source, "];")?;
    Ok(())
}
