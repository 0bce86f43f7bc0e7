//! Pieces of strings, and strings made fit for a URL.

/// The bytes of `input` from `start` to `stop` (exclusive); with `reverse` both are counted from the end
/// ([specification](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#substring-function)).
///
/// Returns `None` when the input is shorter than `stop` or not ASCII, and when nothing would be left.
pub fn substring(input: &str, start: usize, stop: usize, reverse: bool) -> Option<&str> {
    if start >= stop || stop > input.len() || !input.is_ascii() {
        return None;
    }
    let range = if reverse {
        input.len() - stop..input.len() - start
    } else {
        start..stop
    };
    input.get(range)
}

/// The pieces of `value` between the occurrences of `delimiter`, empty ones too
/// ([specification](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#split-function)).
///
/// At most `limit` pieces, the last with all that is left; 0 stands for no limit, 1 leaves the value whole. The result is
/// never empty. An empty delimiter, which the specification forbids, leaves the value whole.
pub fn split<'a>(value: &'a str, delimiter: &str, limit: usize) -> Vec<&'a str> {
    match limit {
        _ if delimiter.is_empty() => vec![value],
        0 => value.split(delimiter).collect(),
        limit => value.splitn(limit, delimiter).collect(),
    }
}

/// The element that the path `[index]` of `getAttr` names; a negative index counts from the end, -1 is the last
/// ([specification](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#getattr-function)).
///
/// Returns `None` when there is no such element.
pub fn element<T: AsRef<str>>(list: &[T], index: i32) -> Option<&str> {
    let distance = usize::try_from(index.unsigned_abs()).ok()?;
    let index = if index < 0 {
        list.len().checked_sub(distance)?
    } else {
        distance
    };
    list.get(index).map(AsRef::as_ref)
}

/// Percent-encodes all bytes but letters, digits, and `-_.~`, with digits in upper case
/// ([specification](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#uriencode-function)).
pub fn uri_encode(value: &str) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.extend([
                '%',
                DIGITS[usize::from(byte >> 4)],
                DIGITS[usize::from(byte & 0xf)],
            ]);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{element, split, substring, uri_encode};

    #[test]
    fn substrings() {
        assert_eq!(substring("abcdefg", 0, 4, false), Some("abcd"));
        assert_eq!(substring("abcdefg", 0, 4, true), Some("defg"));
        assert_eq!(substring("abcdefg", 1, 3, true), Some("ef"));
        assert_eq!(substring("abcd", 0, 4, true), Some("abcd"));
        assert_eq!(substring("abc", 0, 4, false), None);
        assert_eq!(substring("abc", 2, 2, false), None);
        assert_eq!(substring("abc", 3, 1, true), None);
        assert_eq!(substring("äbcd", 0, 2, false), None);
        assert_eq!(substring("", 0, 0, false), None);
    }

    #[test]
    fn pieces() {
        assert_eq!(split("a--b--c", "--", 0), ["a", "b", "c"]);
        assert_eq!(split("a--b--c", "--", 1), ["a--b--c"]);
        assert_eq!(split("a--b--c", "--", 2), ["a", "b--c"]);
        assert_eq!(split("--a--", "--", 0), ["", "a", ""]);
        assert_eq!(split("abc", "x", 0), ["abc"]);
        assert_eq!(split("", "--", 0), [""]);
        assert_eq!(split("----", "--", 0), ["", "", ""]);
        assert_eq!(split("abc", "", 0), ["abc"]);
        assert_eq!(split("--x--y--z", "--", 2), ["", "x--y--z"]);
        assert_eq!(split("aaa", "aa", 0), ["", "a"]);
        assert_eq!(split("ä--ö", "--", 0), ["ä", "ö"]);
    }

    #[test]
    fn elements() {
        let list = ["a", "b", "c"];
        for (index, expected) in [
            (0, Some("a")),
            (2, Some("c")),
            (3, None),
            (-1, Some("c")),
            (-3, Some("a")),
            (-4, None),
            (i32::MIN, None),
        ] {
            assert_eq!(element(&list, index), expected, "{index}");
        }
        let owned = list.map(String::from);
        assert_eq!(element(&owned, -2), Some("b"));
        assert_eq!(element::<&str>(&[], 0), None);
    }

    #[test]
    fn encoded() {
        assert_eq!(uri_encode("AZaz09-_.~"), "AZaz09-_.~");
        assert_eq!(uri_encode("a b/c:?#[]@%"), "a%20b%2Fc%3A%3F%23%5B%5D%40%25");
        assert_eq!(uri_encode("ü\u{1F600}"), "%C3%BC%F0%9F%98%80");
    }
}
