//! The reader of JSON takes what serde_json takes, and reads the same.

use farrier_fuzz::{ANY_NUMBER, TIME, Target, bounded};
use farrier_runtime::json::{Error, Reader};
use farrier_runtime::primitives::{Document, Number};
use serde_json::Value;

const SEEDS: &[&[u8]] = &[
    b"{}",
    b"null",
    br#"{"KeyMetadata":{"KeyId":"1234abcd","Enabled":true,"CreationDate":1.5e9}}"#,
    br#"[1,-0,0.5,-1.25E-3,1e400,18446744073709551615,-9223372036854775808]"#,
    br#"["", "\"\\\/\b\f\n\r\t", "\u00e9\ud83d\ude00", "caf\u00e9"]"#,
    "{\"\u{e9}\u{1f600}\":[[[[]]]],\"a\":{\"a\":{\"a\":{}}},\"a\":null}".as_bytes(),
    b" [ true , false , null ] ",
];

/// An object of one member in an object of one member, at five bytes each: a table of four entries.
const PER_BYTE: usize = 160;

#[test]
fn json() {
    let target = Target::new("json", SEEDS);
    bolero::check!()
        .with_iterations(ANY_NUMBER)
        .with_test_time(TIME)
        .for_each(|input| target.try_both(input, compare));
    target.met_both();
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

fn compare(bytes: &[u8]) -> bool {
    let ours = bounded(PER_BYTE, bytes.len(), || read(bytes));
    let skipped = bounded(2, bytes.len(), || skip(bytes));
    match (ours, serde_json::from_slice::<Value>(bytes)) {
        (Ok(ours), Ok(theirs)) => {
            assert!(is_same(&ours, &theirs), "{ours:?}\n{theirs:?}");
            assert_eq!(skipped, Ok(()));
            true
        }
        (Err(ours), Err(_)) => {
            assert!(ours.offset() <= bytes.len());
            // Skipping does not look at the size of numbers.
            assert!(skipped.is_err() || ours.to_string().starts_with("number too large"));
            false
        }
        // It takes one level less, and counts a level where it stands and not where something is in it.
        (Ok(_), Err(theirs)) if theirs.to_string().starts_with("recursion limit") => true,
        (ours, theirs) => panic!("{ours:?}\n{theirs:?}"),
    }
}

/// Whether both say the same; numbers count by their value.
fn is_same(ours: &Document, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Document::Null, Value::Null) => true,
        (Document::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        (Document::String(ours), Value::String(theirs)) => ours == theirs,
        (Document::Number(Number::PosInt(ours)), theirs) => theirs.as_u64() == Some(*ours),
        (Document::Number(Number::NegInt(0)), theirs) => theirs.as_f64() == Some(0.0),
        (Document::Number(Number::NegInt(ours)), theirs) => theirs.as_i64() == Some(*ours),
        (Document::Number(Number::Float(ours)), theirs) => {
            theirs.is_f64() && theirs.as_f64() == Some(*ours)
        }
        (Document::Array(ours), Value::Array(theirs)) => {
            let mut both = ours.iter().zip(theirs);
            ours.len() == theirs.len() && both.all(|(ours, theirs)| is_same(ours, theirs))
        }
        (Document::Object(ours), Value::Object(theirs)) => {
            let found = |(key, ours)| theirs.get(key).is_some_and(|theirs| is_same(ours, theirs));
            ours.len() == theirs.len() && ours.iter().all(found)
        }
        _ => false,
    }
}
