//! Case: how the words of a model's name are found and put together.

use crate::list::List as _;

/// Names of units and protocols that are one word however they are cased.
const WHOLE_WORDS: [&str; 7] = ["ipv4", "ipv6", "sigv4", "mib", "gib", "kib", "ttl"];

/// The name in snake case, as members and operations have it: `CustomKeyStoreId` is `custom_key_store_id`.
///
/// The result is not yet an identifier: it may be empty, a keyword, or start with a digit.
pub(crate) fn snake(text: &str) -> String {
    let chars: Vec<char> = text.chars().list();
    let all_lower = !chars.iter().any(|c| c.is_ascii_uppercase());
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for (at, &next) in chars.iter().enumerate() {
        if !next.is_ascii_alphanumeric() {
            words.push(std::mem::take(&mut word));
            continue;
        }
        if starts_word(&word, &chars[at..], all_lower) {
            words.push(std::mem::take(&mut word));
        }
        word.push(next);
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words.join("_").to_ascii_lowercase()
}

/// Whether the first of `rest` begins a new word after `word`.
fn starts_word(word: &str, rest: &[char], all_lower: bool) -> bool {
    let (Some(last), Some(&next)) = (word.chars().last(), rest.first()) else {
        return false;
    };
    if !in_whole_word(word, rest) {
        // KeyId, Sha256Digest
        if next.is_ascii_uppercase() && (last.is_ascii_lowercase() || last.is_ascii_digit()) {
            return true;
        }
        // s3key
        if all_lower && last.is_ascii_digit() && next.is_ascii_lowercase() {
            return true;
        }
    }
    ends_acronym(last, rest)
}

/// Whether `word` and what follows are a whole word, and `word` alone is not.
fn in_whole_word(word: &str, rest: &[char]) -> bool {
    let word = word.to_ascii_lowercase();
    if WHOLE_WORDS.contains(&word.as_str()) {
        return false;
    }
    let longest = WHOLE_WORDS
        .iter()
        .map(|whole| whole.len())
        .max()
        .unwrap_or(0);
    let text: String = word
        .chars()
        .chain(rest.iter().take(longest).map(char::to_ascii_lowercase))
        .collect();
    WHOLE_WORDS.iter().any(|whole| text.starts_with(whole))
}

/// Whether an acronym has ended: at `P` of `DBProxy`, but not at `L` of `ACLs` or at `B` of `DynamoDBv2`.
fn ends_acronym(last: char, rest: &[char]) -> bool {
    let &[next, after, ..] = rest else {
        return false;
    };
    if !(last.is_ascii_uppercase() && next.is_ascii_uppercase() && after.is_ascii_lowercase()) {
        return false;
    }
    let beyond = rest.get(2);
    let plural = after == 's' && !beyond.is_some_and(char::is_ascii_lowercase);
    let version = after == 'v' && beyond.is_some_and(char::is_ascii_digit);
    !plural && !version
}

/// The name in Pascal case, as types and variants have it: `KMSInternalException` is `KmsInternalException`.
///
/// The result is not yet an identifier: it may be empty, a keyword, or start with a digit.
pub(crate) fn pascal(text: &str) -> String {
    let chars: Vec<char> = text.chars().list();
    let mut name = String::new();
    let mut capital = true;
    for (at, &next) in chars.iter().enumerate() {
        if !next.is_ascii_alphanumeric() {
            capital = true;
            continue;
        }
        let last = at.checked_sub(1).map(|before| chars[before]);
        let after = chars.get(at + 1);
        let begins = next.is_ascii_uppercase()
            && last.is_some_and(|last| {
                let acronym =
                    last.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase);
                acronym || last.is_ascii_lowercase() || last.is_ascii_digit()
            });
        if capital || begins {
            name.push(next.to_ascii_uppercase());
        } else {
            name.push(next.to_ascii_lowercase());
        }
        capital = false;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::{pascal, snake};

    #[test]
    fn snake_case_is_that_of_the_official_sdks() {
        for (text, expected) in [
            ("CustomKeyStoreId", "custom_key_store_id"),
            ("CMKs", "cmks"),
            ("KMSInternalException", "kms_internal_exception"),
            (
                "CustomKeyStoreHasCmKsException",
                "custom_key_store_has_cm_ks_exception",
            ),
            ("AWSAccountId", "aws_account_id"),
            ("DBProxy", "db_proxy"),
            ("IAMUser", "iam_user"),
            ("ACLs", "acls"),
            ("ARNs", "arns"),
            ("DynamoDBv2", "dynamo_dbv2"),
            ("s3key", "s3_key"),
            ("S3Key", "s3_key"),
            ("Ipv6Address", "ipv6_address"),
            ("IPv4", "ipv4"),
            ("sizeInMiB", "size_in_mib"),
            ("TtlSeconds", "ttl_seconds"),
            ("XksProxyURIEndpoint", "xks_proxy_uri_endpoint"),
            ("_2fa", "2_fa"),
            ("a--b", "a_b"),
            ("", ""),
        ] {
            assert_eq!(snake(text), expected, "{text}");
        }
    }

    #[test]
    fn pascal_case_is_that_of_the_official_sdks() {
        for (text, expected) in [
            ("KMSInternalException", "KmsInternalException"),
            (
                "CustomKeyStoreHasCMKsException",
                "CustomKeyStoreHasCmKsException",
            ),
            ("SYMMETRIC_DEFAULT", "SymmetricDefault"),
            ("RSA_2048", "Rsa2048"),
            ("RSAES_OAEP_SHA_1", "RsaesOaepSha1"),
            ("ECC_NIST_P256", "EccNistP256"),
            ("AutoMLJobName", "AutoMlJobName"),
            ("ml.m5.large", "MlM5Large"),
            ("tag", "Tag"),
            ("S3Key", "S3Key"),
            ("", ""),
        ] {
            assert_eq!(pascal(text), expected, "{text}");
        }
    }
}
