//! What several people say in their own words: the words that most of them use (M10, M15).
//!
//! Superhuman drew the words of its fans as a cloud; here they are counted. A word counts once for
//! each person, however often they say it.

/// Fewer letters make no word that tells anything.
const LEAST_LETTERS: usize = 3;

/// Words of English, German and Spanish that say nothing about a benefit.
const EMPTY: &str = " a about able after again all also and any are because been but can could did does \
    doing done don each else even for from get gets getting had has have having her here him his how \
    its just like more most much not nothing now off one only other our out over own really same she \
    should some such than that the their them then there these they thing things this those through \
    too use used using very was way well were what when where which while who why will with without \
    would you your \
    aber alle allem allen alles als also am auch auf aus bei beim bin bis das dass dem den denn der des \
    die dies diese dieser doch dort durch ein eine einem einen einer eines etwas für habe haben hat hier \
    ich ihr ihre immer ins ist jede jeder kann kein keine man mehr mein meine mich mir mit muss nach \
    nicht nichts noch nur oder ohne sehr sein seine sich sie sind über und uns unser unsere unter viel \
    vom von vor war was weil wenn wer werden wie wir wird zum zur \
    algo alguien algún antes aquí así aunque bien cada casi como con cosa cosas cual cuando del desde \
    donde ella ellas ellos entre era eran eres esa ese eso esta estar este esto están hace hacer hasta \
    hay las les los mas más menos mis mucho muy nada nos nosotros otra otro para pero poder poco por \
    porque puede puedo que qué quien ser sin sobre solo son soy sus también tan tener tengo tiene todo \
    todos una uno unos usar ";

/// The words of an answer that say something, in small letters, each once and in order.
#[must_use]
pub fn words(answer: &str) -> Vec<String> {
    let mut words = Vec::new();
    let small = answer.to_lowercase();
    for word in small.split(|c: char| !c.is_alphanumeric()) {
        let is_empty = word.chars().count() < LEAST_LETTERS || EMPTY.contains(&format!(" {word} "));
        if !is_empty && !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// A word and how many of the answers have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The word, in small letters.
    pub word: String,
    /// How many answers have it.
    pub times: u64,
}

/// The words of several answers, the most frequent first and then by the alphabet.
#[must_use]
pub fn most_said<'a>(answers: impl Iterator<Item = &'a str>) -> Vec<Said> {
    let mut all: Vec<String> = answers.flat_map(words).collect();
    all.sort_unstable();
    let mut said: Vec<Said> = Vec::new();
    for word in all {
        match said.last_mut().filter(|last| last.word == word) {
            Some(last) => last.times += 1,
            None => said.push(Said { word, times: 1 }),
        }
    }
    // Stable: words as frequent as each other stay in the alphabet's order.
    said.sort_by_key(|one| std::cmp::Reverse(one.times));
    said
}

/// The main words of [`most_said`]: those that most people use, and at least two.
#[must_use]
pub fn main_words(said: &[Said]) -> Vec<&str> {
    let most = said.first().map_or(0, |first| first.times);
    let main = said.iter().filter(|one| one.times == most && most >= 2);
    main.map(|one| one.word.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::{main_words, most_said, words};

    #[test]
    fn words_that_say_something_are_kept_once() {
        assert_eq!(words("It is FAST, and fast!"), ["fast"]);
        assert_eq!(words("Sie ist schnell und für alle"), ["schnell"]);
        assert_eq!(words("Es rápido, ¿no? Para mí"), ["rápido"]);
        assert_eq!(words(" – "), [""; 0]);
    }

    #[test]
    fn a_word_counts_once_for_each_answer() {
        let said = most_said(["speed speed", "Speed and focus", "focus", "calm"].into_iter());
        let counts: Vec<(&str, u64)> = said.iter().map(|one| (&*one.word, one.times)).collect();
        assert_eq!(counts, [("focus", 2), ("speed", 2), ("calm", 1)]);
        assert_eq!(main_words(&said), ["focus", "speed"]);
        assert_eq!(main_words(&most_said(["calm"].into_iter())), [""; 0]);
    }
}
