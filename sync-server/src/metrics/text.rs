//! Prometheus' text format, version 0.0.4.

use std::fmt::{self, Write};
use std::time::Duration;

use super::histogram::BOUNDS_US;
use super::{Histogram, Metrics, Refusal};

/// All metrics, each with its help and type.
pub(super) fn render(metrics: &Metrics, incoming_bytes: usize) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write_all(&mut text, metrics, incoming_bytes as u64);
    text
}

fn write_all(text: &mut String, m: &Metrics, incoming_bytes: u64) -> fmt::Result {
    const GAUGE: &str = "gauge";
    const COUNTER: &str = "counter";
    let numbers = [
        ("connections", GAUGE, "Open sockets.", m.connections.get()),
        (
            "connections_total",
            COUNTER,
            "Sockets opened.",
            m.opened.get(),
        ),
        (
            "documents",
            GAUGE,
            "Documents in memory.",
            m.documents.get(),
        ),
        (
            "incoming_bytes",
            GAUGE,
            "Bytes of frames that wait to be handled.",
            incoming_bytes,
        ),
        (
            "outgoing_bytes",
            GAUGE,
            "Bytes that wait to be sent.",
            m.outgoing_bytes.get(),
        ),
        (
            "store_waiting",
            GAUGE,
            "Writes that are not on the disk yet.",
            m.store_waiting.get(),
        ),
        (
            "store_waiting_bytes",
            GAUGE,
            "Their bytes.",
            m.store_waiting_bytes.get(),
        ),
        (
            "received_frames_total",
            COUNTER,
            "Frames from clients.",
            m.received.get(),
        ),
        (
            "received_bytes_total",
            COUNTER,
            "Their bytes.",
            m.received_bytes.get(),
        ),
        (
            "sent_frames_total",
            COUNTER,
            "Frames to clients.",
            m.sent.get(),
        ),
        (
            "sent_bytes_total",
            COUNTER,
            "Their bytes.",
            m.sent_bytes.get(),
        ),
        (
            "store_commits_total",
            COUNTER,
            "Transactions of the store.",
            m.commits.get(),
        ),
        (
            "store_writes_total",
            COUNTER,
            "Writes in them.",
            m.writes.get(),
        ),
        (
            "store_failures_total",
            COUNTER,
            "Writes that failed.",
            m.failures.get(),
        ),
    ];
    for (name, kind, help, value) in numbers {
        head(text, name, kind, help)?;
        writeln!(text, "groundwork_{name} {value}")?;
    }
    head(
        text,
        "refusals_total",
        COUNTER,
        "Who was not served, by reason.",
    )?;
    for (refusal, counter) in Refusal::ALL.iter().zip(&m.refusals) {
        let (reason, count) = (refusal.label(), counter.get());
        writeln!(
            text,
            "groundwork_refusals_total{{reason=\"{reason}\"}} {count}"
        )?;
    }
    let histograms = [
        (
            "store_seconds",
            "From asking for a write until it is on the disk.",
            &m.store,
        ),
        (
            "fan_out_seconds",
            "From the engine's sending a frame until the socket has it.",
            &m.fan_out,
        ),
        (
            "engine_seconds",
            "What the engine needs for one event.",
            &m.engine,
        ),
    ];
    for (name, help, histogram) in histograms {
        head(text, name, "histogram", help)?;
        write_histogram(text, name, histogram)?;
    }
    Ok(())
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) -> fmt::Result {
    writeln!(text, "# HELP groundwork_{name} {help}")?;
    writeln!(text, "# TYPE groundwork_{name} {kind}")
}

fn write_histogram(text: &mut String, name: &str, histogram: &Histogram) -> fmt::Result {
    let mut total = 0_u64;
    let bounds = BOUNDS_US
        .iter()
        .map(|us| Duration::from_micros(*us).as_secs_f64().to_string())
        .chain(["+Inf".to_owned()]);
    for (bound, count) in bounds.zip(histogram.counts()) {
        total = total.saturating_add(count);
        writeln!(text, "groundwork_{name}_bucket{{le=\"{bound}\"}} {total}")?;
    }
    writeln!(text, "groundwork_{name}_sum {}", histogram.sum_seconds())?;
    writeln!(text, "groundwork_{name}_count {total}")
}
