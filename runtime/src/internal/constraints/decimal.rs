//! Decimal numbers in text, compared without rounding.

use std::cmp::Ordering;

/// `0.d₁d₂d₃… × 10^point`, with neither zeros at the front nor at the end of the digits.
#[derive(Debug, PartialEq)]
struct Decimal {
    negative: bool,
    point: i64,
    digits: Vec<u8>,
}

impl Decimal {
    /// Reads a number as JSON writes it.
    fn read(text: &str) -> Decimal {
        let (negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let significant = digits.trim_start_matches('0');
        let zeros = digits.len() - significant.len();
        let beyond = if exponent.starts_with('-') {
            i64::MIN / 2
        } else {
            i64::MAX / 2
        };
        // Nobody writes so many digits that this overflows.
        let exponent = exponent
            .parse()
            .unwrap_or(beyond)
            .clamp(-beyond.abs(), beyond.abs());
        Decimal {
            negative,
            point: exponent + whole.len() as i64 - zeros as i64,
            digits: significant.trim_end_matches('0').into(),
        }
    }

    fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }
}

/// Which of two numbers is larger, as JSON writes them.
pub(super) fn compare(one: &str, other: &str) -> Ordering {
    let (one, other) = (Decimal::read(one), Decimal::read(other));
    let by_sign = one.sign().cmp(&other.sign());
    let size = |number: &Decimal| (number.point, number.digits.clone());
    by_sign.then_with(|| match one.sign() {
        0 => Ordering::Equal,
        1 => size(&one).cmp(&size(&other)),
        _ => size(&other).cmp(&size(&one)),
    })
}

#[cfg(test)]
mod tests {
    use super::compare;
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn numbers_are_compared_exactly() {
        for (one, other, order) in [
            ("1", "1", Equal),
            ("1.0", "1", Equal),
            ("1e2", "100", Equal),
            ("0.10", "1E-1", Equal),
            ("-0", "0", Equal),
            ("0e5", "0", Equal),
            ("9", "10", Less),
            ("-9", "-10", Greater),
            ("-1", "1", Less),
            ("0.5", "0.25", Greater),
            ("0.05", "0.4", Less),
            ("1.25", "1.3", Less),
            ("9007199254740993", "9007199254740992", Greater),
            ("9223372036854775808", "9223372036854775807", Greater),
            ("1e99999999999999999999", "5", Greater),
            ("1e-99999999999999999999", "5", Less),
            ("-1e99999999999999999999", "5", Less),
        ] {
            assert_eq!(compare(one, other), order, "{one} {other}");
            assert_eq!(compare(other, one), order.reverse(), "{other} {one}");
        }
    }
}
