//! What may stand in a host name.

/// Whether a value can be a label of a host name, or, with `allow_subdomains`, several with dots between them
/// ([specification](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#isvalidhostlabel-function)).
///
/// As in [RFC 1123](https://www.rfc-editor.org/rfc/rfc1123#page-13) a label has 1 to 63 letters, digits and hyphens, ASCII
/// only, no hyphen at either end.
pub fn is_valid_host_label(value: &str, allow_subdomains: bool) -> bool {
    if allow_subdomains {
        value.split('.').all(is_label)
    } else {
        is_label(value)
    }
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether an S3 bucket of this name can be addressed as part of the host name
/// ([specification](https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-isvirtualhostables3bucket-function)).
///
/// The name must be a host label (or, with `allow_subdomains`, several with dots between them) of 3 to 63 characters in
/// all, without upper case, and not look like an IPv4 address.
pub fn is_virtual_hostable_s3_bucket(value: &str, allow_subdomains: bool) -> bool {
    (3..=63).contains(&value.len())
        && is_valid_host_label(value, allow_subdomains)
        && !value.bytes().any(|byte| byte.is_ascii_uppercase())
        && !looks_like_ipv4(value)
}

/// Whether a value is four numbers with dots between them, of any size.
fn looks_like_ipv4(value: &str) -> bool {
    value.split('.').count() == 4
        && value
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::{is_valid_host_label, is_virtual_hostable_s3_bucket};

    #[test]
    fn host_labels() {
        let longest = "a".repeat(63);
        for label in ["a", "0", "a-b", "A1", longest.as_str()] {
            assert!(
                is_valid_host_label(label, false) && is_valid_host_label(label, true),
                "{label}"
            );
        }
        assert!(is_valid_host_label(&format!("{longest}.{longest}"), true));
        assert!(is_valid_host_label("a.b-c.d", true) && !is_valid_host_label("a.b-c.d", false));
        let too_long = "a".repeat(64);
        for label in [
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "-a",
            "a-",
            "a.-b",
            "a_b",
            "a b",
            "ä",
            "a/b",
            too_long.as_str(),
        ] {
            assert!(
                !is_valid_host_label(label, false) && !is_valid_host_label(label, true),
                "{label}"
            );
        }
    }

    #[test]
    fn buckets() {
        for bucket in ["abc", "a-b", "1bucket", "aa--bb--use1-az1--x-s3"] {
            assert!(is_virtual_hostable_s3_bucket(bucket, false), "{bucket}");
        }
        for bucket in ["my.bucket.name", "1.2.3", "1.2.3.4.5", "1.2.3.four"] {
            assert!(is_virtual_hostable_s3_bucket(bucket, true), "{bucket}");
            assert!(!is_virtual_hostable_s3_bucket(bucket, false), "{bucket}");
        }
        let too_long = "a".repeat(64);
        for bucket in [
            "",
            "ab",
            "Abc",
            "-abc",
            "abc-",
            "a.-b",
            "a-.b",
            "a..b",
            "a_b",
            "192.168.5.4",
            "999.1.1.1",
            too_long.as_str(),
        ] {
            assert!(!is_virtual_hostable_s3_bucket(bucket, true), "{bucket}");
        }
    }
}
