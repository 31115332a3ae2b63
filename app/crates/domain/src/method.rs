//! The arithmetic of the methods: pure functions over numbers, without a graph.
//!
//! Every function names its formula, its units and its source, and the method (M1 to M28) that it
//! belongs to. It answers with finite numbers or says why it cannot, as an [`Insufficient`]; it
//! never panics and never returns NaN or an infinity. Shares are 0 to 1, never percent, unless a
//! name says so.

pub mod answers;
pub mod average;
pub mod ballots;
pub mod bayes;
pub mod break_even;
pub mod budget;
pub mod calibration;
pub(crate) mod check;
pub mod chi_square;
pub mod cohort;
pub mod confidence;
pub mod confidence_meter;
pub mod cost_of_delay;
pub mod delegation;
pub mod distribution;
pub mod economics;
pub mod evidence_based;
pub mod experiment_library;
pub mod fit_gate;
pub mod fit_survey;
pub mod forces;
pub mod funnel;
pub mod growth;
pub mod holm;
pub mod ice;
mod insufficient;
pub mod kano;
pub mod learning_pace;
pub mod market;
pub mod means;
pub mod moscow;
pub mod okr;
pub mod one_metric;
pub mod opportunity;
pub mod period;
pub mod portfolio;
pub mod proportion;
#[cfg(test)]
mod published;
pub mod quantity;
pub mod ranking;
pub mod reverse_income;
pub mod rice;
pub mod risk;
pub mod runway;
pub mod sample_size;
pub mod signal;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod title;
pub mod trend;
pub mod two_proportions;
pub mod unit;
pub mod usability;
pub mod value_effort;
pub mod value_fit;
pub mod weighted;
pub mod wsjf;

pub use insufficient::Insufficient;
pub use period::Period;
pub use proportion::{Interval, Sample, Share};
pub use quantity::Quantity;
pub use title::title;
pub use unit::Unit;
