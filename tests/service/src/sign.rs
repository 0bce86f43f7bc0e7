//! Signature Version 4, recomputed from its specification and compared with what the request brought.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

use crate::clock;
use crate::record::RecordedRequest;
use crate::refusal::Refusal;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const SERVICE: &str = "kms";
/// How far `X-Amz-Date` may be from the service's clock, in seconds.
const TOLERANCE: i64 = 300;

/// The access key that the service accepts.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: String,
    pub(crate) session_token: Option<String>,
}

impl Credentials {
    /// A long-lived access key: its id and its secret.
    pub fn new(access_key_id: impl Into<String>, secret_access_key: impl Into<String>) -> Self {
        Self {
            access_key_id: access_key_id.into(),
            secret_access_key: secret_access_key.into(),
            session_token: None,
        }
    }

    /// Makes these temporary credentials: requests must carry `token` in `X-Amz-Security-Token`. Default: they must carry none.
    #[must_use]
    pub fn session_token(mut self, token: impl Into<String>) -> Self {
        self.session_token = Some(token.into());
        self
    }

    /// The access key's id.
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The access key's secret.
    pub fn secret_access_key(&self) -> &str {
        &self.secret_access_key
    }

    /// The session token, where these are temporary credentials.
    pub fn token(&self) -> Option<&str> {
        self.session_token.as_deref()
    }
}

impl Default for Credentials {
    /// A long-lived key made up for tests.
    fn default() -> Self {
        Self::new(
            "AKIDFARRIERTEST00000",
            "farrier/test/secret/that/opens/nothing+0",
        )
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &self.access_key_id)
            .finish_non_exhaustive()
    }
}

/// The three parts of an `Authorization` header.
struct Authorization<'a> {
    access_key_id: &'a str,
    /// Date, region, service and terminator.
    scope: [&'a str; 4],
    signed_headers: &'a str,
    signature: &'a str,
}

/// Checks the date, the credential and the signature of `request` against `credentials`, as of `now` (epoch seconds).
pub(crate) fn verify(
    request: &RecordedRequest,
    region: &str,
    credentials: &Credentials,
    now: i64,
) -> Result<(), Refusal> {
    let header = request.header("authorization").ok_or_else(|| {
        Refusal::client(
            "MissingAuthenticationTokenException",
            "Request is missing Authentication Token",
        )
    })?;
    let authorization = parse_authorization(header)?;
    let date = request.header("x-amz-date").ok_or_else(|| {
        incomplete(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
        )
    })?;
    check_scope(&authorization, region, date)?;
    check_date(date, now)?;
    check_signed_headers(request, authorization.signed_headers)?;
    let token_matches = request.header("x-amz-security-token") == credentials.token();
    if authorization.access_key_id != credentials.access_key_id || !token_matches {
        return Err(Refusal::client(
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
        ));
    }
    check_payload_hash(request)?;
    let canonical = canonical_request(request, authorization.signed_headers);
    let scope = authorization.scope.join("/");
    let to_sign = format!(
        "{ALGORITHM}\n{date}\n{scope}\n{}",
        hex::encode(Sha256::digest(&canonical))
    );
    let key = signing_key(&credentials.secret_access_key, authorization.scope);
    if hex::encode(hmac(&key, &to_sign)) != authorization.signature {
        return Err(invalid(format!(
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
             Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for \
             this request should have been\n'{canonical}'\n\nThe String-to-Sign should have been\n'{to_sign}'\n"
        )));
    }
    Ok(())
}

fn parse_authorization(header: &str) -> Result<Authorization<'_>, Refusal> {
    let parameters = header
        .strip_prefix(ALGORITHM)
        .and_then(|rest| rest.strip_prefix(' '))
        .ok_or_else(|| {
            incomplete(format!(
                "Authorization header requires the algorithm '{ALGORITHM}'. Authorization={header}"
            ))
        })?;
    let parameter = |name: &str| {
        let found = parameters
            .split(',')
            .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
        found.filter(|value| !value.is_empty()).ok_or_else(|| {
            incomplete(format!(
                "Authorization header requires '{name}' parameter. Authorization={header}"
            ))
        })
    };
    let credential: Vec<&str> = parameter("Credential")?.split('/').collect();
    let [access_key_id, scope @ ..] = credential.as_slice() else {
        return Err(incomplete("Credential must not be empty."));
    };
    let scope = <[&str; 4]>::try_from(scope).map_err(|_| {
        incomplete(format!(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{}'",
            credential.join("/")
        ))
    })?;
    Ok(Authorization {
        access_key_id,
        scope,
        signed_headers: parameter("SignedHeaders")?,
        signature: parameter("Signature")?,
    })
}

fn check_scope(authorization: &Authorization<'_>, region: &str, date: &str) -> Result<(), Refusal> {
    let [day, scope_region, service, terminator] = authorization.scope;
    if scope_region != region {
        return Err(invalid(format!(
            "Credential should be scoped to a valid region, not '{scope_region}'."
        )));
    }
    if service != SERVICE {
        return Err(invalid(format!(
            "Credential should be scoped to correct service: '{SERVICE}'."
        )));
    }
    if terminator != "aws4_request" {
        return Err(invalid(
            "Credential should be scoped with a valid terminator: 'aws4_request'.",
        ));
    }
    if !date.starts_with(day) || day.len() != 8 {
        return Err(invalid(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{day}' != \
             '{date}'."
        )));
    }
    Ok(())
}

fn check_date(date: &str, now: i64) -> Result<(), Refusal> {
    let Some(sent) = clock::parse_amz_date(date) else {
        return Err(incomplete(format!(
            "Date must be in ISO-8601 'basic format'. Got '{date}'."
        )));
    };
    let shown = clock::amz_date(now);
    if sent < now - TOLERANCE {
        let earliest = clock::amz_date(now - TOLERANCE);
        return Err(invalid(format!(
            "Signature expired: {date} is now earlier than {earliest} ({shown} - 5 min.)"
        )));
    }
    if sent > now + TOLERANCE {
        let latest = clock::amz_date(now + TOLERANCE);
        return Err(invalid(format!(
            "Signature not yet current: {date} is still later than {latest} ({shown} + 5 min.)"
        )));
    }
    Ok(())
}

/// `Host` and all `X-Amz-*` headers must be signed; the list itself is sorted, and names only what was sent.
fn check_signed_headers(request: &RecordedRequest, signed: &str) -> Result<(), Refusal> {
    let names: Vec<&str> = signed.split(';').collect();
    let must = |name: &str| name == "host" || name.starts_with("x-amz-");
    for (name, _) in &request.headers {
        if must(name) && !names.contains(&name.as_str()) {
            return Err(invalid(format!(
                "There were headers present in the request which were not signed: {name}"
            )));
        }
    }
    if !names.is_sorted() {
        return Err(invalid("SignedHeaders must be in alphabetical order."));
    }
    for name in names {
        if name.bytes().any(|byte| byte.is_ascii_uppercase()) || request.header(name).is_none() {
            return Err(invalid(format!(
                "SignedHeaders names '{name}', which the request does not have."
            )));
        }
    }
    Ok(())
}

/// `X-Amz-Content-Sha256` is not needed by KMS, but where it is sent it must be true.
fn check_payload_hash(request: &RecordedRequest) -> Result<(), Refusal> {
    match request.header("x-amz-content-sha256") {
        Some(sent) if sent != hex::encode(Sha256::digest(&request.body)) => Err(invalid(
            "The value of the header 'X-Amz-Content-Sha256' does not match the request's body.",
        )),
        _ => Ok(()),
    }
}

fn canonical_request(request: &RecordedRequest, signed: &str) -> String {
    let mut headers = String::new();
    for name in signed.split(';') {
        let values = request.headers.iter().filter(|(key, _)| key == name);
        let folded: Vec<String> = values.map(|(_, value)| fold_spaces(value)).collect();
        headers.push_str(&format!("{name}:{}\n", folded.join(",")));
    }
    let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
    let hash = hex::encode(Sha256::digest(&request.body));
    format!(
        "{}\n{path}\n{query}\n{headers}\n{signed}\n{hash}",
        request.method
    )
}

/// Trims a header's value and makes each run of spaces in it one.
fn fold_spaces(value: &str) -> String {
    value.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn signing_key(secret: &str, scope: [&str; 4]) -> Vec<u8> {
    let secret = format!("AWS4{secret}").into_bytes();
    scope.into_iter().fold(secret, |key, part| hmac(&key, part))
}

fn hmac(key: &[u8], message: &str) -> Vec<u8> {
    // HMAC takes a key of any length; the error is of the trait, for functions that do not.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return Vec::new();
    };
    mac.update(message.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn incomplete(message: impl Into<String>) -> Refusal {
    Refusal::client("IncompleteSignatureException", message)
}

fn invalid(message: impl Into<String>) -> Refusal {
    Refusal::client("InvalidSignatureException", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of AWS's own documentation of signing keys.
    #[test]
    fn signing_key_is_the_documented_one() {
        let scope = ["20120215", "us-east-1", "iam", "aws4_request"];
        let key = signing_key("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", scope);
        assert_eq!(
            hex::encode(key),
            "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d"
        );
    }

    #[test]
    fn spaces_in_header_values_are_folded() {
        assert_eq!(fold_spaces("  a   b c "), "a b c");
    }

    #[test]
    fn debug_does_not_show_the_secret() {
        assert!(!format!("{:?}", Credentials::default()).contains("secret/that"));
    }
}
