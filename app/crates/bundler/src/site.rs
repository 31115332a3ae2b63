//! What the site consists of: a pure function from the inputs to the files.
//!
//! Invariants: a file below `assets/` has its content's hash in its name, so that its bytes never
//! change under one name; the service worker's list holds every file that the app can ask for once
//! it is loaded, so that nothing is requested offline.

use crate::{
    BundlerError, bindgen::Bound, data, fingerprint::Inputs, hash, split, style, template,
};
use std::collections::BTreeMap;

/// Where the scripts that are templates lie in `public/`; every other file there is copied.
const BOOT: &str = "boot.js";
const WORKER: &str = "service-worker.js";

/// Copied, but of no use to the app itself, so not kept on the device.
const NOT_FOR_THE_APP: [&str; 1] = ["robots.txt"];

/// What of `public/` a page asks for while it loads.
const ASKED_FOR_AT_ONCE: [&str; 2] = ["icons/icon.svg", "manifest.webmanifest"];

/// When the app's data is fetched by a person whose browser speaks English; the rest comes later.
const DATA: [(&str, Load); 2] = [("words.en", Load::Any), ("catalogue", Load::Workspace)];

/// The parts of the app that a page is drawn with.
const PARTS: [(&str, Load); 2] = [("start", Load::Start), ("workspace", Load::Workspace)];

/// When a file is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Load {
    /// On the first visit to any page, before it is drawn.
    Any,
    /// On the first visit to the start page.
    Start,
    /// On the first visit to a workspace, before the first note can be written.
    Workspace,
    /// When it is needed; the service worker keeps it on the device before that.
    Later,
    /// Never by the app.
    Never,
}

/// One file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// Its path below the site, without a slash in front.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When it is fetched.
    pub load: Load,
}

/// Makes the site's files out of the inputs and of what wasm-bindgen made of the app.
pub fn assemble(inputs: &Inputs, app: Bound) -> Result<Vec<SiteFile>, BundlerError> {
    let mut files = Vec::new();
    let style = hashed("app", "css", style::sheet(&inputs.style).into_bytes());
    let boot = hashed("boot", "js", public(inputs, BOOT)?.to_vec());
    let wasm = hashed("app", "wasm", app.wasm);
    let mut pieces = Vec::new();
    for piece in app.pieces {
        let mut file = hashed(&piece.name, "wasm", piece.wasm);
        file.load = load_of(&piece.name, &app.parts);
        pieces.push((piece.name, file));
    }
    let address = |name: &String| {
        let piece = pieces.iter().find(|(known, _)| known == name);
        piece.map(|(_, file)| format!("/{}", file.path))
    };
    let parts: BTreeMap<String, Vec<String>> = app
        .parts
        .iter()
        .map(|(part, names)| (part.clone(), names.iter().filter_map(address).collect()))
        .collect();
    let workspace = parts.get("workspace").map(|paths| paths.join(" "));
    let workspace = workspace.unwrap_or_default();
    let (glue, snippets) = link(app.glue, &app.snippets, &parts, &wasm.path);

    let mut named = Vec::new();
    for data in data::files(&inputs.catalogue, &inputs.locales)? {
        let mut file = hashed(&data.name, "json", data.text.into_bytes());
        let known = DATA.iter().find(|(name, _)| *name == data.name);
        file.load = known.map_or(Load::Later, |(_, load)| *load);
        named.push((data.name, file));
    }
    // The pieces are named in the page too, so that it can be told from one of another version.
    let addresses: BTreeMap<&str, String> = named
        .iter()
        .chain(&pieces)
        .map(|(name, file)| (name.as_str(), format!("/{}", file.path)))
        .collect();

    let modules = std::iter::once(&glue).chain(&snippets);
    let preloads: String = modules
        .map(|module| format!("<link rel=\"modulepreload\" href=\"/{}\">", module.path))
        .collect();
    let page = template::fill(
        "app/index.html",
        &String::from_utf8_lossy(&inputs.page),
        &[
            ("style", format!("/{}", style.path)),
            ("boot", format!("/{}", boot.path)),
            ("app", format!("/{}", glue.path)),
            ("wasm", format!("/{}", wasm.path)),
            ("preloads", preloads),
            ("workspace", workspace),
            ("assets", serde_json::json!(addresses).to_string()),
        ],
    )?;
    files.push(file("index.html", page.into_bytes()));
    files.extend([style, boot, wasm, glue]);
    files.extend(snippets);
    files.extend(named.into_iter().chain(pieces).map(|(_, file)| file));
    for (path, bytes) in &inputs.public {
        if ![BOOT, WORKER].contains(&path.as_str()) {
            let mut file = file(path, bytes.clone());
            if NOT_FOR_THE_APP.contains(&path.as_str()) {
                file.load = Load::Never;
            } else if !ASKED_FOR_AT_ONCE.contains(&path.as_str()) {
                file.load = Load::Later;
            }
            files.push(file);
        }
    }
    let worker = service_worker(public(inputs, WORKER)?, &files)?;
    files.push(SiteFile {
        load: Load::Later,
        ..file(WORKER, worker.into_bytes())
    });
    Ok(files)
}

/// When a piece of the app's code is fetched, by the pages whose parts it belongs to.
fn load_of(piece: &String, parts: &BTreeMap<String, Vec<String>>) -> Load {
    let belongs = |part: &str| parts.get(part).is_some_and(|names| names.contains(piece));
    let mut loads = PARTS.iter().filter(|(part, _)| belongs(part));
    match (loads.next(), loads.next()) {
        (None, _) => Load::Later,
        (Some((_, load)), None) => *load,
        (Some(_), Some(_)) => Load::Any,
    }
}

/// The glue with its imports pointing at hashed files, and these files; what fetches the pieces
/// becomes a part of it. The glue starts the app by itself and tells the page when that fails.
fn link(
    mut glue: String,
    snippets: &[(String, String)],
    parts: &BTreeMap<String, Vec<String>>,
    wasm: &str,
) -> (SiteFile, Vec<SiteFile>) {
    let mut files = Vec::new();
    // wasm-bindgen imports a module once for each thing that it takes from it.
    let mut first: Option<String> = None;
    while let Some((statement, binding)) = import_of(&glue, split::LOADER) {
        let own = match &first {
            None => split::loader(&binding, parts),
            Some(first) => format!("const {binding}={first};"),
        };
        glue = glue.replacen(&statement, &own, 1);
        first.get_or_insert(binding);
    }
    for (number, (import, text)) in snippets.iter().enumerate() {
        let stem = format!("snippet{number}");
        let snippet = hashed(&stem, "js", text.clone().into_bytes());
        glue = glue.replace(import.as_str(), &format!("/{}", snippet.path));
        files.push(snippet);
    }
    glue.push_str(&format!(
        "\n__wbg_init({{ module_or_path: \"/{wasm}\" }}).catch((error) => \
         dispatchEvent(new ErrorEvent(\"groundwork-failed\", {{ error }})));\n"
    ));
    (hashed("app", "js", glue.into_bytes()), files)
}

/// The statement by which the glue imports all of a module, and the name that it gives it.
fn import_of(glue: &str, module: &str) -> Option<(String, String)> {
    let from = [format!(" from \"{module}\""), format!(" from '{module}'")];
    let line = glue
        .lines()
        .find(|line| from.iter().any(|from| line.contains(from.as_str())))?;
    let binding = line.strip_prefix("import * as ")?.split(' ').next()?;
    Some((line.to_owned(), binding.to_owned()))
}

/// The service worker with its version and its list filled in.
fn service_worker(source: &[u8], files: &[SiteFile]) -> Result<String, BundlerError> {
    let mut kept: Vec<&SiteFile> = files
        .iter()
        .filter(|file| file.load != Load::Never)
        .collect();
    kept.sort_by(|a, b| a.path.cmp(&b.path));
    // The worker's own text counts too: a new worker must not share its cache with the last one.
    let parts = kept
        .iter()
        .flat_map(|file| [file.path.as_bytes(), &*file.bytes])
        .chain([source]);
    let version: String = hash::of_parts(parts).chars().take(16).collect();
    let paths: Vec<String> = kept
        .iter()
        .map(|file| match file.path.as_str() {
            "index.html" => "/".to_owned(),
            path => format!("/{path}"),
        })
        .collect();
    template::fill(
        WORKER,
        &String::from_utf8_lossy(source),
        &[
            ("version", version),
            ("files", serde_json::json!(paths).to_string()),
        ],
    )
}

fn public<'a>(inputs: &'a Inputs, name: &str) -> Result<&'a [u8], BundlerError> {
    let found = inputs.public.iter().find(|(path, _)| path == name);
    found
        .map(|(_, bytes)| bytes.as_slice())
        .ok_or_else(|| BundlerError::Missing(format!("public/{name}").into()))
}

fn hashed(stem: &str, extension: &str, bytes: Vec<u8>) -> SiteFile {
    file(&hash::asset_path(stem, extension, &bytes), bytes)
}

fn file(path: &str, bytes: Vec<u8>) -> SiteFile {
    SiteFile {
        path: path.to_owned(),
        bytes,
        load: Load::Any,
    }
}

#[cfg(test)]
mod tests;
