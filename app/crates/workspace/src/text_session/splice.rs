//! Differences of two texts as one splice, and positions carried across it; in UTF-16 units.

use document::TextSplice;

/// The splice that turns `before` into `after`: common ends stay, the middle is replaced. `None`
/// when they are equal. Characters are never split.
pub(super) fn difference(before: &str, after: &str) -> Option<TextSplice> {
    if before == after {
        return None;
    }
    let prefix: usize = before
        .chars()
        .zip(after.chars())
        .take_while(|(one, other)| one == other)
        .map(|(character, _)| character.len_utf8())
        .sum();
    let (head, before) = before.split_at_checked(prefix)?;
    let (_, after) = after.split_at_checked(prefix)?;
    let suffix: usize = before
        .chars()
        .rev()
        .zip(after.chars().rev())
        .take_while(|(one, other)| one == other)
        .map(|(character, _)| character.len_utf8())
        .sum();
    let (deleted, _) = before.split_at_checked(before.len().checked_sub(suffix)?)?;
    let (inserted, _) = after.split_at_checked(after.len().checked_sub(suffix)?)?;
    Some(TextSplice {
        at: units(head),
        delete: units(deleted),
        insert: inserted.to_owned(),
    })
}

/// A position in the text before `edit`, in the text after it. A caret at the very place of an
/// insertion stays before it; one inside deleted text goes to the edit's end.
pub(super) fn carry(position: usize, edit: &TextSplice) -> usize {
    if position <= edit.at {
        position
    } else if position >= edit.at + edit.delete {
        position - edit.delete + units(&edit.insert)
    } else {
        edit.at + units(&edit.insert)
    }
}

/// `typed`, made against a text, as it applies after `edit` was made to the same text. What the
/// other wrote inside a passage that we deleted stays.
pub(super) fn rebase(typed: &TextSplice, edit: &TextSplice) -> Vec<TextSplice> {
    let start = carry(typed.at, edit);
    let end = carry(typed.at + typed.delete, edit);
    let surrounds = typed.at < edit.at + edit.delete.max(1)
        && typed.at <= edit.at
        && edit.at + edit.delete <= typed.at + typed.delete
        && typed.delete > 0;
    let theirs = units(&edit.insert);
    if !surrounds || theirs == 0 {
        let delete = end.saturating_sub(start);
        return vec![TextSplice {
            at: start,
            delete,
            insert: typed.insert.clone(),
        }];
    }
    let before = edit.at - typed.at;
    let after = (typed.at + typed.delete) - (edit.at + edit.delete);
    vec![
        TextSplice {
            at: start,
            delete: before,
            insert: typed.insert.clone(),
        },
        TextSplice {
            at: start + units(&typed.insert) + theirs,
            delete: after,
            insert: String::new(),
        },
    ]
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn splice(at: usize, delete: usize, insert: &str) -> TextSplice {
        TextSplice {
            at,
            delete,
            insert: insert.to_owned(),
        }
    }

    fn apply(text: &str, splices: &[TextSplice]) -> String {
        let mut text: Vec<u16> = text.encode_utf16().collect();
        for splice in splices {
            text.splice(
                splice.at..splice.at + splice.delete,
                splice.insert.encode_utf16(),
            );
        }
        String::from_utf16(&text).unwrap()
    }

    fn check_difference(before: &str, after: &str, expected: TextSplice) {
        assert_eq!(difference(before, after), Some(expected.clone()));
        assert_eq!(apply(before, &[expected]), after);
    }

    #[test]
    fn a_difference_is_the_middle_only() {
        check_difference("hello world", "hello brave world", splice(6, 0, "brave "));
        check_difference("abc", "ac", splice(1, 1, ""));
        check_difference("", "x", splice(0, 0, "x"));
        assert_eq!(difference("same", "same"), None);
    }

    #[test]
    fn offsets_count_utf16_and_split_no_character() {
        check_difference("😀b", "😀ab", splice(2, 0, "a"));
        check_difference("😀", "😁", splice(0, 2, "😁"));
    }

    #[test]
    fn typing_survives_an_edit_elsewhere() {
        let theirs = splice(0, 0, "Our ");
        let typed = splice(5, 0, "!");
        assert_eq!(rebase(&typed, &theirs), vec![splice(9, 0, "!")]);
    }

    #[test]
    fn words_written_inside_a_deleted_passage_stay() {
        // Given "one two three", they turn "two" into "2", we delete everything.
        let after_theirs = apply("one two three", &[splice(4, 3, "2")]);
        let ours = rebase(&splice(0, 13, ""), &splice(4, 3, "2"));
        assert_eq!(apply(&after_theirs, &ours), "2");
    }

    #[test]
    fn any_rebase_stays_inside_the_text() {
        arbtest::arbtest(|u| {
            let text: String = u.arbitrary()?;
            let (one, other): (String, String) = (u.arbitrary()?, u.arbitrary()?);
            let (Some(typed), Some(edit)) = (difference(&text, &one), difference(&text, &other))
            else {
                return Ok(());
            };
            apply(
                &apply(&text, std::slice::from_ref(&edit)),
                &rebase(&typed, &edit),
            );
            Ok(())
        })
        .budget_ms(500);
    }
}
