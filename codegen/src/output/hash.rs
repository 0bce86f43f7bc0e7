//! Hashes that are the same on every machine, whatever the line ends of the text.

use std::borrow::Cow;
use std::fmt;
use std::hash::Hasher;

use siphasher::sip128::{Hasher128, SipHasher13};

/// 128 bits of [SipHash](https://www.aumasson.jp/siphash/siphash.pdf) 1-3, with a key of zeros.
///
/// It tells apart what differs by accident. Whoever can choose a text can also write its hash into the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hash(u128);

impl Hash {
    /// Of a text, as if its lines ended in `\n`.
    pub(crate) fn of(content: &[u8]) -> Hash {
        let mut hasher = SipHasher13::new();
        hasher.write(&normalized(content));
        Hash(hasher.finish128().as_u128())
    }

    /// Of several parts; moving something from one to the next gives another hash.
    pub(crate) fn of_parts<'a>(parts: impl IntoIterator<Item = &'a str>) -> Hash {
        let mut hasher = SipHasher13::new();
        for part in parts {
            hasher.write(&(part.len() as u64).to_le_bytes());
            hasher.write(part.as_bytes());
        }
        Hash(hasher.finish128().as_u128())
    }

    /// Of two things together, whichever comes first.
    pub(super) fn add(self, other: Hash) -> Hash {
        Hash(self.0.wrapping_add(other.0))
    }

    /// Reads what `Display` writes.
    pub(super) fn parse(text: &str) -> Option<Hash> {
        let digits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = digits.then(|| u128::from_str_radix(text, 16).ok());
        number.flatten().map(Hash)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The text with `\n` for each `\r\n`: a version control system may have changed them.
pub(super) fn normalized(content: &[u8]) -> Cow<'_, [u8]> {
    if !content.contains(&b'\r') {
        return Cow::Borrowed(content);
    }
    let mut plain = Vec::with_capacity(content.len());
    for (index, &byte) in content.iter().enumerate() {
        if byte != b'\r' || content.get(index + 1) != Some(&b'\n') {
            plain.push(byte);
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::Hash;

    /// They are in files that were written long ago, so they must stay. An implementation of its own, made from the paper,
    /// gave the same.
    #[test]
    fn hashes_never_change() {
        let of = |text: &str| Hash::of(text.as_bytes()).to_string();
        assert_eq!(of(""), "b91c5ed031fb33032134935d61d9b40d");
        assert_eq!(
            of("a client\nof two lines\n"),
            "100646e1f3cf0d1a102ea3aa6bfb04a1"
        );
        assert_eq!(
            Hash::of_parts(["a", "bc"]).to_string(),
            "670253ae0d6f5ec766ec552c2072d1f3"
        );
    }

    #[test]
    fn line_ends_do_not_count() {
        assert_eq!(Hash::of(b"a\r\nb\r\n"), Hash::of(b"a\nb\n"));
        assert_ne!(Hash::of(b"a\rb"), Hash::of(b"ab"));
        assert_ne!(Hash::of(b"a\n\nb"), Hash::of(b"a\nb"));
    }

    #[test]
    fn parts_have_ends() {
        assert_ne!(Hash::of_parts(["ab", "c"]), Hash::of_parts(["a", "bc"]));
        assert_ne!(Hash::of_parts(["ab"]), Hash::of_parts(["ab", ""]));
    }

    #[test]
    fn what_is_written_is_read() {
        let hash = Hash::of(b"text");
        assert_eq!(Hash::parse(&hash.to_string()), Some(hash));
        for text in ["", "12", "+0000000000000000000000000000000", "0x"] {
            assert_eq!(Hash::parse(text), None, "{text}");
        }
    }
}
