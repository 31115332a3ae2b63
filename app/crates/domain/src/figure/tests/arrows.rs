//! Imports among the figures point one way: what is computed imports what it is made of, the table
//! imports what is computed, and nothing leads back.

use std::collections::BTreeMap;
use std::path::Path;

/// The modules under a folder with the text of each, by their paths from `figure`.
fn modules(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let module = format!("{prefix}{name}");
        if name == "tests" {
            continue;
        }
        if path.is_dir() {
            modules(&path, &format!("{module}::"), found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.insert(module, text);
        }
    }
}

/// The modules that a module's `use` lines name: `super::super::record::{…}` of `okr::goal` is
/// `record`. A group also leads to its own parts.
fn imports(module: &str, text: &str, known: &BTreeMap<String, String>) -> Vec<String> {
    let parts = text
        .lines()
        .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
    let mut all: Vec<String> = parts.map(|part| format!("{module}::{part}")).collect();
    all.retain(|part| known.contains_key(part));
    for line in text.split("\nuse super::").skip(1) {
        let line = line.split(';').next().unwrap();
        let mut at: Vec<&str> = module.split("::").collect();
        at.pop();
        let mut rest = line;
        while let Some(further) = rest.strip_prefix("super::") {
            at.pop();
            rest = further;
        }
        let path = rest.split('{').next().unwrap();
        let parts = at
            .into_iter()
            .chain(path.split("::").filter(|part| !part.is_empty()));
        let parts: Vec<&str> = parts.collect();
        let longest = (1..=parts.len()).rev().map(|n| parts[..n].join("::"));
        all.extend(longest.into_iter().find(|path| known.contains_key(path)));
        if path.is_empty() {
            let names = rest.trim_matches(['{', '}']).split(',');
            let names = names.map(|name| name.trim().to_owned());
            all.extend(names.filter(|name| known.contains_key(name)));
        }
    }
    all
}

/// The modules on the way back to one that is being looked at.
fn circle(
    module: &str,
    arrows: &BTreeMap<String, Vec<String>>,
    way: &mut Vec<String>,
    done: &mut Vec<String>,
) -> Option<Vec<String>> {
    if let Some(from) = way.iter().position(|one| one == module) {
        return Some(way[from..].to_vec());
    }
    if done.iter().any(|one| one == module) {
        return None;
    }
    way.push(module.to_owned());
    let found = arrows[module]
        .iter()
        .find_map(|next| circle(next, arrows, way, done));
    way.pop();
    done.push(module.to_owned());
    found
}

#[test]
fn no_import_leads_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/figure");
    let mut known = BTreeMap::new();
    modules(&folder, "", &mut known);
    let arrows: BTreeMap<String, Vec<String>> = known
        .iter()
        .map(|(module, text)| (module.clone(), imports(module, text, &known)))
        .collect();
    assert!(arrows.values().map(Vec::len).sum::<usize>() > 200);
    let mut done = Vec::new();
    for module in known.keys() {
        assert_eq!(circle(module, &arrows, &mut Vec::new(), &mut done), None);
    }
}
