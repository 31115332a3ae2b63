//! The data files as a function of the catalogue and the locales.

use super::*;

fn made(
    catalogue: &[(&str, &str)],
    locales: &[(&str, &str)],
) -> Result<Vec<DataFile>, BundlerError> {
    let owned = |files: &[(&str, &str)]| -> Vec<(String, Vec<u8>)> {
        let own = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().to_vec());
        files.iter().map(own).collect()
    };
    files(&owned(catalogue), &owned(locales))
}

fn text<'a>(files: &'a [DataFile], name: &str) -> &'a str {
    let found = files.iter().find(|file| file.name == name);
    found.map_or("absent", |file| &file.text)
}

/// The order of members means nothing, and depends on what else is built.
fn check(files: &[DataFile], name: &str, expected: &str) {
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(read(text(files, name)), read(expected), "{name}");
}

const LOCALES: [(&str, &str); 2] = [("de.json", r#"{"a":"ja"}"#), ("en.json", r#"{"a":"yes"}"#)];

#[test]
fn texts_become_numbers_and_each_language_gets_lists_of_its_own() {
    let canvas =
        r#"{"id":"x","slots":[{"title":{"en":"Who"}}],"title":{"de":"Kosten","en":"Costs"}}"#;
    let kind = r#"{"description":{"en":"What"},"fields":[{"title":{"en":"Who"}},{"title":{"de":"Tag","en":"Day"}}],"id":"k","method":"M2","source":{"title":"A book","url":""},"title":{"de":"Kosten","en":"Costs"}}"#;
    let made = made(
        &[("canvases/x.json", canvas), ("kinds/k.json", kind)],
        &LOCALES,
    )
    .unwrap();

    let expected = r#"{"canvases":[{"id":"x","slots":[{"title":0}],"title":1}],"kinds":[{"description":2,"id":"k","title":1}]}"#;
    check(&made, "catalogue", expected);
    let expected = r#"{"k":[{"title":0},{"title":3}]}"#;
    check(&made, "fields", expected);
    let expected = r#"{"catalogue":["Who","Kosten"],"interface":{"a":"ja"}}"#;
    check(&made, "words.de", expected);
    let expected = r#"{"catalogue":["Who","Costs"],"interface":{"a":"yes"}}"#;
    check(&made, "words.en", expected);
    check(
        &made,
        "more.de",
        r#"{"catalogue":["What","Tag"],"interface":{}}"#,
    );
    check(
        &made,
        "more.en",
        r#"{"catalogue":["What","Day"],"interface":{}}"#,
    );
}

#[test]
fn the_first_canvas_comes_whole_and_of_the_others_what_names_them() {
    // The members stand in the order of the alphabet, by which texts are numbered in any build.
    let [first, other] = [("x", 1), ("y", 2)].map(|(id, position)| {
        format!(
            r#"{{"author":"{id}","id":"{id}","position":{position},
            "slots":[{{"id":"s","question":{{"en":"{id}?"}},"takes":["k"],"title":{{"en":"S"}}}}],
            "title":{{"en":"{id}"}}}}"#
        )
    });
    let files = [("canvases/x.json", &*first), ("canvases/y.json", &*other)];
    let made = made(&files, &[("en.json", "{}")]).unwrap();

    let expected = r#"{"canvases":[
        {"author":"x","id":"x","position":1,"title":2,
         "slots":[{"id":"s","takes":["k"],"title":1,"question":0}]},
        {"id":"y","position":2,"title":3,"slots":[{"id":"s","takes":["k"],"title":1}]}
    ]}"#;
    check(&made, "catalogue", expected);
    let expected = r#"[
        {"author":"x","id":"x","position":1,"title":2,
         "slots":[{"id":"s","takes":["k"],"title":1,"question":0}]},
        {"author":"y","id":"y","position":2,"title":3,
         "slots":[{"id":"s","takes":["k"],"title":1,"question":4}]}
    ]"#;
    check(&made, "canvases", expected);
    let expected = r#"{"catalogue":["x?","S","x","y"],"interface":{}}"#;
    check(&made, "words.en", expected);
    let expected = r#"{"catalogue":["y?"],"interface":{}}"#;
    check(&made, "more.en", expected);
}

#[test]
fn words_of_dialogs_come_with_what_follows() {
    let locales = [("en.json", r#"{"share.title":"Share","slots.add":"Add"}"#)];
    let made = made(&[], &locales).unwrap();
    let expected = r#"{"catalogue":[],"interface":{"slots.add":"Add"}}"#;
    check(&made, "words.en", expected);
    let expected = r#"{"catalogue":[],"interface":{"share.title":"Share"}}"#;
    check(&made, "more.en", expected);
}

#[test]
fn an_object_that_is_no_text_stays() {
    let canvas = r#"{"source":{"en":"a","url":"b"},"other":{"de":"c"}}"#;
    let made = made(&[("canvases/x.json", canvas)], &LOCALES).unwrap();
    let expected = r#"{"canvases":[{"other":{"de":"c"},"source":{"en":"a","url":"b"}}]}"#;
    check(&made, "catalogue", expected);
}

#[test]
fn samples_are_files_of_their_own_and_other_files_are_none() {
    let files = [
        ("samples/README.md", "# Samples"),
        ("samples/de.json", r#"{"en":"x"}"#),
    ];
    let made = made(&files, &LOCALES).unwrap();
    let names: Vec<_> = made.iter().map(|file| file.name.as_str()).collect();
    let words = ["words.de", "more.de", "words.en", "more.en"];
    let catalogue = ["sample.de", "catalogue", "fields", "canvases"];
    assert_eq!(names, [&catalogue[..], &words[..]].concat());
    assert_eq!(text(&made, "sample.de"), r#"{"en":"x"}"#);
}

#[test]
fn a_file_that_is_no_json_fails_the_build_by_name() {
    let error = made(&[("kinds/k.json", "{")], &LOCALES)
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("kinds/k.json: "), "{error}");
}
