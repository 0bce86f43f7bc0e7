//! Signatures ([AWS Signature Version 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html)).

mod root;

use crate::error::BoxError;
use crate::http::HttpRequest;
use crate::internal::endpoints::Scope;
use crate::internal::headers;
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    SignableBody, SignableRequest, SigningInstructions, SigningSettings, sign,
};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::identity::Identity;
use http::HeaderName;
use std::time::SystemTime;

const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

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
    let credentials = identity.data::<Credentials>();
    let signature =
        credentials.and_then(|credentials| root::sign(request, credentials, (scope, region), time));
    if let (Some(credentials), Some(signature)) = (credentials, signature) {
        let headers = request.headers_mut();
        headers.try_insert(DATE, signature.date)?;
        headers.try_insert(http::header::AUTHORIZATION, signature.authorization)?;
        if let Some(token) = credentials.session_token() {
            headers.try_insert(TOKEN, token.to_owned())?;
        }
        return Ok(());
    }
    let (added, _) = added(request, identity, (scope, region), time)?.into_parts();
    for header in added {
        let (name, value) = (header.name().to_owned(), header.value().to_owned());
        request.headers_mut().try_insert(name, value)?;
    }
    Ok(())
}

/// The headers that aws-sigv4 adds to the request.
fn added(
    request: &HttpRequest,
    identity: &Identity,
    (scope, region): (&Scope, &str),
    time: SystemTime,
) -> Result<SigningInstructions, BoxError> {
    let params = v4::SigningParams::builder()
        .identity(identity)
        .region(region)
        .name(&scope.name)
        .time(time)
        .settings(settings(scope))
        .build()?
        .into();
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
    Ok(sign(signable, &params)?.into_parts().0)
}

fn settings(scope: &Scope) -> SigningSettings {
    let mut settings = SigningSettings::default();
    // What is not to be signed is not shown to the signer in the first place.
    settings.excluded_headers = None;
    settings.percent_encoding_mode = scope.encoding;
    settings.uri_path_normalization_mode = scope.normalization;
    settings
}
