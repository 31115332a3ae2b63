//! The day for which to reckon: the one asked for, else the system's.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::value::Date;

use crate::error::Failure;

/// The day asked for, or today in Greenwich.
///
/// # Errors
///
/// No day was asked for, and the system's clock is out of its mind.
pub(crate) fn or_today(asked: Option<Date>) -> Result<Date, Failure> {
    let today = || {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        Date::from_milliseconds(i64::try_from(since.as_millis()).ok()?)
    };
    asked.or_else(today).ok_or(Failure::NoToday)
}
