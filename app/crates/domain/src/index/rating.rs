//! What people judged: an input is the mean of the latest ratings, else the entity's own field. A
//! judgement belongs to a person and a time, not to the entity.

use super::{Handle, Reader};
use crate::FieldType;

/// The value of a criterion and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Rated {
    /// The mean of the ratings, or the field's value.
    pub value: f64,
    /// The ratings that count, one a person; empty when the value is the entity's own field.
    pub ratings: Vec<Handle>,
    /// The lowest and the highest of them.
    pub spread: Option<(f64, f64)>,
}

impl Reader<'_> {
    /// A figure's input: the mean over each person's latest rating of the entity by the criterion,
    /// in the latest round; without ratings the entity's own field of that name.
    #[must_use]
    pub fn input(&self, entity: Handle, criterion: &str) -> Option<Rated> {
        self.rated(entity, criterion, None).or_else(|| {
            Some(Rated {
                value: self.number(entity, criterion)?,
                ratings: Vec::new(),
                spread: None,
            })
        })
    }

    /// The ratings of the entity by the criterion, those alone that judge it for `target` if one is
    /// given.
    #[must_use]
    pub fn rated(&self, entity: Handle, criterion: &str, target: Option<Handle>) -> Option<Rated> {
        let mut all: Vec<Judgement> = self
            .children(entity, "rating", "subject")
            .filter(|rating| self.text(*rating, "criterion") == Some(criterion))
            .filter(|rating| target.is_none() || self.reference(*rating, "target") == target)
            .filter_map(|rating| {
                Some(Judgement {
                    rating,
                    value: self.number(rating, "value")?,
                    by: self.text(rating, "by"),
                    round: self.text(rating, "round").unwrap_or_default(),
                    at: self.text(rating, "at").unwrap_or_default(),
                })
            })
            .collect();
        if all.is_empty() {
            return None;
        }
        let bounds = self.bounds(entity, criterion);
        all.retain(|one| is_within(bounds, one.value));
        let latest = all.iter().max_by(|one, other| {
            let by_number = number(one.round).total_cmp(&number(other.round));
            by_number.then_with(|| one.round.cmp(other.round))
        })?;
        let mut counting: Vec<&Judgement> = Vec::new();
        for judgement in all.iter().filter(|one| one.round == latest.round) {
            let mut same = counting
                .iter_mut()
                .filter(|other| other.by.is_some() && other.by == judgement.by);
            match same.next() {
                Some(other) if other.at <= judgement.at => *other = judgement,
                Some(_) => {}
                None => counting.push(judgement),
            }
        }
        let values = || counting.iter().map(|judgement| judgement.value);
        Some(Rated {
            value: values().sum::<f64>() / counting.len() as f64,
            spread: values().reduce(f64::min).zip(values().reduce(f64::max)),
            ratings: counting.iter().map(|judgement| judgement.rating).collect(),
        })
    }

    /// The ratings of the entity by the criterion that are off its scale: they count nowhere, and
    /// spoil no other.
    #[must_use]
    pub fn off_scale(&self, entity: Handle, criterion: &str) -> Vec<Handle> {
        let is_off = |rating: &Handle| {
            self.text(*rating, "criterion") == Some(criterion)
                && self
                    .number(*rating, "value")
                    .is_some_and(|value| !is_within(self.bounds(entity, criterion), value))
        };
        self.children(entity, "rating", "subject")
            .filter(is_off)
            .collect()
    }

    /// The least and the most that a criterion can be, where it is a field of what is rated.
    fn bounds(&self, entity: Handle, criterion: &str) -> Option<(f64, f64)> {
        match &self.catalogued(entity)?.field(criterion)?.takes {
            FieldType::Number(bounds) => {
                let low = bounds.min.unwrap_or(f64::NEG_INFINITY);
                Some((low, bounds.max.unwrap_or(f64::INFINITY)))
            }
            FieldType::Scale(scale) => {
                let steps = || scale.steps.iter().copied();
                steps().reduce(f64::min).zip(steps().reduce(f64::max))
            }
            _ => None,
        }
    }
}

fn is_within(bounds: Option<(f64, f64)>, value: f64) -> bool {
    bounds.is_none_or(|(low, high)| (low..=high).contains(&value))
}

/// Rounds that are numbers come in their order, before those that are not.
fn number(round: &str) -> f64 {
    match round {
        "" => f64::NEG_INFINITY,
        round => crate::number::parse(round).unwrap_or(f64::INFINITY),
    }
}

/// A rating, read.
struct Judgement<'a> {
    rating: Handle,
    value: f64,
    by: Option<&'a str>,
    round: &'a str,
    at: &'a str,
}
