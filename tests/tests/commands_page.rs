//! `app/docs/commands.md` is generated from the table of commands. `GROUNDWORK_WRITE=1 cargo test
//! -p tests --test commands_page` writes it anew.

use std::collections::BTreeMap;
use std::path::Path;

#[test]
fn the_page_of_commands_is_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let words = std::fs::read_to_string(root.join("app/locales/en.json")).unwrap();
    let words: BTreeMap<String, String> = serde_json::from_str(&words).unwrap();
    let page = workspace::commands::as_markdown(|key| {
        words
            .get(key)
            .unwrap_or_else(|| panic!("en.json has no {key}"))
            .clone()
    });
    let file = root.join("app/docs/commands.md");
    if std::env::var_os("GROUNDWORK_WRITE").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        written, page,
        "write it anew: GROUNDWORK_WRITE=1 cargo test -p tests --test commands_page"
    );
}
