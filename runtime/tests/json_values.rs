//! Single values as they stand on the wire, read and written.

use farrier_runtime::json::{Error, Reader, TimestampFormat, Writer};
use farrier_runtime::primitives::{Blob, DateTime};
use std::borrow::Cow;
use std::fmt::Debug;

/// Reads a document that is one value.
fn read<'a, T>(
    text: &'a str,
    value: impl FnOnce(&mut Reader<'a>) -> Result<Option<T>, Error>,
) -> Result<Option<T>, Error> {
    let mut reader = Reader::new(text.as_bytes());
    let value = value(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

fn written(write: impl FnOnce(&mut Writer)) -> String {
    let mut writer = Writer::new();
    write(&mut writer);
    assert_eq!(writer.failure(), None);
    String::from_utf8(writer.finish()).expect("UTF-8")
}

/// Texts that a function refuses, each at the byte given.
fn refused<T: Debug>(
    value: fn(&mut Reader<'static>) -> Result<Option<T>, Error>,
    cases: &[(&'static str, usize)],
) {
    for (text, offset) in cases {
        let error = read(text, value).expect_err(text);
        assert_eq!(error.offset(), *offset, "{text}: {error}");
    }
}

#[test]
fn null_is_no_value_of_any_type() {
    fn none<T: PartialEq + Debug>(value: fn(&mut Reader<'static>) -> Result<Option<T>, Error>) {
        assert_eq!(read(" null ", value), Ok(None));
    }
    none(Reader::boolean);
    none(Reader::byte);
    none(Reader::long);
    none(Reader::double);
    none(Reader::string);
    none(Reader::blob);
    none(Reader::document);
    none(|reader| reader.timestamp(TimestampFormat::EpochSeconds));
    none(|reader| reader.timestamp(TimestampFormat::HttpDate));
    none(|reader| reader.list(Reader::string));
    // Objects are, where they are the whole document.
    let mut reader = Reader::new(b"[null,null]");
    assert_eq!(reader.begin_array(), Ok(true));
    assert_eq!(reader.next_element(), Ok(true));
    assert_eq!(reader.begin_object(), Ok(false));
    assert_eq!(reader.next_element(), Ok(true));
    assert_eq!(reader.sparse_map(Reader::string), Ok(None));
    assert_eq!(Reader::new(b"null").skip_value(), Ok(()));
}

#[test]
fn a_document_that_is_null_is_no_object() {
    for document in ["null", " null "] {
        assert!(Reader::new(document.as_bytes()).begin_object().is_err());
    }
}

#[test]
fn a_value_of_another_type_is_refused() {
    refused(
        Reader::boolean,
        &[("1", 0), ("\"true\"", 0), ("tru", 0), ("nul", 0)],
    );
    refused(Reader::string, &[("1", 0), ("{}", 0), ("true", 0), ("", 0)]);
    refused(Reader::integer, &[("\"1\"", 0), ("true", 0), ("[]", 0)]);
    refused(
        Reader::double,
        &[("\"1\"", 0), ("\"nan\"", 0), ("\"inf\"", 0), ("{}", 0)],
    );
    refused(Reader::blob, &[("1", 0), ("[]", 0)]);
    refused(
        |reader| reader.list(Reader::string),
        &[("{}", 0), ("\"\"", 0), ("[1]", 1)],
    );
    refused(
        |reader| reader.map(Reader::string),
        &[("[]", 0), ("{\"a\":1}", 5), ("{1:2}", 1)],
    );
    refused(
        |reader| reader.timestamp(TimestampFormat::EpochSeconds),
        &[
            ("\"2020-01-01T00:00:00Z\"", 0),
            ("\"NaN\"", 0),
            ("1e999", 0),
        ],
    );
    refused(
        |reader| reader.timestamp(TimestampFormat::DateTime),
        &[("1", 0), ("\"yesterday\"", 0)],
    );
}

#[test]
fn whole_numbers_are_exact_and_in_range() {
    assert_eq!(
        read("9007199254740993", Reader::long),
        Ok(Some(9_007_199_254_740_993))
    );
    assert_eq!(
        read("-9223372036854775808", Reader::long),
        Ok(Some(i64::MIN))
    );
    assert_eq!(read("1.27e2", Reader::byte), Ok(Some(i8::MAX)));
    assert_eq!(read("-32768", Reader::short), Ok(Some(i16::MIN)));
    assert_eq!(read("2147483647.0", Reader::integer), Ok(Some(i32::MAX)));
    refused(Reader::byte, &[("128", 0), ("-129", 0), ("0.5", 0)]);
    refused(Reader::short, &[(" 32768", 1)]);
    refused(Reader::integer, &[("2147483648", 0), ("1e10", 0)]);
    refused(Reader::long, &[("9223372036854775808", 0), ("1e-1", 0)]);
    // Not numbers as JSON has them: what is read is followed by what cannot follow, or ends too early.
    refused(
        Reader::long,
        &[
            ("01", 1),
            ("-", 1),
            ("1.", 2),
            ("1e", 2),
            ("+1", 0),
            (".5", 0),
            ("0x10", 1),
        ],
    );
    for value in [i64::MIN, -1, 0, 9_007_199_254_740_993, i64::MAX] {
        let text = written(|writer| writer.long(value));
        assert_eq!(
            (text.as_str(), read(&text, Reader::long)),
            (value.to_string().as_str(), Ok(Some(value)))
        );
    }
    assert_eq!(written(|writer| writer.byte(i8::MIN)), "-128");
    assert_eq!(written(|writer| writer.short(-7)), "-7");
    assert_eq!(written(|writer| writer.integer(i32::MIN)), "-2147483648");
}

#[test]
fn floats() {
    for (value, text) in [
        (0.0, "0"),
        (-0.0, "-0"),
        (55.0, "55"),
        (0.1, "0.1"),
        (1e21, "1e21"),
        (5e-324, "5e-324"),
        (f64::MAX, "1.7976931348623157e308"),
        (f64::INFINITY, "\"Infinity\""),
        (f64::NEG_INFINITY, "\"-Infinity\""),
    ] {
        assert_eq!(written(|writer| writer.double(value)), text);
        assert_eq!(
            read(text, Reader::double).map(|v| v.map(f64::to_bits)),
            Ok(Some(value.to_bits()))
        );
    }
    assert_eq!(written(|writer| writer.double(f64::NAN)), "\"NaN\"");
    assert!(read("\"NaN\"", Reader::float).is_ok_and(|value| value.is_some_and(f32::is_nan)));
    assert_eq!(
        read("\"-Infinity\"", Reader::float),
        Ok(Some(f32::NEG_INFINITY))
    );
    assert_eq!(read("1e300", Reader::float), Ok(Some(f32::INFINITY)));
    refused(Reader::double, &[("1e999", 0), ("-1e999", 0)]);
    assert_eq!(written(|writer| writer.float(0.1)), "0.10000000149011612");
    assert_eq!(read("0.10000000149011612", Reader::float), Ok(Some(0.1)));
}

#[test]
fn strings() {
    for (value, text) in [
        ("", r#""""#),
        (
            "plain and longer than eight bytes",
            r#""plain and longer than eight bytes""#,
        ),
        ("q\"b\\s/", r#""q\"b\\s/""#),
        (
            "\u{8}\u{c}\n\r\t\0\u{1f}\u{7f}",
            "\"\\b\\f\\n\\r\\t\\u0000\\u001f\u{7f}\"",
        ),
        ("ü\u{2028}\u{1F600}", "\"ü\u{2028}\u{1F600}\""),
    ] {
        assert_eq!(written(|writer| writer.string(value)), text);
        assert_eq!(read(text, Reader::string), Ok(Some(value.to_owned())));
    }
    assert_eq!(
        read(r#""\/\u00fc\uD83D\uDE00\u0041""#, Reader::string),
        Ok(Some("/ü\u{1F600}A".to_owned()))
    );
    assert!(matches!(
        read("\"borrowed\"", Reader::text),
        Ok(Some(Cow::Borrowed("borrowed")))
    ));
    assert!(matches!(
        read("\"\\n\"", Reader::text),
        Ok(Some(Cow::Owned(_)))
    ));
    for text in [
        r#""\ud83d""#,
        r#""\ud83d\u0041""#,
        r#""\ude00""#,
        r#""\ud83dx""#,
        r#""\x""#,
        r#""\u12g4""#,
        r#""a"#,
        "\"\t\"",
    ] {
        assert!(read(text, Reader::string).is_err(), "{text}");
        assert!(
            read(text, |reader| reader.skip_value().map(Some)).is_err(),
            "{text} skipped"
        );
    }
    for bytes in [
        &b"\"\xff\""[..],
        b"\"\xed\xa0\x80\"",
        b"\"\\n\xc3\"",
        b"{\"\xff\":1}",
    ] {
        assert!(Reader::new(bytes).skip_value().is_err(), "{bytes:?}");
    }
}

#[test]
fn blobs() {
    let blob = Blob::new(*b"\0\xff\xfe?>");
    assert_eq!(written(|writer| writer.blob(&blob)), "\"AP/+Pz4=\"");
    assert_eq!(read("\"AP/+Pz4=\"", Reader::blob), Ok(Some(blob.clone())));
    assert_eq!(read(r#""AP\/+Pz4=""#, Reader::blob), Ok(Some(blob)));
    assert_eq!(read("\"\"", Reader::blob), Ok(Some(Blob::new(""))));
    refused(
        Reader::blob,
        &[
            ("\"AP_-Pz4=\"", 0),
            ("\"AP/+Pz4\"", 0),
            (" \"A\"", 1),
            ("\"AAAA \"", 0),
            ("\"Pz5=\"", 0),
        ],
    );
}

#[test]
fn timestamps() {
    use TimestampFormat::{DateTime as Text, EpochSeconds, HttpDate};
    for (format, text, value) in [
        (
            EpochSeconds,
            "1700000000",
            DateTime::from_secs(1_700_000_000),
        ),
        (EpochSeconds, "1.7e9", DateTime::from_secs(1_700_000_000)),
        (
            EpochSeconds,
            "1515531081.5",
            DateTime::from_secs_and_nanos(1_515_531_081, 500_000_000),
        ),
        (
            EpochSeconds,
            "-0.25",
            DateTime::from_secs_and_nanos(-1, 750_000_000),
        ),
        (
            EpochSeconds,
            "9007199254740993",
            DateTime::from_secs(9_007_199_254_740_993),
        ),
        (
            EpochSeconds,
            "1.5315310815e9",
            DateTime::from_secs_and_nanos(1_531_531_081, 500_000_000),
        ),
        (
            Text,
            "\"1985-04-12T23:20:50.52Z\"",
            DateTime::from_secs_and_nanos(482_196_050, 520_000_000),
        ),
        (
            Text,
            "\"1985-04-12T23:20:50-07:00\"",
            DateTime::from_secs(482_221_250),
        ),
        (
            HttpDate,
            "\"Tue, 29 Apr 2014 18:30:38 GMT\"",
            DateTime::from_secs(1_398_796_238),
        ),
        (
            HttpDate,
            "\"Sun, 02 Jan 2000 20:34:56.456 GMT\"",
            DateTime::from_secs_and_nanos(946_845_296, 456_000_000),
        ),
    ] {
        assert_eq!(
            read(text, |reader| reader.timestamp(format)),
            Ok(Some(value)),
            "{text}"
        );
        let again = written(|writer| writer.timestamp(&value, format));
        let kept = match format {
            HttpDate => DateTime::from_secs(value.secs()),
            _ => value,
        };
        assert_eq!(
            read(&again, |reader| reader.timestamp(format)),
            Ok(Some(kept)),
            "{again}"
        );
    }
    let value = DateTime::from_secs_and_nanos(1_515_531_081, 123_000_000);
    assert_eq!(
        written(|writer| writer.timestamp(&value, EpochSeconds)),
        "1515531081.123"
    );
    assert_eq!(
        written(|writer| writer.timestamp(&value, Text)),
        "\"2018-01-09T20:51:21.123Z\""
    );
    assert_eq!(
        written(|writer| writer.timestamp(&value, HttpDate)),
        "\"Tue, 09 Jan 2018 20:51:21 GMT\""
    );
    // Whatever number it is, it does no harm.
    for text in [
        "1e300",
        "-1e300",
        "-1e-300",
        "1e-300",
        "9223372036854775807.5",
        "0.9999999999999999999",
    ] {
        assert!(
            read(text, |reader| reader.timestamp(EpochSeconds)).is_ok_and(|value| value.is_some()),
            "{text}"
        );
    }
    let mut writer = Writer::new();
    writer.timestamp(&DateTime::from_secs(i64::MAX), Text);
    assert!(writer.failure().is_some());
}
