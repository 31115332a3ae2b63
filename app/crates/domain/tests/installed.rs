//! A catalogue that is handed over in parts, as a browser gets it. A process of its own: a catalogue is
//! installed once.

use domain::catalogue;

#[test]
fn a_catalogue_comes_in_brief_and_fields_and_whole_canvases_follow() {
    let fields = r#"{"problem": [{"id": "pain", "title": "Pain", "type": "text"}]}"#;
    assert!(catalogue::install_fields(fields).is_err(), "no kinds yet");
    let text = r#"{
        "canvases": [
            {"id": "y", "title": 0, "slots": [], "position": 2},
            {"id": "x", "title": 0, "slots": [], "position": 1, "author": "X"}
        ],
        "kinds": [{"id": "problem", "title": 1, "plural": 1, "icon": "x", "description": 1}],
        "links": []
    }"#;
    assert!(catalogue::install("{}").is_err(), "nothing is optional");
    catalogue::install(text).unwrap();
    assert!(catalogue::install(text).is_err(), "there is one");
    let problem = || catalogue::kind(&"problem".into()).unwrap();
    assert!(problem().fields.is_empty() && !catalogue::has_fields());

    catalogue::install_fields(fields).unwrap();
    assert!(problem().field("pain").is_some());
    assert!(catalogue::has_fields());
    assert!(catalogue::install_fields(fields).is_err(), "once");

    let authors = || catalogue::canvases().iter().map(|canvas| &*canvas.author);
    assert!(authors().eq(["X", ""]));
    let is_first = |id: &str| catalogue::is_first(&id.into());
    assert!(is_first("x") && !is_first("y") && !catalogue::has_whole_canvases());
    assert!(catalogue::install_canvases("{}").is_err(), "a list");
    let canvases = r#"[
        {"id": "y", "title": 0, "slots": [], "position": 2, "author": "Y"},
        {"id": "x", "title": 0, "slots": [], "position": 1, "author": "X"}
    ]"#;
    catalogue::install_canvases(canvases).unwrap();
    assert!(authors().eq(["X", "Y"]));
    assert!(is_first("x") && catalogue::has_whole_canvases());
    assert!(catalogue::install_canvases(canvases).is_err(), "once");
}
