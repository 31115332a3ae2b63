//! Days of the Gregorian calendar. A day has no time and no zone, and nothing here asks a clock.
//!
//! Invariant: a date lies between the years 1 and 9999, so that it is always written in ten
//! characters.

use std::fmt;

/// A day, counted from 1 January 1970, which is the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

/// 1 January of year 1.
const FIRST: i64 = -719_162;
/// 31 December 9999.
const LAST: i64 = 2_932_896;
const MILLISECONDS_A_DAY: i64 = 86_400_000;
/// Days in 400 years, after which the calendar repeats.
const DAYS_AN_ERA: i64 = 146_097;

impl Date {
    /// The day that lies so many days after 1 January 1970; `None` outside of the years 1 to 9999.
    #[must_use]
    pub fn from_days(days: i64) -> Option<Date> {
        let within = (FIRST..=LAST).contains(&days);
        i32::try_from(days).ok().filter(|_| within).map(Date)
    }

    /// The day, in the zone of Greenwich, of a time in milliseconds since 1970.
    #[must_use]
    pub fn from_milliseconds(milliseconds: i64) -> Option<Date> {
        Date::from_days(milliseconds.div_euclid(MILLISECONDS_A_DAY))
    }

    /// When it begins in Greenwich, in milliseconds since 1970.
    #[must_use]
    pub fn milliseconds(self) -> i64 {
        self.days() * MILLISECONDS_A_DAY
    }

    /// The day of that year, month (1 to 12) and day of the month; `None` when the calendar has no
    /// such day.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Date> {
        let possible = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_of_month(year, month)).contains(&day);
        if !possible {
            return None;
        }
        // Years that begin in March put the leap day last, so that months follow one formula.
        let shifted = i64::from(year) - i64::from(month <= 2);
        let era = shifted.div_euclid(400);
        let year_of_era = shifted.rem_euclid(400);
        let month_from_march = (i64::from(month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Date::from_days(era * DAYS_AN_ERA + day_of_era - 719_468)
    }

    /// The day that `text` names in the form `2026-11-22` (ISO 8601).
    #[must_use]
    pub fn parse(text: &str) -> Option<Date> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return None;
        };
        let number = |digits: &[&u8]| {
            let mut number = 0;
            for digit in digits {
                let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
                number = number * 10 + u32::from(digit);
            }
            Some(number)
        };
        let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
        Date::new(year, number(&[m1, m2])?, number(&[d1, d2])?)
    }

    /// Days since 1 January 1970.
    #[must_use]
    pub fn days(self) -> i64 {
        i64::from(self.0)
    }

    /// How many days `earlier` lies before this day; negative when it lies after.
    #[must_use]
    pub fn days_since(self, earlier: Date) -> i64 {
        self.days() - earlier.days()
    }

    /// Year, month (1 to 12) and day of the month.
    #[must_use]
    pub fn parts(self) -> (i32, u32, u32) {
        let days = self.days() + 719_468;
        let era = days.div_euclid(DAYS_AN_ERA);
        let day_of_era = days.rem_euclid(DAYS_AN_ERA);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = (month_from_march + 2) % 12 + 1;
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        // All three are small: a date lies between the years 1 and 9999.
        (year as i32, month as u32, day as u32)
    }
}

/// Years of four digits, then month and day: `2026-11-22`.
impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

fn days_of_month(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, days: i64) {
        let date = Date::parse(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((date.days(), date.to_string()), (days, text.to_owned()));
    }

    #[test]
    fn days_are_counted_from_1970() {
        check("1970-01-01", 0);
        check("1969-12-31", -1);
        check("2000-02-29", 11_016);
        check("2026-11-22", 20_779);
        check("0001-01-01", FIRST);
        check("9999-12-31", LAST);
    }

    /// V6
    #[test]
    fn every_day_follows_the_one_before_in_the_calendar() {
        let mut before = Date::from_days(FIRST).unwrap();
        for days in FIRST + 1..=LAST {
            let date = Date::from_days(days).unwrap();
            let (year, month, day) = date.parts();
            assert_eq!(Date::new(year, month, day), Some(date));
            let next_day = before.parts().2 + 1;
            assert!(day == next_day || (day == 1 && next_day > 28), "{date}");
            before = date;
        }
    }

    #[test]
    fn what_the_calendar_does_not_have_is_no_date() {
        for text in [
            "",
            "2026",
            "2026-11",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-11-31",
            "2026-11-00",
            "0000-01-01",
            "10000-01-01",
            "2026-1-2",
            "2026-11-22 ",
            "+026-11-22",
            "2026-11-22-01",
            "2026/11/22",
            "22.11.2026",
            "２０２６-11-22",
        ] {
            assert_eq!(Date::parse(text), None, "{text:?}");
        }
        assert_eq!(Date::from_days(i64::MAX), None);
    }

    #[test]
    fn a_time_belongs_to_its_day() {
        assert_eq!(
            Date::from_milliseconds(-1).unwrap().to_string(),
            "1969-12-31"
        );
        let date = Date::from_milliseconds(1_791_273_600_000).unwrap();
        assert_eq!(date.to_string(), "2026-10-06");
    }
}
