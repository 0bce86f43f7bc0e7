//! Edits of a small model, at least one for each kind of change, and what each must be told as.
//!
//! A path starts at a shape of the model; what stands on it is put there, or cut out.

use farrier::diff::Kind::{self, *};
use serde_json::{Map, Value};

/// What is done to the model.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    /// JSON is put at a path, in the place of what is there.
    Put(&'static str, &'static str),
    /// What is at a path is cut out.
    Cut(&'static str),
}
use Step::{Cut, Put};

/// Some steps that make one change for users, or a few that belong together.
#[derive(Debug)]
pub(crate) struct Edit {
    /// What is done.
    pub(crate) name: &'static str,
    /// What a change must be told as, and of which item.
    pub(crate) told: (Kind, &'static str),
    steps: &'static [Step],
}

/// A shape that is the same on both sides.
const UNIT: &str = r#"{"target": "smithy.api#Unit"}"#;
const STRING: &str = r#"{"target": "smithy.api#String"}"#;
const EMPTY: &str = "{}";

const fn edit(name: &'static str, kind: Kind, item: &'static str, steps: &'static [Step]) -> Edit {
    Edit {
        name,
        told: (kind, item),
        steps,
    }
}

impl Edit {
    /// The model after the edit.
    pub(crate) fn of(&self, model: &Value) -> Value {
        let mut model = model.clone();
        for step in self.steps {
            match step {
                Put(path, json) => {
                    let value = serde_json::from_str(json).expect(json);
                    let (parent, key) = at(&mut model, path);
                    match parent {
                        Value::Object(entries) => {
                            entries.insert(key, value);
                        }
                        Value::Array(items) => match key.parse::<usize>() {
                            Ok(index) => items[index] = value,
                            Err(_) => items.push(value),
                        },
                        other => panic!("{}: {path} leads to {other}", self.name),
                    }
                }
                Cut(path) => {
                    let (parent, key) = at(&mut model, path);
                    let gone = parent.as_object_mut().and_then(|it| it.remove(&key));
                    assert!(gone.is_some(), "{}: nothing is at {path}", self.name);
                }
            }
        }
        assert_ne!(&model, &Value::Null);
        model
    }
}

/// What holds the end of a path, which is made where it is missing, and the last key.
fn at<'v>(model: &'v mut Value, path: &str) -> (&'v mut Value, String) {
    let (shape, rest) = path.split_once('/').unwrap_or((path, ""));
    let id = format!("example.forge#{shape}");
    let mut keys: Vec<String> = rest
        .split('/')
        .filter(|key| !key.is_empty())
        .map(str::to_owned)
        .collect();
    keys.insert(0, id);
    let last = keys.pop().expect("a path");
    let mut value = &mut model["shapes"];
    for key in keys {
        value = match value {
            Value::Array(items) => &mut items[key.parse::<usize>().expect("an index")],
            other => other
                .as_object_mut()
                .expect("an object")
                .entry(key)
                .or_insert_with(|| Value::Object(Map::new())),
        };
    }
    (value, last)
}

pub(crate) const EDITS: &[Edit] = &[
    // Operations.
    edit(
        "an operation more",
        Added,
        "operation::polish",
        &[
            Put(
                "Polish",
                r#"{"type": "operation", "input": {"target": "example.forge#PolishInput"}}"#,
            ),
            Put(
                "PolishInput",
                r#"{"type": "structure", "members": {"cloth": {"target": "smithy.api#String"}}}"#,
            ),
            Put(
                "Forge/operations/+",
                r#"{"target": "example.forge#Polish"}"#,
            ),
        ],
    ),
    edit(
        "an operation less",
        Removed,
        "operation::find",
        &[Put(
            "Forge/operations",
            r#"[{"target": "example.forge#Make"}, {"target": "example.forge#List"}, {"target": "example.forge#Watch"}, {"target": "example.forge#Sweep"}]"#,
        )],
    ),
    edit(
        "an operation renamed",
        Removed,
        "operation::sweep",
        &[
            Cut("Sweep"),
            Put("Clean", r#"{"type": "operation"}"#),
            Put("Forge/operations/4", r#"{"target": "example.forge#Clean"}"#),
        ],
    ),
    edit(
        "an operation spelt in another way",
        Removed,
        "operation::make::Make",
        &[
            Cut("Make"),
            Put(
                "make",
                r#"{"type": "operation", "input": {"target": "example.forge#MakeInput"}, "output": {"target": "example.forge#MakeOutput"}, "errors": [{"target": "example.forge#Broken"}], "traits": {"smithy.api#documentation": "Makes a piece."}}"#,
            ),
            Put("Forge/operations/0", r#"{"target": "example.forge#make"}"#),
        ],
    ),
    edit(
        "documentation of an operation",
        Documentation,
        "operation::make",
        &[Put(
            "Make/traits/smithy.api#documentation",
            r#""Makes a piece of metal.""#,
        )],
    ),
    edit(
        "an operation deprecated",
        Deprecated,
        "operation::find",
        &[Put(
            "Find/traits/smithy.api#deprecated",
            r#"{"message": "Use List."}"#,
        )],
    ),
    edit(
        "an input where there was none",
        Added,
        "operation::sweep::SweepInput::broom",
        &[
            Put("Sweep/input", r#"{"target": "example.forge#SweepInput"}"#),
            Put(
                "SweepInput",
                r#"{"type": "structure", "members": {"broom": {"target": "smithy.api#String"}}}"#,
            ),
        ],
    ),
    edit(
        "an output where there was none",
        Added,
        "operation::sweep::SweepOutput::dust",
        &[
            Put("Sweep/output", r#"{"target": "example.forge#SweepOutput"}"#),
            Put(
                "SweepOutput",
                r#"{"type": "structure", "members": {"dust": {"target": "smithy.api#Integer"}}}"#,
            ),
        ],
    ),
    edit(
        "another shape of the same form as input",
        Documentation,
        "operation::watch::WatchInput::id",
        &[
            Put("Watch/input", r#"{"target": "example.forge#AskInput"}"#),
            Put(
                "AskInput",
                r#"{"type": "structure", "members": {"id": {"target": "smithy.api#String", "traits": {"smithy.api#documentation": "Which one."}}}}"#,
            ),
        ],
    ),
    // Fields that come and go.
    edit(
        "a member more in an input",
        Added,
        "operation::make::MakeInput::colour",
        &[Put("MakeInput/members/colour", STRING)],
    ),
    edit(
        "a required member more in an input",
        Added,
        "operation::make::MakeInput::colour",
        &[Put(
            "MakeInput/members/colour",
            r#"{"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}"#,
        )],
    ),
    edit(
        "a member more in an input that is waited with",
        Added,
        "operation::watch::WatchInput::since",
        &[Put(
            "WatchInput/members/since",
            r#"{"target": "smithy.api#Timestamp"}"#,
        )],
    ),
    edit(
        "a member more in an output",
        Added,
        "operation::make::MakeOutput::colour",
        &[Put("MakeOutput/members/colour", STRING)],
    ),
    edit(
        "a member more in a structure",
        Added,
        "types::Owner::town",
        &[Put("Owner/members/town", STRING)],
    ),
    edit(
        "a required member more in a structure",
        Retyped,
        "types::builders::OwnerBuilder::build",
        &[Put(
            "Owner/members/town",
            r#"{"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}"#,
        )],
    ),
    edit(
        "a member that brings types",
        Added,
        "types::Anvil",
        &[
            Put(
                "Owner/members/anvil",
                r#"{"target": "example.forge#Anvil"}"#,
            ),
            Put(
                "Anvil",
                r#"{"type": "structure", "members": {"kind": {"target": "example.forge#AnvilKind"}, "use": {"target": "example.forge#AnvilUse"}}}"#,
            ),
            Put(
                "AnvilKind",
                r#"{"type": "enum", "members": {"BIG": {"target": "smithy.api#Unit"}}}"#,
            ),
            Put(
                "AnvilUse",
                r#"{"type": "union", "members": {"days": {"target": "smithy.api#Integer"}}}"#,
            ),
        ],
    ),
    edit(
        "a member renamed",
        Removed,
        "types::Owner::since",
        &[
            Cut("Owner/members/since"),
            Put("Owner/members/start", r#"{"target": "smithy.api#Integer"}"#),
        ],
    ),
    edit(
        "a member of an input gone",
        Removed,
        "operation::make::MakeInput::nickname",
        &[Cut("MakeInput/members/nickname")],
    ),
    edit(
        "a member with the name of a keyword gone",
        Removed,
        "operation::make::MakeInput::r#type",
        &[Cut("MakeInput/members/type")],
    ),
    edit(
        "a member spelt in another way on the wire",
        Wire,
        "types::Owner::name",
        &[Cut("Owner/members/name"), Put("Owner/members/Name", STRING)],
    ),
    edit(
        "a big number",
        Added,
        "primitives::BigInteger",
        &[Put(
            "Owner/members/fortune",
            r#"{"target": "smithy.api#BigInteger"}"#,
        )],
    ),
    // What a field holds.
    edit(
        "a longer number",
        Retyped,
        "types::Owner::since",
        &[Put("Owner/members/since/target", r#""smithy.api#Long""#)],
    ),
    edit(
        "a string that becomes a point in time",
        Retyped,
        "operation::make::MakeOutput::id",
        &[Put(
            "MakeOutput/members/id/target",
            r#""smithy.api#Timestamp""#,
        )],
    ),
    edit(
        "a string that becomes an enum",
        Retyped,
        "operation::make::MakeInput::secret",
        &[Put(
            "MakeInput/members/secret/target",
            r#""example.forge#Metal""#,
        )],
    ),
    edit(
        "a number that becomes a document",
        Retyped,
        "types::Piece::price",
        &[Put(
            "Piece/members/price/target",
            r#""smithy.api#Document""#,
        )],
    ),
    edit(
        "a list of something else",
        Retyped,
        "operation::make::MakeInput::names",
        &[Put(
            "MakeInput/members/names/target",
            r#""example.forge#Tags""#,
        )],
    ),
    edit(
        "a list that may hold nulls",
        Retyped,
        "operation::make::MakeInput::names",
        &[Put("Names/traits/smithy.api#sparse", EMPTY)],
    ),
    edit(
        "a map that may hold nulls",
        Retyped,
        "operation::make::MakeInput::marks",
        &[Put("Marks/traits/smithy.api#sparse", EMPTY)],
    ),
    edit(
        "a map of something else",
        Retyped,
        "operation::make::MakeInput::marks",
        &[Put("Marks/value/target", r#""smithy.api#Integer""#)],
    ),
    edit(
        "a map whose keys become an enum",
        Retyped,
        "operation::make::MakeInput::marks",
        &[Put("Marks/key/target", r#""example.forge#Metal""#)],
    ),
    edit(
        "a structure that comes to hold itself",
        Retyped,
        "types::Piece::owner",
        &[Put(
            "Owner/members/best",
            r#"{"target": "example.forge#Piece"}"#,
        )],
    ),
    edit(
        "another form of a point in time",
        Wire,
        "types::Piece::made",
        &[Put(
            "Piece/members/made/traits/smithy.api#timestampFormat",
            r#""date-time""#,
        )],
    ),
    // Whether a field is there.
    edit(
        "required in an input",
        Requirement,
        "operation::make::MakeInput::weight",
        &[Put(
            "MakeInput/members/weight/traits/smithy.api#required",
            EMPTY,
        )],
    ),
    edit(
        "required in an output",
        Retyped,
        "operation::make::MakeOutput::count",
        &[Put(
            "MakeOutput/members/count/traits/smithy.api#required",
            EMPTY,
        )],
    ),
    edit(
        "a structure that is required in an output",
        Requirement,
        "operation::make::MakeOutput::piece",
        &[Put(
            "MakeOutput/members/piece/traits/smithy.api#required",
            EMPTY,
        )],
    ),
    edit(
        "required in a structure",
        Retyped,
        "types::builders::OwnerBuilder::build",
        &[Put("Owner/members/name/traits/smithy.api#required", EMPTY)],
    ),
    edit(
        "one more required in a structure",
        Retyped,
        "types::Tag::value",
        &[Put("Tag/members/value/traits/smithy.api#required", EMPTY)],
    ),
    edit(
        "required, but not by clients",
        Requirement,
        "types::Tag::value",
        &[Put(
            "Tag/members/value/traits",
            r#"{"smithy.api#required": {}, "smithy.api#clientOptional": {}}"#,
        )],
    ),
    edit(
        "a default where there was none",
        Retyped,
        "types::Piece::price",
        &[Put("Piece/members/price/traits/smithy.api#default", "2.5")],
    ),
    edit(
        "another default",
        Default,
        "types::Piece::size",
        &[Put("Piece/members/size/traits/smithy.api#default", "2")],
    ),
    edit(
        "required in place of a default",
        Default,
        "types::Piece::size",
        &[Put(
            "Piece/members/size/traits",
            r#"{"smithy.api#required": {}}"#,
        )],
    ),
    edit(
        "the only required member becomes optional",
        Retyped,
        "types::builders::PieceBuilder::build",
        &[Cut("Piece/members/id/traits")],
    ),
    edit(
        "a token in the only place",
        Removed,
        "config::Builder::idempotency_token_provider",
        &[Cut("MakeInput/members/token/traits")],
    ),
    edit(
        "a token in another place",
        Requirement,
        "operation::find::FindInput::name",
        &[Put(
            "FindInput/members/name/traits/smithy.api#idempotencyToken",
            EMPTY,
        )],
    ),
    // What is said of a field or a struct.
    edit(
        "documentation of a member",
        Documentation,
        "operation::make::MakeInput::name",
        &[Put(
            "MakeInput/members/name/traits/smithy.api#documentation",
            r#""Its name.""#,
        )],
    ),
    edit(
        "a member deprecated",
        Deprecated,
        "types::Owner::since",
        &[Put(
            "Owner/members/since/traits/smithy.api#deprecated",
            r#"{"message": "Nobody knows.", "since": "2026-02-02"}"#,
        )],
    ),
    edit(
        "a member sensitive",
        Sensitivity,
        "operation::make::MakeInput::secret",
        &[
            Put(
                "Secret",
                r#"{"type": "string", "traits": {"smithy.api#sensitive": {}}}"#,
            ),
            Put(
                "MakeInput/members/secret/target",
                r#""example.forge#Secret""#,
            ),
        ],
    ),
    edit(
        "a structure sensitive",
        Sensitivity,
        "types::Owner",
        &[Put("Owner/traits/smithy.api#sensitive", EMPTY)],
    ),
    edit(
        "a structure deprecated",
        Deprecated,
        "types::Owner",
        &[Put("Owner/traits/smithy.api#deprecated", EMPTY)],
    ),
    edit(
        "documentation of a structure",
        Documentation,
        "types::Owner",
        &[Put(
            "Owner/traits/smithy.api#documentation",
            r#""Who has it.""#,
        )],
    ),
    // Types.
    edit(
        "a structure that becomes a union",
        Retyped,
        "types::Owner",
        &[Put("Owner/type", r#""union""#)],
    ),
    edit(
        "a structure under another name",
        Removed,
        "types::Owner",
        &[Put("Forge/rename", r#"{"example.forge#Owner": "Smith"}"#)],
    ),
    edit(
        "a structure that takes the name of another",
        Removed,
        "types::Tag::value",
        &[
            Put(
                "TAG",
                r#"{"type": "structure", "members": {"key": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}}}"#,
            ),
            Put("Owner/members/mark", r#"{"target": "example.forge#TAG"}"#),
        ],
    ),
    edit(
        "a structure that nothing holds any more",
        Removed,
        "types::Tag",
        &[Put(
            "MakeInput/members/tags/target",
            r#""example.forge#Names""#,
        )],
    ),
    // Enums.
    edit(
        "a value more",
        Added,
        "types::Metal::Copper",
        &[Put(
            "Metal/members/COPPER",
            r#"{"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "copper"}}"#,
        )],
    ),
    edit(
        "a value gone",
        Removed,
        "types::Metal::Steel",
        &[Cut("Metal/members/STEEL")],
    ),
    edit(
        "a value that is written in another way",
        Wire,
        "types::Metal::Iron",
        &[Put(
            "Metal/members/IRON/traits/smithy.api#enumValue",
            r#""Fe""#,
        )],
    ),
    edit(
        "a value deprecated",
        Deprecated,
        "types::Metal::Iron",
        &[Put(
            "Metal/members/IRON/traits/smithy.api#deprecated",
            EMPTY,
        )],
    ),
    edit(
        "documentation of a value",
        Documentation,
        "types::Metal::Steel",
        &[Put(
            "Metal/members/STEEL/traits/smithy.api#documentation",
            r#""An alloy.""#,
        )],
    ),
    edit(
        "an enum sensitive",
        Sensitivity,
        "types::Metal",
        &[Put("Metal/traits/smithy.api#sensitive", EMPTY)],
    ),
    edit(
        "an enum that becomes any string",
        Removed,
        "types::Metal",
        &[Put("Metal", r#"{"type": "string"}"#)],
    ),
    // Unions.
    edit(
        "a variant more",
        Added,
        "types::Form::Bent",
        &[Put(
            "Form/members/bent",
            r#"{"target": "smithy.api#Double"}"#,
        )],
    ),
    edit(
        "a variant gone",
        Removed,
        "types::Form::None",
        &[Cut("Form/members/none")],
    ),
    edit(
        "a variant of something else",
        Retyped,
        "types::Form::Round",
        &[Put("Form/members/round/target", r#""smithy.api#Double""#)],
    ),
    edit(
        "a variant that holds nothing any more",
        Retyped,
        "types::Form::Round",
        &[Put("Form/members/round", UNIT)],
    ),
    edit(
        "a variant deprecated",
        Deprecated,
        "types::Form::Square",
        &[Put(
            "Form/members/square/traits/smithy.api#deprecated",
            EMPTY,
        )],
    ),
    edit(
        "documentation of a variant",
        Documentation,
        "types::Form::Round",
        &[Put(
            "Form/members/round/traits/smithy.api#documentation",
            r#""How round it is.""#,
        )],
    ),
    // Errors.
    edit(
        "an operation fails in one way more",
        Added,
        "operation::watch::WatchError::Lost",
        &[Put("Watch/errors", r#"[{"target": "example.forge#Lost"}]"#)],
    ),
    edit(
        "an operation fails in a new way",
        Added,
        "types::error::Hot",
        &[
            Put("Make/errors/+", r#"{"target": "example.forge#Hot"}"#),
            Put(
                "Hot",
                r#"{"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}}"#,
            ),
        ],
    ),
    edit(
        "an operation fails in one way less",
        Removed,
        "operation::find::FindError::Lost",
        &[Put("Find/errors", "[]")],
    ),
    edit(
        "all operations fail in one way more",
        Added,
        "operation::sweep::SweepError::Lost",
        &[Put("Forge/errors/+", r#"{"target": "example.forge#Lost"}"#)],
    ),
    edit(
        "a member more in an error",
        Added,
        "types::error::Lost::road",
        &[Put("Lost/members/road", STRING)],
    ),
    edit(
        "a member required in an error",
        Retyped,
        "types::error::Broken::part",
        &[Put("Broken/members/part/traits/smithy.api#required", EMPTY)],
    ),
    edit(
        "an error that is retried",
        Retry,
        "types::error::Busy",
        &[Put("Busy/traits/smithy.api#retryable", EMPTY)],
    ),
    edit(
        "an error that is throttling",
        Retry,
        "types::error::Lost",
        &[Put(
            "Lost/traits/smithy.api#retryable",
            r#"{"throttling": true}"#,
        )],
    ),
    edit(
        "an error deprecated",
        Deprecated,
        "types::error::Broken",
        &[Put("Broken/traits/smithy.api#deprecated", EMPTY)],
    ),
    // Paginators.
    edit(
        "pages where there were none",
        Added,
        "operation::find::paginator",
        &[Put(
            "Find/traits/smithy.api#paginated",
            r#"{"inputToken": "next", "outputToken": "next"}"#,
        )],
    ),
    edit(
        "no items of pages any more",
        Removed,
        "operation::list::paginator::ListPaginatorItems",
        &[Cut("List/traits/smithy.api#paginated/items")],
    ),
    edit(
        "no size of pages any more",
        Removed,
        "operation::list::paginator::ListPaginator::page_size",
        &[Cut("List/traits/smithy.api#paginated/pageSize")],
    ),
    edit(
        "another size of pages",
        Pagination,
        "operation::list::paginator::ListPaginator::page_size",
        &[Put(
            "List/traits/smithy.api#paginated/pageSize",
            r#""most""#,
        )],
    ),
    edit(
        "a longer number for the size of pages",
        Retyped,
        "operation::list::paginator::ListPaginator::page_size",
        &[Put(
            "ListInput/members/limit/target",
            r#""smithy.api#Long""#,
        )],
    ),
    edit(
        "another token of pages",
        Pagination,
        "operation::list::paginator",
        &[Put(
            "List/traits/smithy.api#paginated/outputToken",
            r#""after""#,
        )],
    ),
    edit(
        "other items of the same type",
        Pagination,
        "operation::list::paginator::ListPaginatorItems",
        &[Put("List/traits/smithy.api#paginated/items", r#""others""#)],
    ),
    edit(
        "items of another type",
        Retyped,
        "operation::list::paginator::ListPaginatorItems::send",
        &[Put("List/traits/smithy.api#paginated/items", r#""names""#)],
    ),
    // Waiters.
    edit(
        "a waiter more",
        Added,
        "waiters::hot",
        &[Put(
            "Watch/traits/smithy.waiters#waitable/Hot",
            r#"{"acceptors": [{"state": "success", "matcher": {"success": true}}]}"#,
        )],
    ),
    edit(
        "the only waiter gone",
        Removed,
        "waiters::cold",
        &[Cut("Watch/traits/smithy.waiters#waitable")],
    ),
    edit(
        "a waiter of another operation",
        Retyped,
        "waiters::cold",
        &[
            Cut("Watch/traits/smithy.waiters#waitable"),
            Put(
                "Sweep/traits/smithy.waiters#waitable/Cold",
                r#"{"documentation": "Waits until it is cold.", "acceptors": [{"state": "success", "matcher": {"success": true}}]}"#,
            ),
        ],
    ),
    edit(
        "another end of a wait",
        Waiting,
        "waiters::cold",
        &[Put(
            "Watch/traits/smithy.waiters#waitable/Cold/acceptors/+",
            r#"{"state": "failure", "matcher": {"success": false}}"#,
        )],
    ),
    edit(
        "longer pauses",
        Waiting,
        "waiters::cold",
        &[Put(
            "Watch/traits/smithy.waiters#waitable/Cold/maxDelay",
            "60",
        )],
    ),
    edit(
        "a waiter deprecated",
        Deprecated,
        "waiters::cold",
        &[Put(
            "Watch/traits/smithy.waiters#waitable/Cold/deprecated",
            "true",
        )],
    ),
    edit(
        "documentation of a waiter",
        Documentation,
        "waiters::cold",
        &[Put(
            "Watch/traits/smithy.waiters#waitable/Cold/documentation",
            r#""Waits for it to cool.""#,
        )],
    ),
    // Settings and endpoints.
    edit(
        "a setting more",
        Added,
        "config::Builder::shift",
        &[Put(
            "Forge/traits/smithy.rules#clientContextParams/Shift",
            r#"{"type": "boolean", "documentation": "By night."}"#,
        )],
    ),
    edit(
        "a setting gone",
        Removed,
        "config::Builder::yard",
        &[Cut("Forge/traits/smithy.rules#clientContextParams")],
    ),
    edit(
        "a setting of another type",
        Retyped,
        "config::Builder::yard",
        &[
            Put(
                "Forge/traits/smithy.rules#clientContextParams/Yard/type",
                r#""boolean""#,
            ),
            Put(
                "Forge/traits/smithy.rules#endpointRuleSet/parameters/Yard/type",
                r#""boolean""#,
            ),
            Put(
                "Forge/traits/smithy.rules#endpointRuleSet/rules/1",
                r#"{"type": "endpoint", "conditions": [{"fn": "isSet", "argv": [{"ref": "Yard"}]}], "endpoint": {"url": "https://yard.example.com"}}"#,
            ),
        ],
    ),
    edit(
        "documentation of a setting",
        Documentation,
        "config::Builder::yard",
        &[Put(
            "Forge/traits/smithy.rules#clientContextParams/Yard/documentation",
            r#""Where it stands.""#,
        )],
    ),
    edit(
        "another rule",
        Endpoint,
        "config::endpoint::DefaultResolver",
        &[Put(
            "Forge/traits/smithy.rules#endpointRuleSet/rules/2/endpoint/url",
            r#""https://{Region}.forge.example.com""#,
        )],
    ),
    edit(
        "a parameter more",
        Added,
        "config::endpoint::Params::side",
        &[Put(
            "Forge/traits/smithy.rules#endpointRuleSet/parameters/Side",
            r#"{"type": "string", "documentation": "The side."}"#,
        )],
    ),
    edit(
        "a parameter of another type",
        Retyped,
        "config::endpoint::Params::gate",
        &[
            Put(
                "Forge/traits/smithy.rules#endpointRuleSet/parameters/Gate/type",
                r#""boolean""#,
            ),
            Put(
                "Forge/traits/smithy.rules#endpointRuleSet/rules/1/endpoint/url",
                r#""https://{Yard}.example.com""#,
            ),
        ],
    ),
    edit(
        "a parameter with a default",
        Endpoint,
        "config::endpoint::Params::gate",
        &[
            Put(
                "Forge/traits/smithy.rules#endpointRuleSet/parameters/Gate/default",
                r#""north""#,
            ),
            Put(
                "Forge/traits/smithy.rules#endpointRuleSet/parameters/Gate/required",
                "true",
            ),
        ],
    ),
    edit(
        "documentation of a parameter",
        Documentation,
        "config::endpoint::Params::gate",
        &[Put(
            "Forge/traits/smithy.rules#endpointRuleSet/parameters/Gate/documentation",
            r#""The way in.""#,
        )],
    ),
    edit(
        "the account of the credentials",
        Added,
        "config::Builder::account_id_endpoint_mode",
        &[Put(
            "Forge/traits/smithy.rules#endpointRuleSet/parameters/AccountIdEndpointMode",
            r#"{"type": "string", "builtIn": "AWS::Auth::AccountIdEndpointMode", "documentation": "How."}"#,
        )],
    ),
    edit(
        "a member that the endpoint depends on",
        Endpoint,
        "operation::find",
        &[Put(
            "FindInput/members/name/traits/smithy.rules#contextParam",
            r#"{"name": "Gate"}"#,
        )],
    ),
    edit(
        "something before the host",
        Endpoint,
        "operation::sweep",
        &[Put(
            "Sweep/traits/smithy.api#endpoint",
            r#"{"hostPrefix": "yard."}"#,
        )],
    ),
    edit(
        "endpoints that the service names",
        Added,
        "client::Client::with_endpoint_discovery_enabled",
        &[
            Put(
                "Forge/traits/aws.api#clientEndpointDiscovery",
                r#"{"operation": "example.forge#Where", "error": "example.forge#Lost"}"#,
            ),
            Put("Forge/operations/+", r#"{"target": "example.forge#Where"}"#),
            Put(
                "Where",
                r#"{"type": "operation", "input": {"target": "example.forge#WhereInput"}, "output": {"target": "example.forge#WhereOutput"}, "errors": [{"target": "example.forge#Lost"}]}"#,
            ),
            Put("WhereInput", r#"{"type": "structure", "members": {}}"#),
            Put(
                "WhereOutput",
                r#"{"type": "structure", "members": {"Endpoints": {"target": "example.forge#Gates", "traits": {"smithy.api#required": {}}}}}"#,
            ),
            Put(
                "Gates",
                r#"{"type": "list", "member": {"target": "example.forge#Gate"}}"#,
            ),
            Put(
                "Gate",
                r#"{"type": "structure", "members": {"Address": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}, "CachePeriodInMinutes": {"target": "smithy.api#Long", "traits": {"smithy.api#required": {}}}}}"#,
            ),
            Put(
                "Find/traits/aws.api#clientDiscoveredEndpoint",
                r#"{"required": true}"#,
            ),
        ],
    ),
    // Requests.
    edit(
        "bodies that are compressed",
        Added,
        "config::Builder::disable_request_compression",
        &[Put(
            "Make/traits/smithy.api#requestCompression",
            r#"{"encodings": ["gzip"]}"#,
        )],
    ),
    edit(
        "a body with a checksum",
        Wire,
        "operation::make",
        &[Put("Make/traits/smithy.api#httpChecksumRequired", EMPTY)],
    ),
    edit(
        "calls without a signature",
        Signing,
        "operation::sweep",
        &[Put("Sweep/traits/smithy.api#auth", "[]")],
    ),
    edit(
        "calls that need no signature",
        Signing,
        "operation::sweep",
        &[Put("Sweep/traits/smithy.api#optionalAuth", EMPTY)],
    ),
    edit(
        "a body that is not signed",
        Signing,
        "operation::make",
        &[Put("Make/traits/aws.auth#unsignedPayload", EMPTY)],
    ),
    edit(
        "another name to sign for",
        Signing,
        "crate",
        &[Put("Forge/traits/aws.auth#sigv4", r#"{"name": "smithy"}"#)],
    ),
    edit(
        "another protocol",
        Wire,
        "crate",
        &[
            Cut("Forge/traits/aws.protocols#awsJson1_0"),
            Put("Forge/traits/aws.protocols#awsJson1_1", EMPTY),
        ],
    ),
    edit(
        "errors of the query protocol",
        Wire,
        "crate",
        &[Put("Forge/traits/aws.protocols#awsQueryCompatible", EMPTY)],
    ),
    // The service.
    edit(
        "another title",
        Service,
        "crate",
        &[Put("Forge/traits/smithy.api#title", r#""The Smithy""#)],
    ),
    edit(
        "another version of the API",
        Service,
        "crate",
        &[Put("Forge/version", r#""2026-02-02""#)],
    ),
    edit(
        "another id among the SDKs",
        Service,
        "crate",
        &[Put("Forge/traits/aws.api#service/sdkId", r#""Smithy""#)],
    ),
    edit(
        "documentation of the service",
        Documentation,
        "crate",
        &[Put(
            "Forge/traits/smithy.api#documentation",
            r#""Makes things.""#,
        )],
    ),
    // What is asked of inputs.
    edit(
        "a length",
        Constraint,
        "operation::make::MakeInput::secret",
        &[Put(
            "MakeInput/members/secret/traits/smithy.api#length",
            r#"{"min": 8}"#,
        )],
    ),
    edit(
        "another length of what two fields hold",
        Constraint,
        "operation::make::MakeInput::name",
        &[Put("PieceName/traits/smithy.api#length/max", "128")],
    ),
    edit(
        "another range",
        Constraint,
        "operation::make::MakeInput::weight",
        &[Put(
            "Weight/traits/smithy.api#range",
            r#"{"min": 1, "max": 100}"#,
        )],
    ),
    edit(
        "a pattern of items",
        Constraint,
        "operation::make::MakeInput::names",
        &[
            Put("Names/member", r#"{"target": "example.forge#PlainName"}"#),
            Put(
                "PlainName",
                r#"{"type": "string", "traits": {"smithy.api#pattern": "^[a-z]+$"}}"#,
            ),
        ],
    ),
    edit(
        "items that differ",
        Constraint,
        "operation::make::MakeInput::names",
        &[Put("Names/traits/smithy.api#uniqueItems", EMPTY)],
    ),
    edit(
        "a target that asks for something else",
        Constraint,
        "operation::make::MakeInput::nickname",
        &[
            Put(
                "ShortName",
                r#"{"type": "string", "traits": {"smithy.api#length": {"max": 8}}}"#,
            ),
            Put(
                "MakeInput/members/nickname/target",
                r#""example.forge#ShortName""#,
            ),
        ],
    ),
    edit(
        "a pattern of a variant",
        Constraint,
        "types::Form::Round",
        &[Put(
            "Form/members/round/traits/smithy.api#range",
            r#"{"max": 9}"#,
        )],
    ),
    edit(
        "a length of keys",
        Constraint,
        "operation::make::MakeInput::marks",
        &[Put(
            "Marks/key/traits/smithy.api#length",
            r#"{"min": 1, "max": 3}"#,
        )],
    ),
];
