//! One answer a respondent: whoever answers again replaces what they said before, and a sample is
//! as large as the number of people in it.

use super::context::Context;
use super::record::Figure;
use super::remark::{self, Part};
use crate::index::Handle;
use crate::value::Date;

impl Figure {
    /// The answers that can be read; how many cannot is told.
    pub(super) fn readable(
        &mut self,
        answers: impl Iterator<Item = Handle>,
        is_read: impl Fn(Handle) -> bool,
    ) -> Vec<Handle> {
        let (read, unread): (Vec<Handle>, Vec<Handle>) = answers.partition(|one| is_read(*one));
        if !unread.is_empty() {
            let count = Part::Number(unread.len() as f64);
            self.remark_with(
                &remark::LEFT_OUT,
                [count, Part::Name("none of the answers")],
            );
        }
        read
    }

    /// The conversations that have taken place; each that is planned for a day ahead is named.
    pub(super) fn held(
        &mut self,
        context: &Context<'_>,
        conversations: impl Iterator<Item = Handle>,
    ) -> Vec<Handle> {
        let mut held = Vec::new();
        for conversation in conversations {
            match context.date(conversation, "date") {
                Some(date) if date > context.today => {
                    let parts = [context.part(conversation), Part::Unit(date.to_string())];
                    self.remark_with(&remark::FROM_ITS_DATE, parts);
                }
                _ => held.push(conversation),
            }
        }
        held
    }

    /// The answers that count: of each respondent the last one, by its day, then by when it was
    /// entered, then by id; where nobody says who answered, each is somebody's. How many were set
    /// aside is told.
    pub(super) fn once_each<K: Ord>(
        &mut self,
        context: &Context<'_>,
        answers: &[Handle],
        whose: impl Fn(Handle) -> Option<K>,
    ) -> Vec<Handle> {
        let mut named: Vec<(K, _, usize)> = Vec::new();
        for (place, answer) in answers.iter().enumerate() {
            if let Some(key) = whose(*answer) {
                named.push((key, entered(context, *answer), place));
            }
        }
        named.sort_unstable();
        let mut is_replaced = vec![false; answers.len()];
        for (earlier, later) in named.iter().zip(named.iter().skip(1)) {
            if earlier.0 == later.0
                && let Some(flag) = is_replaced.get_mut(earlier.2)
            {
                *flag = true;
            }
        }
        let replaced = is_replaced.iter().filter(|flag| **flag).count();
        if replaced > 0 {
            self.remark_with(&remark::ANSWERED_AGAIN, [Part::Number(replaced as f64)]);
        }
        let counting = answers.iter().zip(is_replaced);
        let counting = counting.filter(|(_, is_replaced)| !is_replaced);
        counting.map(|(answer, _)| *answer).collect()
    }
}

/// When something was said: the day of the session or of the record, and when it was entered.
fn entered(context: &Context<'_>, answer: Handle) -> (Option<Date>, Option<i64>) {
    let session = context.reference(answer, "session").unwrap_or(answer);
    let date = context.date(session, "date");
    let stamp = context
        .entity(answer)
        .and_then(|entity| entity.created.as_ref());
    (date, stamp.map(|stamp| stamp.at))
}

/// Who answered, as the answer names them: an alias, in whatever case.
pub(super) fn alias(context: &Context<'_>, answer: Handle) -> Option<String> {
    Some(context.text(answer, "respondent")?.to_lowercase())
}

/// Who took part in a session, if it says so.
pub(super) fn participant(context: &Context<'_>, session: Handle) -> Option<Handle> {
    let linked = || context.from(session, "with").next();
    context.reference(session, "participant").or_else(linked)
}
