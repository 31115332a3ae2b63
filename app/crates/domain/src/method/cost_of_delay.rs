//! Cost of delay, CD3, and what an order of work costs (Arnold, Black Swan Farming; M20).
//!
//! The jobs are done one after the other; a job brings its value from the moment it is done.

use super::{Insufficient, check};

/// A job that waits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Job {
    /// What a week without it costs, in any currency, the same for all that is compared.
    pub cost_per_week: f64,
    /// How many weeks it takes.
    pub weeks: f64,
}

impl Job {
    fn checked(self) -> Result<Self, Insufficient> {
        Ok(Self {
            cost_per_week: check::not_negative("cost of delay", self.cost_per_week)?,
            weeks: check::positive("duration", self.weeks)?,
        })
    }
}

/// CD3, cost of delay divided by duration; the highest is done first.
///
/// # Errors
/// The duration is zero, or a value is negative or not a number.
pub fn cd3(job: Job) -> Result<f64, Insufficient> {
    let job = job.checked()?;
    check::result("CD3", job.cost_per_week / job.weeks)
}

/// What it costs altogether to do jobs in the order given: Σ cost per week × the week in which the
/// job is done, counted from the start.
///
/// # Errors
/// There is no job, or as [`cd3`].
pub fn delay_cost(jobs: &[Job]) -> Result<f64, Insufficient> {
    check::not_empty("jobs", jobs)?;
    let (mut week, mut cost) = (0.0, 0.0);
    for job in jobs {
        let job = job.checked()?;
        week += job.weeks;
        cost += job.cost_per_week * week;
    }
    check::result("cost of delay", cost)
}

/// What the jobs, done in the order given, have brought after `weeks`: the income that is there
/// anyway, `base_per_week`, and what each job adds from the week in which it is done.
///
/// # Errors
/// There is no job, the time is zero, or a value is negative or not a number.
pub fn value_earned(jobs: &[Job], base_per_week: f64, weeks: f64) -> Result<f64, Insufficient> {
    check::not_empty("jobs", jobs)?;
    let end = check::positive("time", weeks)?;
    let mut value = check::not_negative("income a week", base_per_week)? * end;
    let mut week = 0.0;
    for job in jobs {
        let job = job.checked()?;
        week += job.weeks;
        value += job.cost_per_week * (end - week).max(0.0);
    }
    check::result("value", value)
}

/// The order of the least total cost: places in `jobs` by falling CD3, equal ones as they stand.
///
/// # Errors
/// There is no job, or as [`cd3`].
pub fn best_order(jobs: &[Job]) -> Result<Vec<usize>, Insufficient> {
    check::not_empty("jobs", jobs)?;
    let mut order = Vec::with_capacity(jobs.len());
    for (place, &job) in jobs.iter().enumerate() {
        order.push((cd3(job)?, place));
    }
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    Ok(order.into_iter().map(|(_, place)| place).collect())
}

#[cfg(test)]
mod tests {
    use super::{Job, best_order, cd3, delay_cost, value_earned};
    use crate::method::{Insufficient, testing::near};

    fn job(cost_per_week: f64, weeks: f64) -> Job {
        Job {
            cost_per_week,
            weeks,
        }
    }

    /// blackswanfarming.com: A brings 10 a week more after 2 weeks, B 30 after 4; there are 10 a
    /// week anyway, and the six weeks bring 100 or 120.
    #[test]
    fn the_published_order_is_found() {
        let (a, b) = (job(10.0, 2.0), job(30.0, 4.0));
        assert_eq!((cd3(a), cd3(b)), (Ok(5.0), Ok(7.5)));
        assert_eq!(value_earned(&[a, b], 10.0, 6.0), Ok(100.0));
        assert_eq!(value_earned(&[b, a], 10.0, 6.0), Ok(120.0));
        assert_eq!(delay_cost(&[a, b]), Ok(200.0));
        assert_eq!(delay_cost(&[b, a]), Ok(180.0));
        assert_eq!(best_order(&[a, b]), Ok(vec![1, 0]));
    }

    #[test]
    fn a_job_without_duration_or_without_meaning_is_refused() {
        assert_eq!(cd3(job(1.0, 0.0)), Err(Insufficient::Zero("duration")));
        assert!(cd3(job(-1.0, 1.0)).is_err() && cd3(job(f64::NAN, 1.0)).is_err());
        assert!(delay_cost(&[]).is_err() && best_order(&[]).is_err());
        assert!(value_earned(&[job(1.0, 1.0)], 0.0, 0.0).is_err());
        assert!(delay_cost(&[job(f64::MAX, 2.0)]).is_err());
    }

    #[test]
    fn no_order_costs_less_than_the_best() {
        arbtest::arbtest(|bytes| {
            let raw: Vec<(u8, u8)> = bytes.arbitrary()?;
            let jobs = raw.iter().take(8);
            let jobs: Vec<Job> = jobs
                .map(|&(cost, weeks)| job(f64::from(cost), f64::from(weeks) + 1.0))
                .collect();
            let Ok(order) = best_order(&jobs) else {
                assert!(jobs.is_empty());
                return Ok(());
            };
            let best: Vec<Job> = order.into_iter().map(|place| jobs[place]).collect();
            let cost = delay_cost(&best).unwrap();
            assert!(cost <= delay_cost(&jobs).unwrap());
            for i in 1..best.len() {
                let mut other = best.clone();
                other.swap(i - 1, i);
                near(cost.min(delay_cost(&other).unwrap()), cost, 1e-9);
            }
            Ok(())
        })
        .budget_ms(1000);
    }
}
