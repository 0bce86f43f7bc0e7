//! The service's clock, which tests may stop and move, and the two date forms of the wire.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The time the service believes it is; it drives connection states, creation dates and the check of `X-Amz-Date`.
///
/// Clones share one clock, so a test keeps a clone and moves the service's time with it.
#[derive(Clone, Debug)]
pub struct Clock {
    base: SystemTime,
    /// Set when the clock runs. An `Instant`, so that a step of the machine's clock cannot undo a state change.
    started: Option<Instant>,
    moved: Arc<Mutex<Duration>>,
}

impl Clock {
    /// A clock that runs and shows the machine's time. This is the default of a service.
    pub fn system() -> Self {
        Self::running_from(SystemTime::now())
    }

    /// A clock that shows `time` now and runs from there, as the clock of a service that the client's disagrees with.
    pub fn running_from(time: SystemTime) -> Self {
        Self {
            base: time,
            started: Some(Instant::now()),
            moved: Arc::default(),
        }
    }

    /// A clock that stands at `time` until it is moved.
    pub fn fixed(time: SystemTime) -> Self {
        Self {
            base: time,
            started: None,
            moved: Arc::default(),
        }
    }

    /// Moves this clock and its clones forward by `step`.
    pub fn advance(&self, step: Duration) {
        *self.moved.lock().unwrap_or_else(PoisonError::into_inner) += step;
    }

    /// The time this clock shows.
    pub fn now(&self) -> SystemTime {
        let ran = self
            .started
            .map_or(Duration::ZERO, |started| started.elapsed());
        self.base + ran + *self.moved.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

/// A time as the parts of a UTC calendar date.
struct Calendar {
    year: i64,
    month: i64,
    day: i64,
    second_of_day: i64,
    /// 0 is Sunday.
    weekday: usize,
}

/// Whole seconds since 1970; a time before it counts as 1970, which no test of this service needs to tell apart.
pub(crate) fn epoch_seconds(time: SystemTime) -> i64 {
    let seconds = time
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

/// Writes `20260801T120000Z`, the form of `X-Amz-Date`.
pub(crate) fn amz_date(seconds: i64) -> String {
    let date = calendar(seconds);
    let (hour, minute, second) = time_of_day(date.second_of_day);
    format!(
        "{:04}{:02}{:02}T{hour:02}{minute:02}{second:02}Z",
        date.year, date.month, date.day
    )
}

/// Reads the form that [`amz_date`] writes, into seconds since 1970; nothing for any other text.
pub(crate) fn parse_amz_date(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() != 16 || bytes[8] != b'T' || bytes[15] != b'Z' {
        return None;
    }
    let number = |from: usize, to: usize| {
        let digits = text.get(from..to)?;
        digits
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| digits.parse::<i64>().ok())?
    };
    let days = days_since_epoch(number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let seconds = days * 86_400 + number(9, 11)? * 3600 + number(11, 13)? * 60 + number(13, 15)?;
    // Writing it again finds a 31st of June and a 25th hour without a table of months.
    (amz_date(seconds) == text).then_some(seconds)
}

/// Writes `Sat, 01 Aug 2026 12:00:00 GMT`, the form of the `Date` header (RFC 9110, section 5.6.7).
pub(crate) fn http_date(seconds: i64) -> String {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let date = calendar(seconds);
    let (hour, minute, second) = time_of_day(date.second_of_day);
    let month = usize::try_from(date.month - 1)
        .ok()
        .and_then(|index| MONTHS.get(index))
        .unwrap_or(&"Jan");
    format!(
        "{}, {:02} {month} {:04} {hour:02}:{minute:02}:{second:02} GMT",
        DAYS[date.weekday], date.day, date.year
    )
}

fn time_of_day(second: i64) -> (i64, i64, i64) {
    (second / 3600, second / 60 % 60, second % 60)
}

/// The Gregorian date of a count of seconds. Years begin in March here, so that the leap day comes last.
fn calendar(seconds: i64) -> Calendar {
    let days = seconds.div_euclid(86_400);
    let since_march_0000 = days + 719_468;
    let era = since_march_0000.div_euclid(146_097);
    let day_of_era = since_march_0000.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    Calendar {
        year: era * 400 + year_of_era + i64::from(month <= 2),
        month,
        day: day_of_year - (153 * month_from_march + 2) / 5 + 1,
        second_of_day: seconds.rem_euclid(86_400),
        weekday: usize::try_from((days + 4).rem_euclid(7)).unwrap_or_default(),
    }
}

/// The inverse of [`calendar`] for dates, in days since 1970.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9).rem_euclid(12);
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_and_read_back() {
        for (seconds, amz, http) in [
            (0, "19700101T000000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            (
                951_782_400,
                "20000229T000000Z",
                "Tue, 29 Feb 2000 00:00:00 GMT",
            ),
            (
                1_785_585_600,
                "20260801T120000Z",
                "Sat, 01 Aug 2026 12:00:00 GMT",
            ),
            (
                1_798_761_599,
                "20261231T235959Z",
                "Thu, 31 Dec 2026 23:59:59 GMT",
            ),
        ] {
            assert_eq!(amz_date(seconds), amz);
            assert_eq!(http_date(seconds), http);
            assert_eq!(parse_amz_date(amz), Some(seconds));
        }
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in [
            "",
            "20260801T120000",
            "20260631T120000Z",
            "20260801T250000Z",
            "2026-08-01T12:00Z",
            "+0260801T120000Z",
        ] {
            assert_eq!(parse_amz_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_fixed_clock_moves_only_when_moved_and_its_clones_with_it() {
        let clock = Clock::fixed(UNIX_EPOCH);
        let clone = clock.clone();
        clock.advance(Duration::from_secs(3));
        assert_eq!(epoch_seconds(clone.now()), 3);
    }
}
