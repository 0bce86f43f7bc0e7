//! Input that is meant to harm: it ends in diagnostics, soon, and never in a panic.

use std::time::{Duration, Instant};

use super::{Source, read, read_all};
use crate::diagnostic::Code;

/// A model with a little of everything, for mutations.
const EVERYTHING: &str = include_str!("everything.json");

/// A small generator of pseudo-random numbers (xorshift), so that every run is the same.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

#[test]
fn everything_is_free_of_faults() {
    let (_, diagnostics) = read(EVERYTHING);
    assert!(diagnostics.is_empty(), "{diagnostics}");
}

#[test]
fn truncations() {
    for end in 0..EVERYTHING.trim_end().len() {
        let (model, _) = read(&EVERYTHING.as_bytes()[..end]);
        assert!(model.is_none(), "cut at {end}");
    }
}

#[test]
fn flipped_bytes() {
    let mut random = Random(0x5eed_0001);
    for _ in 0..1000 {
        let mut bytes = EVERYTHING.as_bytes().to_vec();
        for _ in 0..=random.below(3) {
            let at = random.below(bytes.len());
            bytes[at] ^= 1 << random.below(8);
        }
        read(bytes);
    }
}

#[test]
fn moved_deleted_and_doubled_pieces() {
    let mut random = Random(0x5eed_0002);
    let pieces: Vec<&str> = EVERYTHING
        .split_inclusive(['{', '}', '[', ']', ',', ':', '"', '#'])
        .collect();
    for _ in 0..1000 {
        let mut pieces = pieces.clone();
        for _ in 0..=random.below(4) {
            let (from, to) = (random.below(pieces.len()), random.below(pieces.len()));
            match random.below(4) {
                0 => drop(pieces.remove(from)),
                1 => pieces.insert(to, pieces[from]),
                2 => pieces.swap(from, to),
                _ => {
                    pieces[from] =
                        ["null", "{}", "[]", "\"\"", "1e999", "\"a.b#C$d\""][random.below(6)]
                }
            }
        }
        read(pieces.concat());
    }
}

/// Every value of the model replaced by values of other types: every form is checked before it is used.
#[test]
fn exchanged_values() {
    let root: serde_json::Value = serde_json::from_str(EVERYTHING).expect("it is JSON");
    let count = count(&root);
    for at in 0..count {
        for replacement in [
            "null",
            "true",
            "-1.5e3",
            "\"\"",
            "\"a#B\"",
            "[]",
            "[null]",
            "{}",
            "{\"target\": 1}",
        ] {
            let mut root = root.clone();
            let value = serde_json::from_str(replacement).expect("it is JSON");
            replace(&mut root, &mut (at + 1), &value);
            read(root.to_string());
        }
    }
}

fn count(value: &serde_json::Value) -> usize {
    1 + match value {
        serde_json::Value::Array(elements) => elements.iter().map(count).sum(),
        serde_json::Value::Object(object) => object.values().map(count).sum::<usize>(),
        _ => 0,
    }
}

fn replace(value: &mut serde_json::Value, left: &mut usize, replacement: &serde_json::Value) {
    *left -= 1;
    if *left == 0 {
        *value = replacement.clone();
        return;
    }
    let inner: Vec<&mut serde_json::Value> = match value {
        serde_json::Value::Array(elements) => elements.iter_mut().collect(),
        serde_json::Value::Object(object) => object.values_mut().collect(),
        _ => return,
    };
    for one in inner {
        if *left == 0 {
            return;
        }
        replace(one, left, replacement);
    }
}

#[test]
fn deep_nesting() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = open.repeat(100_000) + "1" + &close.repeat(100_000);
        let metadata = format!(r#"{{"smithy": "2.0", "metadata": {{"a": {nested}}}}}"#);
        for text in [nested, metadata, open.repeat(100_000)] {
            let (model, diagnostics) = read(text);
            assert!(model.is_none());
            assert_eq!(
                diagnostics.iter().next().map(|one| one.code),
                Some(Code::TooDeep)
            );
        }
    }
}

#[test]
fn odd_bytes() {
    for (bytes, code) in [
        (&b""[..], Code::NotJson),
        (b" \n", Code::NotJson),
        (b"\xef\xbb\xbf", Code::NotJson),
        (b"\0", Code::NotJson),
        (b"{\"smithy\": \"2.0\", \"a\0b\": 1}", Code::NotJson),
        (
            b"{\"smithy\": \"2.0\", \"metadata\": {\"a\": \"\\ud800\"}}",
            Code::NotJson,
        ),
        (
            b"{\"smithy\": \"2.0\", \"metadata\": {\"a\": \"\\udc00\\ud800\"}}",
            Code::NotJson,
        ),
        (b"{\"smithy\": \"2.0\"\xff}", Code::NotUtf8),
        (b"\xfe\xff\0{", Code::NotUtf8),
        (b"{\"smithy\": \"2.0\"} x", Code::NotJson),
        (b"[1, 2]", Code::NotSmithy),
        (b"{\"smithy\": \"3.0\"}", Code::UnknownVersion),
        (b"{\"smithy\": 2.0}", Code::UnknownVersion),
        (b"{\"smithy\": \"2.\"}", Code::UnknownVersion),
    ] {
        let (model, diagnostics) = read(bytes);
        assert!(model.is_none());
        assert_eq!(
            diagnostics.iter().next().map(|one| one.code),
            Some(code),
            "{diagnostics}"
        );
    }
    for accepted in [
        "\u{feff}{\"smithy\": \"2.0\"}",
        "{\r\n\"smithy\": \"2\"\r\n}",
        "{\"smithy\": \"2.1\"}",
    ] {
        assert!(read(accepted).0.is_some(), "{accepted:?}");
    }
}

#[test]
fn missing_file() {
    let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
    let other =
        r#"{"smithy": "2.0", "shapes": {"a#B": {"type": "list", "member": {"target": "a#C"}}}}"#;
    let sources = vec![
        Source::model("a.json", Err(missing)),
        Source::model("b.json", Ok(other.into())),
    ];
    let (model, diagnostics) = read_all(sources);
    assert!(model.is_none());
    // Whatever `b.json` lacks may be in the file that is missing.
    assert_eq!(
        diagnostics.to_string(),
        "error[FA0001]: a.json: the file cannot be read: entity not found\n  \
         help: correct the path; those in a build script are relative to the folder of its package"
    );
}

/// Large input of every kind that could make a careless reader square its time.
#[test]
fn large_input_takes_linear_time() {
    const MANY: usize = if cfg!(debug_assertions) {
        5_000
    } else {
        50_000
    };
    let many = |one: &dyn Fn(usize) -> String| (0..MANY).map(one).collect::<Vec<_>>().join(",");
    let wrap = |shapes: String| format!(r#"{{"smithy": "2.0", "shapes": {{{shapes}}}}}"#);
    let member = |at: usize| format!(r#""m{at}": {{"target": "smithy.api#String"}}"#);
    let structure = format!(
        r#""a#S": {{"type": "structure", "members": {{{}}}}}"#,
        many(&member)
    );
    let chain = |at: usize| {
        format!(
            r#""a#M{at}": {{"type": "structure", "members": {{"m{at}": {{"target": "smithy.api#String"}}}},
            "mixins": [{{"target": "a#M{}"}}], "traits": {{"smithy.api#mixin": {{}}}}}}"#,
            at + 1
        )
    };
    let closed = format!(
        r#"{}, "a#M{MANY}": {{"type": "structure", "traits": {{"smithy.api#mixin": {{}}}}}}"#,
        many(&chain)
    );
    let inputs = [
        wrap(many(&|at| {
            format!(r#""a#S{at}": {{"type": "list", "member": {{"target": "a#T{at}"}}}}"#)
        })),
        wrap(format!(
            "{structure},{}",
            many(&|at| format!(
                r#""a#S$m{at}": {{"type": "apply", "traits": {{"smithy.api#documentation": "x"}}}}"#
            ))
        )),
        wrap(format!(
            "{structure},{}",
            many(&|at| format!(r#""a#S$n{at}": {{"type": "apply", "traits": {{"a#t": 1}}}}"#))
        )),
        wrap(many(&|at| {
            format!(
                r#""a#S{at}": {{"type": "list", "member": {{"target": "a#S{}"}}}}"#,
                at + 1
            )
        })),
        wrap(many(&|at| {
            format!(
                r#""a#S{at}": {{"type": "resource", "resources": [{{"target": "a#S{}"}}]}}"#,
                at + 1
            )
        })),
        wrap(many(&chain)),
        wrap(closed),
        wrap(many(&|_| r#""a#S": {"type": "string"}"#.to_owned())),
        format!(
            r#"{{"smithy": "2.0", "metadata": {{"a": [{}]}}}}"#,
            many(&|_| "{}".to_owned())
        ),
        format!(
            r#"{{"smithy": "2.0", {}}}"#,
            many(&|at| format!("\"x{at}\": 1"))
        ),
    ];
    for (at, input) in inputs.into_iter().enumerate() {
        let start = Instant::now();
        let (_, diagnostics) = read(input);
        let _ = diagnostics.to_string();
        let taken = start.elapsed();
        eprintln!("input {at}: {taken:?}, {} diagnostics", diagnostics.len());
        assert!(taken < Duration::from_secs(20), "input {at} took {taken:?}");
    }
}
