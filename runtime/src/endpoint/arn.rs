//! Names of AWS resources, taken apart.

/// An Amazon resource name
/// ([specification](https://smithy.io/2.0/aws/rules-engine/library-functions.html#arn-structure)).
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Arn<'a> {
    /// The partition: `aws`. Not checked against the partitions that are known.
    pub partition: &'a str,
    /// The service: `kms`.
    pub service: &'a str,
    /// The region; empty for resources that are in none.
    pub region: &'a str,
    /// The account; empty for resources that belong to none.
    pub account_id: &'a str,
    /// The resource, cut at each colon and each slash: `key`, `1234abcd-12ab-34cd-56ef-1234567890ab`. Never empty.
    pub resource_id: Vec<&'a str>,
}

/// Takes an ARN apart
/// ([specification](https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-parsearn-function)).
///
/// Returns `None` unless the value starts with `arn:`, has all six parts, and partition, service and resource are not
/// empty.
pub fn parse_arn(value: &str) -> Option<Arn<'_>> {
    let mut parts = value.splitn(6, ':');
    let mut next = || parts.next();
    let (prefix, partition, service) = (next()?, next()?, next()?);
    let (region, account_id, resource) = (next()?, next()?, next()?);
    if prefix != "arn" || partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    Some(Arn {
        partition,
        service,
        region,
        account_id,
        resource_id: resource.split([':', '/']).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::parse_arn;

    #[test]
    fn all_parts() {
        let arn = parse_arn("arn:aws:kms:us-east-1:111122223333:key/1234abcd/a:b").expect("an ARN");
        assert_eq!((arn.partition, arn.service), ("aws", "kms"));
        assert_eq!((arn.region, arn.account_id), ("us-east-1", "111122223333"));
        assert_eq!(arn.resource_id, ["key", "1234abcd", "a", "b"]);
        // The spelling counts in all parts, and none of them has to be one that is known.
        let arn = parse_arn("arn:Ä:s:r e:x:/").expect("an ARN");
        assert_eq!((arn.partition, arn.region), ("Ä", "r e"));
        assert_eq!(arn.resource_id, ["", ""]);
    }

    #[test]
    fn region_and_account_may_be_empty() {
        let arn = parse_arn("arn:aws:s3:::bucket/").expect("an ARN");
        assert_eq!((arn.region, arn.account_id), ("", ""));
        assert_eq!(arn.resource_id, ["bucket", ""]);
    }

    #[test]
    fn what_is_not_an_arn() {
        for value in [
            "",
            "arn",
            "arn:aws:s3:::",
            "arn:aws:s3::bucket",
            "arn::s3:::b",
            "arn:aws::r:a:b",
            "urn:aws:s3:::b",
            "ARN:aws:s3:::b",
            " arn:aws:s3:::b",
        ] {
            assert_eq!(parse_arn(value), None, "{value}");
        }
    }
}
