//! The figures over graphs: published cases, and that they are kept up to date.

mod arrows;
mod economics;
mod engine;
mod evidence;
mod fixture;
mod growth;
mod incremental;
mod needs;
mod odd;
mod okr;
mod prioritisation;
pub(in crate::figure) mod random;
mod roadmap;
mod shares;
mod statistics;
mod table;
mod team;
mod users;
