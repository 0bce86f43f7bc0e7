//! Points in time as models write them: seconds since 1970, or a date.

use crate::list::List as _;

/// Seconds since 1970, and nanoseconds that count forwards from there; a fraction has up to nine digits.
pub(super) fn epoch(text: &str) -> Option<(i64, u32)> {
    if text.contains(['e', 'E']) {
        // Shown without an exponent.
        let value: f64 = text.parse().ok()?;
        return value.is_finite().then(|| epoch(&value.to_string()))?;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let (seconds, nanos) = (whole.parse::<i64>().ok()?, nanos(fraction)?);
    match (whole.starts_with('-'), nanos) {
        (true, 1..) => Some((seconds.checked_sub(1)?, 1_000_000_000 - nanos)),
        _ => Some((seconds, nanos)),
    }
}

/// The same for a date as in [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339#section-5.6), in UTC:
/// `1985-04-12T23:20:50.52Z`.
pub(super) fn date_time(text: &str) -> Option<(i64, u32)> {
    let text = text.strip_suffix(['Z', 'z'])?;
    let (date, time) = text.split_once(['T', 't'])?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
    let numbers = |text: &str, separator: char, lengths: [usize; 3]| {
        let parts: Vec<&str> = text.split(separator).list();
        let fits = |(part, length): (&&str, usize)| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let [a, b, c] = parts.as_slice() else {
            return None;
        };
        let all_fit = parts.iter().zip(lengths).all(fits);
        let number = |part: &str| part.parse::<i64>().ok();
        all_fit.then(|| Some([number(a)?, number(b)?, number(c)?]))?
    };
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    let in_range = (1..=12).contains(&month)
        && (1..=days_of(year, month)).contains(&day)
        && (hour < 24 && minute < 60 && second < 60);
    let days = days_before(year, month) + day - 1;
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
    in_range.then_some((seconds, nanos(fraction)?))
}

/// A fraction of a second.
fn nanos(fraction: &str) -> Option<u32> {
    let fits = fraction.len() <= 9 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| format!("{fraction:0<9}"))?.parse().ok()
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970 to the first of a month; years have four digits.
fn days_before(year: i64, month: i64) -> i64 {
    let of_years = |years: std::ops::Range<i64>| -> i64 {
        years.map(|year| 365 + i64::from(is_leap(year))).sum()
    };
    let years = of_years(1970..year) - of_years(year..1970);
    years + (1..month).map(|month| days_of(year, month)).sum::<i64>()
}

#[cfg(test)]
mod tests {
    use super::{date_time, epoch};

    #[test]
    fn seconds_may_have_a_fraction() {
        for (text, expected) in [
            ("0", (0, 0)),
            ("-1.25", (-2, 750_000_000)),
            ("9.46845296123E8", (946_845_296, 123_000_000)),
            ("1.000000001", (1, 1)),
        ] {
            assert_eq!(epoch(text), Some(expected), "{text}");
        }
        for text in ["", "a", "1e400", "1.0000000001", "99999999999999999999"] {
            assert_eq!(epoch(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_counted_from_1970() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", (0, 0)),
            ("1985-04-12T23:20:50.52Z", (482_196_050, 520_000_000)),
            ("1969-12-31T23:59:59Z", (-1, 0)),
            ("2000-02-29T00:00:00Z", (951_782_400, 0)),
            ("0001-01-01T00:00:00Z", (-62_135_596_800, 0)),
            ("9999-12-31T23:59:59Z", (253_402_300_799, 0)),
        ] {
            assert_eq!(date_time(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "Z",
            "1970-01-01T00:00:00",
            "1970-01-01T00:00:00+01:00",
            "1970-13-01T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "1970-1-1T00:00:00Z",
            "1970-01-01T24:00:00Z",
            "+970-01-01T00:00:00Z",
        ] {
            assert_eq!(date_time(text), None, "{text}");
        }
    }
}
