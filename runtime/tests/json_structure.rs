//! Arrays, objects and whole documents: what is kept, what is refused, and what errors say.

use farrier_runtime::json::{Error, Reader, Writer};
use farrier_runtime::primitives::Document;
use std::collections::HashMap;

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
    String::from_utf8(writer.finish()).expect("UTF-8")
}

#[test]
fn collections_keep_nulls_only_when_sparse() {
    assert_eq!(
        read("[1, null,2]", |r| r.list(Reader::integer)),
        Ok(Some(vec![1, 2]))
    );
    assert_eq!(read("[ ]", |r| r.list(Reader::integer)), Ok(Some(vec![])));
    assert_eq!(
        read("[1,null]", |r| r.sparse_list(Reader::integer)),
        Ok(Some(vec![Some(1), None]))
    );
    let text = r#"{"a":1,"b":null,"a":2}"#;
    assert_eq!(
        read(text, |r| r.map(Reader::integer)),
        Ok(Some(HashMap::from([("a".to_owned(), 2)])))
    );
    let sparse = HashMap::from([("a".to_owned(), Some(2)), ("b".to_owned(), None)]);
    assert_eq!(
        read(text, |r| r.sparse_map(Reader::integer)),
        Ok(Some(sparse))
    );
    let nested = read("[[1],null,[]]", |r| r.list(|r| r.list(Reader::integer)));
    assert_eq!(nested, Ok(Some(vec![vec![1], vec![]])));
}

#[test]
fn documents_keep_everything() {
    let text = r#"{"a":[null,true,-1,18446744073709551615,1.5,"x",{}]}"#;
    let value = read(text, Reader::document)
        .expect("JSON")
        .expect("not null");
    assert_eq!(written(|writer| writer.document(&value)), text);
    assert_eq!(written(|writer| writer.document(&Document::Null)), "null");
    let nan = Document::Number(aws_smithy_types::Number::Float(f64::NAN));
    assert_eq!(written(|writer| writer.document(&nan)), "\"NaN\"");
}

#[test]
fn commas_and_brackets_are_checked() {
    for text in [
        "",
        " ",
        "{",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1]]",
        "[1}",
        "{]",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "1 2",
        "nulll",
        "truefalse",
        "\u{feff}1",
        "[1]\u{a0}",
    ] {
        assert!(
            read(text, |reader| reader.document().map(|_| Some(()))).is_err(),
            "{text}"
        );
        assert!(
            read(text, |reader| reader.skip_value().map(Some)).is_err(),
            "{text} skipped"
        );
    }
    assert_eq!(Reader::new(b" \n").finish(), Ok(()));
    let mut reader = Reader::new(b"{\"a\":1}");
    assert_eq!(reader.begin_object(), Ok(true));
    assert!(
        reader.finish().is_err(),
        "the object was not read to its end"
    );
}

#[test]
fn nesting_ends_at_128() {
    for (depth, fits) in [(127, true), (128, true), (129, false), (1_000_000, false)] {
        let arrays = "[".repeat(depth) + &"]".repeat(depth);
        let objects = "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
        for text in [arrays, objects] {
            assert_eq!(read(&text, Reader::document).is_ok(), fits, "{depth}");
            assert_eq!(
                Reader::new(text.as_bytes()).skip_value().is_ok(),
                fits,
                "{depth} skipped"
            );
        }
    }
}

#[test]
fn errors_and_debug_say_where_but_not_what() {
    let secret = r#"{"Plaintext":"hunter2"}"#;
    let mut reader = Reader::new(secret.as_bytes());
    assert_eq!(reader.begin_object(), Ok(true));
    assert_eq!(reader.next_key(), Ok(Some("Plaintext".into())));
    let error = reader.long().expect_err("a string");
    assert_eq!(
        error.to_string(),
        "expected a whole number of 64 bits (JSON, byte 13)"
    );
    let mut writer = Writer::new();
    writer.string("hunter2");
    let shown = format!(
        "{error:?} {reader:?} {writer:?} {}",
        reader.error("two members of a union")
    );
    assert!(
        !shown.contains("hunter") && !shown.contains("Plaintext"),
        "{shown}"
    );
}

/// What is skipped is checked like what is read.
#[test]
fn strings_have_the_same_faults_when_they_are_skipped() {
    let texts: [&[u8]; 14] = [
        b"\"a\\n\\u00e9\\ud83d\\udc0e\\/b\"",
        b"\"",
        b"\"a\\",
        b"\"a\\nb",
        b"\"a\\x\"",
        b"\"\\u00g0\"",
        b"\"\\u00",
        b"\"\\ud83d\"",
        b"\"\\ud83d\\n\"",
        b"\"\\ud83d\\u0041\"",
        b"\"\\udc0e\"",
        b"\"a\\nb\x01\"",
        b"\"a\xff\\n\"",
        b"\"a\\nb\xff\"",
    ];
    for (index, text) in texts.iter().enumerate() {
        let read = Reader::new(text).text().map(drop);
        assert_eq!(read.is_ok(), index == 0, "{index}");
        assert_eq!(Reader::new(text).skip_value(), read, "{index}");
        let object = [b"{", *text, b":1}"].concat();
        let mut reader = Reader::new(&object);
        let read = reader.begin_object().and_then(|_| reader.next_key());
        let skipped = Reader::new(&object).skip_value();
        assert_eq!(skipped.err(), read.err(), "{index}");
    }
}
