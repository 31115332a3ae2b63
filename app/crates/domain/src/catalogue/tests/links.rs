//! Kinds of link: whole, in every language, and leading from the vision down to the raw evidence.

use std::collections::BTreeSet;

use super::*;

/// How links read from an entity of that kind, in both directions.
fn relations(kind: &KindId, language: &str) -> Vec<&'static str> {
    let allows = |ends: &[KindId]| ends.is_empty() || ends.contains(kind);
    let mut words = Vec::new();
    for link in link_kinds() {
        if allows(&link.from) {
            words.push(link.title.text(language));
        }
        if allows(&link.to) && link.inverse != link.title {
            words.push(link.inverse.text(language));
        }
    }
    words
}

#[test]
fn no_two_relations_of_a_kind_read_alike() {
    for language in LANGUAGES {
        for kind in kinds() {
            let words = relations(&kind.id, language);
            let distinct: BTreeSet<&str> = words.iter().copied().collect();
            assert_eq!(
                distinct.len(),
                words.len(),
                "{} in {language}: {words:?}",
                kind.id
            );
        }
    }
}

#[test]
fn link_kinds_name_an_end_only_once() {
    for link in link_kinds() {
        for ends in [&link.from, &link.to] {
            let distinct: BTreeSet<&KindId> = ends.iter().collect();
            assert_eq!(distinct.len(), ends.len(), "{}", link.id);
        }
    }
}

fn check_joins(from: &str, id: &str, to: &str) {
    let link = link_kind(&id.into()).unwrap_or_else(|| panic!("no link kind {id}"));
    for end in [from, to] {
        assert!(kind(&end.into()).is_some(), "no kind {end}");
    }
    assert!(link.joins(&from.into(), &to.into()), "{from} {id} {to}");
}

/// The chain from the vision to the quotes and numbers that carry it: from, link, to.
const CHAIN: &str = "
    vision guides goal
    goal broken-into goal
    goal expressed-as objective
    objective measured-by key-result
    goal measured-by metric
    key-result on metric
    metric drives metric
    metric drives assumption
    assumption drives metric
    metric guards metric
    objective pursued-through opportunity
    metric pursued-through opportunity
    opportunity part-of opportunity
    insight reveals opportunity
    insight drawn-from quote
    insight drawn-from observation
    quote said-in interview
    observation said-in test-session
    interview with participant
    participant in-segment segment
    opportunity addressed-by solution
    solution depends-on assumption
    revenue-stream depends-on hypothesis
    assumption stated-as hypothesis
    assumption tested-by experiment
    hypothesis tested-by experiment
    experiment produces evidence
    evidence supports assumption
    evidence refutes opportunity
    evidence neutral-to insight
    evidence supports quantity
    experiment concludes-in learning
    learning leads-to decision
    decision changes roadmap-item
    decision changes decision-area
    decision in-area decision-area
    decision supersedes decision
    roadmap-item bets-on solution
    roadmap-item aims-at key-result
    roadmap-item aims-at metric
    roadmap-item reports reading
    signal touches assumption
    quantity rests-on assumption
    market-factor rests-on hypothesis
    segment has-job job
    segment has-pain pain
    persona has-gain gain
    pain-reliever relieves pain
    gain-creator creates gain
    product-service does job
    solution addresses problem
    competitor competes-with value-proposition
";

#[test]
fn links_lead_from_the_vision_to_the_evidence() {
    let mut joined = 0;
    for line in CHAIN.lines().filter(|line| !line.trim().is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        check_joins(words[0], words[1], words[2]);
        joined += 1;
    }
    assert_eq!(joined, 52);
}
