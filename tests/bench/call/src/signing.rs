//! Signing alone, which no client can do without.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign as signed};
use aws_sigv4::sign::v4::SigningParams;

use crate::STORE;

/// Makes a request like that of a call, and signs it.
///
/// # Panics
///
/// When it cannot be signed.
pub fn sign(credentials: &Credentials) -> http::Request<String> {
    let host = "kms.eu-central-1.amazonaws.com";
    sign_for(credentials, &format!("https://{host}/"), host)
}

/// Makes a request to the URL and signs it, for the value of `Host` that goes with it.
///
/// # Panics
///
/// When it cannot be signed.
pub fn sign_for(credentials: &Credentials, url: &str, host: &str) -> http::Request<String> {
    let request = http::Request::post(url)
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-target", "TrentService.DisconnectCustomKeyStore")
        .header("host", host)
        .body(format!("{{\"CustomKeyStoreId\":\"{STORE}\"}}"));
    let mut request = request.expect("a request");
    let identity = credentials.clone().into();
    let params = SigningParams::builder()
        .identity(&identity)
        .region("eu-central-1")
        .name("kms")
        .time(SystemTime::now())
        .settings(SigningSettings::default())
        .build()
        .expect("all parameters are set")
        .into();
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.to_str().expect("ASCII")));
    let body = SignableBody::Bytes(request.body().as_bytes());
    let signable = SignableRequest::new("POST", request.uri().to_string(), headers, body);
    let output = signed(signable.expect("a request to sign"), &params).expect("a signature");
    output.into_parts().0.apply_to_request_http1x(&mut request);
    request
}
