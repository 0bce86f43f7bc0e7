//! The patterns that the model gives for string members, matched by hand to spare a regular expression engine.

/// `^cluster-[2-7a-zA-Z]{11,16}$`
pub(crate) fn cluster_id(text: &str) -> bool {
    text.strip_prefix("cluster-").is_some_and(|id| {
        (11..=16).contains(&id.len())
            && id
                .bytes()
                .all(|byte| matches!(byte, b'2'..=b'7') || byte.is_ascii_alphabetic())
    })
}

/// `^https://[a-zA-Z0-9.-]+$`
pub(crate) fn uri_endpoint(text: &str) -> bool {
    let host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    text.strip_prefix("https://")
        .is_some_and(|rest| every(rest, host))
}

/// `^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$`
pub(crate) fn uri_path(text: &str) -> bool {
    let Some((before, version)) = text.rsplit_once("/kms/xks/v") else {
        return false;
    };
    let segment = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'_' | b'-');
    let prefix_fits = before.is_empty()
        || before
            .strip_prefix('/')
            .is_some_and(|rest| every(rest, segment));
    prefix_fits && version.len() <= 2 && every(version, |byte| byte.is_ascii_digit())
}

/// `^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$`
pub(crate) fn vpc_endpoint_service_name(text: &str) -> bool {
    let rest = text.strip_prefix("com").or_else(|| text.strip_prefix("eu"));
    let Some((region, id)) = rest.and_then(|rest| {
        rest.strip_prefix(".amazonaws.vpce.")?
            .split_once(".vpce-svc-")
    }) else {
        return false;
    };
    let mut words: Vec<&str> = region.split('-').collect();
    let number = words.pop().unwrap_or_default();
    (2..=3).contains(&words.len())
        && words
            .iter()
            .all(|word| every(word, |byte| byte.is_ascii_lowercase()))
        && every(number, |byte| byte.is_ascii_digit())
        && every(id, |byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit()
        })
}

/// `^[0-9]{12}$`
pub(crate) fn account_id(text: &str) -> bool {
    text.len() == 12 && every(text, |byte| byte.is_ascii_digit())
}

/// `^[A-Z2-7]+$`
pub(crate) fn proxy_access_key_id(text: &str) -> bool {
    every(text, |byte| {
        byte.is_ascii_uppercase() || matches!(byte, b'2'..=b'7')
    })
}

/// `^[a-zA-Z0-9\/+=]+$`
pub(crate) fn proxy_secret_access_key(text: &str) -> bool {
    every(text, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+' | b'=')
    })
}

/// `^[\u0020-\u00FF]*$`
pub(crate) fn marker(text: &str) -> bool {
    text.chars()
        .all(|character| ('\u{20}'..='\u{FF}').contains(&character))
}

/// Whether `text` is one or more bytes that all fit.
fn every(text: &str, fits: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_take_and_refuse_what_the_model_says() {
        type Row = (
            fn(&str) -> bool,
            &'static [&'static str],
            &'static [&'static str],
        );
        let rows: [Row; 8] = [
            (
                cluster_id,
                &["cluster-abcdefghijk", "cluster-2345672345672345"],
                &[
                    "cluster-abcdefghij",
                    "cluster-abcdefghij1",
                    "abcdefghijklmnopqrs",
                ],
            ),
            (
                uri_endpoint,
                &["https://xks.example.com", "https://a-b.c"],
                &[
                    "http://xks.example.com",
                    "https://",
                    "https://a/b",
                    "https://a:443",
                ],
            ),
            (
                uri_path,
                &[
                    "/kms/xks/v1",
                    "/a/kms/xks/v12",
                    "/a/b_c-d/kms/xks/v2",
                    "//kms/xks/v1/kms/xks/v1",
                ],
                &[
                    "/kms/xks/v",
                    "/kms/xks/v123",
                    "a/kms/xks/v1",
                    "//kms/xks/v1x",
                    "//kms/xks/v1",
                    "/a b/kms/xks/v1",
                ],
            ),
            (
                vpc_endpoint_service_name,
                &[
                    "com.amazonaws.vpce.eu-central-1.vpce-svc-0abc",
                    "eu.amazonaws.vpce.us-gov-west-1.vpce-svc-1",
                ],
                &[
                    "com.amazonaws.vpce.eu-1.vpce-svc-0",
                    "org.amazonaws.vpce.eu-central-1.vpce-svc-0",
                    "com.amazonaws.vpce.eu-central-1.vpce-svc-",
                    "com.amazonaws.vpce.a-b-c-d-1.vpce-svc-0",
                ],
            ),
            (
                account_id,
                &["111122223333"],
                &["11112222333", "11112222333a"],
            ),
            (
                proxy_access_key_id,
                &["ABCDEFGHIJ2345672345"],
                &["abc", "ABC1", ""],
            ),
            (proxy_secret_access_key, &["aZ09/+="], &["a-b", ""]),
            (marker, &["", "abc \u{FF}"], &["\u{1F}", "\u{100}"]),
        ];
        for (index, (fits, taken, refused)) in rows.into_iter().enumerate() {
            for text in taken {
                assert!(fits(text), "row {index} refuses {text:?}");
            }
            for text in refused {
                assert!(!fits(text), "row {index} takes {text:?}");
            }
        }
    }
}
