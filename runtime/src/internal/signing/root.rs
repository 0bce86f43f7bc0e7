//! The signature of a request to the root of a host, as calls of AWS JSON are: what aws-sigv4 computes, in less time.
//!
//! aws-sigv4 signs any request, and the maps, paths and queries that it takes for that are most of what a whole call costs.
//! Here the canonical request is written in one go; keys and signatures come from aws-sigv4. Whatever is out of the ordinary
//! is left to aws-sigv4 as a whole.

use crate::http::HttpRequest;
use crate::internal::endpoints::Scope;
use crate::internal::headers;
use crate::primitives::{DateTime, DateTimeFormat};
use aws_credential_types::Credentials;
use aws_sigv4::sign::v4;
use sha2::{Digest, Sha256};
use std::time::SystemTime;

/// Headers that the signer adds or that change how it signs; a request that has one is out of the ordinary.
const SPECIAL: [&str; 4] = [
    "host",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-security-token",
];

/// What signing adds to a request, besides the session token.
pub(super) struct Signature {
    /// `x-amz-date`
    pub(super) date: String,
    /// `authorization`
    pub(super) authorization: String,
}

/// Signs the request; nothing where it is out of the ordinary.
pub(super) fn sign(
    request: &HttpRequest,
    credentials: &Credentials,
    (scope, region): (&Scope, &str),
    time: SystemTime,
) -> Option<Signature> {
    let body = request.body().bytes()?;
    let date = date_of(time)?;
    let mut signed = vec![("host", host_of(request.uri())?), ("x-amz-date", &date)];
    signed.extend(
        credentials
            .session_token()
            .map(|token| ("x-amz-security-token", token)),
    );
    for (name, value) in headers::signed(request) {
        if SPECIAL.contains(&name) {
            return None;
        }
        signed.push((name, value));
    }
    signed.sort_unstable_by_key(|(name, _)| *name);
    let twice = signed.windows(2).any(|pair| pair[0].0 == pair[1].0);
    if twice || !signed.iter().all(|(_, value)| is_plain(value)) {
        return None;
    }
    let names = signed.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    let names = names.join(";");

    let mut canonical = String::with_capacity(1024);
    extend(&mut canonical, &[request.method(), "\n/\n\n"]);
    for (name, value) in &signed {
        extend(&mut canonical, &[name, ":", value, "\n"]);
    }
    let hash = &mut [0; 64];
    extend(&mut canonical, &["\n", &names, "\n", hash_of(body, hash)?]);

    let day = date.get(..8)?;
    let scope_of_key = [day, region, &scope.name, "aws4_request"].join("/");
    let hash = hash_of(canonical.as_bytes(), hash)?;
    let to_sign = ["AWS4-HMAC-SHA256", &date, &scope_of_key, hash].join("\n");
    let key = v4::generate_signing_key(credentials.secret_access_key(), time, region, &scope.name);
    let signature = v4::calculate_signature(key, to_sign.as_bytes());

    let mut authorization = String::with_capacity(320);
    let credential = ["AWS4-HMAC-SHA256 Credential=", credentials.access_key_id()];
    extend(&mut authorization, &credential);
    extend(&mut authorization, &["/", &scope_of_key]);
    extend(&mut authorization, &[", SignedHeaders=", &names]);
    extend(&mut authorization, &[", Signature=", &signature]);
    Some(Signature {
        date,
        authorization,
    })
}

/// The SHA-256 in hexadecimal digits; written to `digits`, which is quicker than making a string of each.
fn hash_of<'a>(bytes: &[u8], digits: &'a mut [u8; 64]) -> Option<&'a str> {
    hex::encode_to_slice(Sha256::digest(bytes), digits).ok()?;
    std::str::from_utf8(digits).ok()
}

fn extend(text: &mut String, parts: &[&str]) {
    text.extend(parts.iter().copied());
}

/// The host as it is sent, where the address has no path, no query and no user.
fn host_of(uri: &str) -> Option<&str> {
    let (scheme, rest) = uri.split_once("://")?;
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    if authority.is_empty() || authority.contains(['/', '?', '#', '@']) {
        return None;
    }
    // HTTP leaves the port out where it is the usual one.
    let usual = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    Some(authority.strip_suffix(usual).unwrap_or(authority))
}

/// Whether a header's value stands in the canonical request as it is.
fn is_plain(value: &str) -> bool {
    value.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        && !value.starts_with(' ')
        && !value.ends_with(' ')
        && !value.contains("  ")
}

/// The time as signatures have it, such as `20150830T123600Z`.
fn date_of(time: SystemTime) -> Option<String> {
    let mut time = DateTime::from(time);
    time.set_subsec_nanos(0);
    let text = time.fmt(DateTimeFormat::DateTime).ok()?;
    let digits = text.chars().filter(|c| !matches!(c, '-' | ':'));
    let mut date = String::with_capacity(16);
    date.extend(digits);
    (date.len() == 16).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::SdkBody;
    use aws_sigv4::http_request::{PercentEncodingMode, UriPathNormalizationMode};
    use std::time::Duration;

    const NAMES: [&str; 8] = [
        "content-type",
        "x-amz-target",
        "content-length",
        "x-amz-user-agent",
        "user-agent",
        "a",
        "x-amzn-trace-id",
        "zz-top",
    ];
    const HOSTS: [&str; 8] = [
        "https://kms.eu-central-1.amazonaws.com",
        "https://kms.eu-central-1.amazonaws.com/",
        "https://localhost:443/",
        "https://localhost:80",
        "http://127.0.0.1:80",
        "http://127.0.0.1:8080/",
        "http://[::1]:4566/",
        "https://[::1]:443/",
    ];

    fn scope() -> Scope {
        Scope {
            name: "kms".into(),
            region: None,
            encoding: PercentEncodingMode::Double,
            normalization: UriPathNormalizationMode::Enabled,
            is_foreign: false,
        }
    }

    fn text(random: &mut fastrand::Rng, most: usize) -> String {
        let length = random.usize(1..=most);
        let character = |_| char::from(random.u8(b'!'..=b'~'));
        (0..length).map(character).collect()
    }

    fn request(random: &mut fastrand::Rng) -> HttpRequest {
        let body: Vec<u8> = (0..random.usize(..300)).map(|_| random.u8(..)).collect();
        let mut request = HttpRequest::new(SdkBody::from(body));
        request.set_method("POST").expect("a method");
        request
            .set_uri(*random.choice(&HOSTS).expect("hosts"))
            .expect("an address");
        for name in NAMES {
            if random.bool() {
                let value = [text(random, 20), text(random, 20)].join(" ");
                request.headers_mut().insert(name, value);
            }
        }
        request
    }

    #[test]
    fn signatures_are_those_of_aws_sigv4() {
        let mut random = fastrand::Rng::with_seed(17);
        for _ in 0..3000 {
            let request = request(&mut random);
            let token = random.bool().then(|| text(&mut random, 60));
            let (id, secret) = (text(&mut random, 20), text(&mut random, 40));
            let credentials = Credentials::new(id, secret, token, None, "test");
            // From 1970 to 2096.
            let time = Duration::from_millis(random.u64(..4_000_000_000_000));
            let time = SystemTime::UNIX_EPOCH + time;
            let scope = scope();
            let ours = sign(&request, &credentials, (&scope, "eu-central-1"), time)
                .expect("nothing is out of the ordinary");
            let theirs = super::super::added(
                &request,
                &credentials.into(),
                (&scope, "eu-central-1"),
                time,
            )
            .expect("a signature");
            let (theirs, _) = theirs.into_parts();
            let of = |name| theirs.iter().find(|header| header.name() == name);
            let of = |name| of(name).map(|header| header.value());
            assert_eq!(of("x-amz-date"), Some(ours.date.as_str()), "{time:?}");
            assert_eq!(
                of("authorization"),
                Some(ours.authorization.as_str()),
                "{request:?}"
            );
        }
    }

    #[test]
    fn what_is_out_of_the_ordinary_is_left_alone() {
        let credentials = Credentials::new("id", "secret", None, None, "test");
        let signed = |change: fn(&mut HttpRequest)| {
            let mut request = HttpRequest::new(SdkBody::from("{}"));
            request.set_uri("https://example.com/").expect("an address");
            change(&mut request);
            let time = SystemTime::UNIX_EPOCH;
            sign(&request, &credentials, (&scope(), "us-east-1"), time).is_some()
        };
        assert!(signed(|_| {}));
        for uri in [
            "https://example.com/a",
            "https://example.com/?a",
            "/",
            "https://me@example.com",
        ] {
            assert_eq!(host_of(uri), None, "{uri}");
        }
        assert!(!signed(|request| {
            request.headers_mut().insert("host", "example.org");
        }));
        assert!(!signed(|request| {
            request.headers_mut().append("a", "1");
            request.headers_mut().append("a", "2");
        }));
        for value in ["a  b", " a", "a ", "\u{e9}"] {
            assert!(!is_plain(value), "{value:?}");
        }
        assert!(!signed(|request| {
            *request.body_mut() = SdkBody::taken();
        }));
    }
}
