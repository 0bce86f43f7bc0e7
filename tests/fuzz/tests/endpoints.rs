//! The functions of endpoint rules hold for any text.

use farrier_fuzz::{ANY_NUMBER, TIME, Target, bounded};
use farrier_runtime::endpoint::{
    aws_partition, element, is_valid_host_label, is_virtual_hostable_s3_bucket, parse_arn,
    parse_url, split, substring, uri_encode,
};

const SEEDS: &[&[u8]] = &[
    b"https://user:secret@example.com:8443/a%2Fb/#c",
    b"http://[fe80::1]:80",
    b"https://127.0.0.1/a",
    b"arn:aws:kms:us-east-1:111122223333:key/1234abcd/a:b",
    b"arn:aws:s3:::bucket",
    b"us-gov-west-1",
    b"eusc-de-east-1",
    b"a-label.of-some.host-42",
    b"--x-s3--usw2-az1--",
    "b\u{fc}cket \u{1f600}".as_bytes(),
];

/// Of an ARN or of a list every byte can be a piece, of 16 bytes, in a list that doubles; a URL is copied a few times.
const PER_BYTE: usize = 64;

#[test]
fn endpoints() {
    let target = Target::new("endpoints", SEEDS);
    bolero::check!()
        .with_iterations(ANY_NUMBER)
        .with_test_time(TIME)
        .for_each(|input| target.try_both(input, all));
    target.met_both();
}

/// Whether it is a URL, an ARN or a label.
fn all(input: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(input) else {
        return false;
    };
    let is_url = url(text);
    let is_arn = arn(text);
    let is_label = labels(text);
    pieces(text);
    encoded(text);
    let partition = aws_partition(text).expect("there always is one");
    assert!(!partition.name.is_empty() && !partition.dns_suffix.is_empty());
    is_url || is_arn || is_label
}

fn url(text: &str) -> bool {
    let Some(url) = bounded(PER_BYTE, text.len(), || parse_url(text)) else {
        return false;
    };
    assert!(matches!(url.scheme, "http" | "https"));
    assert!(!url.authority.is_empty() && !url.authority.contains(['/', '@', '?', '#']));
    assert!(url.path.starts_with('/') && url.normalized_path.ends_with('/'));
    assert_eq!(
        url.normalized_path.trim_end_matches('/'),
        url.path.trim_end_matches('/')
    );
    // Put together again it is the same URL, and one that can be called.
    let whole = format!("{}://{}{}", url.scheme, url.authority, url.path);
    assert_eq!(parse_url(&whole).as_ref(), Some(&url));
    true
}

fn arn(text: &str) -> bool {
    let Some(arn) = bounded(PER_BYTE, text.len(), || parse_arn(text)) else {
        return false;
    };
    assert!(!arn.partition.is_empty() && !arn.service.is_empty() && !arn.resource_id.is_empty());
    let head = [
        "arn",
        arn.partition,
        arn.service,
        arn.region,
        arn.account_id,
    ]
    .join(":");
    let resource = text
        .strip_prefix(&head)
        .and_then(|rest| rest.strip_prefix(':'));
    let resource = resource.expect("the resource follows");
    assert_eq!(arn.resource_id.join(":"), resource.replace('/', ":"));
    true
}

fn labels(text: &str) -> bool {
    let is_label = is_valid_host_label(text, false);
    let are_labels = is_valid_host_label(text, true);
    assert!(are_labels || !is_label);
    assert_eq!(
        are_labels,
        text.split('.')
            .all(|label| is_valid_host_label(label, false))
    );
    if is_label {
        assert!(parse_url(&format!("https://{text}.example.com")).is_some());
    }
    for subdomains in [false, true] {
        let is_bucket = is_virtual_hostable_s3_bucket(text, subdomains);
        assert!(!is_bucket || is_valid_host_label(text, subdomains));
    }
    is_label
}

fn pieces(text: &str) {
    let numbers = text
        .bytes()
        .chain([0, 0])
        .map(usize::from)
        .collect::<Vec<_>>();
    let (start, stop) = (numbers[0] % 32, numbers[1] % 32);
    for reverse in [false, true] {
        match substring(text, start, stop, reverse) {
            Some(piece) => assert!(piece.len() == stop - start && text.contains(piece)),
            None => assert!(start >= stop || stop > text.len() || !text.is_ascii()),
        }
    }
    for delimiter in ["--", ":", "", "aa"] {
        for limit in [0, 1, 3] {
            let found = bounded(PER_BYTE, text.len(), || split(text, delimiter, limit));
            assert!(!found.is_empty() && (limit == 0 || found.len() <= limit));
            assert_eq!(found.join(delimiter), text);
            assert_eq!(element(&found, 0), found.first().copied());
            assert_eq!(element(&found, -1), found.last().copied());
            assert_eq!(element(&found, i32::MIN), None);
            assert_eq!(element(&found, i32::MAX), None);
        }
    }
}

fn encoded(text: &str) {
    let encoded = bounded(PER_BYTE, text.len(), || uri_encode(text));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%".contains(&byte);
    assert!(encoded.bytes().all(plain));
    let mut decoded = Vec::new();
    let mut rest = encoded.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        decoded.push(match byte {
            b'%' => {
                let (digits, after) = rest.split_at(2);
                rest = after;
                let digits = std::str::from_utf8(digits).expect("two digits");
                u8::from_str_radix(digits, 16).expect("two digits")
            }
            byte => byte,
        });
    }
    assert_eq!(decoded, text.as_bytes());
}
