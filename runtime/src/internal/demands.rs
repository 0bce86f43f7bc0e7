//! What the model asks of the calls of an operation beyond what all calls have.

/// What the model asks of the calls of one operation; generated code starts from [`NONE`](Demands::NONE).
#[derive(Clone, Copy, Debug)]
pub struct Demands {
    /// Whether calls are signed.
    pub auth: Auth,
    /// Whether the signature leaves out the body
    /// ([`unsignedPayload`](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-unsignedpayload-trait)).
    pub unsigned_payload: bool,
    /// How bodies are protected ([`httpChecksumRequired`][1]).
    ///
    /// [1]: https://smithy.io/2.0/spec/http-bindings.html#httpchecksumrequired-trait
    pub checksum: Option<Checksum>,
    /// How large bodies are compressed ([`requestCompression`][1]).
    ///
    /// [1]: https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait
    pub compression: Option<Compression>,
}

impl Demands {
    /// Calls are signed, and that is all.
    pub const NONE: Demands = Demands {
        auth: Auth::Signed,
        unsigned_payload: false,
        checksum: None,
        compression: None,
    };
}

/// Whether calls are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// Always.
    Signed,
    /// Where the client has a provider of credentials.
    Optional,
    /// Never.
    Unsigned,
}

/// A way to protect a body.
#[derive(Clone, Copy, Debug)]
pub struct Checksum {
    /// The header that holds it.
    pub(super) header: &'static str,
    /// Its value for a body.
    pub(super) of: fn(&[u8]) -> String,
}

/// A way to compress a body.
#[derive(Clone, Copy, Debug)]
pub struct Compression {
    /// What `Content-Encoding` says.
    pub(super) encoding: &'static str,
    /// Compresses a body.
    pub(super) compress: fn(&[u8]) -> Vec<u8>,
}

/// [`Content-MD5`](https://www.rfc-editor.org/rfc/rfc1864).
#[cfg(feature = "md5")]
pub const MD5: Checksum = Checksum {
    header: "content-md5",
    of: |body| {
        use md5::Digest as _;
        aws_smithy_types::base64::encode(md5::Md5::digest(body))
    },
};

/// [gzip](https://www.rfc-editor.org/rfc/rfc1952).
#[cfg(feature = "gzip")]
pub const GZIP: Compression = Compression {
    encoding: "gzip",
    compress: |body| {
        use std::io::Write as _;
        let room = Vec::with_capacity(body.len() / 2);
        let mut encoder = flate2::write::GzEncoder::new(room, flate2::Compression::default());
        // Writing into memory cannot fail.
        let _ = encoder.write_all(body);
        encoder.finish().unwrap_or_default()
    },
};
