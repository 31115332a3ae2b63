//! What a process has used, as Linux tells it.

use std::fs;
use std::time::Duration;

use crate::harness::Step;

/// Linux counts a process' time in hundredths of a second, whatever its kernel's own clock.
const TICK: Duration = Duration::from_millis(10);

/// Bytes of a page on the processors that this is measured on.
const PAGE: u64 = 4_096;

/// What a process has used until now.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    processor: Duration,
    pub(crate) resident_bytes: u64,
}

impl Usage {
    /// Looks at a process; on other systems than Linux everything is zero.
    pub(crate) fn of(process: Option<u32>) -> Step<Self> {
        let (Some(process), true) = (process, cfg!(target_os = "linux")) else {
            return Ok(Self::default());
        };
        let status = fs::read_to_string(format!("/proc/{process}/stat"))?;
        // What follows the program's name, which may hold anything.
        let (_, fields) = status.rsplit_once(')').ok_or("no status of the process")?;
        let fields: Vec<&str> = fields.split_whitespace().collect();
        let number =
            |at: usize| -> Step<u64> { Ok(fields.get(at).ok_or("a short status")?.parse()?) };
        let ticks = u32::try_from(number(11)? + number(12)?)?;
        Ok(Self {
            processor: TICK * ticks,
            resident_bytes: number(21)? * PAGE,
        })
    }

    /// The processor's time since then.
    pub(crate) fn processor_since(&self, before: &Self) -> Duration {
        self.processor.saturating_sub(before.processor)
    }
}
