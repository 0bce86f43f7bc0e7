//! The body of a call as it is sent, and the headers that tell of it.

use crate::error::BoxError;
use crate::http::Headers;
use crate::internal::{Demands, Settings};
use bytes::Bytes;

/// Bodies below this are not compressed unless set, in bytes.
const MIN_COMPRESSION_SIZE: u32 = 10_240;
/// The largest size that can be set for that, in bytes.
const MAX_MIN_COMPRESSION_SIZE: u32 = 10_485_760;

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
    ///
    /// # Errors
    ///
    /// Bodies may be compressed, and the size from which on they are is set to more than 10 MiB.
    pub(super) fn new(
        body: Bytes,
        demands: &Demands,
        settings: &Settings,
    ) -> Result<Self, BoxError> {
        let (body, encoding) = match demands.compression {
            Some(way) if is_compressed(&body, settings)? => {
                (Bytes::from((way.compress)(&body)), Some(way.encoding))
            }
            _ => (body, None),
        };
        Ok(Self {
            checksum: demands.checksum.map(|way| (way.header, (way.of)(&body))),
            bytes: body,
            encoding,
            is_unsigned: demands.unsigned_payload,
        })
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

/// Whether the body is compressed; a size that is too large is refused even where none would be, as by the official clients.
fn is_compressed(body: &[u8], settings: &Settings) -> Result<bool, BoxError> {
    let disabled = settings.disable_request_compression();
    let least = settings.request_min_compression_size_bytes();
    let least = least.copied().unwrap_or(MIN_COMPRESSION_SIZE);
    if least > MAX_MIN_COMPRESSION_SIZE {
        return Err(format!(
            "`request_min_compression_size_bytes` is {least}: set it to 0 to {MAX_MIN_COMPRESSION_SIZE}"
        )
        .into());
    }
    Ok(!disabled.copied().unwrap_or_default()
        && usize::try_from(least).is_ok_and(|least| body.len() >= least))
}

#[cfg(test)]
mod tests {
    use super::{Bytes, Payload};
    use crate::http::Headers;
    use crate::internal::{Demands, GZIP, MD5, Settings, SettingsBuilder};

    const BOTH: Demands = Demands {
        checksum: Some(MD5),
        compression: Some(GZIP),
        ..Demands::NONE
    };

    fn headers(payload: &Payload) -> Vec<String> {
        let mut headers = Headers::new();
        payload.put_headers(&mut headers);
        let mut names: Vec<String> = headers.iter().map(|(name, _)| name.to_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn without_demands_the_body_stays_as_it_is() {
        let payload = Payload::new(
            vec![b'a'; 100_000].into(),
            &Demands::NONE,
            &Settings::default(),
        )
        .expect("a payload");
        assert_eq!(payload.bytes.len(), 100_000);
        assert_eq!(headers(&payload), ["content-length"]);
    }

    #[test]
    fn the_checksum_is_that_of_what_is_sent() {
        let body = vec![b'a'; 100_000];
        let plain = (MD5.of)(&body);
        let payload = Payload::new(body.into(), &BOTH, &Settings::default()).expect("a payload");
        let sum = payload.checksum.as_ref().map(|(_, sum)| sum.as_str());
        assert_eq!(sum, Some((MD5.of)(&payload.bytes).as_str()));
        assert_ne!(sum, Some(plain.as_str()));
        assert_eq!(
            headers(&payload),
            ["content-encoding", "content-length", "content-md5"]
        );
    }

    #[test]
    fn an_empty_body_is_compressed_only_when_asked_for() {
        let encoding = |settings: &Settings| {
            let payload = Payload::new(Bytes::new(), &BOTH, settings);
            payload.expect("a payload").encoding
        };
        assert_eq!(encoding(&Settings::default()), None);
        let mut settings = SettingsBuilder::new();
        settings.set_request_min_compression_size_bytes(Some(0));
        assert_eq!(encoding(&settings.build()), Some("gzip"));
    }

    #[test]
    fn a_size_of_more_than_10_mib_is_refused_where_it_counts() {
        let refused = |size, demands: &Demands, disabled| {
            let mut settings = SettingsBuilder::new();
            settings
                .set_request_min_compression_size_bytes(Some(size))
                .set_disable_request_compression(Some(disabled));
            Payload::new(Bytes::new(), demands, &settings.build()).err()
        };
        assert!(refused(10_485_760, &BOTH, false).is_none());
        for disabled in [false, true] {
            let error = refused(10_485_761, &BOTH, disabled).expect("too large");
            assert!(
                error
                    .to_string()
                    .contains("10485761: set it to 0 to 10485760")
            );
        }
        assert!(refused(u32::MAX, &Demands::NONE, false).is_none());
    }
}
