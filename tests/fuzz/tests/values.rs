//! Dates, numbers and bytes of all types are read from any text, and are what they were when they are written again.

use farrier_fuzz::{ANY_NUMBER, TIME, Target, bounded};
use farrier_runtime::json::{Reader, TimestampFormat, Writer};
use farrier_runtime::primitives::{DateTime, DateTimeFormat};

const SEEDS: &[&[u8]] = &[
    b"1500000000.123",
    b"-1.5e9",
    b"9223372036854775807.000",
    b"123e-2",
    b"1e18",
    br#""1985-04-12T23:20:50.520Z""#,
    br#""1985-04-12T23:20:50+23:59""#,
    br#""-9999-12-31T00:00:00Z""#,
    br#""Tue, 29 Apr 2014 18:30:38 GMT""#,
    br#""Tue, 29 Apr 2014 18:30:38.999999999 GMT""#,
    br#""AAECAwQF""#,
    br#""-Infinity""#,
    b"null",
    b"true",
];

const FORMATS: [TimestampFormat; 3] = [
    TimestampFormat::EpochSeconds,
    TimestampFormat::DateTime,
    TimestampFormat::HttpDate,
];

/// A few copies of a text, one of them as big digits.
const PER_BYTE: usize = 32;

#[test]
fn values() {
    let target = Target::new("values", SEEDS);
    bolero::check!()
        .with_iterations(ANY_NUMBER)
        .with_test_time(TIME)
        .for_each(|input| target.try_both(input, all));
    target.met_both();
}

/// Whether anything but `null` was read.
fn all(text: &[u8]) -> bool {
    let dates = FORMATS.map(|format| is_date(text, format));
    if let Ok(text) = std::str::from_utf8(text) {
        // As it stands in the header `Date`.
        let date = DateTime::from_str(text, DateTimeFormat::HttpDate);
        let _ = date.map(|date| date.to_millis());
    }
    dates.contains(&true) | is_number(text) | is_blob(text)
}

fn is_date(text: &[u8], format: TimestampFormat) -> bool {
    let read = |text: &[u8]| Reader::new(text).timestamp(format);
    let Ok(Some(date)) = bounded(PER_BYTE, text.len(), || read(text)) else {
        return false;
    };
    let mut writer = Writer::new();
    writer.timestamp(&date, format);
    if writer.failure().is_some() {
        // A year that the format has no place for.
        return true;
    }
    let again = read(&writer.finish()).expect("what was written");
    let again = again.expect("not null");
    // Fractions are cut by the format of headers, and seconds with a fraction are floats.
    let apart = (again.as_nanos() - date.as_nanos()).unsigned_abs();
    let float = date.as_nanos().unsigned_abs() >> 50;
    assert!(apart <= 1_000_000_000 + float, "{date:?} {again:?}");
    true
}

fn is_number(text: &[u8]) -> bool {
    let Ok(Some(long)) = bounded(PER_BYTE, text.len(), || Reader::new(text).long()) else {
        let double = bounded(PER_BYTE, text.len(), || Reader::new(text).double());
        let _ = bounded(PER_BYTE, text.len(), || Reader::new(text).big_integer());
        let _ = bounded(PER_BYTE, text.len(), || Reader::new(text).big_decimal());
        return double.is_ok_and(|double| double.is_some());
    };
    // A whole number is the same for all types that have room for it.
    let byte = Reader::new(text).byte();
    assert_eq!(byte.ok().flatten(), i8::try_from(long).ok());
    let short = Reader::new(text).short();
    assert_eq!(short.ok().flatten(), i16::try_from(long).ok());
    let integer = Reader::new(text).integer();
    assert_eq!(integer.ok().flatten(), i32::try_from(long).ok());
    let big = Reader::new(text).big_integer();
    let big = big.expect("a whole number").expect("not null");
    assert_eq!(big.as_ref(), long.to_string());
    true
}

fn is_blob(text: &[u8]) -> bool {
    let Ok(Some(blob)) = bounded(PER_BYTE, text.len(), || Reader::new(text).blob()) else {
        return false;
    };
    let mut writer = Writer::new();
    writer.blob(&blob);
    let again = Reader::new(&writer.finish()).blob();
    assert_eq!(again, Ok(Some(blob)));
    true
}
