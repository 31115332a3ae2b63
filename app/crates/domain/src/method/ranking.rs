//! Places by several criteria (M2): who is first, by each and over all.

/// The place of each value, the highest first; equal ones share the mean of their places.
#[must_use]
pub fn places(values: &[f64]) -> Vec<f64> {
    let place = |value: &f64| {
        let above = values.iter().filter(|other| *other > value).count();
        let alike = values.iter().filter(|other| *other == value).count();
        above as f64 + (alike as f64 + 1.0) / 2.0
    };
    values.iter().map(place).collect()
}

/// The mean of each one's places, criteria outside and candidates inside; the first place is 1.
#[must_use]
pub fn mean_places(criteria: &[Vec<f64>]) -> Vec<f64> {
    let count = criteria.iter().map(Vec::len).min().unwrap_or_default();
    let mut sums = vec![0.0; count];
    for values in criteria {
        for (sum, place) in sums.iter_mut().zip(places(values)) {
            *sum += place;
        }
    }
    sums.iter().map(|sum| sum / criteria.len() as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::{mean_places, places};

    #[test]
    fn equal_values_share_the_mean_of_their_places() {
        assert_eq!(places(&[5.0, 3.0, 3.0, 1.0]), [1.0, 2.5, 2.5, 4.0]);
        assert_eq!(places(&[2.0, 2.0]), [1.5, 1.5]);
        assert_eq!(places(&[]), [0.0; 0]);
    }

    #[test]
    fn each_criterion_counts_alike() {
        let criteria = [vec![5.0, 1.0], vec![1e6, 2e6], vec![9.0, 8.0]];
        assert_eq!(mean_places(&criteria), [4.0 / 3.0, 5.0 / 3.0]);
        assert_eq!(mean_places(&[]), [0.0; 0]);
    }
}
