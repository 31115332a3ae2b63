//! Usability: SUS and SEQ of a session, and over all sessions completion and problems found.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use super::super::remark::{self, Part};
use super::super::respondent::participant;
use crate::index::Handle;
use crate::method::proportion::{CONFIDENCE, FEWEST, wilson_at};
use crate::method::{Insufficient, Sample, average, means, usability};

pub(super) static SUS: FigureKind = FigureKind::new(
    "sus",
    ["SUS", "SUS", "SUS"],
    "(Σ odd answers − 1 + Σ 5 − even answers) × 2.5; 68 is average",
    "M16",
    FigureSource::at(
        "John Brooke, SUS: A Quick and Dirty Usability Scale (1996)",
        "https://digital.ahrq.gov/sites/default/files/docs/survey/systemusabilityscale%2528sus%2529_comp%255B1%255D.pdf",
    ),
)
.of(&["test-session"]);

pub(super) static SEQ: FigureKind = FigureKind::new(
    "seq",
    ["Ease of the tasks (SEQ)", "Leichtigkeit der Aufgaben (SEQ)", "Facilidad de las tareas (SEQ)"],
    "the mean of the session's answers, 1 very difficult to 7 very easy",
    "M16",
    FigureSource::book("Sauro and Dumas, Comparison of three one-question, post-task usability questionnaires (2009)"),
)
.of(&["test-session"]);

pub(in super::super) static MEAN_SUS: FigureKind = FigureKind::new(
    "mean-sus",
    ["Mean SUS", "Mittlerer SUS", "SUS medio"],
    "the mean SUS of everyone's last session, with Student's 95 % interval; 68 is average",
    "M16",
    SUS.source,
);

pub(super) static MEAN_SEQ: FigureKind = FigureKind::new(
    "mean-seq",
    ["Mean SEQ", "Mittlerer SEQ", "SEQ medio"],
    "the mean of each person's mean answer, 1 to 7, with Student's 95 % interval over the people; of a task that somebody did again the last answer counts",
    "M16",
    SEQ.source,
);

pub(in super::super) static COMPLETION: FigureKind = FigureKind::new(
    "completion",
    ["Task completion", "Gelöste Aufgaben", "Tareas completadas"],
    "the mean of each person's share of tasks completed, with Wilson's 95 % interval of as many people: the tasks of one person do not bear each other out; for each task people who completed it ÷ people who tried; partial successes count as not completed, and of a task that somebody did again the last try counts",
    "M16",
    FigureSource::book("Sauro and Lewis, Quantifying the User Experience"),
)
.unit("share");

pub(super) static FOUND: FigureKind = FigureKind::new(
    "problems-found",
    [
        "Problems found",
        "Gefundene Probleme",
        "Problemas encontrados",
    ],
    "1 − (1 − 0.31)ⁿ for n people with a session: the share of problems that they are expected to show",
    "M16",
    FigureSource::at(
        "Nielsen and Landauer, A mathematical model of the finding of usability problems (1993)",
        "https://www.nngroup.com/articles/why-you-only-need-to-test-with-5-users/",
    ),
)
.unit("share");

/// The ten answers, written as `5,4,2,…`.
fn answers(text: &str) -> Result<Vec<u8>, Insufficient> {
    let parts = text
        .split([',', ';', ' '])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let answer = |part: &str| {
        part.parse()
            .map_err(|_| Insufficient::Unreadable("SUS answer"))
    };
    parts.map(answer).collect()
}

pub(super) fn session(context: &Context<'_>, session: Handle, figures: &mut Vec<Figure>) {
    if let Some(text) = context.text(session, "sus") {
        let mut figure = Figure::new(&SUS);
        figure.text_input("sus", Some(text), Some(session));
        figures.push(figure.number(answers(text).and_then(|ten| usability::sus(&ten))));
    }
    let mut figure = Figure::new(&SEQ);
    let results = context.children(session, "task-result", "session");
    if let Some(ease) = figure.ease(context, results, true) {
        figure.n = ease.as_ref().ok().map(|answers| answers.len() as u64);
        figures.push(figure.number(ease.and_then(|ease| seq(&ease))));
    }
}

/// The mean of answers that are on the scale.
fn seq(ease: &[u8]) -> Result<f64, Insufficient> {
    usability::seq_mean(ease).map(|mean| mean.value)
}

pub(super) fn all(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let sessions: Vec<Handle> = context.all("test-session").collect();
    sus(context, &sessions, figures);
    tasks(context, figures);
    if !sessions.is_empty() {
        let mut found = Figure::new(&FOUND);
        let held = found.held(context, sessions.into_iter());
        // Whoever comes again meets the same problems.
        let n = found
            .once_each(context, &held, |one| participant(context, one))
            .len();
        found.input("sessions", Some(n as f64), "", None);
        found.input(
            "chance to see a problem",
            Some(usability::TYPICAL_DISCOVERY),
            "",
            None,
        );
        found.n = Some(n as u64);
        let share = usability::problems_found(usability::TYPICAL_DISCOVERY, n as u64);
        figures.push(found.number(share));
    }
}

/// The mean SUS, and on which side of the average it is, if that can be said.
fn sus(context: &Context<'_>, sessions: &[Handle], figures: &mut Vec<Figure>) {
    let mut sus = Figure::new(&MEAN_SUS);
    let mut scored = Vec::new();
    for session in sessions {
        if context.value_of(*session, &SUS).is_some() {
            scored.push(*session);
        } else if context.text(*session, "sus").is_some() {
            let reason = Part::Name("not ten answers from 1 to 5");
            sus.remark_with(&remark::LEFT_OUT, [context.part(*session), reason]);
        }
    }
    let mut scores = Vec::new();
    for session in sus.once_each(context, &scored, |one| participant(context, one)) {
        let score = context.value_of(session, &SUS);
        sus.input("sus", score, "", Some(session));
        scores.extend(score);
    }
    if scores.is_empty() {
        return;
    }
    sus.mean_of(&scores, 0.0, 100.0);
    let is_average = |sus: f64| sus >= usability::AVERAGE_SUS;
    sus.remark(match sus.interval {
        _ if (scores.len() as u64) < FEWEST => &remark::FEW_SUS,
        Some((low, _)) if is_average(low) => &remark::ABOVE_AVERAGE_SUS,
        Some((_, high)) if !is_average(high) => &remark::BELOW_AVERAGE_SUS,
        _ => &remark::UNCERTAIN_SUS,
    });
    let mean = usability::sus_mean(&scores);
    figures.push(sus.number(mean.map(|mean| mean.value)));
}

/// Who did a task: the participant, or whoever that session was with.
fn person(context: &Context<'_>, result: Handle) -> Option<Handle> {
    let session = context.reference(result, "session")?;
    Some(participant(context, session).unwrap_or(session))
}

/// Whose result of which task it is, where both are known.
fn try_of<'a>(context: &Context<'a>, result: Handle) -> Option<(Handle, &'a str)> {
    Some((person(context, result)?, context.text(result, "task")?))
}

impl Figure {
    /// The answers of some results to how easy the task was; `None` where nobody answered. One that
    /// is off the scale is named and left out, as long as others are on it.
    fn ease(
        &mut self,
        context: &Context<'_>,
        results: impl Iterator<Item = Handle>,
        lists: bool,
    ) -> Option<Result<Vec<u8>, Insufficient>> {
        let (mut answers, mut refused) = (Vec::new(), None);
        for result in results {
            let Some(seq) = context.number(result, "seq") else {
                continue;
            };
            if lists {
                self.input("seq", Some(seq), "", Some(result));
            }
            let mut steps = usability::SEQ_STEPS.into_iter();
            let step = steps.find(|step| f64::from(*step) == seq);
            if step.is_none() {
                let reason = Part::Name("no whole number from 1 to 7");
                self.remark_with(&remark::LEFT_OUT, [context.part(result), reason]);
                refused = Some(seq);
            }
            answers.extend(step);
        }
        match (answers.is_empty(), refused) {
            (true, None) => None,
            (true, Some(value)) => Some(Err(Insufficient::OutOfRange {
                input: "seq",
                value,
                low: 1.0,
                high: 7.0,
            })),
            (false, _) => Some(Ok(answers)),
        }
    }

    /// Notes how many values a mean is made of and, from two on, its interval, within the scale.
    fn mean_of(&mut self, values: &[f64], low: f64, high: f64) {
        self.n = Some(values.len() as u64);
        let interval = means::measured(values).and_then(|one| means::interval(one, CONFIDENCE));
        if let Ok(interval) = interval {
            self.interval = Some((interval.low.max(low), interval.high.min(high)));
        }
    }
}

/// Ease over all people: each counts once, however many tasks they did.
fn ease(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&MEAN_SEQ);
    let answered: Vec<Handle> = context
        .all("task-result")
        .filter(|result| context.number(*result, "seq").is_some())
        .collect();
    let counting = figure.once_each(context, &answered, |one| try_of(context, one));
    let mut people: Vec<(Handle, Vec<Handle>)> = Vec::new();
    for result in counting {
        let person = person(context, result).unwrap_or(result);
        match people.iter_mut().find(|(other, _)| *other == person) {
            Some((_, results)) => results.push(result),
            None => people.push((person, vec![result])),
        }
    }
    let (mut means, mut refused, mut answers) = (Vec::new(), None, 0);
    for (_, results) in people {
        match figure.ease(context, results.into_iter(), false) {
            Some(Ok(ease)) => {
                answers += ease.len();
                means.extend(seq(&ease));
            }
            Some(Err(reason)) => refused = Some(reason),
            None => {}
        }
    }
    if let (true, Some(reason)) = (means.is_empty(), refused) {
        figures.push(figure.number(Err(reason)));
    } else if !means.is_empty() {
        figure.mean_of(&means, 1.0, 7.0);
        figure.input("answers", Some(answers as f64), "", None);
        figure.input("people", Some(means.len() as f64), "", None);
        let mean = average::mean("answers", &means);
        figures.push(figure.number(mean.map(|mean| mean.value)));
    }
}

/// Ease over all people, and completion over all results and by task.
fn tasks(context: &Context<'_>, figures: &mut Vec<Figure>) {
    ease(context, figures);
    let mut figure = Figure::new(&COMPLETION);
    let tried: Vec<Handle> = context
        .all("task-result")
        .filter(|result| context.text(*result, "result").is_some())
        .collect();
    let mut tasks: Vec<(&str, u64, u64)> = Vec::new();
    let mut people: Vec<(Handle, u64, u64)> = Vec::new();
    for result in figure.once_each(context, &tried, |one| try_of(context, one)) {
        let name = context.text(result, "task").unwrap_or_default();
        let done = u64::from(context.text(result, "result") == Some("success"));
        match tasks.iter_mut().find(|(other, _, _)| *other == name) {
            Some((_, completed, tried)) => {
                *completed += done;
                *tried += 1;
            }
            None => tasks.push((name, done, 1)),
        }
        let person = person(context, result).unwrap_or(result);
        match people.iter_mut().find(|(other, _, _)| *other == person) {
            Some((_, completed, tried)) => {
                *completed += done;
                *tried += 1;
            }
            None => people.push((person, done, 1)),
        }
    }
    if tasks.is_empty() {
        return;
    }
    let (completed, tried) = tasks.iter().fold((0, 0), |sum, (_, completed, tried)| {
        (sum.0 + completed, sum.1 + tried)
    });
    figure.input("completed", Some(completed as f64), "", None);
    figure.input("tried", Some(tried as f64), "", None);
    tasks.sort_unstable();
    for (name, completed, tried) in tasks.iter().filter(|_| tasks.len() > 1) {
        if let Ok(share) = Sample::new(*completed, *tried).and_then(Sample::share) {
            figure.rows.push(Row::share((*name).to_owned(), share));
        }
    }
    figure.input("people", Some(people.len() as f64), "", None);
    let own = people
        .iter()
        .map(|(_, completed, tried)| *completed as f64 / *tried as f64);
    let n = people.len() as u64;
    let mean = average::mean("people", &own.collect::<Vec<f64>>()).map(|mean| mean.value);
    figure.n = Some(n);
    if let Ok(interval) = mean.clone().and_then(|mean| wilson_at(mean, n, CONFIDENCE)) {
        figure.between(interval);
    }
    figures.push(figure.number(mean));
}
