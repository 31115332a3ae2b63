//! wasm-bindgen, as a library: its version is the one in `Cargo.lock`, so that the module and its
//! glue always agree.

use crate::{
    BundlerError,
    split::{Piece, Split},
};
use std::collections::{BTreeMap, HashMap};
use wasm_bindgen_cli_support::Bindgen;

/// A module that a browser can load, and the JavaScript that it needs.
pub struct Bound {
    /// The WebAssembly module, with its `target_features` section kept for `wasm-opt`.
    pub wasm: Vec<u8>,
    /// The glue: an ES module whose default export takes `{ module_or_path }`.
    pub glue: String,
    /// JavaScript that crates bring along: (the path by which the glue imports it, text).
    pub snippets: Vec<(String, String)>,
    /// Code that is fetched later; the glue imports the functions that do so from
    /// [`crate::split::LOADER`].
    pub pieces: Vec<Piece>,
    /// The names of the pieces that each part of the app consists of.
    pub parts: BTreeMap<String, Vec<String>>,
}

/// Runs wasm-bindgen over the module that the app needs at once. `names` keeps the functions' names, those of the
/// imports too: each ends in a hash, and together they weigh eight kilobytes on the wire.
pub fn bind(split: Split, names: bool) -> Result<Bound, BundlerError> {
    let failed = |error| BundlerError::Bindgen(format!("{error:#}"));
    let mut output = Bindgen::new()
        .input_bytes("app", split.main)
        .web(true)
        .map_err(failed)?
        .typescript(false)
        .omit_default_module_path(true)
        // The table, by which the pieces reach the module's functions.
        .keep_lld_exports(true)
        .remove_name_section(!names)
        .remove_producers_section(true)
        .generate_output()
        .map_err(failed)?;

    if let Some(name) = output.npm_dependencies().keys().next() {
        return Err(BundlerError::NpmModule(name.clone()));
    }
    let inline = output.snippets().iter().flat_map(|(crate_name, list)| {
        list.iter().enumerate().map(move |(number, text)| {
            let path = format!("./snippets/{crate_name}/inline{number}.js");
            (path, text.clone())
        })
    });
    let modules = output
        .local_modules()
        .iter()
        .map(|(path, text)| (format!("./snippets/{path}"), text.clone()));
    let mut snippets: Vec<_> = inline.chain(modules).collect();
    snippets.sort();

    let mut glue = output.js().to_owned();
    if !names {
        let mut short = HashMap::new();
        // What a snippet exports goes by its own name; all else is the glue's.
        let imports = output.wasm_mut().imports.iter_mut();
        let of_the_glue = imports.filter(|import| import.name.starts_with("__wb"));
        for (number, import) in of_the_glue.enumerate() {
            let name = format!("i{number}");
            short.insert(std::mem::replace(&mut import.name, name.clone()), name);
        }
        glue = rename(&glue, &short);
    }
    Ok(Bound {
        wasm: output.wasm_mut().emit_wasm(),
        glue,
        snippets,
        pieces: split.pieces,
        parts: split.parts,
    })
}

/// Replaces whole words of JavaScript.
fn rename(script: &str, names: &HashMap<String, String>) -> String {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    let mut renamed = String::with_capacity(script.len());
    let mut rest = script;
    while !rest.is_empty() {
        let (word, behind) = rest.split_at(rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
        renamed.push_str(names.get(word).map_or(word, String::as_str));
        let (between, next) = behind.split_at(behind.find(is_word).unwrap_or(behind.len()));
        renamed.push_str(between);
        rest = next;
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_renamed() {
        let names = HashMap::from([("__wbg_key_1f".to_owned(), "i0".to_owned())]);
        let script = "({__wbg_key_1f: () => x.__wbg_key_1f, __wbg_key_1f2: '√ __wbg_key'})";
        let expected = "({i0: () => x.i0, __wbg_key_1f2: '√ __wbg_key'})";
        assert_eq!(rename(script, &names), expected);
    }
}
