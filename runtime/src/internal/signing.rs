//! Signatures ([AWS Signature Version 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html)).

use crate::error::BoxError;
use crate::http::HttpRequest;
use crate::internal::endpoints::Scope;
use crate::internal::headers;
use aws_sigv4::http_request::{
    SignableBody, SignableRequest, SigningParams, SigningSettings, sign,
};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::identity::Identity;
use http::HeaderName;
use std::time::SystemTime;

/// The headers that a signer adds.
static NAMES: [HeaderName; 3] = [
    http::header::AUTHORIZATION,
    HeaderName::from_static("x-amz-date"),
    HeaderName::from_static("x-amz-security-token"),
];

/// Where a request says what stands for its body in the signature.
pub(super) const BODY_HASH: HeaderName = HeaderName::from_static("x-amz-content-sha256");

/// What stands there when the body is not signed.
pub(super) const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

/// Signs the request as it stands, and adds the headers that this takes.
///
/// # Errors
///
/// The endpoint asks for another kind of signature, there is no region to sign for, or the request cannot be signed.
pub(super) fn sign_request(
    request: &mut HttpRequest,
    identity: &Identity,
    scope: &Scope,
    time: SystemTime,
) -> Result<(), BoxError> {
    if scope.is_foreign {
        return Err("the endpoint asks for other signatures than Signature Version 4 (`sigv4`), which is all that is spoken here".into());
    }
    let region = scope
        .region
        .as_deref()
        .ok_or("there is no region to sign for: set `region` in the configuration")?;
    let params = v4::SigningParams::builder()
        .identity(identity)
        .region(region)
        .name(&scope.name)
        .time(time)
        .settings(settings(scope))
        .build()?
        .into();
    let instructions = instructions(request, &params)?;
    for header in instructions.into_parts().0 {
        let value = header.value().to_owned();
        let headers = request.headers_mut();
        // A name that is known need not be copied.
        match NAMES.iter().find(|name| name.as_str() == header.name()) {
            Some(name) => headers.try_insert(name.clone(), value)?,
            None => headers.try_insert(header.name(), value)?,
        };
    }
    Ok(())
}

fn instructions(
    request: &HttpRequest,
    params: &SigningParams<'_>,
) -> Result<aws_sigv4::http_request::SigningInstructions, BoxError> {
    let body = match request.body().bytes() {
        Some(bytes) if request.headers().get(BODY_HASH) != Some(UNSIGNED) => {
            SignableBody::Bytes(bytes)
        }
        _ => SignableBody::UnsignedPayload,
    };
    let signable = SignableRequest::new(
        request.method(),
        request.uri(),
        headers::signed(request),
        body,
    )?;
    Ok(sign(signable, params)?.into_parts().0)
}

fn settings(scope: &Scope) -> SigningSettings {
    let mut settings = SigningSettings::default();
    // What is not to be signed is not shown to the signer in the first place.
    settings.excluded_headers = None;
    settings.percent_encoding_mode = scope.encoding;
    settings.uri_path_normalization_mode = scope.normalization;
    settings
}
