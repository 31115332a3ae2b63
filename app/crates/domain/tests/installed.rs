//! A catalogue that is handed over in parts, as a browser gets it. A process of its own: a catalogue is
//! installed once.

use domain::catalogue;

#[test]
fn a_catalogue_comes_without_the_fields_of_its_kinds_and_they_follow() {
    let fields = r#"{"problem": [{"id": "pain", "title": "Pain", "type": "text"}]}"#;
    assert!(catalogue::install_fields(fields).is_err(), "no kinds yet");
    let text = r#"{
        "canvases": [{"id": "x", "title": 0, "slots": []}],
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
    assert_eq!(catalogue::canvases().len(), 1);
}
