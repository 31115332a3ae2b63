//! What a criterion can say, and what is said of one that cannot be read.

use super::*;

fn printed(text: &str) -> String {
    text.parse::<Criterion>().unwrap().to_string()
}

fn problem(text: &str) -> (usize, CriterionProblem) {
    let error = text.parse::<Criterion>().unwrap_err();
    (error.column, error.problem)
}

#[test]
fn the_examples_of_the_format_print_in_one_spelling() {
    assert_eq!(printed("share >= 40 %"), "share >= 40 %");
    assert_eq!(printed("difference > 0"), "difference > 0");
    assert_eq!(
        printed("share of B ≥ 5%;count   of B>=100;"),
        "share of B >= 5 %; count of B >= 100"
    );
    assert_eq!(
        printed(" MEAN of new page ≤ −1.5 "),
        "mean of new page <= -1.5"
    );
    assert_eq!(printed("value < +3e2"), "value < 300");
    assert_eq!(printed("difference > -0"), "difference > 0");
    assert_eq!(printed("share >= .4"), "share >= 0.4");
    assert_eq!(printed("mean > -.5"), "mean > -0.5");
    assert_eq!(problem("share >= ."), (10, CriterionProblem::NoNumber));
}

#[test]
fn percent_counts_hundredths() {
    let criterion: Criterion = "share of B >= 12.5 %".parse().unwrap();

    let condition = &criterion.conditions[0];

    assert_eq!(condition.threshold(), 0.125);
    assert_eq!(condition.arm.as_deref(), Some("B"));
}

/// What shares differ by is in points, however people write that.
#[test]
fn points_are_percentage_points_of_a_difference() {
    let spellings = [
        "5 points",
        "5 pp",
        "5pp",
        "+5 p.p.",
        "5 percentage points",
        "5 Percentage Points",
        "5 pts",
        "5 %-points",
        "5 Prozentpunkte",
        "5 puntos porcentuales",
        "5 %",
        "5 percent",
    ];
    for spelling in spellings {
        let text = format!("difference of B >= {spelling}");
        let criterion: Criterion = text.parse().unwrap();
        assert_eq!(criterion.conditions[0].threshold(), 0.05, "{text}");
        // One spelling for the digest of a lock, whatever was written.
        assert_eq!(canonical(&text), "difference of B >= 5 %");
        assert_eq!(criterion.words("en"), "difference of B >= 5 points");
    }
    assert_eq!(printed("share >= 40 percent"), "share >= 40 %");
    assert_eq!(printed("mean-difference > 1 point"), "mean-difference > 1");
    assert_eq!(
        problem("share > 5 pp"),
        (9, CriterionProblem::PointsOfShare)
    );
    assert_eq!(
        problem("count > 5 points"),
        (9, CriterionProblem::PercentOfCount)
    );
    assert_eq!(
        problem("difference > 101 points"),
        (14, CriterionProblem::OutOfRange)
    );
    assert_eq!(
        problem("difference > points"),
        (14, CriterionProblem::NoNumber)
    );
    assert_eq!(
        problem("difference > 5 appoints"),
        (14, CriterionProblem::NoNumber)
    );
}

#[test]
fn a_criterion_is_said_in_every_language() {
    let words = |text: &str, language| text.parse::<Criterion>().unwrap().words(language);

    assert_eq!(
        words("difference >= 0.025", "en"),
        "difference >= 2.5 points"
    );
    assert_eq!(
        words("difference >= 0.07", "de"),
        "difference >= 7 Prozentpunkte"
    );
    assert_eq!(words("difference < -1 %", "es"), "difference < -1 punto");
    assert_eq!(words("difference > 0 %", "en"), "difference > 0");
    assert_eq!(
        words("difference>0;share≥40%", "de"),
        "difference > 0; share >= 40 %"
    );
}

#[test]
fn an_error_says_where_and_what_was_expected() {
    assert_eq!(problem("  "), (1, CriterionProblem::Empty));
    assert_eq!(problem(";;"), (1, CriterionProblem::Empty));
    assert_eq!(problem("ratio > 1"), (1, CriterionProblem::NoMeasure));
    assert_eq!(problem("share 40 %"), (7, CriterionProblem::NoComparator));
    assert_eq!(problem("share of > 1"), (10, CriterionProblem::NoArm));
    assert_eq!(problem("share >= much"), (10, CriterionProblem::NoNumber));
    assert_eq!(problem("share >= 40"), (10, CriterionProblem::OutOfRange));
    assert_eq!(
        problem("count > 5 %"),
        (9, CriterionProblem::PercentOfCount)
    );
    assert_eq!(problem("value of B > 1"), (7, CriterionProblem::ArmOfValue));
    // Columns count characters, also behind ones of several bytes.
    assert_eq!(
        problem("mean of é ≥ 2; x"),
        (16, CriterionProblem::NoMeasure)
    );
    let error = "share >= 40".parse::<Criterion>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "character 10: a share lies between 0 and 1, or between 0 % and 100 %"
    );
}

#[test]
fn what_is_printed_reads_as_it_was_and_no_text_panics() {
    let words = [
        "share",
        "difference",
        "mean",
        "count",
        "value",
        "of",
        "B",
        "é",
        ">=",
        "≥",
        "<",
        "≤",
        "5",
        "−1",
        "0.25",
        "%",
        ";",
        " ",
        "probability-better",
        "1e999",
        "points",
        "pp",
        "o",
    ];
    arbtest::arbtest(|u| {
        let mut text = String::new();
        for _ in 0..u.int_in_range(0..=12)? {
            text.push_str(u.choose(&words)?);
            text.push_str(if u.arbitrary()? { " " } else { "" });
        }
        if let Ok(criterion) = text.parse::<Criterion>() {
            let printed = criterion.to_string();
            assert_eq!(printed.parse::<Criterion>().unwrap(), criterion, "{text}");
            assert_eq!(canonical(&printed), printed);
        }
        Ok(())
    })
    .budget_ms(1000);
}
