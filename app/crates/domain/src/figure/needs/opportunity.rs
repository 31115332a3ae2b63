//! Opportunity scores of desired outcomes, for each segment, never across the market (Ulwick).

use super::super::context::Context;
use super::super::entered::count;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Outcome, Row};
use super::super::remark;
use super::super::respondent::alias;
use crate::index::Handle;
use crate::method::opportunity::{self, Band, Opportunity, Position, SUGGESTED_SAMPLE};
use crate::method::{Insufficient, Share};

const OF: &[&str] = &["desired-outcome"];
const ULWICK: FigureSource = FigureSource::at(
    "Anthony Ulwick, Outcome-Driven Innovation (Marketing Journal)",
    "https://www.marketingjournal.org/the-path-to-growth-the-opportunity-algorithm-anthony-ulwick/",
);

pub(super) static SCORE: FigureKind = FigureKind::new(
    "opportunity-score",
    [
        "Opportunity score",
        "Chancenwert",
        "Puntuación de oportunidad",
    ],
    "I + max(I − S, 0), I and S the shares that answered 4 or 5, times 10",
    "M11",
    ULWICK,
)
.of(OF);

pub(super) static BAND: FigureKind = FigureKind::new(
    "opportunity-band",
    ["Attractiveness", "Attraktivität", "Atractivo"],
    "score above 15 extreme, from 12 low-hanging fruit, from 10 worth considering, below unattractive",
    "M11",
    ULWICK,
)
.of(OF)
.words(&["extreme", "low-hanging-fruit", "worth-considering", "unattractive"]);

pub(super) static POSITION: FigureKind = FigureKind::new(
    "opportunity-position",
    [
        "Place on the landscape",
        "Ort auf der Landkarte",
        "Lugar en el mapa",
    ],
    "underserved from a score of 10 below S = I, overserved above it, table stakes where both exceed 5",
    "M11",
    ULWICK,
)
.of(OF)
.words(&["underserved", "overserved", "table-stakes", "served-right"]);

pub(super) static OLSEN: FigureKind = FigureKind::new(
    "olsen-score",
    [
        "Opportunity score (Olsen)",
        "Chancenwert (Olsen)",
        "Puntuación de oportunidad (Olsen)",
    ],
    "importance × (1 − satisfaction), both from 0 to 1",
    "M11",
    FigureSource::book("Dan Olsen, The Lean Product Playbook"),
)
.of(OF);

pub(super) static LANDSCAPE: FigureKind = FigureKind::new(
    "opportunity-landscape",
    [
        "Opportunity landscape",
        "Chancenlandschaft",
        "Mapa de oportunidades",
    ],
    "desired outcomes by falling opportunity score; per segment in the rows",
    "M11",
    ULWICK,
);

/// What one segment answered.
struct Answers {
    segment: Option<Handle>,
    importance: [u64; 5],
    satisfaction: [u64; 5],
}

impl Answers {
    fn n(&self) -> u64 {
        self.importance.iter().sum()
    }

    /// (importance, satisfaction), each the share that answered 4 or 5.
    fn shares(&self) -> Result<[Share; 2], Insufficient> {
        let importance = opportunity::top_two_boxes(self.importance)?;
        let satisfaction = opportunity::top_two_boxes(self.satisfaction)?;
        Ok([importance.share, satisfaction.share])
    }
}

/// The answers about an outcome, by segment.
fn answers(context: &Context<'_>, outcome: Handle, figure: &mut Figure) -> Vec<Answers> {
    let mut segments: Vec<Answers> = Vec::new();
    let steps = |rating: Handle| {
        let step = |field| {
            let step = context.number(rating, field)?;
            let is_step = step.fract() == 0.0 && (1.0..=5.0).contains(&step);
            is_step.then_some(step as usize - 1)
        };
        step("importance").zip(step("satisfaction"))
    };
    let ratings = context.children(outcome, "outcome-rating", "outcome");
    let answered = figure.readable(ratings, |rating| steps(rating).is_some());
    for rating in figure.once_each(context, &answered, |rating| alias(context, rating)) {
        let Some((importance, satisfaction)) = steps(rating) else {
            continue;
        };
        let own = context.reference(rating, "segment");
        let segment = own.or_else(|| context.reference(outcome, "segment"));
        let at = match segments.iter().position(|one| one.segment == segment) {
            Some(at) => at,
            None => {
                segments.push(Answers {
                    segment,
                    importance: [0; 5],
                    satisfaction: [0; 5],
                });
                segments.len() - 1
            }
        };
        if let Some(answers) = segments.get_mut(at) {
            add(&mut answers.importance, importance);
            add(&mut answers.satisfaction, satisfaction);
        }
    }
    segments
}

fn add(counts: &mut [u64; 5], step: usize) {
    if let Some(count) = counts.get_mut(step) {
        *count += 1;
    }
}

pub(super) fn figures(context: &Context<'_>, outcome: Handle, figures: &mut Vec<Figure>) {
    let mut score = Figure::new(&SCORE);
    let answers = answers(context, outcome, &mut score);
    if answers.len() > 1 {
        by_segment(&answers, &mut score);
        figures.push(score);
        return;
    }
    let (out_of_ten, shares) = match answers.first() {
        Some(only) => {
            score.n = Some(only.n());
            let shares = only.shares();
            if let Ok([importance, satisfaction]) = &shares {
                let ten = |share: &Share| Some(share.value * 10.0);
                score.input("importance", ten(importance), "of 10", Some(outcome));
                score.input("satisfaction", ten(satisfaction), "of 10", Some(outcome));
            }
            let out_of_ten = shares
                .clone()
                .map(|shares| shares.map(|share| share.value * 10.0));
            (out_of_ten, shares.ok())
        }
        None => {
            let importance = score.percent(context, outcome, "importance-share");
            let satisfaction = score.percent(context, outcome, "satisfaction-share");
            if score.is_blank() {
                return;
            }
            let n = context.number(outcome, "n");
            score.n = n.and_then(|n| count("n", n).ok());
            score.remark_if(score.n.is_none(), &remark::NO_SAMPLE);
            let is_of_nobody = score.n == Some(0);
            let out_of_ten = || match is_of_nobody {
                true => Err(Insufficient::Zero("n")),
                false => Ok([importance? * 10.0, satisfaction? * 10.0]),
            };
            let out_of_ten: Result<[f64; 2], Insufficient> = out_of_ten();
            let shares = out_of_ten.as_ref().ok().zip(score.n);
            let shares = shares.and_then(|([importance, satisfaction], n)| {
                let share = |ten: &f64| opportunity::stated_share(ten * 10.0, n).ok();
                Some([share(importance)?, share(satisfaction)?])
            });
            (out_of_ten, shares)
        }
    };
    let is_small = score.n.is_some_and(|n| n < SUGGESTED_SAMPLE);
    score.remark_if(is_small, &remark::SMALL_SAMPLE);
    let scored = out_of_ten
        .clone()
        .and_then(|[importance, satisfaction]| opportunity::opportunity(importance, satisfaction));
    let (inputs, n) = (score.inputs.clone(), score.n);
    let derived = |kind| {
        let mut figure = Figure::new(kind);
        figure.inputs.clone_from(&inputs);
        figure.n = n;
        figure
    };
    score.rows = rows(shares);
    figures.push(score.number(scored.clone().map(|one| one.score)));
    figures.push(derived(&BAND).category(scored.clone().map(|one| band(&one))));
    figures.push(derived(&POSITION).category(scored.map(|one| position(&one))));
    let olsen = out_of_ten.and_then(|[i, s]| opportunity::olsen(i / 10.0, s / 10.0));
    figures.push(derived(&OLSEN).number(olsen));
}

/// The two shares that a score is made of, each with its sample and interval.
fn rows(shares: Option<[Share; 2]>) -> Vec<Row> {
    let Some([importance, satisfaction]) = shares else {
        return Vec::new();
    };
    vec![
        Row::share("importance", importance).in_unit("share"),
        Row::share("satisfaction", satisfaction).in_unit("share"),
    ]
}

/// A score for each segment, in rows: answers of several are never taken together.
fn by_segment(answers: &[Answers], score: &mut Figure) {
    for segment in answers {
        let Ok(shares) = segment.shares() else {
            continue;
        };
        let [importance, satisfaction] = shares.map(|share| share.value * 10.0);
        let Ok(one) = opportunity::opportunity(importance, satisfaction) else {
            continue;
        };
        score.rows.push(Row {
            about: segment.segment,
            n: Some(segment.n()),
            ..Row::number("score", one.score).word(band(&one))
        });
        score
            .rows
            .extend(rows(Some(shares)).into_iter().map(|row| Row {
                about: segment.segment,
                ..row
            }));
    }
    let is_small = answers.iter().any(|one| one.n() < SUGGESTED_SAMPLE);
    score.remark_if(is_small, &remark::SMALL_SAMPLE);
    score.outcome = Outcome::Parts;
}

fn band(opportunity: &Opportunity) -> &'static str {
    match opportunity.band {
        Band::Extreme => "extreme",
        Band::LowHangingFruit => "low-hanging-fruit",
        Band::WorthConsidering => "worth-considering",
        Band::Unattractive => "unattractive",
    }
}

fn position(opportunity: &Opportunity) -> &'static str {
    match opportunity.position {
        Position::Underserved => "underserved",
        Position::Overserved => "overserved",
        Position::TableStakes => "table-stakes",
        Position::ServedRight => "served-right",
    }
}

pub(super) fn landscape(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&LANDSCAPE);
    let mut scored = Vec::new();
    for outcome in context.all("desired-outcome") {
        let Some(score) = context.figure(outcome, &SCORE) else {
            continue;
        };
        for row in score.rows.iter().filter(|row| row.name == "score") {
            let mut row = row.clone();
            row.name = context
                .id(outcome)
                .map_or("", |id| id.as_str())
                .to_owned()
                .into();
            figure.rows.push(row);
        }
        scored.extend(score.value().map(|value| (outcome, value)));
    }
    if scored.is_empty() && figure.rows.is_empty() {
        return;
    }
    scored.sort_by(|one, other| other.1.total_cmp(&one.1));
    for (outcome, value) in &scored {
        figure.input("opportunity-score", Some(*value), "", Some(*outcome));
    }
    figure.outcome = match scored.is_empty() {
        true => Outcome::Parts,
        false => Outcome::Order(scored.into_iter().map(|(outcome, _)| outcome).collect()),
    };
    figures.push(figure);
}
