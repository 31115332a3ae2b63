//! Which ids somebody may have meant who asked for one that is not there.

use domain::Graph;

/// So many are named.
const MOST: usize = 3;
/// So much of an id may be mistyped: one character in three.
const SHARE: usize = 3;

/// Names the nearest ids of live entities: `; did you mean "a" or "b"?`. Empty when none is near.
pub(super) fn hint(graph: &Graph, asked: &str) -> String {
    let asked = asked.to_lowercase();
    let allowed = asked.chars().count().div_ceil(SHARE);
    let mut near: Vec<(usize, &str)> = graph
        .entities
        .iter()
        .filter(|(_, entity)| entity.deleted.is_none())
        .filter_map(|(id, entity)| {
            let lower = id.as_str().to_lowercase();
            let distance = distance(&lower, &asked);
            // Who knows the words but not the id is helped too.
            let says_it = asked.chars().count() >= SHARE
                && (lower.contains(&asked) || entity.text.to_lowercase().contains(&asked));
            (distance <= allowed || says_it).then_some((distance, id.as_str()))
        })
        .collect();
    near.sort_unstable();
    let names: Vec<String> = near
        .into_iter()
        .take(MOST)
        .map(|(_, id)| format!("{id:?}"))
        .collect();
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => format!("; did you mean {only}?"),
        Some((last, rest)) => format!("; did you mean {} or {last}?", rest.join(", ")),
    }
}

/// How many characters must be inserted, left out or changed to make one text of the other
/// (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.chars().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        let mut next = Vec::with_capacity(row.len());
        next.push(left);
        for (theirs, above) in other.iter().zip(row.iter().skip(1)) {
            let changed = diagonal + usize::from(letter != *theirs);
            left = changed.min(left + 1).min(above + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Entity;

    fn graph(ids: &[&str]) -> Graph {
        let mut graph = Graph::default();
        for id in ids {
            let entity = Entity::new("note".into(), format!("Words of {id}"));
            graph.entities.insert((*id).into(), entity);
        }
        graph
    }

    #[test]
    fn changes_between_texts_are_counted() {
        for (one, other, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("kitten", "sitting", 3),
            ("flaw", "lawn", 2),
        ] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected, "{other} {one}");
        }
    }

    #[test]
    fn the_nearest_ids_come_first_and_strangers_not_at_all() {
        let graph = graph(&["experiment-1", "experiment-2", "vision"]);
        let expected = "; did you mean \"experiment-1\" or \"experiment-2\"?";
        assert_eq!(hint(&graph, "Experimnt-1"), expected);
        assert_eq!(hint(&graph, "words of vis"), "; did you mean \"vision\"?");
        assert_eq!(hint(&graph, "zzzzzzzzz"), "");
    }
}
