//! What is counted is what is written, in the format that Prometheus reads.

use super::*;

fn line<'t>(text: &'t str, start: &str) -> &'t str {
    text.lines()
        .find(|line| line.starts_with(start))
        .unwrap_or_else(|| panic!("no {start} in {text}"))
}

#[test]
fn a_duration_is_in_its_bucket_and_in_every_longer_one() {
    let metrics = Metrics::default();
    metrics.store.record(Duration::from_micros(1_000));
    metrics.store.record(Duration::from_micros(1_001));
    metrics.store.record(Duration::from_secs(60));
    let text = metrics.text(0);
    let bucket = |le: &str| {
        let start = format!("groundwork_store_seconds_bucket{{le=\"{le}\"}}");
        line(&text, &start).rsplit(' ').next().unwrap().to_owned()
    };
    assert_eq!(bucket("0.0005"), "0");
    assert_eq!(bucket("0.001"), "1");
    assert_eq!(bucket("0.0025"), "2");
    assert_eq!(bucket("5"), "2");
    assert_eq!(bucket("+Inf"), "3");
    assert_eq!(
        line(&text, "groundwork_store_seconds_sum"),
        "groundwork_store_seconds_sum 60.002001"
    );
}

#[test]
fn every_metric_has_help_and_type_before_its_figures() {
    let text = Metrics::default().text(17);
    let mut described = "";
    for line in text.lines() {
        match line.strip_prefix("# TYPE ") {
            Some(rest) => described = rest.split(' ').next().unwrap(),
            None => assert!(
                line.starts_with("# HELP ") || line.starts_with(described),
                "{line}"
            ),
        }
    }
    assert_eq!(
        line(&text, "groundwork_incoming_bytes "),
        "groundwork_incoming_bytes 17"
    );
}

#[test]
fn a_close_is_a_refusal_unless_it_is_a_goodbye() {
    let metrics = Metrics::default();
    for code in [1000, 1001, 1009, 4029, 4029].map(CloseCode) {
        metrics.closed(code);
    }
    let text = metrics.text(0);
    let count = |reason: &str| {
        let start = format!("groundwork_refusals_total{{reason=\"{reason}\"}} ");
        line(&text, &start).rsplit(' ').next().unwrap().to_owned()
    };
    assert_eq!(
        (count("too_large"), count("rate")),
        ("1".into(), "2".into())
    );
    let all: u64 = metrics.refusals.iter().map(Counter::get).sum();
    assert_eq!(all, 3);
}

#[test]
fn a_connection_counts_for_as_long_as_it_lives() {
    let metrics = Metrics::default();
    let entered = metrics.connections.enter();
    assert_eq!(metrics.connections.get(), 1);
    drop(entered);
    assert_eq!(metrics.connections.get(), 0);
}
