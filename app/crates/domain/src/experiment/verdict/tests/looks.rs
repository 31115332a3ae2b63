//! Looking early, looking again, and what small samples may say.

use super::*;

#[test]
fn a_sequential_design_may_look_early_and_pays_with_a_wider_interval() {
    let with = |design: &str, control, variant| {
        let mut graph = arms(control, variant);
        set(&mut graph, "x", "design", FieldValue::Text(design.into()));
        lock(&mut graph);
        read(&graph)
    };
    // 10 % against 13 %: enough at one look, not enough for looking at any time.
    let fixed = with("fixed", (100, 1_000), (130, 1_000));
    let sequential = with("sequential", (100, 1_000), (130, 1_000));
    assert_eq!(
        (fixed.word, sequential.word),
        (Word::Supported, Word::Inconclusive)
    );
    assert_eq!(with("sequential", (20, 200), (22, 200)).word, Word::Running);
    assert_eq!(
        with("sequential", (20, 200), (80, 200)).word,
        Word::Supported
    );
    // Looking early is not cured by another prior.
    assert_eq!(with("bayesian", (20, 200), (80, 200)).word, Word::Running);
}

/// Nobody or everybody of a few is no certainty: 0 of 1 against 1 of 1 proves nothing, nor does
/// 0 of 100 against 0 of 100; and ten against ten decide no more than their p-value of 0.06 does.
#[test]
fn extreme_shares_of_small_samples_leave_it_open() {
    let at = |n: f64, control, variant| {
        let plan = [("planned-n", FieldValue::Number(n))];
        read(&planned(control, variant, &plan)).word
    };
    assert_eq!(at(1.0, (0, 1), (1, 1)), Word::Inconclusive);
    assert_eq!(at(100.0, (0, 100), (0, 100)), Word::Inconclusive);
    assert_eq!(at(100.0, (100, 100), (100, 100)), Word::Inconclusive);
    assert_eq!(at(10.0, (0, 10), (3, 10)), Word::Inconclusive);
    assert_eq!(at(10.0, (0, 10), (10, 10)), Word::Supported);
}

#[test]
fn a_sequence_goes_on_while_nobody_or_everybody_of_a_few_has_done_it() {
    let at = |control, variant| read(&planned(control, variant, &[sequential()])).word;
    assert_eq!(at((0, 1), (1, 1)), Word::Running);
    assert_eq!(at((0, 1), (0, 1)), Word::Running);
    assert_eq!(at((0, 200), (0, 200)), Word::Running);
    assert_eq!(at((20, 500), (200, 500)), Word::Supported);
}

/// Two arms alike, looked at after every pair: at most one in twenty is ever decided.
#[test]
fn a_sequence_seldom_decides_between_two_that_are_alike() {
    let mut state = 7_u64;
    let mut chance = |share: f64| {
        // A linear congruential generator (Knuth's MMIX) is random enough for this.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 11) as f64 / (1_u64 << 53) as f64) < share
    };
    for share in [0.05, 0.3] {
        let mut decided = 0;
        for _ in 0..60 {
            let (mut one, mut other) = (0, 0);
            for n in 1..=150 {
                one += u32::from(chance(share));
                other += u32::from(chance(share));
                let graph = planned((one, n), (other, n), &[sequential()]);
                if read(&graph).word != Word::Running {
                    decided += 1;
                    break;
                }
            }
        }
        assert!(decided <= 3, "{decided} of 60 at {share}");
    }
}

/// A probability or a latest value holds at one look; of participants, what has come stays.
#[test]
fn what_holds_at_one_look_waits_for_the_planned_number() {
    let at = |criterion: &str| {
        let criterion = ("criterion", FieldValue::Text(criterion.into()));
        let mut graph = planned((1, 80), (4, 80), &[sequential(), criterion]);
        if let Some(arm) = graph.entities.get_mut("b") {
            arm.fields.remove("successes");
        }
        lock(&mut graph);
        read(&graph).word
    };
    assert_eq!(at("count of B >= 200"), Word::Running);
    assert_eq!(at("count of B < 200"), Word::Running);
    assert_eq!(at("count of B >= 80"), Word::Supported);
    assert_eq!(at("count of B < 80"), Word::Refuted);
    assert_eq!(at("probability-better >= 90 %"), Word::Running);
}

/// A confidence sequence is an approximation for large samples: two observations with nearly the same
/// value would decide anything.
#[test]
fn a_sequence_of_means_is_not_looked_at_before_thirty() {
    let at = |n: u32| {
        let mut graph = sketch::graph(PLAN);
        sketch::add(
            &mut graph,
            &format!(
                "a arm | A | experiment = x | role = control | n = {n} | mean = 20 | deviation = 0.1
                 b arm | B | experiment = x | role = variant | n = {n} | mean = 16 | deviation = 0.1"
            ),
        );
        let criterion = FieldValue::Text("mean-difference < -1".into());
        set(&mut graph, "x", "criterion", criterion);
        set(&mut graph, "x", sequential().0, sequential().1);
        lock(&mut graph);
        read(&graph)
    };
    let early = at(2);
    assert_eq!(early.word, Word::Running);
    let said = Remark::TooFewToLook {
        reached: 2.0,
        least: 30.0,
    };
    assert_eq!(early.rows[0].value, Some(-4.0));
    assert_eq!(early.rows[0].remarks, [said]);
    assert_eq!(at(29).word, Word::Running);
    assert_eq!(at(30).word, Word::Supported);
}

fn planned_1000() -> [(&'static str, FieldValue); 1] {
    [("planned-n", FieldValue::Number(1_000.0))]
}

/// Of arms only today's counts are known. At twice the planned number p is 0.03, which at one look
/// would be enough; looked at again it is not.
#[test]
fn a_fixed_design_that_goes_on_collecting_pays_for_looking_again() {
    let at = |control, variant| read(&planned(control, variant, &planned_1000()));

    let once = at((100, 1_000), (115, 1_000));
    assert_eq!((once.word, once.remarks), (Word::Inconclusive, vec![]));
    let again = at((200, 2_000), (243, 2_000));
    assert_eq!(again.word, Word::Inconclusive);
    let said = Remark::JudgedAgain {
        reached: 2_000.0,
        planned: 1_000.0,
    };
    assert_eq!(again.remarks, [said]);
    // What is clear is clear at every look.
    assert_eq!(at((200, 2_000), (300, 2_000)).word, Word::Supported);
}

#[test]
fn slightly_more_than_planned_is_the_planned_sample_and_is_told() {
    let verdict = read(&planned((105, 1_050), (140, 1_060), &planned_1000()));

    let said = Remark::OverPlanned {
        reached: 1_050.0,
        planned: 1_000.0,
    };
    assert_eq!(
        (verdict.word, verdict.remarks),
        (Word::Supported, vec![said])
    );
}

/// A count grows with everyone who comes: what decides is how many the planned number makes likely.
#[test]
fn a_count_beyond_the_planned_number_is_not_met_by_going_on() {
    let at = |n: u32, successes: u32| {
        let criterion = FieldValue::Text("count of B >= 100".into());
        let [plan] = planned_1000();
        read(&planned(
            (50, n),
            (successes, n),
            &[plan, ("criterion", criterion)],
        ))
    };
    assert_eq!(at(1_000, 60).word, Word::Refuted);
    assert_eq!(at(1_000, 140).word, Word::Supported);
    // 140 of 2,000 are 70 of 1,000.
    let again = at(2_000, 140);
    assert_eq!(again.word, Word::Refuted);
    let planned = 1_000.0;
    assert_eq!(again.rows[0].remarks, [Remark::CountOfPlanned { planned }]);
    assert_eq!(at(1_200, 301).word, Word::Supported);

    let criterion = FieldValue::Text("probability-better >= 95 %".into());
    let [plan] = planned_1000();
    let late = [plan, ("criterion", criterion)];
    let verdict = read(&super::planned((100, 2_000), (200, 2_000), &late));
    assert_eq!(verdict.word, Word::Inconclusive);
    assert!(verdict.rows[0].remarks.contains(&Remark::HoldsOnce));
}

/// Two arms alike, looked at after every pair from the planned number on, until ten times as many:
/// going on does not make more of them different than one look may.
#[test]
fn going_on_after_the_planned_number_seldom_decides_between_two_that_are_alike() {
    let mut state = 11_u64;
    let mut chance = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 11) as f64 / (1_u64 << 53) as f64) < 0.3
    };
    let plan = [("planned-n", FieldValue::Number(60.0))];
    let mut decided = 0;
    for _ in 0..40 {
        let (mut one, mut other) = (0, 0);
        let mut is_decided = false;
        for n in 1..=600 {
            one += u32::from(chance());
            other += u32::from(chance());
            // From a tenth over the plan on, every so often.
            if n > 66 && n % 6 == 0 && !is_decided {
                let word = read(&planned((one, n), (other, n), &plan)).word;
                is_decided = matches!(word, Word::Supported | Word::Refuted);
            }
        }
        decided += u32::from(is_decided);
    }
    assert!(decided <= 3, "{decided} of 40");
}
