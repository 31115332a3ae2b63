//! Finding notes by their words and tags: every word of the query must occur; case and accents of Latin
//! letters do not matter.

use domain::catalogue::{CANVAS, TAGS};
use domain::{CanvasId, EntityId, FieldValue, SlotId, compact};
use reactive_graph::traits::WithUntracked;

use crate::Projection;

/// A note that was found, and the first canvas that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The note.
    pub id: EntityId,
    /// Its words.
    pub text: String,
    /// Where it can be seen.
    pub place: Option<(CanvasId, SlotId)>,
}

/// The live notes that contain every word of `query` in their text or their tags, best first: a match at the beginning before
/// one at the start of a word before any other; at most `limit`. `lower_case` is whatever is at hand:
/// the tables behind that of Rust are large, and a browser has its own.
pub fn search(
    projection: &Projection,
    query: &str,
    limit: usize,
    lower_case: fn(&str) -> String,
) -> Vec<Hit> {
    let folded = |text: &str| without_accents(&lower_case(text));
    let query = folded(query);
    let words: Vec<&str> = query.split_whitespace().collect();
    let Some(first) = words.first() else {
        return Vec::new();
    };
    let mut found: Vec<(u8, String, Hit)> = Vec::new();
    for (id, note) in projection.live_notes() {
        // A canvas is a view, and found among those.
        if note.body.with_untracked(|body| body.kind == *CANVAS) {
            continue;
        }
        let (text, tags) = note.body.with_untracked(|body| {
            let tags = match body.fields.get(TAGS) {
                Some(FieldValue::Text(tags)) => folded(tags),
                _ => String::new(),
            };
            (body.text.clone(), tags)
        });
        let plain = format!("{}\n{tags}", folded(&text));
        if !words.iter().all(|word| plain.contains(word)) {
            continue;
        }
        let distance = if plain.starts_with(first) {
            0
        } else if plain.split_whitespace().any(|word| word.starts_with(first)) {
            1
        } else {
            2
        };
        let place = note.places.with_untracked(|places| {
            places
                .keys()
                .find_map(|canvas| Some((canvas.clone(), projection.slot_of(canvas, &id)?)))
        });
        found.push((distance, plain, Hit { id, text, place }));
    }
    compact::sort_by(&mut found, |one, other| {
        (one.0, &one.1, &one.2.id).cmp(&(other.0, &other.1, &other.2.id))
    });
    found
        .into_iter()
        .take(limit)
        .map(|(_, _, hit)| hit)
        .collect()
}

/// Without the accents of Latin letters, which are in lower case.
fn without_accents(text: &str) -> String {
    text.chars().map(without_accent).collect()
}

const fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Entity, Graph, KindId};

    fn projection(texts: &[&str]) -> Projection {
        let mut graph = Graph::default();
        for text in texts {
            let entity = Entity::new(KindId::from("note"), *text);
            graph.entities.insert(EntityId::from(*text), entity);
        }
        Projection::from_graph(&graph)
    }

    fn check(query: &str, expected: &[&str]) {
        let notes = projection(&["Small cafés", "Café owners", "Owners of a small bakery"]);
        let found: Vec<String> = search(&notes, query, 10, str::to_lowercase)
            .into_iter()
            .map(|hit| hit.text)
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_word_must_occur_in_any_order() {
        check("owners small", &["Owners of a small bakery"]);
        check("zebra", &[]);
        check("  ", &[]);
    }

    #[test]
    fn tags_are_searched_beside_the_text() {
        let mut graph = Graph::default();
        let mut entity = Entity::new(KindId::from("note"), "Late parts");
        let tags = FieldValue::Text("Players, Ténors".to_owned());
        entity.fields.insert(TAGS.to_owned(), tags);
        graph.entities.insert("n".into(), entity);
        let notes = Projection::from_graph(&graph);
        for query in ["tenors", "parts players"] {
            let found = search(&notes, query, 10, str::to_lowercase);
            assert_eq!(found[0].text, "Late parts", "{query}");
        }
        assert_eq!(search(&notes, "choir", 10, str::to_lowercase), []);
    }

    #[test]
    fn case_and_accents_do_not_matter_and_beginnings_come_first() {
        check("CAFE", &["Café owners", "Small cafés"]);
    }
}
