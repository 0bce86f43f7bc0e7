//! Texts of hostile models stand in literals and comments, and nowhere else; names that are none are refused.

#[path = "../build/models.rs"]
mod models;

use std::fs;
use std::path::Path;

use farrier::{Error, Generator};
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Value, json};

/// The words of texts that were planted, where they are identifiers, that is, code.
fn planted(tokens: TokenStream, found: &mut Vec<String>, literals: &mut usize) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => planted(group.stream(), found, literals),
            TokenTree::Ident(name) => {
                let name = name.to_string();
                found.extend(name.to_lowercase().contains("planted").then_some(name));
            }
            TokenTree::Literal(literal) => {
                *literals += usize::from(literal.to_string().contains("planted"));
            }
            TokenTree::Punct(_) => {}
        }
    }
}

/// Reads printed code: it parses, has planted words in literals (`some`, or none), and no other trace of them.
fn check(what: &str, text: &str, some: bool) {
    syn::parse_file(text).unwrap_or_else(|error| panic!("{what}: {error}"));
    let tokens: TokenStream = text
        .parse()
        .unwrap_or_else(|error| panic!("{what}: {error}"));
    let (mut found, mut literals) = (Vec::new(), 0);
    planted(tokens, &mut found, &mut literals);
    // Names of variants are made of the values of enums, letter by letter.
    found.retain(|name| !text.contains(&format!("    {name},\n")) && !name.starts_with("is_"));
    assert!(found.is_empty(), "{what}: {found:?}");
    assert!(!some || literals > 0, "{what}: nothing of it was printed");
    let steers = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{0}' | '\u{7f}' | '\r' | '\u{1b}');
    assert!(
        !text.contains(steers),
        "{what} holds characters that turn text or steer terminals"
    );
}

#[test]
fn texts_stay_in_literals_and_comments() {
    for (name, model) in models::printed() {
        let module = Generator::new()
            .validate_input()
            .module_of(model.to_string());
        let module = module.unwrap_or_else(|error| panic!("{name}: {error}"));
        check(name, &module, ["texts", "rules"].contains(&name));
    }
}

/// A crate has tests, a manifest and a README besides.
#[test]
fn crates_hold_no_more_of_a_model_than_modules() {
    for (name, model) in models::printed() {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("*mod el\u{202e}-->.json");
        fs::write(&path, model.to_string()).unwrap();
        let out = folder.join("out");
        let report = Generator::new().model(&path).out_dir(&out).generate();
        let report = report.unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut files = Vec::new();
        list(&folder, &mut files);
        // The model, and what was printed; nothing beside.
        assert_eq!(files.len(), report.files + 1, "{files:?}");
        for file in files.iter().filter(|file| file.starts_with(&out)) {
            let text = fs::read_to_string(file).unwrap();
            if file.extension().is_some_and(|it| it == "rs") {
                check(&file.display().to_string(), &text, false);
            }
            // Beside a folder's file no other can be the same module.
            assert!(!file.ends_with("mod.rs"), "{}", file.display());
        }
        let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
        assert_eq!(
            manifest.matches("\n[").count(),
            3 + usize::from(manifest.contains("dev-dependencies")),
            "{manifest}"
        );
        let readme = fs::read_to_string(out.join("README.md")).unwrap();
        // The header is two comments.
        assert!(
            !readme.contains("<script>") && readme.matches("-->").count() == 2,
            "{readme}"
        );
    }
}

fn list(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => list(&path, files),
            false => files.push(path),
        }
    }
}

/// What is no name never becomes one, wherever a model has names.
#[test]
fn names_that_are_none_are_refused() {
    const NAMES: [&str; 10] = [
        "../../planted",
        "a/b",
        "a b",
        "a\nb",
        "a\u{0}",
        "a-b",
        "a\"b",
        "caf\u{e9}",
        "a$b$c",
        "\u{202e}a",
    ];
    for name in NAMES {
        let service = json!({"type": "service", "version": "1", "operations": [{"target": "x#Op"}], "traits": {"aws.protocols#awsJson1_0": {}}});
        let base = json!({"smithy": "2.0", "shapes": {
            "x#S": service,
            "x#Op": {"type": "operation", "input": {"target": "x#In"}},
            "x#In": {"type": "structure", "members": {}},
        }});
        let mut places: Vec<Value> = Vec::new();
        let mut place = |change: &dyn Fn(&mut Value)| {
            let mut model = base.clone();
            change(&mut model["shapes"]);
            places.push(model);
        };
        place(&|shapes| shapes[format!("x#{name}")] = json!({"type": "string"}));
        place(&|shapes| shapes[format!("{name}#X")] = json!({"type": "string"}));
        place(&|shapes| shapes["x#In"]["members"][name] = json!({"target": "smithy.api#String"}));
        place(&|shapes| shapes["x#In"]["members"]["a"] = json!({"target": format!("x#{name}")}));
        place(&|shapes| shapes["x#S"]["rename"] = json!({"x#In": name}));
        for model in places {
            match Generator::new().module_of(model.to_string()) {
                Err(Error::Input(faults)) => {
                    let text = faults.to_string();
                    assert!(!text.contains(['\u{202e}', '\u{0}']), "{text}");
                }
                other => panic!("{name:?}: {:?}", other.map(|_| "printed")),
            }
        }
    }
}
