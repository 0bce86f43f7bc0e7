//! Models whose texts are meant to get out of where they stand.

use serde_json::{Map, Value, json};

/// The names of the models that are printed, each with its model.
pub(crate) fn printed() -> Vec<(&'static str, Value)> {
    vec![
        ("depths", depths()),
        ("texts", texts()),
        ("names", names()),
        ("rules", rules()),
    ]
}

/// What a text is, so that whoever takes it for code, a comment, a template, an attribute or a path is found out. The word
/// in it stands for the place where it was put.
const ATTACKS: [&str; 18] = [
    "*/ pub fn WORD() {} /*",
    "\"] pub fn WORD() {} #[doc = \"",
    "\"#; pub fn WORD() {} //",
    "\"###; pub fn WORD() {} //",
    "a\n}\npub fn WORD() {}\n//! WORD\n#![WORD]",
    "a\r\npub fn WORD() {}\rpub fn WORD() {}",
    "a\u{2028}pub fn WORD() {}\u{2029}\u{85}pub fn WORD() {}\u{b}\u{c}",
    "\u{202e}}{)(WORD\u{2066}\u{2069}\u{200f}\u{feff}",
    "\u{0}WORD\u{7f}\u{1b}[31m\u{1}",
    "WORD\\",
    "'WORD' \\u{41} \\x41 \\\" \\n",
    "{WORD} {0} {{WORD}} {:?} {} {WORD:?}",
    "```\n```rust\nWORD();\n```\n~~~\n    WORD();\n`WORD",
    "</p><script>WORD()</script><!-- WORD <code>`WORD`",
    "[WORD](crate::WORD) [`crate::WORD`] ](WORD) [WORD]: http://WORD",
    "#![cfg(WORD)] #[macro_use] include!(\"WORD\") env!(\"WORD\")",
    "$WORD ${AWS::WORD} %WORD% $(WORD) `WORD`",
    "\u{e9}\u{1f600}\u{301}WORD\u{200d}\u{e000}\u{10ffff}",
];

/// Hands out texts: each in turn, with a word of its own.
pub(crate) struct Texts(usize);

impl Texts {
    /// The next text.
    pub(crate) fn next(&mut self) -> Value {
        self.0 += 1;
        let attack = ATTACKS[self.0 % ATTACKS.len()];
        json!(attack.replace("WORD", &format!("planted{}", self.0)))
    }

    /// Why something is not to be used any more.
    fn deprecated(&mut self) -> Value {
        json!({"smithy.api#deprecated": {"message": self.next(), "since": self.next()}})
    }

    /// A value of a shape's `traits` with texts wherever there are texts.
    fn traits(&mut self) -> Value {
        json!({
            "smithy.api#documentation": self.next(),
            "smithy.api#externalDocumentation": {"x": self.next()},
            "smithy.api#tags": [self.next()],
            "planted#foreign": {"a": self.next()},
        })
    }
}

fn with(mut traits: Value, more: Value) -> Value {
    let (Some(all), Value::Object(more)) = (traits.as_object_mut(), more) else {
        panic!("traits are objects");
    };
    all.extend(more);
    traits
}

/// A model of these shapes, with a service that has these operations and traits.
fn model(operations: &[&str], traits: Value, mut shapes: Map<String, Value>) -> Value {
    let operations: Vec<Value> = operations
        .iter()
        .map(|name| json!({"target": format!("hostile#{name}")}))
        .collect();
    let usual = json!({"aws.protocols#awsJson1_1": {}, "aws.auth#sigv4": {"name": "hostile"}});
    let service = json!({
        "type": "service", "version": "1", "operations": operations, "traits": with(usual, traits),
    });
    shapes.insert("hostile#Service".to_owned(), service);
    json!({"smithy": "2.0", "metadata": {"planted": "*/ planted0 /*"}, "shapes": shapes})
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is no object"),
    }
}

/// Texts in every place where a model has any.
fn texts() -> Value {
    let mut t = Texts(0);
    let mut values = Map::new();
    for at in 0..ATTACKS.len() {
        let traits =
            json!({"smithy.api#enumValue": t.next(), "smithy.api#documentation": t.next()});
        values.insert(
            format!("V{at}"),
            json!({"target": "smithy.api#Unit", "traits": traits}),
        );
    }
    let old: Vec<Value> = (0..ATTACKS.len())
        .map(|_| json!({"value": t.next(), "documentation": t.next(), "tags": [t.next()]}))
        .collect();
    let mut members = Map::new();
    for at in 0..ATTACKS.len() {
        let traits = with(
            t.traits(),
            json!({"smithy.api#default": t.next(), "smithy.api#jsonName": t.next()}),
        );
        // Waiters look at the first two.
        let traits = match at {
            0 | 1 => traits,
            _ => with(traits, t.deprecated()),
        };
        members.insert(
            format!("m{at}"),
            json!({"target": "smithy.api#String", "traits": traits}),
        );
    }
    members.insert(
        "document".to_owned(),
        json!({"target": "smithy.api#Document", "traits": {"smithy.api#default": t.next()}}),
    );
    members.insert(
        "values".to_owned(),
        json!({"target": "hostile#Values", "traits": t.traits()}),
    );
    members.insert(
        "old".to_owned(),
        json!({"target": "hostile#OldValues", "traits": t.traits()}),
    );
    members.insert(
        "choice".to_owned(),
        json!({"target": "hostile#Choice", "traits": t.traits()}),
    );
    for (at, pattern) in [
        "planted1\"#[doc]",
        "^planted2\\u0000\\\"*/$",
        "[\"'\\]#{}/*]planted3",
        "\u{202e}planted4\u{0}\n\r",
    ]
    .into_iter()
    .enumerate()
    {
        let traits = json!({"smithy.api#pattern": pattern, "smithy.api#length": {"min": 1, "max": 9223372036854775807_i64}});
        members.insert(
            format!("pattern{at}"),
            json!({"target": "smithy.api#String", "traits": traits}),
        );
    }
    let waiter = |t: &mut Texts| {
        let expected = t.next();
        json!({
            "documentation": t.next(), "deprecated": true, "tags": [t.next()], "minDelay": 1, "maxDelay": 2147483647,
            "acceptors": [
                {"state": "success", "matcher": {"output": {"path": "it.m0", "expected": expected, "comparator": "stringEquals"}}},
                {"state": "retry", "matcher": {"output": {
                    "path": "it.m1 == '*/ planted0 /* \"] #[x]'", "expected": "true", "comparator": "booleanEquals"}}},
                {"state": "failure", "matcher": {"errorType": t.next()}},
            ],
        })
    };
    let shapes = object(json!({
        "hostile#Do": {
            "type": "operation", "input": {"target": "hostile#In"}, "output": {"target": "hostile#Out"},
            "errors": [{"target": "hostile#Fault"}],
            "traits": with(t.traits(), json!({
                "smithy.waiters#waitable": {"Waiter": waiter(&mut t), "Other": waiter(&mut t)},
                "smithy.api#examples": [{"title": t.next(), "documentation": t.next(), "input": {"it": {}}}],
                "smithy.rules#staticContextParams": {"Static": {"value": t.next()}},
            })),
        },
        "hostile#In": {"type": "structure", "members": {"it": {"target": "hostile#It"}}, "traits": with(t.traits(), json!({"smithy.api#input": {}}))},
        "hostile#Out": {"type": "structure", "members": {"it": {"target": "hostile#It"}}, "traits": with(t.traits(), json!({"smithy.api#output": {}}))},
        "hostile#It": {"type": "structure", "members": members, "traits": t.traits()},
        "hostile#Values": {"type": "enum", "members": values, "traits": t.traits()},
        "hostile#OldValues": {"type": "string", "traits": with(t.traits(), json!({"smithy.api#enum": old}))},
        "hostile#Choice": {
            "type": "union", "traits": t.traits(),
            "members": {"one": {"target": "smithy.api#String", "traits": t.traits()}, "two": {"target": "smithy.api#Unit", "traits": t.traits()}},
        },
        "hostile#Fault": {
            "type": "structure", "members": {"message": {"target": "smithy.api#String", "traits": t.traits()}},
            "traits": with(t.traits(), json!({
                "smithy.api#error": "client", "smithy.api#retryable": {},
                "aws.protocols#awsQueryError": {"code": t.next(), "httpResponseCode": 400},
            })),
        },
    }));
    let traits = json!({
        "smithy.api#documentation": t.next(),
        "smithy.api#title": t.next(),
        "aws.api#service": {
            "sdkId": t.next(), "arnNamespace": t.next(), "endpointPrefix": t.next(), "cloudFormationName": t.next(),
            "cloudTrailEventSource": t.next(), "docId": t.next(),
        },
        "aws.auth#sigv4": {"name": t.next()},
        "smithy.rules#clientContextParams": {
            "Param": {"type": "string", "documentation": t.next()},
            "../\"name0*/": {"type": "string", "documentation": t.next()},
        },
        "smithy.rules#endpointRuleSet": {
            "version": "1.0",
            "parameters": {
                "Static": {"type": "string", "documentation": t.next()},
                "../\"name0*/": {"type": "string", "documentation": t.next()},
                "Param": {"type": "string", "documentation": t.next(), "deprecated": {"message": t.next(), "since": t.next()}},
            },
            "rules": [{"type": "endpoint", "conditions": [], "endpoint": {"url": "https://hostile.example"}, "documentation": t.next()}],
        },
    });
    let mut model = model(&["Do"], traits, shapes);
    model["shapes"]["hostile#Service"]["version"] = t.next();
    model
}

/// Names that are words of Rust, of its prelude, of the printed code, or of file systems.
fn names() -> Value {
    const NAMES: [&str; 36] = [
        "Self", "Mod", "Crate", "Super", "Main", "Lib", "Con", "Nul", "Option", "Some", "None",
        "Result", "Ok", "Err", "String", "Vec", "Box", "Default", "Debug", "Clone", "Send", "Sync",
        "Fn", "Drop", "From", "Into", "Iterator", "HashMap", "DateTime", "Blob", "Document",
        "Client", "Config", "Error", "Std", "Types",
    ];
    let name = |name: &&str| {
        (
            format!("hostile#{name}"),
            json!({
                "type": "structure",
                "members": {"a": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}, "self": {"target": "smithy.api#Timestamp"}},
            }),
        )
    };
    let mut shapes: Map<String, Value> = NAMES.iter().map(name).collect();
    let mut members: Map<String, Value> = NAMES
        .iter()
        .map(|name| {
            (
                name.to_lowercase(),
                json!({"target": format!("hostile#{name}")}),
            )
        })
        .collect();
    let keywords = [
        "as", "async", "await", "break", "const", "dyn", "else", "enum", "extern", "false", "for",
        "gen", "if", "impl", "in", "let", "loop", "match", "move", "mut", "pub", "ref", "return",
        "static", "struct", "trait", "true", "try", "type", "unsafe", "use", "where", "while",
        "yield", "union", "macro", "abstract", "virtual", "u8", "str", "bool", "__1", "_2a",
    ];
    for keyword in keywords {
        members.insert(keyword.to_owned(), json!({"target": "smithy.api#String"}));
    }
    let it = json!({"type": "structure", "members": members});
    for operation in ["Mod", "Self", "Type", "New", "Config", "Client"] {
        let shape = json!({"type": "operation", "input": {"target": "hostile#It"}, "output": {"target": "hostile#It"}});
        shapes.insert(format!("hostile.operations#{operation}2"), shape);
    }
    shapes.insert("hostile#It".to_owned(), it);
    let mut model = model(&[], json!({}), shapes);
    let operations: Vec<Value> = ["Mod2", "Self2", "Type2", "New2", "Config2", "Client2"]
        .iter()
        .map(|name| json!({"target": format!("hostile.operations#{name}")}))
        .collect();
    model["shapes"]["hostile#Service"]["operations"] = json!(operations);
    model
}

/// Endpoint rules whose texts are meant to be more.
fn rules() -> Value {
    let mut t = Texts(100);
    let set =
        |text: &Value| json!({"fn": "stringEquals", "argv": [{"ref": "Region"}, escaped(text)]});
    let conditions =
        |t: &mut Texts| json!([{"fn": "isSet", "argv": [{"ref": "Region"}]}, set(&t.next())]);
    let rules = json!([
        {"type": "error", "conditions": conditions(&mut t), "error": escaped(&t.next()), "documentation": t.next()},
        {"type": "error", "conditions": conditions(&mut t), "error": escaped(&t.next())},
        {"type": "error", "conditions": conditions(&mut t), "error": escaped(&t.next())},
        {"type": "endpoint", "conditions": conditions(&mut t), "endpoint": {
            "url": escaped(&t.next()),
            "properties": {"authSchemes": [{"name": "sigv4", "signingName": escaped(&t.next()), "signingRegion": escaped(&t.next())}]},
            "headers": {"x-planted": [escaped(&t.next())]},
        }},
        {"type": "endpoint", "conditions": [{"fn": "isSet", "argv": [{"ref": "Region"}]}], "endpoint": {
            "url": "https://{Region}.example/\"] planted0 \u{202e}*/"}},
        {"type": "endpoint", "conditions": [], "endpoint": {"url": "https://hostile.example"}},
    ]);
    let traits = json!({"smithy.rules#endpointRuleSet": {
        "version": "1.0",
        "parameters": {"Region": {"type": "string", "builtIn": "AWS::Region", "documentation": t.next()}},
        "rules": rules,
    }});
    let shapes = object(json!({"hostile#Do": {"type": "operation"}}));
    model(&["Do"], traits, shapes)
}

/// A text in which braces do not stand for values.
fn escaped(text: &Value) -> Value {
    json!(
        text.as_str()
            .unwrap_or_default()
            .replace('{', "{{")
            .replace('}', "}}")
    )
}

/// Types nested in each other as deeply as they are printed: in place, in lists, in maps, and in maps that are sparse.
fn depths() -> Value {
    let mut shapes = Map::new();
    let mut members = Map::new();
    for (kind, length) in [("Plain", 47), ("List", 18), ("Map", 12), ("Sparse", 11)] {
        for at in 0..length {
            let next = if at + 1 == length {
                "smithy.api#String".to_owned()
            } else {
                format!("hostile#{kind}{}", at + 1)
            };
            let held = json!({"target": next});
            let collection = match kind {
                "List" => json!({"type": "list", "member": held}),
                _ => json!({"type": "map", "key": {"target": "smithy.api#String"}, "value": held}),
            };
            let collection = match kind {
                "Sparse" => with(collection, json!({"traits": {"smithy.api#sparse": {}}})),
                _ => collection,
            };
            let target = match kind {
                "Plain" => next,
                _ => format!("hostile#{kind}sOf{at}"),
            };
            if kind != "Plain" {
                shapes.insert(target.clone(), collection);
            }
            shapes.insert(
                format!("hostile#{kind}{at}"),
                json!({"type": "structure", "members": {"next": {"target": target}}}),
            );
        }
        members.insert(
            kind.to_lowercase(),
            json!({"target": format!("hostile#{kind}0")}),
        );
    }
    let it = json!({"type": "structure", "members": members});
    shapes.insert("hostile#It".to_owned(), it);
    shapes.insert(
        "hostile#Do".to_owned(),
        json!({"type": "operation", "input": {"target": "hostile#It"}, "output": {"target": "hostile#It"}}),
    );
    model(&["Do"], json!({}), shapes)
}
