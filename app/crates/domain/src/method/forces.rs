//! The four forces of progress: does somebody switch (Moesta and Klement; M11)?

use super::{Insufficient, check};

/// The strength of each force, all on the same scale from zero up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forces {
    /// Push of the situation.
    pub push: f64,
    /// Pull of the new solution.
    pub pull: f64,
    /// Anxiety of the new.
    pub anxiety: f64,
    /// Habit of the present.
    pub habit: f64,
}

/// Which side is stronger.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Balance {
    /// (push + pull) − (anxiety + habit).
    pub balance: f64,
    /// Whether push + pull > anxiety + habit; at a balance nobody moves.
    pub switches: bool,
}

/// Weighs the forces.
///
/// # Errors
/// A force is negative or not a number: its direction is in its name.
pub fn balance(forces: Forces) -> Result<Balance, Insufficient> {
    let push = check::not_negative("push", forces.push)?;
    let pull = check::not_negative("pull", forces.pull)?;
    let anxiety = check::not_negative("anxiety", forces.anxiety)?;
    let habit = check::not_negative("habit", forces.habit)?;
    let balance = check::result("balance", push + pull - (anxiety + habit))?;
    Ok(Balance {
        balance,
        switches: balance > 0.0,
    })
}

#[cfg(test)]
mod tests {
    use super::{Balance, Forces, balance};
    use crate::method::Insufficient;

    fn check(push: f64, pull: f64, anxiety: f64, habit: f64) -> Result<Balance, Insufficient> {
        balance(Forces {
            push,
            pull,
            anxiety,
            habit,
        })
    }

    #[test]
    fn people_switch_when_push_and_pull_are_stronger() {
        assert!(check(4.0, 3.0, 2.0, 4.0).unwrap().switches);
        assert!(!check(1.0, 3.0, 2.0, 4.0).unwrap().switches);
        // Pull is on the side of switching: a widely copied page has its sign wrong.
        assert!(check(0.0, 5.0, 2.0, 2.0).unwrap().switches);
        assert!(!check(2.0, 2.0, 2.0, 2.0).unwrap().switches);
    }

    #[test]
    fn a_force_has_no_sign() {
        assert!(check(-1.0, 3.0, 2.0, 4.0).is_err());
        assert!(check(1.0, f64::NAN, 2.0, 4.0).is_err());
        assert!(check(f64::MAX, f64::MAX, 0.0, 0.0).is_err());
    }
}
