//! Tests of names that are hard to print.

use super::{lower_all, model, model_of};
use crate::api::Api;

/// The structures of these names, all members of one.
fn structures(names: &[&str]) -> Api {
    let members: Vec<String> = names
        .iter()
        .map(|name| format!(r#""m{name}": {{"target": "x#{name}"}}"#))
        .collect();
    let shapes = names.iter().map(|name| format!("\"x#{name}\": {{\"type\": \"structure\", \"members\": {{\"a\": {{\"target\": \"smithy.api#String\"}}}}}}"));
    let holder = format!(
        "\"x#Shape\": {{\"type\": \"structure\", \"members\": {{{}}}}}",
        members.join(", ")
    );
    lower_all(model_of(
        &[holder]
            .into_iter()
            .chain(shapes)
            .collect::<Vec<_>>()
            .join(",\n"),
    ))
}

fn fields(names: &[&str]) -> Vec<(String, String)> {
    let members: Vec<String> = names
        .iter()
        .map(|name| format!(r#""{name}": {{"target": "smithy.api#String"}}"#))
        .collect();
    let api = lower_all(model_of(&format!(
        "\"x#Shape\": {{\"type\": \"structure\", \"members\": {{{}}}}}",
        members.join(", ")
    )));
    api.record("Shape")
        .fields
        .iter()
        .map(|field| (field.name.to_string(), field.setter.to_string()))
        .collect()
}

#[test]
fn shapes_may_be_called_as_what_the_client_uses() {
    let names = [
        "Option", "Result", "String", "Vec", "Box", "Client", "Config", "Error", "Builder", "Unit",
        "Some", "Ok", "None", "Send", "Default", "Debug", "Types",
    ];
    let api = structures(&names);
    for name in names {
        assert_eq!(api.record(name).builder.as_str(), format!("{name}Builder"));
    }
    assert_eq!(api.record("Error").module.as_str(), "error_value");
    assert_eq!(api.record("Option").module.as_str(), "option");
}

#[test]
fn shapes_may_differ_only_after_case_is_changed() {
    let api = structures(&["FooBar", "Foo_Bar", "Self", "_2fa", "Foo", "FooBuilder"]);
    let names: Vec<&str> = api.types.iter().map(|ty| ty.name().as_str()).collect();
    assert_eq!(
        names,
        [
            "Foo",
            "FooBar",
            "FooBar2",
            "FooBuilder",
            "SelfValue",
            "Shape",
            "_2fa"
        ]
    );
    let modules: std::collections::BTreeSet<&str> =
        api.types.iter().map(|ty| ty.module().as_str()).collect();
    assert_eq!(modules.len(), names.len());
}

#[test]
fn members_may_be_called_as_keywords_and_methods() {
    let pairs = fields(&[
        "type",
        "self",
        "crate",
        "super",
        "gen",
        "async",
        "_2fa",
        "send",
        "build",
        "customize",
        "meta",
        "read_json",
        "2fa",
    ]);
    let names: Vec<_> = pairs
        .iter()
        .map(|(name, setter)| (name.as_str(), setter.as_str()))
        .collect();
    assert_eq!(
        names,
        [
            ("r#type", "set_type"),
            ("self_", "set_self"),
            ("crate_", "set_crate"),
            ("super_", "set_super"),
            ("r#gen", "set_gen"),
            ("r#async", "set_async"),
            ("_2_fa", "set_2_fa"),
            ("send_value", "set_send"),
            ("build_value", "set_build"),
            ("customize_value", "set_customize"),
            ("meta_value", "set_meta"),
            ("read_json_value", "set_read_json"),
            ("_2_fa_2", "set_2_fa_2"),
        ]
    );
}

#[test]
fn members_may_be_called_as_setters_of_others() {
    let pairs = fields(&["key", "setKey", "get_key", "Key_"]);
    let mut all: Vec<String> = pairs
        .iter()
        .flat_map(|(name, setter)| [name.clone(), setter.clone(), format!("get_{name}")])
        .collect();
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count, "{pairs:?}");
    assert_eq!(pairs[0].0, "key");
}

#[test]
fn values_of_enums_may_be_anything() {
    let values = [
        "",
        "2fa",
        "a",
        "A",
        "a-",
        "Unknown",
        "UnknownValue",
        "Self",
        "+",
        "!=",
        "a b",
        "ä",
        "\\u0000x",
        "r#fn",
        "true",
    ];
    let definitions: Vec<String> = values
        .iter()
        .map(|value| format!(r#"{{"value": "{value}"}}"#))
        .collect();
    let shape = format!(
        "\"x#Shape\": {{\"type\": \"string\", \"traits\": {{\"smithy.api#enum\": [{}]}}}}",
        definitions.join(", ")
    );
    let api = lower_all(model_of(&shape));
    let shape = api.enumeration("Shape");
    let names: Vec<&str> = shape
        .variants
        .iter()
        .map(|variant| variant.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "Empty",
            "X",
            "U21U3d",
            "U2b",
            "_2fa",
            "A2",
            "SelfValue",
            "UnknownValue_",
            "UnknownValue",
            "A",
            "AB",
            "A3",
            "RFn",
            "True",
            "Ue4"
        ]
    );
    assert_eq!(shape.unknown.as_str(), "Unknown");
    let docs = &shape.variants[1].doc.lines;
    assert!(docs.iter().all(|line| !line.contains('\0')), "{docs:?}");
}

#[test]
fn members_of_unions_may_be_called_unknown() {
    let api = lower_all(model_of(
        r#""x#Shape": {"type": "union", "members": {"unknown": {"target": "smithy.api#String"}, "self": {"target": "smithy.api#String"}}}"#,
    ));
    let names: Vec<_> = api
        .union("Shape")
        .variants
        .iter()
        .map(|variant| (variant.name.as_str(), variant.snake.as_str()))
        .collect();
    assert_eq!(
        names,
        [
            ("UnknownValue", "unknown_value"),
            ("SelfValue", "self_value")
        ]
    );
}

#[test]
fn operations_may_be_called_as_methods_of_the_client() {
    let names = ["Config", "New", "FromConf", "CreateAPIKey", "lower", "Type"];
    let shapes: Vec<String> = names
        .iter()
        .map(|name| format!("\"x#{name}\": {{\"type\": \"operation\"}}"))
        .collect();
    let api = lower_all(model(&names, &shapes.join(",\n")));
    let modules: Vec<&str> = api
        .operations
        .iter()
        .map(|operation| operation.module.as_str())
        .collect();
    assert_eq!(
        modules,
        [
            "config_value",
            "new_value",
            "from_conf_value",
            "create_api_key",
            "lower",
            "r#type"
        ]
    );
    let key = api.operation("CreateAPIKey");
    let names = [
        &key.name,
        &key.error,
        &key.fluent,
        &key.input.name,
        &key.input.builder,
    ]
    .map(|name| name.as_str().to_owned());
    assert_eq!(
        names,
        [
            "CreateAPIKey",
            "CreateAPIKeyError",
            "CreateAPIKeyFluentBuilder",
            "CreateApiKeyInput",
            "CreateApiKeyInputBuilder"
        ]
    );
    assert_eq!(api.operation("lower").name.as_str(), "Lower");

    let names = ["Client", "Error", "Types", "get_Thing_2", "_2Factor"];
    let shapes = names.map(|name| format!("\"x#{name}\": {{\"type\": \"operation\"}}"));
    let api = lower_all(model(&names, &shapes.join(",\n")));
    let named: Vec<_> = api
        .operations
        .iter()
        .map(|operation| (operation.name.as_str(), operation.wire.as_str()))
        .collect();
    // Types have no underscores between their words.
    assert_eq!(
        named,
        [
            ("Client", "Client"),
            ("Error", "Error"),
            ("Types", "Types"),
            ("GetThing2", "get_Thing_2"),
            ("_2Factor", "_2Factor")
        ]
    );
}

#[test]
fn errors_may_be_called_unhandled() {
    let api = lower_all(model(
        &["Op"],
        r#"
"x#Op": {"type": "operation", "errors": [{"target": "x#Unhandled"}, {"target": "x#Error"}]},
"x#Unhandled": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}},
"x#Error": {"type": "structure", "members": {"Message": {"target": "smithy.api#String"}, "meta": {"target": "smithy.api#String"}}, "traits": {"smithy.api#error": "client"}}"#,
    ));
    let names: Vec<_> = api
        .faults
        .iter()
        .map(|fault| (fault.record.name.as_str(), fault.code.as_str()))
        .collect();
    assert_eq!(names, [("Error", "Error"), ("UnhandledValue", "Unhandled")]);
    let fields = |at: usize| {
        api.faults[at]
            .record
            .fields
            .iter()
            .map(|field| field.name.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (fields(0), fields(1)),
        (
            vec!["message".to_owned(), "meta_value".to_owned()],
            vec!["message".to_owned()]
        )
    );
}
