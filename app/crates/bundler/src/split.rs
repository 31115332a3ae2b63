//! Takes the module that the compiler made apart: what the app needs at once, and pieces that it
//! fetches when a function marked with `wasm_split` is first called.
//!
//! A piece holds the functions and the data that only its marked functions reach; a chunk, what
//! several pieces share. Functions meet in the one table, data in the one memory, and so the pieces
//! can be put together again only with the very module that they were cut from.

use crate::{BundlerError, merge::merge, tree};
use std::{collections::BTreeMap, fs, path::Path};
use wasm_split_cli_support::{Options, transform};

/// The module by which the app imports the functions that fetch its pieces.
pub const LOADER: &str = "./pieces.js";

/// What the export and import of a fetching function begin with; the name of its piece follows.
const FETCH: &str = "__wasm_split_load_";

/// The parts that pages are drawn with; a person is on one of them before any other part is asked
/// for.
pub const PAGES: [&str; 2] = ["start", "workspace"];

/// The parts that come by themselves once a workspace is on show, whatever one does there.
const AFTERWARDS: [&str; 2] = ["views", "later"];

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
    let mut split = Split {
        main: tree::read(&main)?,
        pieces,
        parts: parts.map(|(part, files)| (part, stems(files))).collect(),
    };
    if !names {
        split.merge_by_pages()?;
    }
    // Leftovers are overwritten by the next build; no harm if they stay.
    let _ = fs::remove_dir_all(folder);
    Ok(split)
}

impl Split {
    /// Merges the pieces that the same pages need: whoever is on a page has all of them, and one
    /// module is a tenth smaller than many.
    fn merge_by_pages(&mut self) -> Result<(), BundlerError> {
        let mut groups: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
        let mut group_of: BTreeMap<String, String> = BTreeMap::new();
        for piece in std::mem::take(&mut self.pieces) {
            let group = self.group(&piece.name);
            group_of.insert(piece.name.clone(), group.clone());
            groups.entry(group).or_default().push(piece);
        }
        for (name, group) in groups {
            let modules: Vec<&[u8]> = group.iter().map(|piece| piece.wasm.as_slice()).collect();
            let wasm = match modules.as_slice() {
                [one] => one.to_vec(),
                several => merge(several)?,
            };
            self.pieces.push(Piece { name, wasm });
        }
        for names in self.parts.values_mut() {
            let mut merged: Vec<String> = Vec::new();
            for name in names.iter() {
                let group = group_of.get(name).unwrap_or(name);
                if !merged.contains(group) {
                    merged.push(group.clone());
                }
            }
            *names = merged;
        }
        Ok(())
    }

    /// With which others a piece is merged: the name that they all get. What the start page shares with
    /// parts that are no pages stays apart from the rest of it, which those do without.
    fn group(&self, piece: &str) -> String {
        let needs = |part: &str| {
            let names = self.parts.get(part);
            names.is_some_and(|names| names.iter().any(|name| name == piece))
        };
        let [start, workspace] = PAGES;
        let others = || self.parts.keys().any(|part| part != start && needs(part));
        match (needs(start), needs(workspace)) {
            (true, true) => format!("{start}_{workspace}"),
            // Whoever needs anything else of these has the whole workspace.
            (false, true) => workspace.to_owned(),
            (true, false) if others() => format!("{start}_others"),
            (true, false) => start.to_owned(),
            (false, false) => {
                let afterwards: Vec<&str> = AFTERWARDS.into_iter().filter(|p| needs(p)).collect();
                match afterwards.as_slice() {
                    [] => piece.to_owned(),
                    parts => parts.join("_"),
                }
            }
        }
    }
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
    fn pieces_of_one_page_become_one_and_others_do_not_fetch_the_whole_start_page() {
        let empty = b"\0asm\x01\0\0\0".to_vec();
        let needs = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let mut split = Split {
            main: Vec::new(),
            pieces: ["a", "b", "c", "d", "e", "f", "g", "h", "start", "workspace"]
                .map(|name| Piece {
                    name: name.into(),
                    wasm: empty.clone(),
                })
                .into(),
            parts: BTreeMap::from([
                ("start".into(), needs(&["a", "b", "c", "start"])),
                ("workspace".into(), needs(&["a", "d", "e", "workspace"])),
                ("later".into(), needs(&["d", "f", "g"])),
                ("dialogs".into(), needs(&["c", "d", "f", "h"])),
            ]),
        };

        split.merge_by_pages().unwrap();

        let expected: [(&str, &[&str]); 4] = [
            ("dialogs", &["start_others", "workspace", "later", "h"]),
            ("later", &["workspace", "later"]),
            ("start", &["start_workspace", "start", "start_others"]),
            ("workspace", &["start_workspace", "workspace"]),
        ];
        for (part, names) in expected {
            assert_eq!(split.parts[part], names, "{part}");
        }
        let names: Vec<_> = split
            .pieces
            .iter()
            .map(|piece| piece.name.as_str())
            .collect();
        assert_eq!(
            names,
            [
                "h",
                "later",
                "start",
                "start_others",
                "start_workspace",
                "workspace"
            ]
        );
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
