//! What callers of the official client and of ours see of each fault, side by side.

mod counted;
mod differences;
mod onlooker;
mod sequences;
mod table;
mod told;

mod official {
    //! Calls by aws-sdk-kms.
    use aws_sdk_kms as kms;

    include!("side.rs");

    /// The transport that the client has where none is set, but with ring for cryptography.
    pub(crate) fn transport() -> SharedHttpClient {
        use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
        aws_smithy_http_client::Builder::new()
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .build_https()
    }
}

mod ours {
    //! Calls by farrier-kms.
    use farrier_kms as kms;

    include!("side.rs");

    /// The transport that the client has where none is set, but without the proxies of the environment.
    pub(crate) fn transport() -> SharedHttpClient {
        farrier_runtime::http::HttpClientBuilder::new()
            .without_proxies()
            .build()
    }
}
