//! Who may know whom, by what the modules mention.

use crate::{
    rust::Source,
    tree::{File, demand_none, files},
};
use std::collections::BTreeSet;

const WEB: [&str; 10] = [
    "leptos",
    "leptos_icons",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "gloo",
    "indexed_db_futures",
    "icondata",
    "console_error_panic_hook",
];
const SIGNALS: [&str; 2] = ["reactive_graph", "any_spawner"];
const SERVER: [&str; 5] = ["tokio", "axum", "tower", "tower_http", "rusqlite"];
const CHANCE: [&str; 3] = ["rand", "fastrand", "getrandom"];
const TIME: [&str; 2] = ["std::time", "core::time"];

/// What a module mentions, as absolute paths.
fn mentions(file: &File) -> Vec<String> {
    let module = module_of(&file.path);
    let source = Source::parse(&file.text);
    source
        .paths()
        .into_iter()
        .map(|path| {
            // A module of one's own hides a crate of the same name.
            let own = path
                .first()
                .is_some_and(|first| source.declares_module(first));
            let base: &[String] = if own { &module } else { &[] };
            [base, &resolve(&path, &module)].concat().join("::")
        })
        .collect()
}

/// `app/src/features/slots/drag.rs` is `crate::features::slots::drag`.
fn module_of(path: &str) -> Vec<String> {
    let inner = path.split_once("src/").map_or(path, |(_, inner)| inner);
    let inner = inner.trim_end_matches(".rs");
    let parts = inner
        .split('/')
        .filter(|part| !["lib", "main"].contains(part));
    ["crate"]
        .into_iter()
        .chain(parts)
        .map(str::to_owned)
        .collect()
}

fn resolve(path: &[String], module: &[String]) -> Vec<String> {
    let ups = path.iter().take_while(|part| *part == "super").count();
    let relative = ups > 0 || path.first().is_some_and(|first| first == "self");
    if !relative {
        return path.to_vec();
    }
    let base = &module[..module.len().saturating_sub(ups)];
    let rest = path
        .iter()
        .filter(|part| !["super", "self"].contains(&part.as_str()));
    base.iter().chain(rest).cloned().collect()
}

fn begins_with(path: &str, forbidden: &str) -> bool {
    path.strip_prefix(forbidden)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// No module below `folder`, but for those below `except`, may mention what is forbidden.
fn forbid(folder: &str, except: &[&str], forbidden: &[&[&str]], what_to_do: &str) {
    let forbidden: Vec<&str> = forbidden.concat();
    let mut breaches = Vec::new();
    for file in files(folder, ".rs") {
        if file.is_test() || except.iter().any(|except| file.path.starts_with(except)) {
            continue;
        }
        for path in mentions(&file) {
            if forbidden
                .iter()
                .any(|forbidden| begins_with(&path, forbidden))
            {
                breaches.push(format!("{} mentions {path}", file.path));
            }
        }
    }
    demand_none(breaches, what_to_do);
}

#[test]
fn domain_knows_no_automerge_no_signals_and_no_web() {
    forbid(
        "app/crates/domain/src",
        &[],
        &[
            &WEB,
            &SIGNALS,
            &SERVER,
            &CHANCE,
            &["automerge", "document", "workspace", "sync"],
        ],
        "keep it plain Rust: pass in what the rule needs, or move the code up a layer",
    );
}

#[test]
fn document_knows_no_signals_no_web_and_no_network() {
    forbid(
        "app/crates/document/src",
        &[],
        &[&WEB, &SIGNALS, &SERVER, &["workspace", "sync"]],
        "move what needs signals into `workspace`, and what needs the web into `platform`",
    );
}

#[test]
fn workspace_knows_signals_alone() {
    forbid(
        "app/crates/workspace/src",
        &[],
        &[&WEB, &SERVER, &["automerge", "sync"]],
        "move what needs the web into `platform` or a feature, and Automerge into `document`",
    );
}

#[test]
fn sync_never_awaits_asks_the_time_or_draws_a_random_number() {
    for folder in [
        "sync-server/crates/bounded/src",
        "sync-server/crates/sync/src",
    ] {
        never_awaits(folder);
    }
}

fn never_awaits(folder: &str) {
    let what_to_do = "pass in the time and the numbers, and let the caller wait";
    forbid(
        folder,
        &[],
        &[
            &WEB,
            &SIGNALS,
            &SERVER,
            &CHANCE,
            &TIME,
            &["futures", "futures_util", "std::thread"],
        ],
        what_to_do,
    );
    let words = ["async", "await", "SystemTime", "Instant"];
    let breaches = files(folder, ".rs")
        .iter()
        .filter(|file| !file.is_test())
        .flat_map(|file| {
            let source = Source::parse(&file.text);
            let found = words.into_iter().filter(move |word| source.mentions(word));
            found.map(|word| format!("{} mentions {word}", file.path))
        })
        .collect();
    demand_none(breaches, what_to_do);
}

#[test]
fn the_server_knows_no_schema() {
    forbid(
        "sync-server/src",
        &[],
        &[&WEB, &SIGNALS, &["domain", "document", "workspace"]],
        "the server authorises, checks, stores and forwards chunks: leave their meaning to the app",
    );
}

#[test]
fn primitives_know_no_domain() {
    let above = ["crate::features", "crate::shell", "crate::platform"];
    forbid(
        "app/src/ui",
        &[],
        &[
            &["domain", "document", "workspace", "sync", "automerge"],
            &above,
        ],
        "give the primitive what it shows as plain properties, and translate in the feature",
    );
}

#[test]
fn a_feature_knows_no_other_feature_and_not_the_shell() {
    let sources = files("app/src/features/", ".rs");
    let features: BTreeSet<String> = sources.iter().map(|file| feature_of(&file.path)).collect();
    let mut breaches = Vec::new();
    for file in &sources {
        let own = feature_of(&file.path);
        for path in mentions(file) {
            let mut others = features.iter().filter(|feature| **feature != own);
            if others.any(|other| begins_with(&path, other)) || begins_with(&path, "crate::shell") {
                breaches.push(format!("{} mentions {path}", file.path));
            }
        }
    }
    demand_none(
        breaches,
        "let the two meet in the session, or move what they share into `ui` or `features.rs`",
    );
}

/// `crate::features::slots` for every module of that feature.
fn feature_of(path: &str) -> String {
    module_of(path)[..3].join("::")
}

#[test]
fn the_platform_knows_nothing_above_it() {
    forbid(
        "app/src/platform",
        &[],
        &[&["crate::features", "crate::shell", "crate::ui"]],
        "let the shell listen to a signal of the platform",
    );
}

#[test]
fn only_the_platform_touches_storage_sockets_and_automerge() {
    let what_to_do = "put it behind a function of `app/src/platform`";
    let platform = ["app/src/platform", "app/src/platform.rs"];
    let sockets = ["gloo::net", "gloo::storage", "gloo::worker"];
    // The ids of documents stand in addresses; the rest of `sync` is the protocol.
    let protocol = [
        "sync::ClientNode",
        "sync::Incoming",
        "sync::PeerId",
        "sync::bounded",
    ];
    forbid(
        "app/src",
        &platform,
        &[
            &["automerge", "indexed_db_futures", "getrandom"],
            &protocol,
            &sockets,
        ],
        what_to_do,
    );
    let names = [
        "WebSocket",
        "BroadcastChannel",
        "IdbFactory",
        "local_storage",
        "session_storage",
        "Storage",
        "fetch_with_str",
        "fetch_with_request",
        "LockManager",
        "StorageManager",
    ];
    let mut breaches = Vec::new();
    for file in files("app/src", ".rs") {
        if platform
            .iter()
            .any(|platform| file.path.starts_with(platform))
        {
            continue;
        }
        let source = Source::parse(&file.text);
        let found = names.into_iter().filter(|name| source.mentions(name));
        breaches.extend(found.map(|name| format!("{} mentions {name}", file.path)));
    }
    demand_none(breaches, what_to_do);
}

#[test]
fn relative_paths_are_followed() {
    let module = module_of("app/src/features/slots/drag.rs");
    let check = |path: &str, expected: &str| {
        let path: Vec<String> = path.split("::").map(str::to_owned).collect();
        assert_eq!(resolve(&path, &module).join("::"), expected);
    };
    check("super::super::share::Link", "crate::features::share::Link");
    check("self::inner", "crate::features::slots::drag::inner");
    check("std::time", "std::time");
    assert!(begins_with("std::time::Instant", "std::time"));
    assert!(!begins_with("std::timeout", "std::time"));
}
