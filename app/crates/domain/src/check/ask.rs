//! What a rule asks: the graph, noted, and the day.

use std::ops::Deref;

use super::finding::{Remedy, Report};
use crate::EntityId;
use crate::evidence::dated;
use crate::experiment::{Word, word_of};
use crate::index::{Handle, Reader};
use crate::value::Date;

/// Asks the graph. All that is asked is noted.
pub(super) struct Ask<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) today: Date,
}

impl<'a> Deref for Ask<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Reader<'a> {
        self.reader
    }
}

impl<'a> Ask<'a> {
    /// Asks on behalf of one computation.
    pub(super) fn new(reader: &'a Reader<'a>, today: Date) -> Self {
        Self { reader, today }
    }

    /// The word of the verdict on an experiment.
    pub(super) fn verdict(&self, experiment: Handle) -> Word {
        word_of(self.reader, experiment, self.today)
    }

    /// Whether a link of that kind leads from here to anything live.
    pub(super) fn has_from(&self, handle: Handle, link: &str) -> bool {
        self.from(handle, link).next().is_some()
    }

    /// Whether a link of that kind leads here from anything live.
    pub(super) fn has_to(&self, handle: Handle, link: &str) -> bool {
        self.to(handle, link).next().is_some()
    }

    /// Whether evidence supports it that says and weighs something and was not taken back.
    pub(super) fn is_supported(&self, handle: Handle) -> bool {
        self.to(handle, "supports").any(|evidence| {
            let weighs = self
                .number(evidence, "weight")
                .is_none_or(|weight| weight > 0.0);
            weighs && !self.is_blank(evidence) && !self.flag(evidence, "retracted")
        })
    }

    /// Whether the choice is one of these.
    pub(super) fn is_one_of(&self, handle: Handle, field: &str, options: &[&str]) -> bool {
        self.text(handle, field)
            .is_some_and(|chosen| options.contains(&chosen))
    }

    /// Whether the day lies more than so many days back.
    pub(super) fn is_older(&self, date: Date, days: i64) -> bool {
        self.today.days_since(date) > days
    }

    /// The day of a record: its own, else that on which it was entered.
    pub(super) fn dated(&self, handle: Handle) -> Option<Date> {
        dated(self.reader, handle)
    }

    /// The id as a list of subjects.
    pub(super) fn subject(&self, handle: Handle) -> Vec<EntityId> {
        self.id(handle).cloned().into_iter().collect()
    }

    /// Reports one entity without more words.
    pub(super) fn report(&self, handle: Handle, report: &mut Report<'_>, remedy: Remedy) {
        report.add(self.subject(handle), Vec::new(), remedy);
    }
}
