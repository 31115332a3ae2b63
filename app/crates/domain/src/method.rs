//! The arithmetic of the methods: pure functions over numbers, without a graph.
//!
//! Every function names its formula, its units and its source, and the method (M1 to M28) that it
//! belongs to. It answers with finite numbers or says why it cannot, as an [`Insufficient`]; it
//! never panics and never returns NaN or an infinity. Shares are 0 to 1, never percent, unless a
//! name says so.

pub mod bayes;
mod check;
pub mod chi_square;
pub mod confidence_meter;
pub mod cost_of_delay;
pub mod distribution;
pub mod economics;
pub mod holm;
pub mod ice;
mod insufficient;
pub mod kano;
pub mod moscow;
pub mod okr;
pub mod opportunity;
pub mod period;
pub mod proportion;
pub mod rice;
pub mod sample_size;
#[cfg(test)]
mod testing;
pub mod two_proportions;
pub mod value_effort;
pub mod weighted;
pub mod wsjf;

pub use insufficient::Insufficient;
pub use period::Period;
pub use proportion::{Interval, Sample, Share};
