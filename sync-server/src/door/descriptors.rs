//! How many files and connections the system lets this program have open.

/// What is left for the store, the app's files and the program itself: a part of all, and at least
/// so many.
const PART: usize = 4;
const AT_LEAST: usize = 32;

/// Asks the system for as many as it would give, since the usual number is meant for programs with
/// few connections. Whatever it gives will do.
#[cfg(unix)]
pub fn raise_descriptors() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    if limit.current != limit.maximum {
        limit.current = limit.maximum;
        if let Err(error) = setrlimit(Resource::Nofile, limit) {
            tracing::debug!(%error, "the limit of open files stays as it is");
        }
    }
}

/// Nothing to ask for here.
#[cfg(not(unix))]
pub fn raise_descriptors() {}

/// How many connections may be open at a time, so that descriptors are left for everything else.
pub(crate) fn connections() -> usize {
    descriptors().map_or(usize::MAX, for_connections)
}

fn for_connections(all: usize) -> usize {
    all.saturating_sub((all / PART).max(AT_LEAST)).max(1)
}

/// How many there may be of all kinds; none where nobody says.
#[cfg(unix)]
fn descriptors() -> Option<usize> {
    use rustix::process::{Resource, getrlimit};
    let current = getrlimit(Resource::Nofile).current?;
    Some(usize::try_from(current).unwrap_or(usize::MAX))
}

#[cfg(not(unix))]
fn descriptors() -> Option<usize> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_and_no_fewer_than_thirty_two_are_left_for_the_rest() {
        assert_eq!(for_connections(1_024), 768);
        assert_eq!(for_connections(64), 32);
        assert_eq!(for_connections(10), 1);
    }
}
