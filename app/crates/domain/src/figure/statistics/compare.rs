//! Arms compared: z test, interval, Bayesian comparison, χ² and the check of the split.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{DIFFERENCE as POINTS, Figure, Outcome, Row};
use super::super::remark::{self, Remark, RemarkKind};
use super::arms::{Arm, arms};
use super::experiment::{OF, TWO_PROPORTIONS};
use super::verdict::VERDICT;
use crate::experiment::{deciding, planned_split};
use crate::index::Handle;
use crate::method::chi_square::{self, ChiSquare};
use crate::method::two_proportions::{TwoProportions, two_proportions};
use crate::method::{Insufficient, Sample, bayes, holm};

pub(super) static Z: FigureKind = FigureKind::new(
    "ab-z",
    ["z value", "z-Wert", "Valor z"],
    "(p₁ − p₂) ÷ √(p̄(1 − p̄)(1∕n₁ + 1∕n₂)); positive where the control did better",
    "M14",
    TWO_PROPORTIONS,
)
.of(OF);

pub(super) static P: FigureKind = FigureKind::new(
    "ab-p",
    ["p-value", "p-Wert", "Valor p"],
    "two-sided: how often chance alone gives at least this z; with several variants also Holm's",
    "M14",
    TWO_PROPORTIONS,
)
.of(OF);

pub(super) static DIFFERENCE: FigureKind = FigureKind::new(
    "ab-difference",
    ["Difference", "Unterschied", "Diferencia"],
    "p of the variant − p of the control, with the unpooled 95 % interval ± 1.96 √(p₁(1 − p₁)∕n₁ + p₂(1 − p₂)∕n₂); the verdict decides by the interval of its design, which few successes do not deceive: Newcombe's (fixed), the confidence sequence (sequential), the equal-tailed credible interval of the Beta posteriors (Bayesian), each two-sided at 1 − α, 95 % unless the plan says otherwise",
    "M14",
    TWO_PROPORTIONS,
)
.of(OF)
.unit(POINTS);

pub(super) static BETTER: FigureKind = FigureKind::new(
    "ab-probability-better",
    [
        "Probability that the variant is better",
        "Wahrscheinlichkeit, dass die Variante besser ist",
        "Probabilidad de que la variante sea mejor",
    ],
    "Pr(B > A) with Beta(1 + successes, 1 + failures) for each",
    "M14",
    FigureSource::at(
        "Evan Miller, Formulas for Bayesian A/B Testing",
        "https://www.evanmiller.org/bayesian-ab-testing.html",
    ),
)
.of(OF)
.unit("share");

pub(super) static LOSS: FigureKind = FigureKind::new(
    "ab-expected-loss",
    ["Expected loss", "Erwarteter Verlust", "Pérdida esperada"],
    "E[max(A − B, 0)] if the variant is chosen, E[max(B − A, 0)] if the control is",
    "M14",
    BETTER.source,
)
.of(OF)
.unit(POINTS);

pub(super) static SEVERAL: FigureKind = FigureKind::new(
    "chi-square",
    [
        "χ² over all arms",
        "χ² über alle Arme",
        "χ² de todas las ramas",
    ],
    "Σ (observed − expected)² ÷ expected over successes and failures of all arms",
    "M14",
    FigureSource::book("Pearson, On the criterion … (1900)"),
)
.of(OF);

pub(super) static MISMATCH: FigureKind = FigureKind::new(
    "sample-ratio",
    [
        "Sample-ratio mismatch",
        "Abweichung vom geplanten Verhältnis",
        "Desajuste de la proporción de muestras",
    ],
    "p of χ² of the arms' n against the planned split; below 0.001 the result must not be analysed",
    "M14",
    FigureSource::book("Fabijan et al., Diagnosing sample ratio mismatch (KDD 2019)"),
)
.of(OF);

/// A variant against the control.
struct Contrast {
    variant: Handle,
    tested: Result<TwoProportions, Insufficient>,
    compared: Result<bayes::Comparison, Insufficient>,
    /// The difference with the interval by which the verdict decides.
    decided: Option<Row>,
}

impl Contrast {
    fn of(context: &Context<'_>, experiment: Handle, control: &Arm, variant: &Arm) -> Self {
        Self {
            variant: variant.entity,
            tested: both(control, variant).and_then(|(a, b)| two_proportions(a, b)),
            compared: both(control, variant).and_then(|(a, b)| bayes::compare(a, b)),
            decided: decides(context, experiment, control, variant),
        }
    }
}

pub(super) fn figures(context: &Context<'_>, experiment: Handle, figures: &mut Vec<Figure>) {
    let arms = arms(context, experiment);
    let Some((control, variants)) = arms.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return;
    };
    let is_uncounted = |arm: &Arm| matches!(arm.sample, Err(Insufficient::Missing(_)));
    if arms.iter().all(is_uncounted) {
        return;
    }
    let mut comparison = Comparison {
        z: with_arms(context, &Z, &arms),
        p: with_arms(context, &P, &arms),
        difference: with_arms(context, &DIFFERENCE, &arms),
        better: with_arms(context, &BETTER, &arms),
        loss: with_arms(context, &LOSS, &arms),
    };
    let warnings = warnings(context, experiment);
    for figure in comparison.all() {
        figure.remark_if(!control.is_control, &remark::NO_CONTROL);
        figure.remarks.extend(warnings.iter().cloned());
    }
    let contrasts = variants.iter();
    let contrasts = contrasts.map(|variant| Contrast::of(context, experiment, control, variant));
    let mut contrasts: Vec<Contrast> = contrasts.collect();
    if contrasts.iter().any(|one| one.decided.is_some()) {
        // The level of the interval by which the verdict decides, two-sided.
        let level = context.number(experiment, "alpha").map(|alpha| 1.0 - alpha);
        let difference = &mut comparison.difference;
        difference.input("confidence", level, "share", Some(experiment));
    }
    figures.extend(match contrasts.pop() {
        Some(only) if contrasts.is_empty() => comparison.with_one(only),
        last => {
            contrasts.extend(last);
            comparison.with_several(contrasts)
        }
    });
}

/// What is said of variants and their control.
struct Comparison {
    z: Figure,
    p: Figure,
    difference: Figure,
    better: Figure,
    loss: Figure,
}

impl Comparison {
    fn all(&mut self) -> [&mut Figure; 5] {
        let Self {
            z,
            p,
            difference,
            better,
            loss,
        } = self;
        [z, p, difference, better, loss]
    }

    /// One variant: each figure is a number.
    fn with_one(mut self, contrast: Contrast) -> [Figure; 5] {
        let Contrast {
            tested,
            compared,
            decided,
            ..
        } = contrast;
        if let Ok(tested) = &tested {
            let n = tested.first.sample.n() + tested.second.sample.n();
            self.difference.between(tested.interval);
            self.difference.rows.push(Row {
                interval: Some((tested.interval.low, tested.interval.high)),
                n: Some(n),
                ..Row::number("usual interval, a normal approximation", tested.change)
            });
            for figure in self.all() {
                figure.n = Some(n);
            }
        }
        if let Ok(compared) = &compared {
            self.loss.rows.extend([
                Row::number("if the control is chosen", compared.loss_if_a),
                Row::number("if the variant is chosen", compared.loss_if_b),
            ]);
        }
        let of =
            |value: fn(&TwoProportions) -> f64| tested.as_ref().map(value).map_err(Clone::clone);
        let by = |value: fn(&bayes::Comparison) -> f64| {
            compared.as_ref().map(value).map_err(Clone::clone)
        };
        let mut change = of(|one| one.change);
        if let (Err(_), Some(row)) = (&change, &decided) {
            // All did the same: nothing can be tested, and the interval has its width all the same.
            change = row.value.ok_or(Insufficient::Missing("data"));
            self.difference.interval = row.interval;
            for figure in [&mut self.difference, &mut self.better, &mut self.loss] {
                figure.n = row.n;
            }
        }
        self.difference.rows.extend(decided);
        [
            self.z.number(of(|one| one.z)),
            self.p.number(of(|one| one.p_value)),
            self.difference.number(change),
            self.better.number(by(|one| one.b_beats_a)),
            self.loss.number(by(|one| one.loss_if_b)),
        ]
    }

    /// Several variants: each has its rows.
    fn with_several(mut self, contrasts: Vec<Contrast>) -> [Figure; 5] {
        let tested = contrasts.iter().filter_map(|one| one.tested.as_ref().ok());
        let values: Vec<f64> = tested.map(|tested| tested.p_value).collect();
        let mut adjusted = holm::adjusted(&values).unwrap_or_default().into_iter();
        for contrast in contrasts {
            let about = |row: Row| row.about(contrast.variant);
            if let Ok(one) = &contrast.tested {
                self.z.rows.push(about(Row::number("z", one.z)));
                self.p.rows.push(about(Row::number("p", one.p_value)));
                let adjusted = adjusted.next().map(|p| Row::number("p by Holm", p));
                self.p.rows.extend(adjusted.map(about));
                self.difference.rows.push(about(Row {
                    interval: Some((one.interval.low, one.interval.high)),
                    n: Some(one.first.sample.n() + one.second.sample.n()),
                    ..Row::number("difference", one.change)
                }));
            }
            self.difference.rows.extend(contrast.decided.map(about));
            if let Ok(one) = &contrast.compared {
                let better = Row::number("better than the control", one.b_beats_a);
                let loss = Row::number("if it is chosen", one.loss_if_b);
                self.better.rows.push(about(better));
                self.loss.rows.push(about(loss));
            }
        }
        [self.z, self.p, self.difference, self.better, self.loss].map(|mut figure| {
            if !figure.rows.is_empty() {
                figure.outcome = Outcome::Parts;
            }
            figure
        })
    }
}

/// The difference of a variant with the interval by which the verdict decides.
fn decides(context: &Context<'_>, experiment: Handle, control: &Arm, variant: &Arm) -> Option<Row> {
    let (first, second) = both(control, variant).ok()?;
    let (value, interval) = deciding(context.reader, experiment, context.today, first, second)?;
    Some(Row {
        interval: Some((interval.low, interval.high)),
        n: Some(first.n() + second.n()),
        ..Row::number("interval by which the verdict decides", value)
    })
}

/// What forbids reading a comparison of arms as a result: that the experiment still runs, that its
/// data must not be judged, that nothing was promised before them, or that they are more than was
/// planned for one look.
pub(super) fn warnings(context: &Context<'_>, experiment: Handle) -> Vec<Remark> {
    let Some(verdict) = context.figure(experiment, &VERDICT) else {
        return Vec::new();
    };
    let is_sequential = context.text(experiment, "design") == Some("sequential");
    let warning = match verdict.word() {
        Some("running") => Some(&remark::STILL_RUNNING),
        Some("supported" | "refuted" | "mixed" | "inconclusive") if is_sequential => {
            Some(&remark::ONE_LOOK)
        }
        _ => None,
    };
    let warning = warning.map(|kind| Remark {
        kind,
        parts: Vec::new(),
    });
    let mut warnings = Vec::from_iter(warning);
    let said = verdict.remarks.iter();
    warnings.extend(said.filter(|said| FORBIDDING.contains(&said.kind)).cloned());
    warnings
}

/// What a verdict says that is as true of every comparison of its arms.
const FORBIDDING: [&RemarkKind; 7] = [
    &remark::INVALID_CHANGED,
    &remark::INVALID_SPLIT,
    &remark::INVALID_EARLY,
    &remark::INVALID_UNPLANNED,
    &remark::INVALID_LATE,
    &remark::NEVER_LOCKED,
    &remark::JUDGED_AGAIN,
];

/// A figure with what was counted in every arm among its inputs.
fn with_arms(context: &Context<'_>, kind: &'static FigureKind, arms: &[Arm]) -> Figure {
    let mut figure = Figure::new(kind);
    for arm in arms {
        for field in ["successes", "n"] {
            figure.input(
                field,
                context.number(arm.entity, field),
                "",
                Some(arm.entity),
            );
        }
    }
    figure
}

fn both(control: &Arm, variant: &Arm) -> Result<(Sample, Sample), Insufficient> {
    Ok((control.sample.clone()?, variant.sample.clone()?))
}

/// The figures over all arms: χ² when there are three or more, and the check of the split.
pub(super) fn several(context: &Context<'_>, experiment: Handle, figures: &mut Vec<Figure>) {
    let arms = arms(context, experiment);
    if arms.len() < 2 || arms.iter().all(|arm| arm.n.is_none()) {
        return;
    }
    let samples = arms.iter().filter_map(|arm| arm.sample.clone().ok());
    let samples: Vec<Sample> = samples.collect();
    if samples.len() > 2 {
        let mut figure = with_arms(context, &SEVERAL, &arms);
        figure.remarks.extend(warnings(context, experiment));
        figures
            .push(figure.chi_square(chi_square::several_groups(&samples), |test| test.statistic));
    }
    let mut figure = Figure::new(&MISMATCH);
    for arm in &arms {
        figure.input("n", context.number(arm.entity, "n"), "", Some(arm.entity));
        if arm.planned.is_some() {
            figure.input("share", arm.planned, "%", Some(arm.entity));
        }
    }
    let observed: Option<Vec<u64>> = arms.iter().map(|arm| arm.n).collect();
    let shares: Vec<Option<f64>> = arms.iter().map(|arm| arm.planned).collect();
    let planned = planned_split(&shares);
    let checked = observed
        .ok_or(Insufficient::Missing("n of every arm"))
        .and_then(|observed| {
            let planned =
                planned.ok_or(Insufficient::Missing("planned shares that sum to 100 %"))?;
            chi_square::sample_ratio(&observed, &planned)
        });
    let is_mismatch = checked.as_ref().is_ok_and(|checked| checked.is_mismatch);
    figure.remark_if(is_mismatch, &remark::MISMATCH);
    let test = checked.map(|checked| checked.test);
    figures.push(figure.chi_square(test, |test| test.p_value));
}

impl Figure {
    /// The figure of a χ² test: one of its numbers, and all of them in rows.
    fn chi_square(
        mut self,
        test: Result<ChiSquare, Insufficient>,
        value: fn(&ChiSquare) -> f64,
    ) -> Self {
        if let Ok(test) = &test {
            self.rows = vec![
                Row::number("χ²", test.statistic),
                Row::number("degrees of freedom", test.degrees as f64),
                Row::number("p", test.p_value),
            ];
            let is_small = test.smallest_expected < chi_square::LEAST_EXPECTED;
            self.remark_if(is_small, &remark::FEW_EXPECTED);
        }
        self.number(test.as_ref().map(value).map_err(Clone::clone))
    }
}
