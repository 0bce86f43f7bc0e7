//! models/kms.json says what the published model says, and the newer things that are known; words aside.

mod node;

use farrier_conformance::{repository, say, shared};
use node::Node;
use std::path::Path;

/// Traits whose words and rules are the repository's own.
const OURS: [&str; 5] = [
    "smithy.api#documentation",
    "smithy.api#examples",
    "smithy.rules#endpointBdd",
    "smithy.rules#endpointRuleSet",
    "smithy.rules#endpointTests",
];

/// What models/kms.json has beyond the model published in August 2026: `Encapsulate` and `Decapsulate` with what they
/// brought (facts from aws-sdk-kms 1.129.0), and the filter of `ListKeys` (from botocore 1.44).
const NEWER: [&str; 26] = [
    "shapes + Decapsulate",
    "shapes + DecapsulateRequest",
    "shapes + DecapsulateResponse",
    "shapes + Encapsulate",
    "shapes + EncapsulateRequest",
    "shapes + EncapsulateResponse",
    "shapes + EncapsulationAlgorithmSpec",
    "shapes + EncapsulationAlgorithmSpecList",
    "shapes + ResourceOwnerType",
    "shapes + ResourceOwnersList",
    "DataKeyPairSpec + ML_KEM_512",
    "DataKeyPairSpec + ML_KEM_768",
    "DataKeyPairSpec + ML_KEM_1024",
    "GetPublicKeyResponse + EncapsulationAlgorithms",
    "GrantOperation + Encapsulate",
    "GrantOperation + Decapsulate",
    "KeyLastUsageTrackingOperation + Encapsulate",
    "KeyLastUsageTrackingOperation + Decapsulate",
    "KeyMetadata + EncapsulationAlgorithms",
    "KeySpec + ML_KEM_512",
    "KeySpec + ML_KEM_768",
    "KeySpec + ML_KEM_1024",
    "KeyUsageType + ENCAPSULATE_DECAPSULATE",
    "ListKeysRequest + ResourceOwners",
    "TrentService + Decapsulate",
    "TrentService + Encapsulate",
];

/// What differs, and what only our model has.
#[derive(Debug, Default)]
struct Comparison {
    differences: Vec<String>,
    additions: Vec<String>,
}

impl Comparison {
    /// Names that are published must be in ours, in the same order; what ours has more is an addition.
    fn names(&mut self, place: &str, published: &[&str], ours: &[&str]) {
        let (kept, added): (Vec<&str>, Vec<&str>) =
            ours.iter().partition(|name| published.contains(name));
        if kept != published {
            self.differences.push(format!(
                "{place}: missing or out of order: {published:?} and {kept:?}"
            ));
        }
        let added = added.into_iter().map(|name| format!("{place} + {name}"));
        self.additions.extend(added);
    }

    fn value(&mut self, place: &str, published: &Node, ours: &Node) {
        if published != ours {
            self.differences
                .push(format!("{place}: {published:?} and {ours:?}"));
        }
    }

    fn shape(&mut self, name: &str, mut published: Node, mut ours: Node) {
        let (members, our_members) = (published.take("members"), ours.take("members"));
        self.names(name, &members.keys(), &our_members.keys());
        for (member, value) in members.entries() {
            let place = format!("{name}${member}");
            self.value(
                &place,
                value,
                our_members.get(member).unwrap_or(&Node::Null),
            );
        }
        let (operations, our_operations) = (published.take("operations"), ours.take("operations"));
        self.names(name, &targets(&operations), &targets(&our_operations));
        self.value(name, &published, &ours);
    }
}

fn targets(operations: &Node) -> Vec<&str> {
    operations.items().iter().map(target).collect()
}

fn target(reference: &Node) -> &str {
    match reference.get("target") {
        Some(Node::Text(id)) => local(id),
        other => panic!("{other:?} is no target"),
    }
}

fn local_keys(shapes: &Node) -> Vec<&str> {
    shapes.keys().into_iter().map(local).collect()
}

fn local(id: &str) -> &str {
    id.strip_prefix("com.amazonaws.kms#").unwrap_or(id)
}

/// The facts of a node: words are dropped, and of the words of a deprecation is kept that there are some.
fn facts(node: Node) -> Node {
    match node {
        Node::Object(members) => {
            let told = members
                .into_iter()
                .filter(|(name, _)| !OURS.contains(&name.as_str()));
            let fact = |(name, value): (String, Node)| {
                let mut value = facts(value);
                if name == "smithy.api#deprecated" {
                    value.set_if_there("message", Node::Text(String::new()));
                }
                // A member that had but words has no traits.
                let bare = name == "traits" && value.entries().is_empty();
                (!bare).then_some((name, value))
            };
            Node::Object(told.filter_map(fact).collect())
        }
        Node::Array(items) => Node::Array(items.into_iter().map(facts).collect()),
        other => other,
    }
}

fn read(path: &Path) -> Node {
    let text = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn compare(mut published: Node, mut ours: Node) -> Comparison {
    let mut comparison = Comparison::default();
    let (shapes, mut our_shapes) = (facts(published.take("shapes")), facts(ours.take("shapes")));
    assert!(
        !shapes.entries().is_empty(),
        "the published model has shapes"
    );
    comparison.value("head", &published, &ours);
    comparison.names("shapes", &local_keys(&shapes), &local_keys(&our_shapes));
    for (id, shape) in shapes.into_entries() {
        let our_shape = our_shapes.take(&id);
        comparison.shape(local(&id), shape, our_shape);
    }
    comparison
}

#[test]
fn the_facts_are_those_of_the_published_model() {
    let Some(published) = shared("models/kms-2026-08.json") else {
        return;
    };
    let comparison = compare(
        read(&published),
        read(&repository().join("models/kms.json")),
    );
    assert!(
        comparison.differences.is_empty(),
        "{:#?}",
        comparison.differences
    );
    assert_eq!(comparison.additions, NEWER);
    say(&format!(
        "models/kms.json: no difference, {} known additions",
        NEWER.len()
    ));
}

#[test]
fn a_changed_fact_is_seen() {
    let path = repository().join("models/kms.json");
    let text = std::fs::read_to_string(&path).expect("the model");
    // The model after a change to its text, which has to fit once.
    let changes = [
        (r#""max": 1000"#, r#""max": 1001"#),
        (
            r#""com.amazonaws.kms#TagList": {"#,
            r#""com.amazonaws.kms#Tags": {"#,
        ),
        (r#""smithy": "2.0""#, r#""smithy": "2""#),
        (
            r#""smithy.api#sensitive": {}"#,
            r#""smithy.api#internal": {}"#,
        ),
        (
            r#""smithy.api#httpError": 404"#,
            r#""smithy.api#httpError": 400"#,
        ),
        (r#""sdkId": "KMS""#, r#""sdkId": "Kms""#),
    ];
    for (before, after) in changes {
        let changed = text.replacen(before, after, 1);
        if changed == text {
            panic!("{before} is not in the model");
        }
        let changed = serde_json::from_str(&changed).expect("JSON");
        let comparison = compare(read(&path), changed);
        assert!(!comparison.differences.is_empty(), "{after} is not seen");
    }
    let comparison = compare(read(&path), read(&path));
    assert!(comparison.differences.is_empty() && comparison.additions.is_empty());
}
