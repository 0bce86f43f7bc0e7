//! What overlays change, where they fit.

use super::{Source, read_all};
use crate::model::{Model, Node};

const MODEL: &str = r#"{"smithy": "2.0", "shapes": {
    "a#S": {"type": "service", "operations": [{"target": "a#Do"}], "rename": {"a#Text": "Words"}},
    "a#Do": {"type": "operation", "input": {"target": "a#In"},
        "traits": {"smithy.waiters#waitable": {"Done": {"acceptors": []}}}},
    "a#In": {"type": "structure", "mixins": [{"target": "a#Mixin"}], "members": {"text": {"target": "a#Text"}}},
    "a#Mixin": {"type": "structure", "members": {"mixed": {"target": "a#Text", "traits": {"smithy.api#documentation": "one"}}},
        "traits": {"smithy.api#mixin": {}}},
    "a#Text": {"type": "string", "traits": {"smithy.api#length": {"min": 1, "max": 2}, "smithy.api#sensitive": {}}}
}}"#;

/// The model with overlays of these shapes, which must fit.
fn with(overlays: &[&str]) -> Model {
    let overlay = |shapes: &&str| {
        let text = format!(r#"{{"smithy": "2.0", "shapes": {{{shapes}}}}}"#);
        Source::overlay("overlay.json", Ok(text.into()))
    };
    let mut sources = vec![Source::model("model.json", Ok(MODEL.into()))];
    sources.extend(overlays.iter().map(overlay));
    let (model, diagnostics) = read_all(sources);
    model.unwrap_or_else(|| panic!("{diagnostics}"))
}

#[test]
fn a_patch_replaces_and_removes() {
    let model = with(&[
        r#""a#Text": {"type": "apply", "traits": {
            "smithy.api#length": {"min": 1, "max": 3},
            "farrier.overlay#patch": {"reason": "it is so",
                "expects": {"smithy.api#length": {"max": 2, "min": 1}, "smithy.api#sensitive": null}}}}"#,
        // A later overlay finds what an earlier one left.
        r#""a#Text": {"type": "apply", "traits": {
            "smithy.api#length": {"min": 1, "max": 4},
            "farrier.overlay#patch": {"reason": "it is so", "expects": {"smithy.api#length": {"min": 1, "max": 3}}}}}"#,
    ]);
    let text = model.shape("a#Text").unwrap();
    let max = text
        .traits
        .get("smithy.api#length")
        .and_then(|node| node.get("max")?.as_i64());
    assert_eq!(max, Some(4));
    assert!(!text.traits.has("smithy.api#sensitive"));
    assert!(!text.traits.has("farrier.overlay#patch"));
}

#[test]
fn members_are_patched_those_of_mixins_too() {
    let model = with(&[r#""a#In$mixed": {"type": "apply", "traits": {
            "farrier.overlay#patch": {"reason": "it is so", "expects": {"smithy.api#documentation": "one"}}}},
        "a#In$text": {"type": "apply", "traits": {"smithy.api#required": {}}}"#]);
    let members: Vec<_> = model.shape("a#In").unwrap().members().collect();
    assert!(members[0].traits.is_empty(), "{:?}", members[0]);
    assert!(members[1].traits.has("smithy.api#required"));
}

#[test]
fn renames_and_waiters_are_added_to_those_that_are_there() {
    let model = with(&[
        r#""a#S": {"type": "apply", "traits": {"farrier.overlay#rename": {"a#In": "Request"}}},
        "a#Do": {"type": "apply", "traits": {"smithy.waiters#waitable": {"Gone": {"acceptors": []}}}}"#,
    ]);
    let service = model.shape("a#S").unwrap().as_service().unwrap();
    let names: Vec<(&str, &str)> = service
        .rename
        .iter()
        .map(|(from, to)| (from.id.as_str(), to.as_str()))
        .collect();
    assert_eq!(names, [("a#Text", "Words"), ("a#In", "Request")]);
    let waiters = model
        .shape("a#Do")
        .unwrap()
        .traits
        .get("smithy.waiters#waitable");
    let waiters: Vec<&str> = waiters
        .and_then(Node::as_object)
        .unwrap()
        .iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(waiters, ["Done", "Gone"]);
}
