//! The partitions of AWS: groups of regions that share their domain names.

/// What is the same in all regions of a partition
/// ([specification](https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-partition-function)).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Partition {
    /// The name, as the second field of an ARN has it: `aws-us-gov`.
    pub name: &'static str,
    /// What hosts end in, without the leading dot: `amazonaws.com`.
    pub dns_suffix: &'static str,
    /// What hosts that answer over IPv4 and IPv6 end in, without the leading dot: `api.aws`.
    pub dual_stack_dns_suffix: &'static str,
    /// Whether services here may have endpoints validated to FIPS 140.
    pub supports_fips: bool,
    /// Whether services here may have endpoints that answer over IPv4 and IPv6.
    pub supports_dual_stack: bool,
    /// The region with which services sign that have one endpoint for the whole partition: `us-east-1`.
    pub implicit_global_region: &'static str,
}

/// A partition and the regions in it.
struct Entry {
    /// Regions are named `<prefix>-<word>-<number>`; these are the prefixes.
    prefixes: &'static [&'static str],
    /// The one name of a region that is not of that form: it stands for the partition as a whole.
    global: Option<&'static str>,
    partition: Partition,
}

/// An entry of the table; every partition there is supports FIPS and both IP versions.
const fn entry(
    name: &'static str,
    prefixes: &'static [&'static str],
    global: Option<&'static str>,
    implicit_global_region: &'static str,
    [dns_suffix, dual_stack_dns_suffix]: [&'static str; 2],
) -> Entry {
    let partition = Partition {
        name,
        dns_suffix,
        dual_stack_dns_suffix,
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region,
    };
    Entry {
        prefixes,
        global,
        partition,
    }
}

/// All partitions; the first takes the regions that no other one has.
static PARTITIONS: [Entry; 8] = [
    entry(
        "aws",
        &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
        Some("aws-global"),
        "us-east-1",
        ["amazonaws.com", "api.aws"],
    ),
    entry(
        "aws-cn",
        &["cn"],
        Some("aws-cn-global"),
        "cn-northwest-1",
        ["amazonaws.com.cn", "api.amazonwebservices.com.cn"],
    ),
    entry(
        "aws-eusc",
        &["eusc-de"],
        None,
        "eusc-de-east-1",
        ["amazonaws.eu", "api.amazonwebservices.eu"],
    ),
    entry(
        "aws-iso",
        &["us-iso"],
        Some("aws-iso-global"),
        "us-iso-east-1",
        ["c2s.ic.gov", "api.aws.ic.gov"],
    ),
    entry(
        "aws-iso-b",
        &["us-isob"],
        Some("aws-iso-b-global"),
        "us-isob-east-1",
        ["sc2s.sgov.gov", "api.aws.scloud"],
    ),
    entry(
        "aws-iso-e",
        &["eu-isoe"],
        Some("aws-iso-e-global"),
        "eu-isoe-west-1",
        ["cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"],
    ),
    entry(
        "aws-iso-f",
        &["us-isof"],
        Some("aws-iso-f-global"),
        "us-isof-south-1",
        ["csp.hci.ic.gov", "api.aws.hci.ic.gov"],
    ),
    entry(
        "aws-us-gov",
        &["us-gov"],
        Some("aws-us-gov-global"),
        "us-gov-west-1",
        ["amazonaws.com", "api.aws"],
    ),
];

/// The partition a region belongs to
/// ([specification](https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-partition-function)).
///
/// A region that is too new for the table is told by the form of its name; a name of no known form counts as a region of
/// the partition `aws`. So there always is an answer: the result is an option because rules treat it as one.
pub fn aws_partition(region: &str) -> Option<&'static Partition> {
    let prefix = numbered_prefix(region);
    PARTITIONS
        .iter()
        .find(|entry| {
            entry.global == Some(region)
                || prefix.is_some_and(|prefix| entry.prefixes.contains(&prefix))
        })
        .or(PARTITIONS.first())
        .map(|entry| &entry.partition)
}

/// The prefix of a region named `<prefix>-<word>-<number>`.
fn numbered_prefix(region: &str) -> Option<&str> {
    let (rest, number) = region.rsplit_once('-')?;
    let (prefix, word) = rest.rsplit_once('-')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = !word.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (is_number && is_word).then_some(prefix)
}

#[cfg(test)]
mod tests {
    use super::aws_partition;

    fn name(region: &str) -> &'static str {
        aws_partition(region).map_or("none", |partition| partition.name)
    }

    #[test]
    fn regions_of_each_partition() {
        for (region, partition) in [
            ("us-east-1", "aws"),
            ("ap-southeast-7", "aws"),
            ("mx-central-1", "aws"),
            ("aws-global", "aws"),
            ("cn-north-1", "aws-cn"),
            ("aws-cn-global", "aws-cn"),
            ("eusc-de-east-1", "aws-eusc"),
            ("us-iso-west-1", "aws-iso"),
            ("us-isob-west-1", "aws-iso-b"),
            ("eu-isoe-west-1", "aws-iso-e"),
            ("us-isof-south-1", "aws-iso-f"),
            ("aws-iso-f-global", "aws-iso-f"),
            ("us-gov-east-1", "aws-us-gov"),
            ("aws-us-gov-global", "aws-us-gov"),
        ] {
            assert_eq!(name(region), partition, "{region}");
        }
    }

    #[test]
    fn regions_to_come_are_told_by_their_form() {
        assert_eq!(name("us-gov-north-12"), "aws-us-gov");
        assert_eq!(name("cn-far_west-3"), "aws-cn");
        // Two words at most stand before the number in `aws`, so this is `iso` as a word, not as a partition.
        assert_eq!(name("us-iso-1"), "aws");
    }

    #[test]
    fn anything_else_is_aws() {
        for region in [
            "",
            "-",
            "local",
            "us-gov-west-",
            "us-gov--1",
            "us-gov-west-1a",
            "x-cn-north-1",
            "cn-nörth-1",
        ] {
            assert_eq!(name(region), "aws", "{region}");
        }
    }

    #[test]
    fn outputs_of_a_partition() {
        let partition = aws_partition("cn-northwest-1").expect("always there");
        assert_eq!(partition.dns_suffix, "amazonaws.com.cn");
        assert_eq!(
            partition.dual_stack_dns_suffix,
            "api.amazonwebservices.com.cn"
        );
        assert_eq!(partition.implicit_global_region, "cn-northwest-1");
        assert!(partition.supports_fips && partition.supports_dual_stack);
    }
}
