//! The manifests: what a crate depends on, and where versions stand.

use crate::tree::{File, demand_none, files};

/// A line of a dependency table.
struct Dependency {
    /// The table's header, without its brackets.
    table: String,
    /// The crate's name.
    name: String,
    /// What is said about it.
    requirement: String,
}

/// The dependencies of a manifest. The manifests of this workspace name one a line.
fn dependencies(manifest: &str) -> Vec<Dependency> {
    let mut table = String::new();
    let mut found = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            table = header.trim_matches(['[', ']']).to_owned();
        } else if let Some((key, value)) = line.split_once('=')
            && table.ends_with("dependencies")
            && !line.starts_with('#')
        {
            let (name, dotted) = key.trim().split_once('.').unwrap_or((key.trim(), ""));
            found.push(Dependency {
                table: table.clone(),
                name: name.to_owned(),
                requirement: format!("{dotted} = {}", value.trim()),
            });
        }
    }
    found
}

fn members() -> Vec<File> {
    let mut manifests = files("", "Cargo.toml");
    // What fuzzes is no member of the workspace.
    manifests.retain(|file| file.path != "Cargo.toml" && !file.path.contains("/fuzz/"));
    manifests
}

#[test]
fn versions_stand_in_the_table_of_the_workspace_alone() {
    let mut breaches = Vec::new();
    for manifest in members() {
        for dependency in dependencies(&manifest.text) {
            let shared = dependency.requirement.contains("workspace = true");
            if !shared || dependency.requirement.contains("version") {
                breaches.push(format!("{}: {}", manifest.path, dependency.name));
            }
        }
    }
    demand_none(
        breaches,
        "put the version into [workspace.dependencies] and say `name.workspace = true` here",
    );
}

#[test]
fn the_workspace_shares_nothing_that_nobody_uses() {
    let root = files("", "Cargo.toml")
        .into_iter()
        .find(|file| file.path == "Cargo.toml");
    let used: Vec<String> = members()
        .iter()
        .flat_map(|manifest| dependencies(&manifest.text))
        .map(|dependency| dependency.name)
        .collect();
    let idle = dependencies(&root.unwrap().text)
        .into_iter()
        .map(|dependency| dependency.name)
        .filter(|name| !used.contains(name))
        .collect();
    demand_none(idle, "remove the line from [workspace.dependencies]");
}

#[test]
fn each_layer_depends_on_those_below_it_alone() {
    let rules: [(&str, &[&str]); 5] = [
        (
            "app/crates/domain",
            &[
                "automerge",
                "document",
                "workspace",
                "sync",
                "leptos",
                "reactive_graph",
                "web-sys",
                "js-sys",
            ],
        ),
        (
            "app/crates/document",
            &[
                "workspace",
                "sync",
                "leptos",
                "reactive_graph",
                "web-sys",
                "js-sys",
                "tokio",
            ],
        ),
        (
            "app/crates/workspace",
            &["automerge", "sync", "leptos", "web-sys", "js-sys", "tokio"],
        ),
        (
            "sync-server/crates/bounded",
            &[
                "sync",
                "domain",
                "document",
                "workspace",
                "tokio",
                "web-sys",
                "js-sys",
            ],
        ),
        (
            "sync-server/crates/sync",
            &[
                "tokio",
                "axum",
                "futures-util",
                "fastrand",
                "getrandom",
                "rand",
                "domain",
                "document",
            ],
        ),
    ];
    let mut breaches = Vec::new();
    for (folder, forbidden) in rules {
        let manifest = &files(folder, "Cargo.toml")[0];
        for dependency in dependencies(&manifest.text) {
            // What the tests of a crate use does not reach the people who use it.
            let shipped = !dependency.table.ends_with("dev-dependencies");
            if shipped && forbidden.contains(&dependency.name.as_str()) {
                breaches.push(format!("{} depends on {}", manifest.path, dependency.name));
            }
        }
    }
    demand_none(
        breaches,
        "move the code that needs it to the layer that may",
    );
}

#[test]
fn the_verifier_starts_at_once() {
    let manifest = &files("tests", "Cargo.toml")[0];
    let heavy = dependencies(&manifest.text)
        .into_iter()
        .filter(|dependency| !dependency.table.ends_with("dev-dependencies"))
        .map(|dependency| dependency.name)
        .collect();
    demand_none(
        heavy,
        "make it a dev-dependency: `cargo verify` must not wait for it",
    );
}

#[test]
fn every_crate_follows_the_lints_of_the_workspace() {
    let breaches = members()
        .into_iter()
        .filter(|manifest| !manifest.text.contains("[lints]\nworkspace = true"))
        .map(|manifest| manifest.path)
        .collect();
    demand_none(breaches, "add `[lints]` with `workspace = true`");
}

#[test]
fn dependencies_are_read_in_either_spelling() {
    let manifest = "[package]\nname = \"x\"\n[dependencies]\na.workspace = true\n\
                    b = { workspace = true, features = [\"c\"] }\n[target.'cfg(x)'.dev-dependencies]\nd = \"1\"";
    let found: Vec<String> = dependencies(manifest)
        .into_iter()
        .map(|dependency| format!("{} {}", dependency.name, dependency.requirement))
        .collect();
    let expected = [
        "a workspace = true",
        "b  = { workspace = true, features = [\"c\"] }",
        "d  = \"1\"",
    ];
    assert_eq!(found, expected);
}
