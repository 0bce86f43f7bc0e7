//! Buffers whose bytes may be secret: a key in plain text passes through the body of a request, and of an answer.

use bytes::Bytes;
use zeroize::Zeroize;

/// Bytes that are overwritten when they are let go, and when they move as they grow.
#[derive(Default)]
pub(crate) struct SecretBuffer(Vec<u8>);

impl SecretBuffer {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self(Vec::with_capacity(capacity))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    #[inline]
    pub(crate) fn push(&mut self, byte: u8) {
        self.extend(&[byte]);
    }

    #[inline]
    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        self.reserve(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// Adds so many bytes, which `fill` finds as zeros, so that they are nowhere else before.
    pub(crate) fn extend_with(&mut self, length: usize, fill: impl FnOnce(&mut [u8])) {
        self.reserve(length);
        let start = self.0.len();
        self.0.resize(start + length, 0);
        fill(&mut self.0[start..]);
    }

    #[inline]
    fn reserve(&mut self, more: usize) {
        if self.0.capacity() - self.0.len() < more {
            self.grow(more);
        }
    }

    /// Moves to a larger place; a `Vec` would leave a copy behind.
    #[cold]
    fn grow(&mut self, more: usize) {
        let needed = self.0.len() + more;
        let mut larger = Self::with_capacity(needed.max(self.0.capacity() * 2));
        larger.0.extend_from_slice(&self.0);
        // The old place is dropped here.
        *self = larger;
    }

    /// The bytes, which nobody overwrites any more.
    pub(crate) fn into_vec(mut self) -> Vec<u8> {
        std::mem::take(&mut self.0)
    }

    /// The bytes to be shared; they are overwritten when the last who holds them lets go.
    pub(crate) fn freeze(self) -> Bytes {
        Bytes::from_owner(self)
    }
}

impl AsRef<[u8]> for SecretBuffer {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for SecretBuffer {
    fn drop(&mut self) {
        // Nothing is ever taken away from the end, so the room behind the bytes never held any.
        self.0.as_mut_slice().zeroize();
    }
}
