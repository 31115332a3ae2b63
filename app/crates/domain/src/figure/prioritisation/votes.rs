//! What a round of votes says: dot vote, buy a feature, a hundred points (M20).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Label, Outcome, Row};
use super::super::remark::{self, Part};
use crate::index::Handle;
use crate::method::ballots::{self, Tally, Vote};

/// What everybody has to spend where the technique is called after it.
const HUNDRED_POINTS: f64 = 100.0;

pub(super) static RESULT: FigureKind = FigureKind::new(
    "vote-result",
    [
        "Result of the votes",
        "Ergebnis der Abstimmung",
        "Resultado de los votos",
    ],
    "by falling Σ votes over the ballots within the budget; a ballot above it is invalid as a whole, and a vote without a name is one of its own",
    "M20",
    FigureSource::at(
        "Luke Hohmann, Innovation Games (2006), for Buy a Feature; dot votes and hundred points are common practice",
        "https://www.innovationgames.com/buy-a-feature/",
    ),
)
.of(&["round"]);

pub(super) fn round(context: &Context<'_>, round: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&RESULT);
    let (mut people, mut subjects) = (Vec::new(), Vec::new());
    let mut votes = Vec::new();
    let mut unsigned = 0_usize;
    for vote in context.children(round, "vote", "round") {
        let Some(subject) = context.reference(vote, "subject") else {
            continue;
        };
        // One that cannot be read spoils no other.
        let Some(count) = context.number(vote, "count").filter(|count| *count >= 0.0) else {
            let reason = Part::Name("no number of votes");
            figure.remark_with(&remark::LEFT_OUT, [context.part(vote), reason]);
            continue;
        };
        let ballot = match context.text(vote, "by") {
            Some(person) => place(&mut people, person),
            // Two that nobody signed may be two people's.
            None => {
                unsigned += 1;
                people.push("");
                people.len() - 1
            }
        };
        votes.push(Vote {
            ballot,
            subject: place(&mut subjects, subject),
            count,
        });
    }
    if votes.is_empty() && figure.remarks.is_empty() {
        return;
    }
    let technique = context.text(round, "technique");
    figure.text_input("technique", technique, Some(round));
    let entered = context.number(round, "budget");
    let budget = entered.or((technique == Some("hundred-points")).then_some(HUNDRED_POINTS));
    figure.input("budget", budget, "", Some(round));
    figure.input("votes", Some(votes.len() as f64), "", None);
    if unsigned > 0 && budget.is_some() {
        figure.remark_with(&remark::UNSIGNED, [Part::Number(unsigned as f64)]);
    }
    match ballots::tally(&votes, budget) {
        Ok(tally) => tell(context, &mut figure, &tally, &people, &subjects),
        Err(reason) => figure.outcome = Outcome::Missing(reason),
    }
    figures.push(figure);
}

/// The place of something in a list, at the end if it is new.
fn place<T: PartialEq>(list: &mut Vec<T>, one: T) -> usize {
    list.iter()
        .position(|other| *other == one)
        .unwrap_or_else(|| {
            list.push(one);
            list.len() - 1
        })
}

fn tell(
    context: &Context<'_>,
    figure: &mut Figure,
    tally: &Tally,
    people: &[&str],
    subjects: &[Handle],
) {
    let mut order: Vec<(Handle, f64)> = subjects
        .iter()
        .copied()
        .zip(tally.totals.iter().copied())
        .collect();
    order.sort_by(|one, other| {
        let by_votes = other.1.total_cmp(&one.1);
        by_votes.then_with(|| context.id(one.0).cmp(&context.id(other.0)))
    });
    for (subject, total) in &order {
        figure
            .rows
            .push(Row::number("votes", *total).about(*subject));
    }
    let ballots = people.iter().zip(&tally.spent).zip(&tally.valid);
    let invalid = ballots.filter(|(_, is_valid)| !**is_valid);
    for ((person, spent), _) in invalid.clone() {
        let name = Label::Owned((*person).to_owned());
        figure
            .rows
            .push(Row::number(name, *spent).word("above the budget"));
    }
    let count = invalid.count();
    figure.left_out(count, "ballots above the budget");
    figure.n = Some((people.len() - count) as u64);
    figure.outcome = Outcome::Order(order.into_iter().map(|(subject, _)| subject).collect());
}
