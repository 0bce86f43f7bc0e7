//! The types of the rules engine, and the functions and fields that it has.

use crate::api::Expr;

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    String,
    Boolean,
    Integer,
    Strings,
    Partition,
    Arn,
    Url,
}

/// An expression, its type, and whether its value may be missing.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) expr: Expr,
    pub(super) kind: Kind,
    pub(super) optional: bool,
}

/// The functions that the runtime holds: name, name there, types of the arguments, type of the result, whether it may be
/// missing.
pub(super) const FUNCTIONS: [(&str, &str, &[Kind], Kind, bool); 8] = [
    (
        "aws.partition",
        "aws_partition",
        &[Kind::String],
        Kind::Partition,
        true,
    ),
    (
        "aws.parseArn",
        "parse_arn",
        &[Kind::String],
        Kind::Arn,
        true,
    ),
    (
        "aws.isVirtualHostableS3Bucket",
        "is_virtual_hostable_s3_bucket",
        &[Kind::String, Kind::Boolean],
        Kind::Boolean,
        false,
    ),
    (
        "isValidHostLabel",
        "is_valid_host_label",
        &[Kind::String, Kind::Boolean],
        Kind::Boolean,
        false,
    ),
    ("parseURL", "parse_url", &[Kind::String], Kind::Url, true),
    (
        "split",
        "split",
        &[Kind::String, Kind::String, Kind::Integer],
        Kind::Strings,
        false,
    ),
    (
        "substring",
        "substring",
        &[Kind::String, Kind::Integer, Kind::Integer, Kind::Boolean],
        Kind::String,
        true,
    ),
    (
        "uriEncode",
        "uri_encode",
        &[Kind::String],
        Kind::String,
        false,
    ),
];

/// The fields of structured values: type, name, name in the runtime, type of the field.
pub(super) const FIELDS: [(Kind, &str, &str, Kind); 16] = [
    (Kind::Partition, "name", "name", Kind::String),
    (Kind::Partition, "dnsSuffix", "dns_suffix", Kind::String),
    (
        Kind::Partition,
        "dualStackDnsSuffix",
        "dual_stack_dns_suffix",
        Kind::String,
    ),
    (
        Kind::Partition,
        "supportsFIPS",
        "supports_fips",
        Kind::Boolean,
    ),
    (
        Kind::Partition,
        "supportsDualStack",
        "supports_dual_stack",
        Kind::Boolean,
    ),
    (
        Kind::Partition,
        "implicitGlobalRegion",
        "implicit_global_region",
        Kind::String,
    ),
    (Kind::Arn, "partition", "partition", Kind::String),
    (Kind::Arn, "service", "service", Kind::String),
    (Kind::Arn, "region", "region", Kind::String),
    (Kind::Arn, "accountId", "account_id", Kind::String),
    (Kind::Arn, "resourceId", "resource_id", Kind::Strings),
    (Kind::Url, "scheme", "scheme", Kind::String),
    (Kind::Url, "authority", "authority", Kind::String),
    (Kind::Url, "path", "path", Kind::String),
    (Kind::Url, "normalizedPath", "normalized_path", Kind::String),
    (Kind::Url, "isIp", "is_ip", Kind::Boolean),
];

/// A type in a sentence.
pub(super) fn describe(kind: Kind, optional: bool) -> &'static str {
    match (kind, optional) {
        (_, true) => "a value that may be missing",
        (Kind::String, _) => "a string",
        (Kind::Boolean, _) => "a boolean",
        (Kind::Integer, _) => "a whole number",
        (Kind::Strings, _) => "an array of strings",
        (Kind::Partition, _) => "a partition",
        (Kind::Arn, _) => "an ARN",
        (Kind::Url, _) => "a URL",
    }
}
