//! Pages of the web that describe what is printed: the API reference of the service.

use crate::list::List as _;
use crate::model::Shape;

/// Where the API references of AWS are.
const REFERENCES: &str = "://docs.aws.amazon.com/";

/// The API reference of one service, which has a page `API_CreateKey.html` for each operation and each type.
#[derive(Debug)]
pub(super) struct Pages {
    /// What the service is called, folded.
    names: Vec<String>,
}

impl Pages {
    /// The reference of a service.
    pub(super) fn of(service: &Shape) -> Pages {
        let sdk = service.traits.get("aws.api#service");
        let text = |key: &str| {
            sdk.and_then(|node| node.get(key))
                .and_then(|node| node.as_str())
        };
        let names = [
            text("sdkId"),
            text("arnNamespace"),
            text("endpointPrefix"),
            service.traits.str("smithy.api#title"),
        ];
        Pages {
            names: names.into_iter().flatten().map(folded).list(),
        }
    }

    /// The name of what an address of this reference describes.
    ///
    /// Services have types of the same name, so that the folder has to be that of this service. No model says how it
    /// is called: `AmazonCloudWatchLogs` for `CloudWatch Logs`, `config` for `Config Service`.
    pub(super) fn name<'u>(&self, url: &'u str) -> Option<&'u str> {
        let (_, path) = url.split_once(REFERENCES)?;
        let (folder, rest) = path.split_once('/')?;
        let (_, page) = rest.rsplit_once("/API_")?;
        let (name, _) = page.split_once(".html")?;
        let folder = folded(folder);
        let is_ours = |own: &String| {
            !own.is_empty() && (folder.contains(own.as_str()) || own.contains(&folder))
        };
        self.names.iter().any(is_ours).then_some(name)
    }
}

/// A name in lowercase letters and digits, without the name of the company before it.
fn folded(text: &str) -> String {
    let folded: String = text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let name = folded
        .strip_prefix("amazon")
        .or_else(|| folded.strip_prefix("aws"));
    name.unwrap_or(&folded).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Pages, folded};

    #[test]
    fn pages_of_other_services_are_not_ours() {
        let pages = |names: &[&str]| Pages {
            names: names.iter().map(|name| folded(name)).collect(),
        };
        let page = |folder: &str| {
            format!("https://docs.aws.amazon.com/{folder}/latest/APIReference/API_Tag.html#x")
        };
        for (names, folder, is_ours) in [
            (
                &["KMS", "kms", "AWS Key Management Service"][..],
                "kms",
                true,
            ),
            (
                &["KMS", "kms", "AWS Key Management Service"],
                "cloudhsm",
                false,
            ),
            (
                &["SQS", "sqs", "Amazon Simple Queue Service"],
                "AWSSimpleQueueService",
                true,
            ),
            (&["CloudWatch Logs", "logs"], "AmazonCloudWatchLogs", true),
            (&["Config Service", "config"], "config", true),
            (&["SageMaker"], "kms", false),
            (&[""], "kms", false),
        ] {
            let url = page(folder);
            let found = pages(names).name(&url);
            assert_eq!(found, is_ours.then_some("Tag"), "{names:?} {folder}");
        }
        let kms = pages(&["kms"]);
        for url in [
            "https://a.example/kms/API_Tag.html",
            "https://docs.aws.amazon.com/kms/latest/guide/tags.html",
        ] {
            assert_eq!(kms.name(url), None, "{url}");
        }
    }
}
