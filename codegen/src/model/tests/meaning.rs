//! What a model without faults means: order, merging, mixins, defaults, resources.

use super::{Source, read, read_all, shapes};
use crate::model::source::Version;
use crate::model::{Member, Model, Node, Shape, ShapeKind, Value};

fn names(model: &Model, id: &str) -> Vec<String> {
    model
        .shape(id)
        .into_iter()
        .flat_map(|shape| shape.members())
        .map(|member| member.name().to_owned())
        .collect()
}

fn member<'a>(shape: &'a Shape, name: &str) -> Option<&'a Member> {
    shape.members().find(|member| member.name() == name)
}

#[test]
fn shapes_and_members_keep_their_order() {
    let model = shapes(
        r#""z#Z": {"type": "structure", "members": {"b": {"target": "smithy.api#String"}, "a": {"target": "a#A"}}},
           "a#A": {"type": "union", "members": {"y": {"target": "smithy.api#Unit"}, "x": {"target": "z#Z"}}}"#,
    );
    let ids: Vec<&str> = model.shapes().map(|shape| shape.id.as_str()).collect();
    assert_eq!(ids, ["z#Z", "a#A"]);
    assert_eq!(names(&model, "z#Z"), ["b", "a"]);
    let member = model
        .shape("z#Z")
        .and_then(|shape| member(shape, "a"))
        .expect("it is there");
    assert_eq!(member.id.to_string(), "z#Z$a");
    assert_eq!(model.target(&member.target).id, "a#A");
    assert_eq!(model.files.version(member.span.file), Version::V2);
}

#[test]
fn places_count_lines_and_characters() {
    let text =
        "{\"smithy\": \"2.0\",\r\n \"shapes\": {\"a#Ä\u{1f40e}\": 1, \"a#B\": {\"type\": 1}}}";
    let (_, diagnostics) = read(text);
    assert_eq!(
        diagnostics.to_string(),
        "error[FA0012]: test.json:2:13: `a#Ä\u{1f40e}` is not a shape id, which reads namespace#Name\n\
         error[FA0008]: test.json:2:40: a#B: expected `type` to be a string, found a number"
    );
    let long = format!(
        "{{\"smithy\": \"2.0\", \"metadata\": {{\"é\": \"{}\"}}, \"shapes\": 1}}",
        "é".repeat(50_000)
    );
    let (_, diagnostics) = read(long.clone());
    let column = long.chars().count() - 1;
    assert!(
        diagnostics
            .to_string()
            .contains(&format!("test.json:1:{column}: expected `shapes`")),
        "{diagnostics}"
    );
}

#[test]
fn numbers_keep_their_digits() {
    let (model, _) = read(
        r#"{"smithy": "2", "metadata": {"a": -0.10e+5, "b": 123456789012345678901234567890}}"#,
    );
    let model = model.expect("it is a model");
    assert_eq!(
        model.metadata.get("a").and_then(Node::as_number),
        Some("-0.10e+5")
    );
    assert_eq!(
        model.metadata.get("b").and_then(Node::as_number),
        Some("123456789012345678901234567890")
    );
    assert_eq!(model.metadata.get("b").and_then(Node::as_i64), None);
}

#[test]
fn files_are_merged() {
    let first = r#"{"smithy": "1.0", "metadata": {"list": [1], "same": 2}, "shapes": {
        "a#S": {"type": "structure", "members": {"m": {"target": "b#T"}}, "traits": {"smithy.api#tags": ["x"]}},
        "a#S$m": {"type": "apply", "traits": {"smithy.api#documentation": "m"}}}}"#;
    let second = r#"{"smithy": "2.0", "metadata": {"list": [2], "same": 2}, "shapes": {
        "b#T": {"type": "string"},
        "a#S": {"type": "apply", "traits": {"smithy.api#tags": ["y"], "smithy.api#documentation": "s"}}}}"#;
    let (model, diagnostics) = read_all(vec![
        Source::model("1", Ok(first.into())),
        Source::overlay("2", Ok(second.into())),
    ]);
    let model = model.unwrap_or_else(|| panic!("{diagnostics}"));
    let shape = model.shape("a#S").expect("it is there");
    assert_eq!(
        shape
            .traits
            .get("smithy.api#tags")
            .and_then(Node::as_array)
            .map(<[Node]>::len),
        Some(2)
    );
    assert_eq!(shape.traits.str("smithy.api#documentation"), Some("s"));
    assert_eq!(
        member(shape, "m").and_then(|m| m.traits.str("smithy.api#documentation")),
        Some("m")
    );
    assert_eq!(
        model
            .metadata
            .get("list")
            .and_then(Node::as_array)
            .map(<[Node]>::len),
        Some(2)
    );
}

#[test]
fn the_same_file_twice_is_one() {
    let text = include_str!("everything.json");
    let one = || Source::model("a.json", Ok(text.into()));
    let (twice, diagnostics) = read_all(vec![one(), one()]);
    let (once, _) = read_all(vec![one()]);
    let (twice, once) = (
        twice.unwrap_or_else(|| panic!("{diagnostics}")),
        once.expect("it is a model"),
    );
    assert_eq!(twice.shapes().count(), once.shapes().count());
}

#[test]
fn mixins_come_first_and_own_traits_win() {
    let model = shapes(
        r#""a#User": {"type": "structure", "mixins": [{"target": "a#Second"}, {"target": "a#First"}],
             "members": {"own": {"target": "smithy.api#String"},
                         "f": {"target": "smithy.api#String", "traits": {"smithy.api#documentation": "own"}}},
             "traits": {"smithy.api#documentation": "user"}},
           "a#User$s": {"type": "apply", "traits": {"smithy.api#documentation": "applied"}},
           "a#Second": {"type": "structure", "mixins": [{"target": "a#First"}],
             "members": {"s": {"target": "smithy.api#String", "traits": {"smithy.api#documentation": "second"}}},
             "traits": {"smithy.api#mixin": {"localTraits": ["a#local"]}, "a#local": {}, "a#passed": 1,
                        "smithy.api#documentation": "second"}},
           "a#First": {"type": "structure", "members": {"f": {"target": "smithy.api#String"}},
             "traits": {"smithy.api#mixin": {}, "a#first": 2}}"#,
    );
    assert_eq!(names(&model, "a#User"), ["f", "s", "own"]);
    let user = model.shape("a#User").expect("it is there");
    let ids: Vec<&str> = user.traits.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["a#first", "a#passed", "smithy.api#documentation"]);
    let docs = |name: &str| {
        member(user, name).and_then(|member| member.traits.str("smithy.api#documentation"))
    };
    assert_eq!(user.traits.str("smithy.api#documentation"), Some("user"));
    assert_eq!(
        (docs("f"), docs("s"), docs("own")),
        (Some("own"), Some("applied"), None)
    );
    let second = model
        .shape("a#Second")
        .and_then(|shape| member(shape, "s"))
        .expect("it is there");
    assert_eq!(
        second.traits.str("smithy.api#documentation"),
        Some("second")
    );
    assert!(
        user.members()
            .all(|member| member.id.shape_text() == "a#User")
    );
}

#[test]
fn lists_inherit_their_member() {
    let model = shapes(
        r#""a#L": {"type": "list", "mixins": [{"target": "a#M"}]},
           "a#M": {"type": "list", "member": {"target": "smithy.api#Long"}, "traits": {"smithy.api#mixin": {}}}"#,
    );
    let ShapeKind::List { member } = &model.shape("a#L").expect("it is there").kind else {
        panic!()
    };
    assert_eq!(
        (member.id.as_str(), member.target().as_str()),
        ("a#L$member", "smithy.api#Long")
    );
}

#[test]
fn version_1_says_its_defaults() {
    let (model, diagnostics) = read(
        r#"{"smithy": "1.0", "shapes": {
            "a#Count": {"type": "integer"},
            "a#Boxed": {"type": "integer", "traits": {"smithy.api#box": {}}},
            "a#Port": {"type": "integer", "traits": {"smithy.api#range": {"min": 1}}},
            "a#Set": {"type": "set", "member": {"target": "smithy.api#String"}},
            "a#S": {"type": "structure", "members": {
                "zero": {"target": "a#Count"},
                "primitive": {"target": "smithy.api#PrimitiveBoolean"},
                "boxed": {"target": "a#Boxed"},
                "boxedHere": {"target": "a#Count", "traits": {"smithy.api#box": {}}},
                "prelude": {"target": "smithy.api#Integer"},
                "port": {"target": "a#Port"},
                "anyPort": {"target": "a#Port", "traits": {"smithy.api#range": {"min": 0}}},
                "negative": {"target": "a#Count", "traits": {"smithy.api#range": {"max": -1}}},
                "clientOptional": {"target": "a#Count", "traits": {"smithy.api#clientOptional": {}}},
                "text": {"target": "smithy.api#String"}}}}}"#,
    );
    let model = model.unwrap_or_else(|| panic!("{diagnostics}"));
    let shape = model.shape("a#S").expect("it is there");
    let default = |name: &str| {
        let member = member(shape, name).expect("it is there");
        member
            .traits
            .get("smithy.api#default")
            .map(|node| node.value.clone())
    };
    assert_eq!(default("zero"), Some(Value::Number("0".into())));
    assert_eq!(default("primitive"), Some(Value::Boolean(false)));
    assert_eq!(default("anyPort"), Some(Value::Number("0".into())));
    for name in [
        "boxed",
        "boxedHere",
        "prelude",
        "text",
        "port",
        "negative",
        "clientOptional",
    ] {
        assert_eq!(default(name), None, "{name}");
    }
    assert!(
        model
            .shape("a#Set")
            .is_some_and(|set| set.traits.has("smithy.api#uniqueItems"))
    );
}

#[test]
fn operations_of_resources_belong_to_the_service() {
    let operation = |name: &str| format!(r#""a#{name}": {{"type": "operation"}}"#);
    let operations = ["Own", "Create", "List", "Other", "Collect", "Deep"]
        .map(operation)
        .join(",");
    let model = shapes(&format!(
        r#"{operations},
           "a#Service": {{"type": "service", "version": "1", "operations": [{{"target": "a#Own"}}],
             "resources": [{{"target": "a#R"}}]}},
           "a#R": {{"type": "resource", "list": {{"target": "a#List"}}, "create": {{"target": "a#Create"}},
             "collectionOperations": [{{"target": "a#Collect"}}], "operations": [{{"target": "a#Other"}}],
             "resources": [{{"target": "a#Inner"}}]}},
           "a#Inner": {{"type": "resource", "read": {{"target": "a#Deep"}}}}"#
    ));
    let service = model
        .shapes()
        .find(|shape| shape.as_service().is_some())
        .expect("there is one");
    let found: Vec<&str> = model
        .service_operations(service)
        .iter()
        .map(|shape| shape.id.name())
        .collect();
    assert_eq!(found, ["Own", "Create", "List", "Other", "Collect", "Deep"]);
    let own = model
        .shape("a#Own")
        .and_then(|shape| shape.as_operation())
        .expect("it is one");
    assert!(model.target(&own.input).is_unit());
}
