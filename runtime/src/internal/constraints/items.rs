//! Items of a list that must differ from each other.

use crate::json::{Error, Reader};
use std::borrow::Cow;
use std::collections::HashMap;
use zeroize::Zeroize as _;

/// The items of a list that were met.
#[derive(Default)]
pub(super) struct Items<'a> {
    first: HashMap<Canonical<'a>, usize>,
}

impl<'a> Items<'a> {
    /// Adds an item, as JSON that the crate's own writer wrote; the first that was the same.
    pub(super) fn add(&mut self, index: usize, item: &'a str) -> Result<Option<usize>, Error> {
        let first = *self.first.entry(Canonical::of(item)?).or_insert(index);
        Ok((first != index).then_some(first))
    }
}

/// A value in JSON with its keys in order, so that the same value has the same text. Numbers are the same when they are
/// written the same: nothing is rounded, and 1.0 differs from 1.00, as it does for services that take them as decimals.
#[derive(PartialEq, Eq, Hash)]
struct Canonical<'a>(Cow<'a, str>);

impl<'a> Canonical<'a> {
    fn of(json: &'a str) -> Result<Canonical<'a>, Error> {
        if !json.starts_with(['{', '[']) {
            return Ok(Canonical(Cow::Borrowed(json)));
        }
        // As long as the original, so that it does not grow and leave a piece behind.
        let mut text = Canonical(Cow::Owned(String::with_capacity(json.len())));
        write(json, text.0.to_mut())?;
        Ok(text)
    }
}

/// It may be secret.
impl Drop for Canonical<'_> {
    fn drop(&mut self) {
        if let Cow::Owned(text) = &mut self.0 {
            text.zeroize();
        }
    }
}

fn write(json: &str, out: &mut String) -> Result<(), Error> {
    let mut reader = Reader::new(json.as_bytes());
    match json.as_bytes().first() {
        Some(b'{') => {
            reader.begin_object()?;
            let mut entries = Vec::new();
            while let Some(key) = reader.next_raw_key()? {
                entries.push((key, reader.raw_value()?));
            }
            entries.sort_unstable();
            out.push('{');
            for (index, (key, value)) in entries.into_iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                out.push_str(key);
                out.push(':');
                write(value, out)?;
            }
            out.push('}');
        }
        Some(b'[') => {
            reader.begin_array()?;
            out.push('[');
            let mut comma = "";
            while reader.next_element()? {
                out.push_str(comma);
                comma = ",";
                write(reader.raw_value()?, out)?;
            }
            out.push(']');
        }
        _ => out.push_str(json),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Items;

    #[track_caller]
    fn firsts(items: &[&str]) -> Vec<Option<usize>> {
        let mut met = Items::default();
        let added = items.iter().enumerate();
        let added = added.map(|(index, item)| met.add(index, item).expect("JSON"));
        added.collect()
    }

    #[test]
    fn the_order_of_keys_makes_no_difference() {
        let items = [
            r#"{"a":1,"b":[{"c":"}","d":"\""},{}]}"#,
            r#"{"b":[{"d":"\"","c":"}"},{}],"a":1}"#,
            r#"{"b":[{},{"d":"\"","c":"}"}],"a":1}"#,
            r#"{"b":[{"d":"\"","c":"}"},{}],"a":2}"#,
            r#"[[1],2]"#,
            r#"[1,[2]]"#,
            r#"[[1],2]"#,
        ];
        let expected = [None, Some(0), None, None, None, None, Some(4)];
        assert_eq!(firsts(&items), expected);
    }

    #[test]
    fn numbers_are_not_rounded() {
        for pair in [
            ["1.0", "1.00"],
            ["100000000000000000001", "100000000000000000002"],
            ["0.1", "0.10000000000000000001"],
            ["1700000000.1234567", "1700000000.1234568"],
            ["1e400", "1e401"],
        ] {
            assert_eq!(firsts(&pair), [None, None], "{pair:?}");
            let nested = pair.map(|number| format!("{{\"at\":[{number}]}}"));
            let nested = nested.each_ref().map(String::as_str);
            assert_eq!(firsts(&nested), [None, None], "{nested:?}");
        }
    }

    #[test]
    fn a_text_is_no_number() {
        assert_eq!(
            firsts(&["1", "\"1\"", "null", "\"null\"", "null", "1"]),
            [None, None, None, None, Some(2), Some(0)]
        );
    }
}
