//! Tests of types: optionality, boxes, what values are, secrets.

use super::{faults_of, lower_all, model_of};
use crate::api::{Literal, Presence, TimestampFormat, Ty, TypeKind};
use crate::model::Source;

#[test]
fn optionality_is_that_of_a_careful_client() {
    let api = lower_all(model_of(
        r#"
"x#Shape": {"type": "structure", "members": {
    "plain": {"target": "smithy.api#String"},
    "required": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}},
    "requiredList": {"target": "x#Strings", "traits": {"smithy.api#required": {}}},
    "requiredStructure": {"target": "x#Leaf", "traits": {"smithy.api#required": {}}},
    "requiredUnion": {"target": "x#Choice", "traits": {"smithy.api#required": {}}},
    "clientOptional": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}, "smithy.api#clientOptional": {}}},
    "default": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 7}},
    "defaultRequired": {"target": "smithy.api#Boolean", "traits": {"smithy.api#default": false, "smithy.api#required": {}}},
    "defaultNull": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": null}},
    "defaultClientOptional": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 1, "smithy.api#clientOptional": {}}}
}},
"x#Leaf": {"type": "structure", "members": {"a": {"target": "smithy.api#String"}}},
"x#Choice": {"type": "union", "members": {"a": {"target": "smithy.api#String"}}},
"x#Strings": {"type": "list", "member": {"target": "smithy.api#String"}}"#,
    ));
    let record = api.record("Shape");
    let presence: Vec<_> = record
        .fields
        .iter()
        .map(|field| (field.wire.as_str(), &field.presence, field.required))
        .collect();
    let number = |value| Presence::Defaulted(Literal::Integer(value));
    assert_eq!(
        presence,
        [
            ("plain", &Presence::Optional, false),
            ("required", &Presence::Required, true),
            ("requiredList", &Presence::Required, true),
            ("requiredStructure", &Presence::Optional, true),
            ("requiredUnion", &Presence::Optional, true),
            ("clientOptional", &Presence::Optional, true),
            ("default", &number(7), false),
            (
                "defaultRequired",
                &Presence::Defaulted(Literal::Boolean(false)),
                true
            ),
            ("defaultNull", &Presence::Optional, false),
            ("defaultClientOptional", &Presence::Optional, false),
        ]
    );
    assert!(record.fallible());
    let Ty::Named(reference) = &api.operation("Op").output.field("it").ty else {
        panic!()
    };
    assert_eq!(reference.kind, TypeKind::FallibleRecord);
}

#[test]
fn every_member_of_an_input_can_be_missing() {
    let mut sources = super::model(
        &["Op", "Other"],
        r#"
"x#Op": {"type": "operation", "input": {"target": "x#Shared"}, "output": {"target": "x#Shared"}},
"x#Other": {"type": "operation"},
"x#Shared": {"type": "structure", "members": {
    "a": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}},
    "token": {"target": "smithy.api#String", "traits": {"smithy.api#idempotencyToken": {}}},
    "self": {"target": "x#Shared"}
}}"#,
    );
    let api = lower_all(std::mem::take(&mut sources));
    let operation = api.operation("Op");
    assert!(operation.input.field("a").optional() && operation.input.field("a").required);
    assert!(!operation.output.field("a").optional());
    assert!(operation.input.field("token").idempotency_token);
    assert!(!operation.output.field("token").idempotency_token);
    // A structure that is an input and a value too is printed as both.
    assert!(!api.record("Shared").field("a").optional());
    assert_eq!(
        (
            operation.input.name.as_str(),
            operation.output.name.as_str()
        ),
        ("OpInput", "OpOutput")
    );
    assert!(api.operation("Other").input.fields.is_empty());
}

#[test]
fn boxes_stand_where_a_value_holds_itself() {
    let api = lower_all(model_of(
        r#"
"x#Shape": {"type": "structure", "members": {
    "own": {"target": "x#Shape"}, "list": {"target": "x#Shapes"}, "map": {"target": "x#ByName"}, "union": {"target": "x#Tree"},
    "there": {"target": "x#There"}
}},
"x#Shapes": {"type": "list", "member": {"target": "x#Shape"}},
"x#ByName": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "x#Shape"}},
"x#Tree": {"type": "union", "members": {"leaf": {"target": "smithy.api#String"}, "branch": {"target": "x#Tree"}}},
"x#There": {"type": "structure", "members": {"back": {"target": "x#Back"}}},
"x#Back": {"type": "structure", "members": {"there": {"target": "x#There"}, "end": {"target": "x#End"}}},
"x#End": {"type": "structure", "members": {"a": {"target": "smithy.api#String"}}}"#,
    ));
    let boxed =
        |record: &str, field: &str| matches!(api.record(record).field(field).ty, Ty::Boxed(_));
    assert!(boxed("Shape", "own"));
    assert!(
        !boxed("Shape", "list")
            && !boxed("Shape", "map")
            && !boxed("Shape", "union")
            && !boxed("Shape", "there")
    );
    // Of a cycle of two, the member whose id comes first.
    assert!(boxed("Back", "there") && !boxed("There", "back") && !boxed("Back", "end"));
    assert!(matches!(
        api.union("Tree").variants[1].ty,
        Some(Ty::Boxed(_))
    ));
}

/// A chain of so many structures below the one that the operation takes.
fn chain(length: usize) -> Vec<crate::model::Source> {
    let mut shapes = String::from(
        r#""x#Shape": {"type": "structure", "members": {"next": {"target": "x#S0"}}}"#,
    );
    for at in 0..length {
        let next = match at + 1 {
            next if next == length => "smithy.api#String".to_owned(),
            next => format!("x#S{next}"),
        };
        shapes.push_str(&format!(",\n\"x#S{at}\": {{\"type\": \"structure\", \"members\": {{\"next\": {{\"target\": \"{next}\"}}}}}}"));
    }
    model_of(&shapes)
}

#[test]
fn chains_are_as_long_as_rustc_follows_them() {
    assert_eq!(lower_all(chain(47)).types.len(), 48);
    let faults = faults_of(chain(48), &[]);
    let message =
        "x#Shape: the types in Shape are nested in each other more deeply than rustc follows them";
    assert!(faults.contains(message), "{faults}");
}

#[test]
fn a_long_chain_does_not_exhaust_the_stack() {
    let faults = faults_of(chain(20_000), &[]);
    assert_eq!(faults.matches("FA0105").count(), 1, "{faults}");
}

#[test]
fn simple_values_and_collections() {
    let api = lower_all(model_of(
        r#"
"x#Shape": {"type": "structure", "members": {
    "byte": {"target": "smithy.api#Byte"}, "short": {"target": "smithy.api#Short"}, "long": {"target": "smithy.api#Long"},
    "float": {"target": "smithy.api#Float"}, "double": {"target": "smithy.api#Double"}, "blob": {"target": "smithy.api#Blob"},
    "big": {"target": "smithy.api#BigDecimal"}, "document": {"target": "smithy.api#Document"}, "level": {"target": "x#Level"},
    "at": {"target": "smithy.api#Timestamp"},
    "atTarget": {"target": "x#Date"},
    "atMember": {"target": "x#Date", "traits": {"smithy.api#timestampFormat": "http-date"}},
    "sparse": {"target": "x#Sparse"}, "keyed": {"target": "x#Keyed"}, "choice": {"target": "x#Choice"},
    "text": {"target": "smithy.api#String", "traits": {"smithy.api#default": "a"}},
    "bytes": {"target": "smithy.api#Blob", "traits": {"smithy.api#default": "YmxvYg=="}},
    "ratio": {"target": "smithy.api#Double", "traits": {"smithy.api#default": 1}},
    "list": {"target": "x#Sparse", "traits": {"smithy.api#default": []}}
}},
"x#Date": {"type": "timestamp", "traits": {"smithy.api#timestampFormat": "date-time"}},
"x#Level": {"type": "intEnum", "members": {"LOW": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1}}}},
"x#Sparse": {"type": "list", "member": {"target": "smithy.api#String"}, "traits": {"smithy.api#sparse": {}}},
"x#Keyed": {"type": "map", "key": {"target": "x#Color"}, "value": {"target": "x#Sparse"}},
"x#Color": {"type": "enum", "members": {"RED": {"target": "smithy.api#Unit"}}},
"x#Choice": {"type": "union", "members": {"nothing": {"target": "smithy.api#Unit"}, "text": {"target": "smithy.api#String"}}}"#,
    ));
    let record = api.record("Shape");
    let ty = |name: &str| record.field(name).ty.clone();
    let simple = [
        "byte", "short", "long", "float", "double", "blob", "big", "document", "level",
    ]
    .map(ty);
    assert_eq!(
        simple,
        [
            Ty::Byte,
            Ty::Short,
            Ty::Long,
            Ty::Float,
            Ty::Double,
            Ty::Blob,
            Ty::BigDecimal,
            Ty::Document,
            Ty::Integer
        ]
    );
    let formats = ["at", "atTarget", "atMember"].map(ty);
    use TimestampFormat::{DateTime, EpochSeconds, HttpDate};
    assert_eq!(
        formats,
        [EpochSeconds, DateTime, HttpDate].map(Ty::Timestamp)
    );
    let sparse = Ty::List {
        element: Box::new(Ty::String),
        sparse: true,
    };
    assert_eq!(ty("sparse"), sparse);
    let Ty::Map {
        key: Some(key),
        value,
        sparse: false,
    } = ty("keyed")
    else {
        panic!()
    };
    assert_eq!(
        (key.name.as_str(), key.kind, *value),
        ("Color", TypeKind::Enumeration, sparse)
    );
    assert_eq!(api.union("Choice").variants[0].ty, None);
    assert!(!api.enumeration("Color").read, "it is a key only");
    let default = |name: &str| match &record.field(name).presence {
        Presence::Defaulted(literal) => literal.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(default("text"), Literal::String("a".into()));
    assert_eq!(default("bytes"), Literal::Blob(b"blob".to_vec()));
    assert_eq!(default("ratio"), Literal::Float(1.0));
    assert_eq!(default("list"), Literal::EmptyList);
}

#[test]
fn secrets_are_found_through_targets_and_collections() {
    let api = lower_all(model_of(
        r#"
"x#Shape": {"type": "structure", "members": {
    "plain": {"target": "smithy.api#String"}, "secret": {"target": "x#Secret"}, "list": {"target": "x#Secrets"}, "map": {"target": "x#ByName"}
}},
"x#Secret": {"type": "string", "traits": {"smithy.api#sensitive": {}}},
"x#Secrets": {"type": "list", "member": {"target": "x#Secret"}},
"x#ByName": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "x#Secrets"}}"#,
    ));
    let secret: Vec<bool> = api
        .record("Shape")
        .fields
        .iter()
        .map(|field| field.sensitive)
        .collect();
    assert_eq!(secret, [false, true, true, true]);
}

#[test]
fn enums_of_smithy_1_are_enums() {
    let text = r##"{"smithy": "1.0", "shapes": {
"x#Service": {"type": "service", "version": "1", "operations": [{"target": "x#Op"}], "traits": {"aws.protocols#awsJson1_0": {}}},
"x#Op": {"type": "operation", "output": {"target": "x#Out"}},
"x#Out": {"type": "structure", "members": {"color": {"target": "x#Color"}, "plain": {"target": "x#Plain"}, "count": {"target": "smithy.api#PrimitiveInteger"}, "boxed": {"target": "smithy.api#Integer"}}},
"x#Color": {"type": "string", "traits": {"smithy.api#enum": [
    {"value": "r", "name": "RED", "documentation": "As fire."}, {"value": "o", "name": "OLD_ONE", "deprecated": true}
]}},
"x#Plain": {"type": "string", "traits": {"smithy.api#enum": [{"value": "dark-blue"}, {"value": "old"}]}}}}"##;
    let api = lower_all(vec![Source::model("x.json", Ok(text.into()))]);
    let variants = |name: &str| {
        let variants = api.enumeration(name).variants.iter();
        variants
            .map(|variant| format!("{}={}", variant.name, variant.wire))
            .collect::<Vec<_>>()
    };
    assert_eq!(variants("Color"), ["OldOne=o", "Red=r"]);
    assert_eq!(variants("Plain"), ["DarkBlue=dark-blue", "Old=old"]);
    let color = &api.enumeration("Color").variants;
    assert_eq!(color[1].doc.lines, ["As fire."]);
    assert_eq!(color[0].deprecated.as_deref(), Some(""));
    let output = &api.operation("Op").output;
    assert_eq!(
        output.field("count").presence,
        Presence::Defaulted(Literal::Integer(0))
    );
    assert!(output.field("boxed").optional());
}
