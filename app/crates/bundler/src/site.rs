//! What the site consists of: a pure function from the inputs to the files.
//!
//! Invariants: a file below `assets/` has its content's hash in its name, so that its bytes never
//! change under one name; the service worker's list holds every file that the app can ask for once
//! it is loaded, so that nothing is requested offline.

use crate::{BundlerError, bindgen::Bound, fingerprint::Inputs, hash, style, template};

/// Where the scripts that are templates lie in `public/`; every other file there is copied.
const BOOT: &str = "boot.js";
const WORKER: &str = "service-worker.js";

/// Copied, but of no use to the app itself, so not kept on the device.
const NOT_FOR_THE_APP: [&str; 1] = ["robots.txt"];

/// One file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// Its path below the site, without a slash in front.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Fetched when the app is loaded for the first time, by the page or by the service worker.
    pub first_load: bool,
}

/// Makes the site's files out of the inputs and of what wasm-bindgen made of the app.
pub fn assemble(inputs: &Inputs, app: Bound) -> Result<Vec<SiteFile>, BundlerError> {
    let mut files = Vec::new();
    let style = hashed("app", "css", style::sheet(&inputs.style).into_bytes());
    let boot = hashed("boot", "js", public(inputs, BOOT)?.to_vec());
    let wasm = hashed("app", "wasm", app.wasm);
    let (glue, snippets) = link(app.glue, &app.snippets, &wasm.path);

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
        ],
    )?;
    files.push(file("index.html", page.into_bytes()));
    files.extend([style, boot, wasm, glue]);
    files.extend(snippets);
    for (path, bytes) in &inputs.public {
        if ![BOOT, WORKER].contains(&path.as_str()) {
            files.push(SiteFile {
                path: path.clone(),
                bytes: bytes.clone(),
                first_load: !NOT_FOR_THE_APP.contains(&path.as_str()),
            });
        }
    }
    let worker = service_worker(public(inputs, WORKER)?, &files)?;
    files.push(file(WORKER, worker.into_bytes()));
    Ok(files)
}

/// The glue with its imports pointing at hashed files, and these files. The glue starts the app by
/// itself and tells the page when that fails.
fn link(mut glue: String, snippets: &[(String, String)], wasm: &str) -> (SiteFile, Vec<SiteFile>) {
    let mut files = Vec::new();
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

/// The service worker with its version and its list filled in.
fn service_worker(source: &[u8], files: &[SiteFile]) -> Result<String, BundlerError> {
    let mut kept: Vec<&SiteFile> = files.iter().filter(|file| file.first_load).collect();
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
        first_load: true,
    }
}

#[cfg(test)]
mod tests;
