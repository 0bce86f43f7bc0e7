//! Secret text out of JSON, of which no copy is left behind.

use zeroize::Zeroizing;

/// Works on the text of a JSON string as the crate's own writer wrote it, with its quotation marks.
///
/// Where it has escapes, and so cannot be lent from the body, it is written once, to where there is room for all of it, and
/// overwritten; the reader's own way may leave pieces behind as the text grows.
pub(super) fn with_text<T>(quoted: &str, work: impl FnOnce(&str) -> T) -> T {
    let text = quoted.strip_prefix('"').unwrap_or(quoted);
    let text = text.strip_suffix('"').unwrap_or(text);
    if text.contains('\\') {
        work(&unescaped(text))
    } else {
        work(text)
    }
}

fn unescaped(text: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.push(match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('b') => '\u{8}',
                Some('f') => '\u{c}',
                Some('u') => {
                    let digits = chars.by_ref().take(4);
                    let code = digits.fold(0, |code, c| code * 16 + c.to_digit(16).unwrap_or(0));
                    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
                }
                Some(itself) => itself,
                None => break,
            },
            c => c,
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::with_text;
    use crate::json::Writer;

    /// Every character that is written with an escape, and some that are not.
    #[test]
    fn what_the_writer_writes_is_read() {
        let low = (0..0x80_u8).map(char::from);
        let text: String = low.chain(['é', '\u{2028}', '🐎', '"']).collect();
        for text in [text.as_str(), "", "plain", "\\", "\"\""] {
            let mut writer = Writer::default();
            writer.string(text);
            let body = writer.into_body();
            let written = std::str::from_utf8(&body).expect("text");
            with_text(written, |read| assert_eq!(read, text));
        }
    }
}
