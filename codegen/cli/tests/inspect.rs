//! `farrier inspect`: what it says of KMS, of services that cannot be printed, and of models that are made to harm.
//!
//! `UPDATE=1 cargo test -p farrier-cli --test inspect` rewrites what pages of `docs` show.

use std::collections::HashSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// How a run ended and what it said.
#[derive(Debug)]
struct Run {
    code: i32,
    out: String,
    err: String,
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs the command at the root of the repository.
fn farrier(arguments: &str) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_farrier"));
    let output = command
        .current_dir(repository())
        .args(arguments.split_whitespace())
        .output()
        .unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The output of a run that must succeed and have nothing to complain of.
fn shown(arguments: &str) -> String {
    let run = farrier(arguments);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    run.out
}

/// Writes a model for a test of its own, and returns its path.
fn model(name: &str, text: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// A service with one operation, `Op`, whose input and output is the structure `x#Shape`.
fn service(protocol: &str, shapes: &str) -> String {
    format!(
        r#"{{"smithy": "2.0", "shapes": {{
        "x#Service": {{"type": "service", "version": "1", "operations": [{{"target": "x#Op"}}], "traits": {{"{protocol}": {{}}}}}},
        "x#Op": {{"type": "operation", "input": {{"target": "x#Shape"}}, "output": {{"target": "x#Shape"}}}},
        {shapes}}}}}"#
    )
}

/// A block after a comment that holds a command, or the path of a file, is what the command prints, or the file.
#[test]
fn pages_show_what_is_printed() {
    for page in ["docs/inspect.md", "docs/overlays.md"] {
        let path = repository().join(page);
        let text = fs::read_to_string(&path).unwrap();
        let mut fresh = String::new();
        let mut blocks = 0;
        for (at, piece) in text.split("<!-- ").enumerate() {
            let Some((command, rest)) = piece.split_once(" -->\n```").filter(|_| at > 0) else {
                fresh += piece;
                continue;
            };
            let (kind, rest) = rest.split_once('\n').unwrap();
            let (_, after) = rest.split_once("```\n").unwrap();
            let shown = match command.split_once(' ').unwrap() {
                ("farrier", arguments) => shown(arguments),
                ("file", path) => fs::read_to_string(repository().join(path)).unwrap(),
                _ => panic!("{page}: {command}"),
            };
            fresh += &format!("<!-- {command} -->\n```{kind}\n{shown}```\n{after}");
            blocks += 1;
        }
        assert!(blocks > 0, "{page} shows nothing");
        if env::var_os("UPDATE").is_some() {
            fs::write(&path, &fresh).unwrap();
        } else {
            assert_eq!(text, fresh, "{page} is stale; UPDATE=1 rewrites it");
        }
    }
}

/// The sizes of closures, counted once more on the JSON itself.
#[test]
fn closures_are_as_large_as_a_walk_over_the_json_finds() {
    let text = fs::read_to_string(repository().join("models/kms.json")).unwrap();
    let model: Value = serde_json::from_str(&text).unwrap();
    let said: Value =
        serde_json::from_str(&shown("inspect models/kms.json --format json")).unwrap();
    let operations = said["operations"].as_array().unwrap();
    assert_eq!(operations.len(), 56);
    for operation in operations {
        let id = format!("com.amazonaws.kms#{}", operation["name"].as_str().unwrap());
        let mut seen = HashSet::new();
        reach(&model["shapes"], &id, &mut seen);
        assert_eq!(operation["shapes"], seen.len(), "{id}");
    }
}

/// Follows every `target` below a shape, but for those of the values of enums.
fn reach(shapes: &Value, id: &str, seen: &mut HashSet<String>) {
    if id.starts_with("smithy.api#") || !seen.insert(id.to_owned()) {
        return;
    }
    if shapes[id]["type"] == "enum" {
        return;
    }
    let mut open = vec![&shapes[id]];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(elements) => open.extend(elements),
            Value::Object(entries) => {
                open.extend(
                    entries
                        .iter()
                        .filter(|(key, _)| *key != "traits")
                        .map(|(_, value)| value),
                );
                if let Some(target) = entries.get("target").and_then(Value::as_str) {
                    reach(shapes, target, seen);
                }
            }
            _ => {}
        }
    }
}

#[test]
fn trees_end_where_types_hold_themselves() {
    let tree =
        shown("inspect tests/golden/shapes.json tests/golden/shapes.old.json --operation Shoe");
    assert!(
        tree.contains("mother: Option<Box<Horse>>  (recursive)\n"),
        "{tree}"
    );
    assert!(
        tree.contains("horse: Option<Horse>  (see above)\n"),
        "{tree}"
    );
    let json = shown(
        "inspect tests/golden/shapes.json tests/golden/shapes.old.json --operation Shoe --format json",
    );
    let json: Value = serde_json::from_str(&json).unwrap();
    let text = json.to_string();
    assert!(text.contains(r#""ends":"recursive""#) && text.contains(r#""ends":"above""#));
}

/// An enum of numbers is an `i32`, and has values all the same.
#[test]
fn enums_of_numbers_have_their_values() {
    let tree =
        shown("inspect tests/golden/shapes.json tests/golden/shapes.old.json --operation Shoe");
    assert!(tree.contains(": Option<i32>  one of 1, 9\n"), "{tree}");
}

#[test]
fn graphviz_gets_a_digraph() {
    let dot = shown("inspect models/kms.json --operation DisconnectCustomKeyStore --format dot");
    assert!(
        dot.starts_with("digraph farrier {\n") && dot.ends_with("}\n"),
        "{dot}"
    );
    assert!(
        dot.contains("n0 [label=\"DisconnectCustomKeyStore\" shape=oval color=blue]\n"),
        "{dot}"
    );
    assert!(dot.contains(" [style=dashed]\n"), "{dot}");
}

#[test]
fn a_service_that_cannot_be_printed_can_be_looked_at() {
    let shape = r#""x#Shape": {"type": "structure", "members": {"a": {"target": "smithy.api#String", "traits": {"smithy.api#never": {}}}}}"#;
    let path = model("rest.json", &service("aws.protocols#restJson1", shape));
    let run = farrier(&format!("inspect {path}"));
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.out.contains("protocols      restJson1\n"),
        "{}",
        run.out
    );
    assert!(run.out.contains("not handled    never 1\n"), "{}", run.out);
    assert!(run.out.contains("cannot be printed"), "{}", run.out);
    assert!(run.err.contains("error[FA0102]"), "{}", run.err);
    for arguments in ["--operation Op", "--format mermaid", "--format dot"] {
        let run = farrier(&format!("inspect {path} {arguments}"));
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
        assert!(run.err.contains("error[FA0102]"), "{}", run.err);
    }
}

/// It is not printed, which is said; what it takes and answers can be looked at all the same.
#[test]
fn an_operation_with_a_stream_is_shown() {
    let shapes = r#""x#Shape": {"type": "structure", "members": {
            "name": {"target": "smithy.api#String"}, "events": {"target": "x#Events"}}},
        "x#Events": {"type": "union", "members": {"one": {"target": "x#One"}}, "traits": {"smithy.api#streaming": {}}},
        "x#One": {"type": "structure", "members": {"text": {"target": "smithy.api#String"}}}"#;
    let path = model("stream.json", &service("aws.protocols#awsJson1_1", shapes));
    let run = farrier(&format!("inspect {path} --operation Op"));
    assert_eq!(run.code, 0, "{run:?}");
    let told = "the operation Op sends or receives a stream (x#Events), which is not printed";
    assert!(
        run.err.starts_with("error[FA0105]: ") && run.err.contains(told),
        "{run:?}"
    );
    let input = "\
├─ input: operation::op::OpInput
│  ├─ name: Option<String>
│  └─ events: Option<Events>  stream
│     └─ One: One
│        └─ text: Option<String>
";
    assert!(
        run.out.starts_with("Op: not printed, reaches "),
        "{}",
        run.out
    );
    assert!(run.out.contains(input), "{}", run.out);
    let run = farrier(&format!("inspect {path} --operation Op --format json"));
    let said: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(said["printable"], false, "{said}");
    assert_eq!(said["operations"][0]["stream"], "x#Events", "{said}");
    assert!(said["operations"][0]["tree"].is_object(), "{said}");
    // Not named it is left out, as it is from the client.
    let run = farrier(&format!("inspect {path}"));
    assert!(
        run.err.starts_with("warning[FA0109]") && !run.out.contains("\nOp "),
        "{run:?}"
    );
}

#[test]
fn bad_input_is_told() {
    for (arguments, part) in [
        ("inspect", "MODEL"),
        (
            "inspect nowhere.json",
            "error[FA0001]: the file cannot be read",
        ),
        (
            "inspect models/kms.json --operation DisconectCustomKeyStore",
            "did you mean DisconnectCustomKeyStore",
        ),
        (
            "inspect models/kms.json --service Trent",
            "the model has no service `Trent`",
        ),
        ("inspect models/kms.json --format svg", "mermaid"),
    ] {
        let run = farrier(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
        assert!(run.err.contains(part), "{run:?}");
    }
}

/// What a model says cannot steer a terminal, break a line or leave a label.
#[test]
fn texts_of_a_model_stay_texts() {
    let shape = r#""x#Shape": {"type": "structure", "members": {"a": {"target": "x#Text"}, "b": {"target": "x#Enum"}}},
        "x#Text": {"type": "string", "traits": {"smithy.api#pattern": "^\u001b[31m\n\u202e$"}},
        "x#Enum": {"type": "string", "traits": {"smithy.api#enum": [{"value": "\u001b\n\"]\u202e"}]}}"#;
    let path = model("hostile.json", &service("aws.protocols#awsJson1_0", shape));
    for arguments in [
        "",
        "--operation Op",
        "--format json",
        "--format mermaid",
        "--format dot",
    ] {
        let out = farrier(&format!("inspect {path} {arguments}")).out;
        assert!(!out.is_empty() && !out.contains(['\u{1b}', '\r']), "{out}");
        assert!(
            arguments.contains("json") || !out.contains('\u{202e}'),
            "{out}"
        );
    }
    let tree = farrier(&format!("inspect {path} --operation Op")).out;
    assert!(
        tree.contains(r"pattern ^\u{1b}[31m\u{a}\u{202e}$"),
        "{tree}"
    );
}
