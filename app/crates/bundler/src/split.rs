//! Takes the module that the compiler made apart: what the app needs at once, and pieces that it
//! fetches when a function marked with `wasm_split` is first called.
//!
//! A piece holds the functions and the data that only its marked functions reach; a chunk, what
//! several pieces share. Functions meet in the one table, data in the one memory, and so the pieces
//! can be put together again only with the very module that they were cut from.

use crate::{BundlerError, tree};
use std::{collections::BTreeMap, fs, path::Path};
use wasm_split_cli_support::{Options, transform};

/// The module by which the app imports the functions that fetch its pieces.
pub const LOADER: &str = "./pieces.js";

/// What the export and import of a fetching function begin with; the name of its piece follows.
const FETCH: &str = "__wasm_split_load_";

/// A part of the app's code in a module of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its name: what the source calls it, or that of a chunk.
    pub name: String,
    /// The WebAssembly module.
    pub wasm: Vec<u8>,
}

/// A module taken apart.
pub struct Split {
    /// What is needed at once, for wasm-bindgen.
    pub main: Vec<u8>,
    /// The rest.
    pub pieces: Vec<Piece>,
    /// The names of the pieces that each part of the app consists of, by its name.
    pub parts: BTreeMap<String, Vec<String>>,
}

/// Takes `wasm` apart, which has been linked with `--emit-relocs`. `names` keeps the functions'
/// names in the pieces. `scratch` is a folder for the files in between.
pub fn split(wasm: &[u8], names: bool, scratch: &Path) -> Result<Split, BundlerError> {
    let folder = scratch.join("split");
    let main = folder.join("main.wasm");
    let mut options = Options::new(wasm);
    options.output_dir = &folder;
    options.main_out_path = &main;
    options.link_name = LOADER;
    let done = transform(options).map_err(|error| BundlerError::Split(format!("{error:#}")))?;

    let mut pieces = Vec::new();
    for path in &done.split_modules {
        let wasm = tree::read(path)?;
        pieces.push(Piece {
            name: stem(&path.file_stem().unwrap_or_default().to_string_lossy()),
            wasm: if names { wasm } else { without_names(&wasm) },
        });
    }
    pieces.sort_by(|one, other| one.name.cmp(&other.name));
    let stems = |files: Vec<String>| files.iter().map(|file| stem(file)).collect();
    let parts = done.prefetch_map.into_iter();
    let split = Split {
        main: tree::read(&main)?,
        pieces,
        parts: parts.map(|(part, files)| (part, stems(files))).collect(),
    };
    // Leftovers are overwritten by the next build; no harm if they stay.
    let _ = fs::remove_dir_all(folder);
    Ok(split)
}

fn stem(file: &str) -> String {
    file.trim_start_matches("split_").to_owned()
}

/// JavaScript that defines `binding`, an object with the functions that fetch the pieces.
/// `addresses` gives each part the addresses of its pieces. Within the glue, `wasm` is what the
/// module at hand exports. A piece that did not come is asked for again the next time.
pub fn loader(binding: &str, addresses: &BTreeMap<String, Vec<String>>) -> String {
    let functions: String = addresses
        .iter()
        .map(|(part, paths)| format!("{FETCH}{part}:part({}),", serde_json::json!(paths)))
        .collect();
    format!(
        "const pieces=new Map(),\
         piece=(path)=>{{\
         if(!pieces.has(path)){{\
         const loading=WebAssembly.instantiateStreaming(fetch(path),{{__wasm_split:wasm}});\
         loading.catch(()=>pieces.delete(path));\
         pieces.set(path,loading)}}\
         return pieces.get(path)}},\
         part=(paths)=>async(callback,data)=>{{\
         let here=true;\
         try{{await Promise.all(paths.map(piece))}}catch(error){{console.warn(error);here=false}}\
         wasm.__indirect_function_table.get(callback)(data,here)}},\
         {binding}={{{functions}}};\n"
    )
}

/// The module without the section of names and that of producers. What does not parse stays whole.
fn without_names(wasm: &[u8]) -> Vec<u8> {
    let Some((header, mut rest)) = wasm.split_at_checked(8) else {
        return wasm.to_vec();
    };
    let mut kept = header.to_vec();
    while !rest.is_empty() {
        let Some((section, behind)) = section(rest) else {
            return wasm.to_vec();
        };
        if !is_named(section, "name") && !is_named(section, "producers") {
            kept.extend_from_slice(section);
        }
        rest = behind;
    }
    kept
}

/// The first section with its head, and what is behind it.
fn section(wasm: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, head) = number(wasm.get(1..)?)?;
    wasm.split_at_checked(1 + head + length)
}

/// Whether a section is the custom one of that name.
fn is_named(section: &[u8], name: &str) -> bool {
    let found = || {
        let (_, head) = number(section.get(1..)?)?;
        let (length, own_head) = number(section.get(1 + head..)?)?;
        let start = 1 + head + own_head;
        section.get(start..start + length)
    };
    section.first() == Some(&0) && found() == Some(name.as_bytes())
}

/// An unsigned LEB128 number, and how many bytes it takes.
fn number(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0;
    for (at, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((value, at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_names_every_part_with_the_addresses_of_its_pieces() {
        let addresses = BTreeMap::from([("share".to_owned(), vec!["/a.wasm".to_owned()])]);
        let script = loader("import1", &addresses);
        let function = "import1={__wasm_split_load_share:part([\"/a.wasm\"]),};";
        assert!(script.ends_with(&format!("{function}\n")), "{script}");
        assert_eq!(script.matches('{').count(), script.matches('}').count());
    }

    #[test]
    fn names_and_producers_leave_a_module_and_all_else_stays() {
        let module: &[&[u8]] = &[
            b"\0asm\x01\0\0\0",
            b"\x01\x01\0",
            b"\0\x86\0\x04nameX",
            b"\0\x0a\x09producers",
            b"\0\x05\x04kept",
        ];
        let kept = [module[0], module[1], module[4]].concat();
        assert_eq!(without_names(&module.concat()), kept);
        assert_eq!(
            without_names(b"\0asm\x01\0\0\0\x01\x09"),
            b"\0asm\x01\0\0\0\x01\x09"
        );
    }
}
