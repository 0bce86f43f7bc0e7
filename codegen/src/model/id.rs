//! Shape ids: `namespace#Name` and `namespace#Name$member`.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The longest id in bytes; without a limit, the ids of all members together grow with the square of the file.
const LONGEST: usize = 1024;

/// The absolute id of a shape or a member, valid by its making; cheap to clone.
///
/// See [Shape ID](https://smithy.io/2.0/spec/model.html#shape-id). Two ids are equal when their texts are, case
/// included.
#[derive(Clone)]
pub(crate) struct ShapeId {
    text: Arc<str>,
    /// The offset of `#`.
    hash: u32,
    /// The offset of `$`, or of the end.
    dollar: u32,
}

impl ShapeId {
    /// Reads an absolute id; `None` when the text is none.
    pub(crate) fn parse(text: &str) -> Option<ShapeId> {
        let (namespace, rest) = text.split_once('#')?;
        let (name, member) = match rest.split_once('$') {
            Some((name, member)) => (name, Some(member)),
            None => (rest, None),
        };
        let valid = namespace.split('.').all(is_identifier)
            && is_identifier(name)
            && member.is_none_or(is_member)
            && text.len() <= LONGEST;
        valid.then(|| ShapeId {
            text: text.into(),
            hash: namespace.len() as u32,
            dollar: (namespace.len() + 1 + name.len()) as u32,
        })
    }

    /// An id from this crate's own text.
    pub(super) fn known(text: &'static str) -> ShapeId {
        let id = ShapeId::parse(text);
        debug_assert!(id.is_some(), "{text} is not a shape id");
        id.unwrap_or_else(|| ShapeId {
            text: "_#_".into(),
            hash: 1,
            dollar: 3,
        })
    }

    /// The whole text.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands before `#`, such as `com.amazonaws.kms`.
    pub(crate) fn namespace(&self) -> &str {
        &self.text[..self.hash as usize]
    }

    /// The name of the shape, such as `Tag`; without the member.
    pub(crate) fn name(&self) -> &str {
        &self.text[self.hash as usize + 1..self.dollar as usize]
    }

    /// The name of the member, where the id is that of a member.
    pub(crate) fn member(&self) -> Option<&str> {
        self.text.get(self.dollar as usize + 1..)
    }

    /// The id of the shape, without the member, as text.
    pub(crate) fn shape_text(&self) -> &str {
        &self.text[..self.dollar as usize]
    }

    /// The id of a member of this shape; `None` when the name is not a valid one.
    pub(crate) fn try_member(&self, member: &str) -> Option<ShapeId> {
        let valid = is_member(member) && member.len() <= LONGEST;
        valid.then(|| self.with_member(member))
    }

    /// The id of a member of this shape, of which the name is known to be valid.
    pub(crate) fn with_member(&self, member: &str) -> ShapeId {
        ShapeId {
            text: format!("{}${member}", self.shape_text()).into(),
            ..*self
        }
    }
}

/// Whether the text is an [identifier](https://smithy.io/2.0/spec/model.html#shape-id-abnf): underscores, a letter
/// or digit after them, then letters, digits and underscores.
pub(crate) fn is_identifier(text: &str) -> bool {
    let rest = text.trim_start_matches('_');
    let first = rest.as_bytes().first();
    let opens = match first {
        Some(byte) => {
            byte.is_ascii_alphabetic() || (rest.len() < text.len() && byte.is_ascii_digit())
        }
        None => false,
    };
    opens
        && rest
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether the text can be the name of a member: an identifier, or one but for a digit at its start (`2fa`), which the
/// grammar does not have and which is as good a name on the wire.
fn is_member(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    is_identifier(text)
        || (digits > 0
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
}

impl PartialEq for ShapeId {
    fn eq(&self, other: &ShapeId) -> bool {
        self.text == other.text
    }
}

impl Eq for ShapeId {}

impl PartialEq<str> for ShapeId {
    fn eq(&self, other: &str) -> bool {
        *self.text == *other
    }
}

impl PartialEq<&str> for ShapeId {
    fn eq(&self, other: &&str) -> bool {
        *self.text == **other
    }
}

impl PartialOrd for ShapeId {
    fn partial_cmp(&self, other: &ShapeId) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ShapeId {
    fn cmp(&self, other: &ShapeId) -> Ordering {
        self.text.cmp(&other.text)
    }
}

/// As the text's own hash, so that maps can be searched by text.
impl Hash for ShapeId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl Borrow<str> for ShapeId {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl AsRef<str> for ShapeId {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
