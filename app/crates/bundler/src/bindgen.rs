//! wasm-bindgen, as a library: its version is the one in `Cargo.lock`, so that the module and its
//! glue always agree.

use crate::BundlerError;
use wasm_bindgen_cli_support::Bindgen;

/// A module that a browser can load, and the JavaScript that it needs.
pub struct Bound {
    /// The WebAssembly module, with its `target_features` section kept for `wasm-opt`.
    pub wasm: Vec<u8>,
    /// The glue: an ES module whose default export takes `{ module_or_path }`.
    pub glue: String,
    /// JavaScript that crates bring along: (the path by which the glue imports it, text).
    pub snippets: Vec<(String, String)>,
}

/// Runs wasm-bindgen over what the compiler made. `names` keeps the functions' names.
pub fn bind(wasm: Vec<u8>, names: bool) -> Result<Bound, BundlerError> {
    let failed = |error| BundlerError::Bindgen(format!("{error:#}"));
    let mut output = Bindgen::new()
        .input_bytes("app", wasm)
        .web(true)
        .map_err(failed)?
        .typescript(false)
        .omit_default_module_path(true)
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

    let glue = output.js().to_owned();
    Ok(Bound {
        wasm: output.wasm_mut().emit_wasm(),
        glue,
        snippets,
    })
}
