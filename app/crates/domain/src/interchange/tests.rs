//! What holds for every format.

mod documented;
mod half_said;
mod random;
mod refusal;
mod survival;

use super::*;
use random::graph;
