//! How long to wait before trying again: exponential with full jitter, so that a thousand clients
//! that lost one server do not come back in the same instant.

/// The upper bound of the first wait, in milliseconds.
const FIRST_MS: u32 = 500;
/// The upper bound of every wait, in milliseconds.
const LONGEST_MS: u32 = 30_000;

/// Milliseconds to wait before attempt number `attempt`, counted from zero, given 64 random bits:
/// uniform between nothing and a bound that doubles with every attempt.
pub fn delay(attempt: u32, random: u64) -> u32 {
    let bound = bound(attempt);
    u32::try_from(random % (u64::from(bound) + 1)).unwrap_or(bound)
}

fn bound(attempt: u32) -> u32 {
    let factor = 1u32.checked_shl(attempt).unwrap_or(u32::MAX);
    FIRST_MS.saturating_mul(factor).min(LONGEST_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_doubles_until_half_a_minute() {
        assert_eq!([0, 1, 2, 3].map(bound), [500, 1_000, 2_000, 4_000]);
        assert_eq!([6, 31, 32, u32::MAX].map(bound), [30_000; 4]);
    }

    #[test]
    fn a_wait_never_exceeds_its_bound() {
        arbtest::arbtest(|input| {
            let (attempt, random) = (input.arbitrary::<u32>()?, input.arbitrary::<u64>()?);
            assert!(delay(attempt, random) <= bound(attempt));
            Ok(())
        })
        .budget_ms(200);
    }

    #[test]
    fn clients_spread_over_the_whole_wait() {
        // given many clients at their fifth attempt, each with random bits of its own
        let mut bits = 1u64;
        let mut buckets = [0u32; 8];
        for _ in 0..8_000 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let bucket = delay(5, bits >> 16) * 8 / (bound(5) + 1);
            buckets[bucket as usize] += 1;
        }
        // then every eighth of the time gets about an eighth of them
        assert!(
            buckets.iter().all(|&count| (700..1_300).contains(&count)),
            "{buckets:?}"
        );
    }
}
