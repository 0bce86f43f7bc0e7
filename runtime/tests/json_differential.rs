//! The reader and the writer against serde_json, on documents made at random from fixed seeds.

use farrier_runtime::json::{Error, Reader, Writer};
use farrier_runtime::primitives::{Blob, DateTime, Document};
use fastrand::Rng;
use serde_json::Value;

/// Documents in each test.
const CASES: u64 = 20_000;

/// Makes the text of a JSON document, in all the ways JSON can be spelled.
fn any_document(rng: &mut Rng, depth: u8, text: &mut String) {
    space(rng, text);
    match rng.u8(..if depth == 0 { 5 } else { 8 }) {
        0 => text.push_str(rng.choice(["null", "true", "false"]).expect("not empty")),
        1 | 2 => any_number(rng, text),
        3 | 4 => any_string(rng, text),
        5 | 6 => any_items(rng, ['{', '}'], text, |rng, text| {
            any_string(rng, text);
            space(rng, text);
            text.push(':');
            any_document(rng, depth - 1, text);
        }),
        _ => any_items(rng, ['[', ']'], text, |rng, text| {
            any_document(rng, depth - 1, text)
        }),
    }
    space(rng, text);
}

fn any_items(
    rng: &mut Rng,
    brackets: [char; 2],
    text: &mut String,
    item: impl Fn(&mut Rng, &mut String),
) {
    text.push(brackets[0]);
    space(rng, text);
    for index in 0..rng.u8(..5) {
        if index > 0 {
            text.push(',');
            space(rng, text);
        }
        item(rng, text);
    }
    text.push(brackets[1]);
}

fn space(rng: &mut Rng, text: &mut String) {
    if rng.u8(..4) == 0 {
        text.extend([' ', '\t', '\n', '\r'].iter().take(rng.usize(..5)));
    }
}

fn any_number(rng: &mut Rng, text: &mut String) {
    let number = match rng.u8(..6) {
        0 => rng.i64(..).to_string(),
        1 => rng.u64(..).to_string(),
        2 => rng.i8(..).to_string(),
        3 => any_double(rng).to_string(),
        4 => format!(
            "{}{:0>4}.{}e{}",
            rng.u8(1..),
            rng.u8(..),
            rng.u64(..),
            rng.i16(-400..400)
        ),
        _ => format!("-{}.{}E+{}", rng.u8(..), rng.u32(..), rng.u8(..12)),
    };
    text.push_str(&number);
}

fn any_double(rng: &mut Rng) -> f64 {
    let value = f64::from_bits(rng.u64(..));
    if value.is_finite() { value } else { 0.5 }
}

fn any_string(rng: &mut Rng, text: &mut String) {
    text.push('"');
    // Few different short strings, so that keys repeat.
    let longest = if rng.bool() { 2 } else { 24 };
    for _ in 0..rng.u8(..longest) {
        match rng.u8(..12) {
            0 => text.push_str(
                rng.choice(["\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t"])
                    .expect("not empty"),
            ),
            1 => text.push_str(&format!("\\u{:04x}", rng.u16(..0xd800))),
            2 => text.push_str(&format!("\\uD8{:02x}\\uDC{:02X}", rng.u8(..), rng.u8(..))),
            3 => text.push(rng.char('\u{80}'..)),
            _ => text.push(rng.alphanumeric()),
        }
    }
    text.push('"');
}

/// Changes a few bytes of a document, mostly so that it is wrong.
fn mutate(rng: &mut Rng, bytes: &mut Vec<u8>) {
    const LIKELY: &[u8] = b"{}[]:,\"\\-+.eE0123nulltruefalse \t\n\0\x1f\x7f\x80\xc3\xed\xa0\xff";
    for _ in 0..rng.u8(1..4) {
        let place = rng.usize(..=bytes.len());
        let byte = LIKELY[rng.usize(..LIKELY.len())];
        match rng.u8(..5) {
            0 => bytes.insert(place, byte),
            1 => bytes.truncate(place),
            2 if place < bytes.len() => bytes[place] = byte,
            3 if place < bytes.len() => bytes[place] = rng.u8(..),
            _ if place < bytes.len() => drop(bytes.remove(place)),
            _ => bytes.push(byte),
        }
    }
}

fn read(bytes: &[u8]) -> Result<Document, Error> {
    let mut reader = Reader::new(bytes);
    let value = reader.document()?;
    reader.finish()?;
    Ok(value.unwrap_or(Document::Null))
}

fn skip(bytes: &[u8]) -> Result<(), Error> {
    let mut reader = Reader::new(bytes);
    reader.skip_value()?;
    reader.finish()
}

/// Whether both say the same; numbers count by their value.
fn same(ours: &Document, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Document::Null, Value::Null) => true,
        (Document::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        (Document::String(ours), Value::String(theirs)) => ours == theirs,
        (Document::Number(ours), Value::Number(theirs)) => match *ours {
            aws_smithy_types::Number::PosInt(ours) => theirs.as_u64() == Some(ours),
            aws_smithy_types::Number::NegInt(0) => theirs.as_f64() == Some(0.0),
            aws_smithy_types::Number::NegInt(ours) => theirs.as_i64() == Some(ours),
            aws_smithy_types::Number::Float(ours) => {
                theirs.is_f64() && theirs.as_f64() == Some(ours)
            }
        },
        (Document::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .zip(theirs)
                    .all(|(ours, theirs)| same(ours, theirs))
        }
        (Document::Object(ours), Value::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .all(|(key, ours)| theirs.get(key).is_some_and(|theirs| same(ours, theirs)))
        }
        _ => false,
    }
}

/// Holds the reader's answer against serde_json's; returns whether both took the document.
fn compare(bytes: &[u8]) -> bool {
    let shown = String::from_utf8_lossy(bytes);
    match (read(bytes), serde_json::from_slice::<Value>(bytes)) {
        (Ok(ours), Ok(theirs)) => {
            assert!(same(&ours, &theirs), "{shown}\n{ours:?}\n{theirs:?}");
            assert_eq!(skip(bytes), Ok(()), "{shown}");
            true
        }
        (Err(ours), Err(_)) => {
            // Skipping refuses the same, but for numbers, whose size does not matter to it.
            assert!(
                skip(bytes).is_err() || ours.to_string().starts_with("number too large"),
                "{shown}: {ours}"
            );
            assert!(ours.offset() <= bytes.len());
            false
        }
        (ours, theirs) => panic!("{shown}\n{ours:?}\n{theirs:?}"),
    }
}

#[test]
fn reads_what_serde_json_reads() {
    let mut rng = Rng::with_seed(1);
    let mut taken = 0;
    for _ in 0..CASES {
        let mut text = String::new();
        any_document(&mut rng, 5, &mut text);
        taken += u64::from(compare(text.as_bytes()));
    }
    // Only numbers beyond the range of a double are refused.
    assert!(taken > CASES * 3 / 4, "{taken}");
}

#[test]
fn refuses_what_serde_json_refuses() {
    let mut rng = Rng::with_seed(2);
    let mut taken = 0;
    for _ in 0..CASES * 5 {
        let mut text = String::new();
        any_document(&mut rng, 2, &mut text);
        let mut bytes = text.into_bytes();
        mutate(&mut rng, &mut bytes);
        taken += u64::from(compare(&bytes));
    }
    // Enough of both, or the test says nothing.
    assert!((CASES / 4..CASES * 4).contains(&taken), "{taken}");
}

#[test]
fn bytes_at_random_are_no_trouble() {
    let mut rng = Rng::with_seed(3);
    for _ in 0..CASES {
        let bytes: Vec<u8> = (0..rng.usize(..24)).map(|_| rng.u8(..)).collect();
        compare(&bytes);
        for format in [
            farrier_runtime::json::TimestampFormat::EpochSeconds,
            farrier_runtime::json::TimestampFormat::DateTime,
            farrier_runtime::json::TimestampFormat::HttpDate,
        ] {
            let _ = Reader::new(&bytes).timestamp(format);
        }
        let _ = Reader::new(&bytes).long();
        let _ = Reader::new(&bytes).blob();
    }
}

/// Writes a value made at random, and says what serde_json should read.
fn write_any(rng: &mut Rng, depth: u8, writer: &mut Writer) -> Value {
    match rng.u8(..if depth == 0 { 8 } else { 11 }) {
        0 => {
            writer.null();
            Value::Null
        }
        1 => {
            let value = rng.bool();
            writer.boolean(value);
            value.into()
        }
        2 => {
            let value = rng.i64(..) >> rng.u8(..64);
            writer.long(value);
            value.into()
        }
        3 => {
            let value = any_double(rng);
            writer.double(value);
            value.into()
        }
        4 | 5 => {
            let value: String = (0..rng.u8(..30))
                .map(|_| {
                    if rng.bool() {
                        rng.char(..)
                    } else {
                        rng.char(..'\u{7f}')
                    }
                })
                .collect();
            writer.string(&value);
            value.into()
        }
        6 => {
            let value = DateTime::from_secs(rng.i64(..) >> rng.u8(..64));
            writer.timestamp(&value, farrier_runtime::json::TimestampFormat::EpochSeconds);
            value.secs().into()
        }
        7 => {
            let value: Vec<u8> = (0..rng.u8(..20)).map(|_| rng.u8(..)).collect();
            writer.blob(&Blob::new(value.clone()));
            aws_smithy_types::base64::encode(value).into()
        }
        8 => {
            writer.begin_array();
            let values = (0..rng.u8(..5))
                .map(|_| write_any(rng, depth - 1, writer))
                .collect();
            writer.end_array();
            Value::Array(values)
        }
        _ => {
            writer.begin_object();
            let mut members = serde_json::Map::new();
            for _ in 0..rng.u8(..5) {
                let key = rng.char(..).to_string();
                writer.key(&key);
                members.insert(key, write_any(rng, depth - 1, writer));
            }
            writer.end_object();
            Value::Object(members)
        }
    }
}

/// Whether a value was written; a whole double is written like a whole number.
fn written_as(read: &Value, meant: &Value) -> bool {
    match (read, meant) {
        (Value::Number(read), Value::Number(meant)) if meant.is_f64() => {
            read.as_f64() == meant.as_f64()
        }
        (Value::Array(read), Value::Array(meant)) => {
            read.len() == meant.len()
                && read
                    .iter()
                    .zip(meant)
                    .all(|(read, meant)| written_as(read, meant))
        }
        (Value::Object(read), Value::Object(meant)) => {
            read.len() == meant.len()
                && read
                    .iter()
                    .all(|(key, read)| meant.get(key).is_some_and(|meant| written_as(read, meant)))
        }
        _ => read == meant,
    }
}

#[test]
fn serde_json_reads_what_is_written() {
    let mut rng = Rng::with_seed(4);
    for _ in 0..CASES {
        let mut writer = Writer::with_capacity(64);
        let meant = write_any(&mut rng, 4, &mut writer);
        let bytes = writer.finish();
        let shown = String::from_utf8_lossy(&bytes);
        let theirs: Value =
            serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{shown}: {error}"));
        assert!(written_as(&theirs, &meant), "{shown}\n{meant}");
        // What was read, written again, still says the same.
        let mut again = Writer::new();
        again.document(&read(&bytes).expect("own writing"));
        let again = serde_json::from_slice(&again.finish()).expect("JSON");
        assert!(written_as(&again, &theirs), "{shown}\n{again}");
    }
}
