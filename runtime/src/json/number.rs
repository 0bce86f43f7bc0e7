//! Numbers from their text, without a float in between.

/// The value of a JSON number when it is whole and fits 64 bits, whichever way it is written: `1000`, `1e3`, `1000.0`.
///
/// `text` must be a number as JSON has it.
pub(super) fn exact_integer(text: &str) -> Option<i64> {
    if let Ok(value) = text.parse() {
        return Some(value);
    }
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: String = [whole, fraction].concat();
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some(0);
    }
    // An exponent outside 64 bits cannot belong to a whole number in range, as the digits would have to make up for it.
    let zeros = exponent
        .parse::<i64>()
        .ok()?
        .checked_sub(i64::try_from(fraction.len()).ok()?)?
        .checked_add(i64::try_from(digits.len() - significant.len()).ok()?)?;
    let zeros = u32::try_from(zeros).ok().filter(|zeros| *zeros < 19)?;
    let magnitude = significant
        .parse::<i128>()
        .ok()?
        .checked_mul(10_i128.pow(zeros))?;
    i64::try_from(if negative { -magnitude } else { magnitude }).ok()
}

#[cfg(test)]
mod tests {
    use super::exact_integer;

    #[test]
    fn whole_numbers_in_any_spelling() {
        for (text, value) in [
            ("0", 0),
            ("-0", 0),
            ("0.000", 0),
            ("0e99999999999999999999", 0),
            ("1e3", 1000),
            ("1.0", 1),
            ("1.25E+2", 125),
            ("12300e-2", 123),
            ("-1.0e0", -1),
            ("9223372036854775807", i64::MAX),
            ("-9223372036854775808", i64::MIN),
            ("9223372036854775807.000", i64::MAX),
            ("-9.223372036854775808e18", i64::MIN),
            ("9007199254740993", 9_007_199_254_740_993),
        ] {
            assert_eq!(exact_integer(text), Some(value), "{text}");
        }
    }

    #[test]
    fn numbers_that_are_not_whole_or_do_not_fit() {
        for text in [
            "0.5",
            "1e-1",
            "123e-2",
            "9223372036854775808",
            "-9223372036854775809",
            "1e19",
            "1e99999999999999999999",
            "1e-99999999999999999999",
            "9.2233720368547758075e18",
        ] {
            assert_eq!(exact_integer(text), None, "{text}");
        }
    }
}
