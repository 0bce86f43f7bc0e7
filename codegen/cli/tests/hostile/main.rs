//! Models and settings that are made to harm: the command ends soon, in little memory, and says why or prints.
//!
//! Sizes grow to where a careless reader would take hours or all memory. The command is run under a limit of memory, so
//! that going beyond it is a failure and not a slow machine.

mod limits;

use std::fs;
use std::path::Path;

use limits::{prints, refuses, run};
use serde_json::{Map, Value, json};

/// How many shapes are many.
const MANY: usize = 100_000;

/// How many are enough where what is done grows with their square.
const FEWER: usize = MANY / 5;

/// How large a text is, in bytes.
const LARGE: usize = 10_000_000;

const STRING: &str = "smithy.api#String";

/// A service whose operation takes and answers `x#S0`.
fn model(shapes: impl IntoIterator<Item = (String, Value)>) -> Value {
    let mut all = Map::new();
    for (name, shape) in shapes {
        all.insert(format!("x#{name}"), shape);
    }
    for end in ["In", "Out"] {
        all.insert(format!("x#{end}"), structure([("it", "x#S0")]));
    }
    all.insert(
        "x#Op".to_owned(),
        json!({"type": "operation", "input": {"target": "x#In"}, "output": {"target": "x#Out"}}),
    );
    all.insert(
        "x#Service".to_owned(),
        json!({"type": "service", "version": "1", "operations": [{"target": "x#Op"}], "traits": {
            "aws.protocols#awsJson1_0": {}, "aws.auth#sigv4": {"name": "x"}}}),
    );
    json!({"smithy": "2.0", "shapes": all})
}

fn structure<K: Into<String>>(members: impl IntoIterator<Item = (K, impl Into<String>)>) -> Value {
    let members = members
        .into_iter()
        .map(|(name, target)| (name.into(), json!({"target": target.into()})));
    json!({"type": "structure", "members": members.collect::<Map<_, _>>()})
}

fn shape(at: usize) -> String {
    format!("x#S{at}")
}

#[test]
fn many_shapes() {
    let unrelated = (0..MANY).map(|at| (format!("S{at}"), json!({"type": "string"})));
    prints("unrelated", &model(unrelated));
    let values = (0..MANY / 20).map(|at| (format!("v{at}"), json!({"target": "smithy.api#Unit"})));
    prints(
        "values",
        &model([(
            "S0".to_owned(),
            json!({"type": "enum", "members": values.collect::<Map<_, _>>()}),
        )]),
    );
    let members = (0..MANY / 20).map(|at| (format!("m{at}"), STRING));
    prints("members", &model([("S0".to_owned(), structure(members))]));
}

/// Types that hold each other in every way that could make somebody walk in circles.
#[test]
fn cycles_and_chains() {
    let next = |at: usize| {
        if at + 1 < MANY {
            shape(at + 1)
        } else {
            STRING.to_owned()
        }
    };
    let chain = |at| (format!("S{at}"), structure([("a", next(at))]));
    let deep = "more deeply than rustc follows";
    refuses(
        "chain",
        model((0..MANY).map(chain)).to_string().as_bytes(),
        deep,
    );
    let cycle = |at| (format!("S{at}"), structure([("a", shape((at + 1) % MANY))]));
    refuses(
        "cycle",
        model((0..MANY).map(cycle)).to_string().as_bytes(),
        deep,
    );
    let ladder = |at: usize| {
        (
            format!("S{at}"),
            structure([
                ("a", shape((at + 1) % FEWER)),
                ("z", shape(at.saturating_sub(1))),
            ]),
        )
    };
    let ways = "hold each other in too many ways";
    refuses(
        "ladder",
        model((0..FEWER).map(ladder)).to_string().as_bytes(),
        ways,
    );
    let star = (1..FEWER).map(|at| (format!("S{at}"), structure([("a", "x#S0")])));
    let center = structure((1..FEWER).map(|at| (format!("m{at}"), shape(at))));
    refuses(
        "star",
        model(star.chain([("S0".to_owned(), center)]))
            .to_string()
            .as_bytes(),
        ways,
    );
    let lists = (0..10_000).map(|at| {
        (
            format!("S{at}"),
            json!({"type": "list", "member": {"target": shape(at + 1)}}),
        )
    });
    let end = ("S10000".to_owned(), json!({"type": "string"}));
    refuses(
        "lists",
        model(lists.chain([end])).to_string().as_bytes(),
        "nested too deeply",
    );
}

/// Each mixin uses ten that use ten: written out, they would be 10¹² members.
#[test]
fn mixins_of_mixins() {
    let mixin = |uses: Vec<String>, member: String| {
        let uses: Vec<Value> = uses.into_iter().map(|id| json!({"target": id})).collect();
        let mut shape = structure([(member, STRING)]);
        shape["mixins"] = json!(uses);
        shape["traits"] = json!({"smithy.api#mixin": {}});
        shape
    };
    let mut shapes = Vec::new();
    for level in 0..12 {
        for at in 0..10 {
            let below = |one| format!("x#M{}_{one}", level - 1);
            let uses = if level == 0 {
                Vec::new()
            } else {
                (0..10).map(below).collect()
            };
            shapes.push((
                format!("M{level}_{at}"),
                mixin(uses, format!("m{level}_{at}")),
            ));
        }
    }
    let mut user = structure([("a", STRING)]);
    user["mixins"] = json!([{"target": "x#M11_0"}]);
    shapes.push(("S0".to_owned(), user));
    prints("laughs", &model(shapes));
    let mut heavy = structure([("a", STRING)]);
    heavy["traits"] =
        json!({"smithy.api#mixin": {}, "smithy.api#documentation": "a".repeat(1_000_000)});
    let user = |at| {
        let mut user = structure([("b", STRING)]);
        user["mixins"] = json!([{"target": "x#Heavy"}]);
        (format!("S{at}"), user)
    };
    let all = (0..1_000).map(user).chain([("Heavy".to_owned(), heavy)]);
    refuses(
        "heavy",
        model(all).to_string().as_bytes(),
        "add up to more than can be handled",
    );
    let ring = |at: usize| {
        let mut one = structure([("b", STRING)]);
        one["mixins"] = json!([{"target": shape((at + 1) % 1_000)}]);
        one["traits"] = json!({"smithy.api#mixin": {}});
        (format!("S{at}"), one)
    };
    refuses(
        "ring",
        model((0..1_000_usize).map(ring)).to_string().as_bytes(),
        "a mixin of itself",
    );
}

/// Documentation that is nothing but the beginning of something, and other long texts.
#[test]
fn large_texts() {
    let with = |id: &str, value: Value| {
        let mut model = model([("S0".to_owned(), json!({"type": "string"}))]);
        let on = if id.ends_with("pattern") {
            "x#S0"
        } else {
            "x#Op"
        };
        model["shapes"][on]["traits"] = json!({id: value});
        model
    };
    let documentation = |name: &str, piece: &str, size: usize| {
        let text = piece.repeat(size / piece.len());
        prints(name, &with("smithy.api#documentation", json!(text)));
    };
    documentation("doc-letters", "a", LARGE);
    for (name, piece) in [
        ("doc-brackets", "["),
        ("doc-stars", "**a "),
        ("doc-underscores", "_a"),
        ("doc-ticks", "`a"),
        ("doc-angles", "<"),
        ("doc-entities", "&amp;"),
        ("doc-tags", "<ul><li>"),
        ("doc-quotes", ">"),
        ("doc-items", "- "),
        ("doc-lines", "\n"),
    ] {
        documentation(name, piece, LARGE / 50);
    }
    let pattern = "(".repeat(MANY) + &")".repeat(MANY);
    prints("pattern", &with("smithy.api#pattern", json!(pattern)));
    prints(
        "pattern-counts",
        &with(
            "smithy.api#pattern",
            json!("((((a{1,999}){1,999}){1,999}){1,999})"),
        ),
    );
    for (name, path) in [
        ("dots", "a".to_owned() + &".a".repeat(MANY)),
        ("parentheses", "(".repeat(MANY)),
        ("nots", "!".repeat(MANY)),
    ] {
        let matcher =
            json!({"output": {"path": path, "expected": "true", "comparator": "booleanEquals"}});
        let waiter = json!({"Done": {"acceptors": [{"state": "success", "matcher": matcher}]}});
        refuses(
            name,
            with("smithy.waiters#waitable", waiter)
                .to_string()
                .as_bytes(),
            "FA0107",
        );
    }
}

#[test]
fn what_is_no_model() {
    let nested = |open: &str, close: &str| open.repeat(10_000) + "1" + &close.repeat(10_000);
    let metadata = |value: &str| format!(r#"{{"smithy": "2.0", "metadata": {{"a": {value}}}}}"#);
    for (name, text, why) in [
        ("arrays", metadata(&nested("[", "]")), "FA0004"),
        ("objects", metadata(&nested("{\"a\":", "}")), "FA0004"),
        ("surrogate", metadata(r#""\ud800""#), "FA0003"),
        ("surrogates", metadata(r#""\udc00\ud800""#), "FA0003"),
        ("zero", metadata("\"\0\""), "FA0003"),
        (
            "twice",
            r#"{"smithy": "2.0", "shapes": {"x#A": {"type": "string"}, "x#A": {"type": "blob"}}}"#
                .to_owned(),
            "FA0005",
        ),
        ("number", metadata(&("1".repeat(LARGE) + "e")), "FA0003"),
    ] {
        refuses(name, text.as_bytes(), why);
    }
    refuses("bytes", b"{\"smithy\": \"2.0\xff\"}", "FA0002");
    refuses(
        "wide",
        "{\"smithy\": \"2.0\"}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<_>>()
            .as_slice(),
        "FA0003",
    );
}

/// Names of crates and of services never lead out of the folder that was given.
#[test]
fn paths_stay_in_their_folder() {
    let mut good = model([("S0".to_owned(), json!({"type": "string"}))]);
    good["shapes"]["x#Service"]["traits"]["aws.api#service"] =
        json!({"sdkId": "../../\u{202e}etc/../x y"});
    let text = good.to_string();
    for name in [
        "../x",
        "a/b",
        "/x",
        "a\\b",
        "a\nb",
        "..",
        ".",
        "",
        "-",
        "a b",
        "a\u{202e}",
    ] {
        let arguments = [
            "generate",
            "--model",
            "model.json",
            "--out",
            "out",
            "--crate-name",
            name,
        ];
        let output = run("names", text.as_bytes(), &arguments);
        assert_eq!(output.status.code(), Some(2), "{name:?}");
    }
    let output = run(
        "named",
        text.as_bytes(),
        &["generate", "--model", "model.json", "--out", "out/in"],
    );
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile/named");
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(&folder)
        .unwrap()
        .chain(fs::read_dir(folder.join("out")).unwrap())
    {
        names.push(entry.unwrap().file_name().into_string().unwrap());
    }
    names.sort();
    assert_eq!(names, ["in", "model.json", "out"]);
    let manifest = fs::read_to_string(folder.join("out/in/Cargo.toml")).unwrap();
    assert!(
        manifest.contains("name = \"farrier-etc-x-y\"\n"),
        "{manifest}"
    );
}
