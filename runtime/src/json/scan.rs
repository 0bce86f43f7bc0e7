//! How far a string goes without anything special in it, eight bytes at a time.

/// Every byte of a word set to one value.
const fn every(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// A word whose lowest set bit is the high bit of the first byte of `word` below `limit` (at most 128). Bits above that one
/// may be wrong, as subtraction borrows.
const fn below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(every(limit)) & !word & every(0x80)
}

/// The number of bytes before the first that a JSON string cannot hold as it is: a quotation mark, a backslash or a control
/// character. It is the whole length when there is none.
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let special =
            below(word, b' ') | below(word ^ every(b'"'), 1) | below(word ^ every(b'\\'), 1);
        if special != 0 {
            return index * 8 + special.trailing_zeros() as usize / 8;
        }
    }
    let special = |byte: &u8| matches!(byte, 0..=0x1f | b'"' | b'\\');
    words.len() * 8 + rest.iter().position(special).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::plain_length;

    #[test]
    fn agrees_with_a_plain_search() {
        // Every byte value, at every place of a word, before and after every byte that is special.
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                for after in [b'"', b'\\', 0, 0x1f, b' ', 0x7f, 0x80, 0xff] {
                    let mut bytes = [b'a'; 20];
                    bytes[place] = byte;
                    if let Some(next) = bytes.get_mut(place + 1) {
                        *next = after;
                    }
                    let special = |byte: &u8| *byte < b' ' || *byte == b'"' || *byte == b'\\';
                    let expected = bytes.iter().position(special).unwrap_or(bytes.len());
                    assert_eq!(plain_length(&bytes), expected, "{bytes:?}");
                }
            }
        }
    }
}
