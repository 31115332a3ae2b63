//! The site as a function of its inputs.

use super::*;
use crate::arguments::Profile;
use crate::split::Piece;

const PAGE: &str = "{{style}} {{boot}} {{app}} {{wasm}} {{preloads}} {{assets}} ({{workspace}})";

fn inputs() -> Inputs {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    Inputs {
        profile: Profile::Release,
        wasm: Vec::new(),
        page: PAGE.into(),
        style: vec![file("base.css", "a { top: 0 }")],
        public: vec![
            file("boot.js", "boot()"),
            file("icons/icon.svg", "<svg/>"),
            file("robots.txt", "all"),
            file("service-worker.js", "{{version}} {{files}}"),
        ],
        catalogue: vec![file("kinds/note.json", r#"{"title":{"en":"Note"}}"#)],
        locales: vec![
            file("de.json", r#"{"ui.close":"Schließen"}"#),
            file("en.json", r#"{"ui.close":"Close"}"#),
        ],
    }
}

fn app() -> Bound {
    Bound {
        wasm: b"wasm".to_vec(),
        glue: "import { a } from './snippets/x/inline0.js';\nimport * as i from \"./pieces.js\"\nimport * as j from \"./pieces.js\""
            .into(),
        snippets: vec![(
            "./snippets/x/inline0.js".into(),
            "export const a = 1".into(),
        )],
        pieces: ["dialogs", "shared", "start", "workspace"].map(piece).into(),
        parts: [
            ("dialogs", &["shared", "dialogs"][..]),
            ("start", &["shared", "start"]),
            ("workspace", &["shared", "workspace"]),
        ]
        .map(|(part, names)| (part.into(), names.iter().map(|name| (*name).into()).collect()))
        .into(),
    }
}

fn piece(name: &str) -> Piece {
    Piece {
        name: name.into(),
        wasm: name.as_bytes().to_vec(),
    }
}

fn text(files: &[SiteFile], start: &str, end: &str) -> String {
    let found = files
        .iter()
        .find(|file| file.path.starts_with(start) && file.path.ends_with(end))
        .unwrap();
    String::from_utf8(found.bytes.clone()).unwrap()
}

#[test]
fn the_page_names_every_hashed_file() {
    let files = assemble(&inputs(), app()).unwrap();
    let page = text(&files, "index", ".html");
    let assets: Vec<_> = files
        .iter()
        .filter(|file| file.path.starts_with("assets/"))
        .collect();
    assert_eq!(assets.len(), 16);
    for asset in assets {
        assert!(page.contains(&format!("/{}", asset.path)), "{}", asset.path);
        let digits = hash::hex(&asset.bytes)[..16].to_owned();
        assert!(asset.path.contains(&digits));
    }
}

#[test]
fn the_glue_loads_the_hashed_module_and_the_hashed_snippets() {
    let files = assemble(&inputs(), app()).unwrap();
    let glue = text(&files, "assets/app.", ".js");
    assert!(glue.starts_with("import { a } from '/assets/snippet0."));
    let wasm = hash::asset_path("app", "wasm", b"wasm");
    assert!(
        glue.contains(&format!("module_or_path: \"/{wasm}\"")),
        "{glue}"
    );
}

#[test]
fn the_glue_fetches_the_pieces_by_their_hashed_names() {
    let files = assemble(&inputs(), app()).unwrap();
    let glue = text(&files, "assets/app.", ".js");
    let path = |name: &str| hash::asset_path(name, "wasm", name.as_bytes());
    let pieces = format!("[\"/{}\",\"/{}\"]", path("shared"), path("dialogs"));
    let function = format!("i={{__wasm_split_load_dialogs:part({pieces}),");
    assert!(glue.contains(&function), "{glue}");
    assert!(glue.contains("const j=i;"), "{glue}");
    assert!(!glue.contains("pieces.js"), "{glue}");
}

#[test]
fn the_page_names_what_a_workspace_is_drawn_with_so_that_it_comes_at_once() {
    let files = assemble(&inputs(), app()).unwrap();
    let page = text(&files, "index", ".html");
    let path = |name: &str| hash::asset_path(name, "wasm", name.as_bytes());
    let pieces = format!("(/{} /{})", path("shared"), path("workspace"));
    assert!(page.contains(&pieces), "{page}");
}

#[test]
fn each_page_first_loads_its_own_parts_and_one_language() {
    let files = assemble(&inputs(), app()).unwrap();
    let load = |start: &str| {
        let found = files.iter().find(|file| file.path.starts_with(start));
        found.map(|file| file.load)
    };
    assert_eq!(load("assets/words.en."), Some(Load::Any));
    assert_eq!(load("assets/shared."), Some(Load::Any));
    assert_eq!(load("assets/start."), Some(Load::Start));
    assert_eq!(load("assets/catalogue."), Some(Load::Workspace));
    assert_eq!(load("assets/workspace."), Some(Load::Workspace));
    assert_eq!(load("assets/dialogs."), Some(Load::Later));
    assert_eq!(load("assets/words.de."), Some(Load::Later));
    assert_eq!(load("assets/more.en."), Some(Load::Later));
    assert_eq!(load("robots.txt"), Some(Load::Never));
}

#[test]
fn the_service_worker_keeps_all_but_what_the_app_never_asks_for() {
    let files = assemble(&inputs(), app()).unwrap();
    let worker = text(&files, "service-worker", ".js");
    let (version, list) = worker.split_once(' ').unwrap();
    let list: Vec<String> = serde_json::from_str(list).unwrap();
    let mut expected: Vec<String> = files
        .iter()
        .map(|file| format!("/{}", file.path))
        .filter(|path| {
            !["/index.html", "/robots.txt", "/service-worker.js"].contains(&path.as_str())
        })
        .chain(["/".to_owned()])
        .collect();
    expected.sort();
    let mut sorted = list.clone();
    sorted.sort();
    assert_eq!(sorted, expected);
    assert_eq!(version.len(), 16);
}

#[test]
fn the_version_changes_with_any_file_that_is_kept_and_with_the_worker_itself() {
    let version = |inputs: &Inputs| {
        let files = assemble(inputs, app()).unwrap();
        text(&files, "service-worker", ".js")[..16].to_owned()
    };
    let changed = |path: &str| {
        let mut inputs = inputs();
        let file = inputs.public.iter_mut().find(|(known, _)| known == path);
        file.unwrap().1.push(b' ');
        version(&inputs)
    };
    assert_eq!(version(&inputs()), version(&inputs()));
    assert_ne!(changed("icons/icon.svg"), version(&inputs()));
    assert_ne!(changed("service-worker.js"), version(&inputs()));
    assert_eq!(changed("robots.txt"), version(&inputs()));
}

#[test]
fn a_missing_script_fails_the_build_by_name() {
    let mut inputs = inputs();
    inputs.public.retain(|(path, _)| path != "boot.js");
    let error = assemble(&inputs, app()).unwrap_err().to_string();
    assert_eq!(error, "public/boot.js is missing");
}
