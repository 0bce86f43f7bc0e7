//! The body of a call as it is sent, and the headers that tell of it.

use crate::http::Headers;
use crate::internal::{Demands, Settings};
use bytes::Bytes;

/// Bodies below this are not compressed unless set, in bytes.
const MIN_COMPRESSION_SIZE: u32 = 10_240;

/// A body, the same for all attempts of a call.
#[derive(Debug)]
pub(super) struct Payload {
    pub(super) bytes: Bytes,
    encoding: Option<&'static str>,
    checksum: Option<(&'static str, String)>,
    is_unsigned: bool,
}

impl Payload {
    /// Compresses the body where that is asked for, then protects it.
    pub(super) fn new(body: Vec<u8>, demands: &Demands, settings: &Settings) -> Self {
        let compression = demands
            .compression
            .filter(|_| is_compressed(&body, settings));
        let (body, encoding) = match compression {
            None => (body, None),
            Some(way) => ((way.compress)(&body), Some(way.encoding)),
        };
        Self {
            checksum: demands.checksum.map(|way| (way.header, (way.of)(&body))),
            bytes: Bytes::from(body),
            encoding,
            is_unsigned: demands.unsigned_payload,
        }
    }

    /// Puts the headers, which are signed.
    pub(super) fn put_headers(&self, headers: &mut Headers) {
        headers.insert(http::header::CONTENT_LENGTH, self.bytes.len().to_string());
        if let Some(encoding) = self.encoding {
            headers.insert(http::header::CONTENT_ENCODING, encoding);
        }
        if let Some((header, value)) = &self.checksum {
            headers.insert(*header, value.clone());
        }
        if self.is_unsigned {
            headers.insert(super::signing::BODY_HASH, super::signing::UNSIGNED);
        }
    }
}

fn is_compressed(body: &[u8], settings: &Settings) -> bool {
    let disabled = settings.disable_request_compression();
    let least = settings.request_min_compression_size_bytes();
    let least = least.copied().unwrap_or(MIN_COMPRESSION_SIZE);
    !disabled.copied().unwrap_or_default()
        && usize::try_from(least).is_ok_and(|least| body.len() >= least)
}
