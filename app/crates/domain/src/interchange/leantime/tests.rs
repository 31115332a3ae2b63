//! Items that say less, or say it in another way, than Leantime's own export.

use crate::interchange::{Imported, import};
use crate::{Entity, PersonId};

/// A canvas with these items in one box.
fn read(items: &[&str]) -> Imported {
    let items: String = items
        .iter()
        .map(|item| format!("<item>{item}</item>"))
        .collect();
    let export = format!(
        r#"<?xml version="1.0"?><canvas key="leancanvas"><content><element key="problem">{items}</element></content></canvas>"#
    );
    import("a.xml", export.as_bytes()).unwrap()
}

fn note<'a>(imported: &'a Imported, text: &str) -> &'a Entity {
    let mut notes = imported.graph.entities.values();
    notes.find(|note| note.text == text).unwrap()
}

#[test]
fn what_has_no_description_says_what_it_has() {
    let imported = read(&[
        "<description></description><assumptions>They pay</assumptions><data>8 of 12</data>",
        "<description></description><data>9 of 13</data>",
        "<description></description><assumptions></assumptions>",
    ]);
    assert!(note(&imported, "They pay").fields.contains_key("data"));
    assert!(note(&imported, "9 of 13").fields.is_empty());
    assert_eq!(imported.graph.entities.len(), 2);
    let told: Vec<&str> = imported.warnings.iter().map(|one| one.key).collect();
    assert_eq!(told, ["import.warning.notes"]);
}

#[test]
fn a_section_that_is_not_read_as_xml_is_rich_text_too() {
    let imported = read(&["<description><![CDATA[<p>Fish &amp; chips</p>]]></description>"]);
    note(&imported, "Fish & chips");
}

/// Of a maker only that is kept which is said.
#[test]
fn an_author_without_a_name_or_a_day_is_made_up_by_nobody() {
    let imported = read(&[
        r#"<description>a</description><created>2024-05-01 12:34:56</created><author id="" firstname="" lastname=""/>"#,
        r#"<description>b</description><author id="3" firstname="Ines" lastname="Albrecht"/>"#,
        "<description>c</description><created>2024-05-01</created>",
        r#"<description>d</description><author id="" firstname="Kim" lastname=""/>"#,
        "<description>e</description>",
    ]);
    let made = |text| {
        let stamp = note(&imported, text).created.as_ref()?;
        Some((stamp.by.to_string(), stamp.day().map(|day| day.to_string())))
    };
    let day = Some("2024-05-01".to_owned());
    assert_eq!(made("a"), Some((String::new(), day.clone())));
    assert_eq!(made("b"), Some(("leantime-3".to_owned(), None)));
    assert_eq!(made("c"), Some((String::new(), day)));
    assert_eq!(made("d"), Some(("leantime-Kim".to_owned(), None)));
    assert_eq!(made("e"), None);
    let people: Vec<&PersonId> = imported.graph.people.keys().collect();
    assert_eq!(people.len(), 2, "{people:?}");
}

/// A later change has no place here; one that is the making itself is none.
#[test]
fn a_change_that_is_left_out_is_counted() {
    let told = |changed: &str| {
        let item = format!(
            "<description>a</description><created>2024-05-01 12:00:00</created><modified>{changed}</modified>"
        );
        read(&[&item]).warnings.len()
    };
    assert_eq!(told("2024-05-02 12:00:00"), 1);
    assert_eq!(told("2024-05-01 12:00:00"), 0);
}
