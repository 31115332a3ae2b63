//! The pseudo-language: English that is readable yet plainly not what a forgotten text looks like.
//!
//! Invariant: placeholders stay untouched; every text grows by at least two fifths and ends in a
//! bracket, so that clipped text shows.

/// The disguise of one English text.
pub(super) fn disguise(text: &str) -> String {
    let mut disguised = String::from("[");
    let mut in_placeholder = false;
    for letter in text.chars() {
        match letter {
            '{' => in_placeholder = true,
            '}' => in_placeholder = false,
            _ => {}
        }
        disguised.push(if in_placeholder {
            letter
        } else {
            accented(letter)
        });
    }
    let padding = (text.chars().count() * 2).div_ceil(5);
    disguised.extend(
        std::iter::once(' ')
            .chain("one two three four five six seven ".chars().cycle())
            .take(padding),
    );
    disguised.push(']');
    disguised
}

fn accented(letter: char) -> char {
    const PLAIN: &str = "AaBCcDdEeFGgHhIiJjKkLlMNnOoPRrSsTtUuWwYyZz";
    const ACCENTED: &str = "ÅåƁÇçÐðÉéƑĜĝĤĥÎîĴĵĶķĻļṀÑñÖöƤŔŕŠšŢţÛûŴŵÝýŽž";
    PLAIN
        .chars()
        .zip(ACCENTED.chars())
        .find_map(|(plain, other)| (plain == letter).then_some(other))
        .unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::disguise;

    #[test]
    fn a_disguised_text_is_longer_accented_and_keeps_its_placeholders() {
        let text = "Imported {n} notes from {name}";
        let disguised = disguise(text);
        assert!(
            disguised.contains("{n}") && disguised.contains("{name}"),
            "{disguised}"
        );
        assert!(!disguised.contains("Imported"), "{disguised}");
        assert!(
            disguised.chars().count() * 5 >= text.chars().count() * 7,
            "{disguised}"
        );
        assert!(
            disguised.starts_with('[') && disguised.ends_with(']'),
            "{disguised}"
        );
    }
}
