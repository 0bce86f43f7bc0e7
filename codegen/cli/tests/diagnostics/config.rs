//! Mistakes in farrier.toml, and its schema.

use std::fs;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};

use super::{difference, farrier, fresh, here, none_differs};

/// Files with something wrong, or nothing; whether the schema sees it too.
const FILES: [(&str, &str, bool); 33] = [
    ("good", "[[crate]]\nmodel = 'm.json'\nout = 'o'\n", true),
    (
        "good_module",
        "[[crate]]\nmodel = ['m.json']\nmodule = 'o.rs'\nvalidate-input = true\n",
        true,
    ),
    (
        "good_all",
        "[[crate]]\nmodel = 'm.json'\noverlays = []\nservice = 'S'\noperations = '*'\nout = 'o'\ncrate-name = 'a_b-9'\n\
         crate-version = '1.2.3-rc.1+b.5'\nruntime-path = 'runtime'\n[[crate]]\nmodel = 'm.json'\nmodule = 'x.rs'\n",
        true,
    ),
    ("empty", "", false),
    ("no_list", "[crate]\nmodel = 'm.json'\nout = 'o'\n", false),
    ("number", "crate = 1\n", false),
    ("list_of_numbers", "crate = [1]\n", false),
    (
        "unknown_table",
        "[[crate]]\nmodel = 'm.json'\nout = 'o'\n[workspace]\n",
        false,
    ),
    (
        "key_outside",
        "model = 'm.json'\n[[crate]]\nmodel = 'm.json'\nout = 'o'\n",
        false,
    ),
    (
        "misspelt",
        "[[crate]]\nmodel = 'm.json'\nout = 'o'\ncrate_name = 'a'\noperation = 'b'\nzzz = 1\n",
        false,
    ),
    ("no_model", "[[crate]]\nout = 'o'\n", false),
    ("empty_model", "[[crate]]\nmodel = []\nout = 'o'\n", false),
    (
        "no_operation",
        "[[crate]]\nmodel = 'm.json'\noperations = []\nout = 'o'\n",
        false,
    ),
    (
        "no_target",
        "[[crate]]\nmodel = 'm.json'\n\n[[crate]]\nmodel = 'm.json'\nservice = 'S'\n",
        false,
    ),
    (
        "two_targets",
        "[[crate]]\nmodel = 'm.json'\nout = 'o'\nmodule = 'm.rs'\n",
        false,
    ),
    (
        "types",
        "[[crate]]\nmodel = 1\noverlays = [true]\nservice = []\nout = 1979-05-27\n",
        false,
    ),
    (
        "flag",
        "[[crate]]\nmodel = 'm.json'\nmodule = 'm.rs'\nvalidate-input = 'yes'\n",
        false,
    ),
    (
        "for_modules",
        "[[crate]]\nmodel = 'm.json'\nout = 'o'\nvalidate-input = true\n",
        false,
    ),
    (
        "for_crates",
        "[[crate]]\nmodel = 'm.json'\nmodule = 'm.rs'\ncrate-name = 'a'\nruntime-path = 'runtime'\n",
        false,
    ),
    (
        "bad_name",
        "[[crate]]\nmodel = 'm.json'\nout = 'o'\ncrate-name = '1st'\n",
        false,
    ),
    (
        "bad_version",
        "[[crate]]\nmodel = 'm.json'\nout = 'o'\ncrate-version = '01.0.0'\n",
        false,
    ),
    ("not_toml", "[[crate]]\nmodel = m.json\nout =\n", false),
    (
        "same_key",
        "[[crate]]\nmodel = 'm.json'\nmodel = 'm.json'\nout = 'o'\n",
        false,
    ),
    // What is in other files is not for a schema to say.
    (
        "absent",
        "[[crate]]\nmodel = ['m.json', 'n.json']\noverlays = 'far/away.json'\nout = 'o'\nruntime-path = 'run'\n",
        true,
    ),
    // The tables whose files are there are looked at all the same.
    (
        "absent_elsewhere",
        "[[crate]]\nmodel = 'n.json'\nout = 'o'\n[[crate]]\nmodel = 'm.json'\noperations = 'Dont'\nout = 'p'\n",
        true,
    ),
    (
        "absent_and_more",
        "[[crate]]\nmodel = 'n.json'\nout = 'o'\ncrate_name = 'a'\ncrate-version = '1'\nruntime-path = 'run'\n\
         [[crate]]\nmodel = 'm.json'\noverlays = 'none.json'\nout = 'o'\n",
        false,
    ),
    (
        "operation",
        "[[crate]]\nmodel = 'm.json'\noperations = [\n    'Do',\n    'Dont',\n    '*x',\n]\nout = 'o'\n",
        true,
    ),
    (
        "service",
        "[[crate]]\nmodel = 'm.json'\nservice = 'T'\nout = 'o'\n",
        true,
    ),
    (
        "second_table",
        "[[crate]]\nmodel = 'm.json'\noperations = 'Do'\nout = 'o'\n[[crate]]\nmodel = 'n/o.json'\noperations = 'Do'\nout = 'p'\n",
        true,
    ),
    (
        "folders",
        "[[crate]]\nmodel = 'runtime'\nmodule = 'x.rs'\n[[crate]]\nmodel = 'm.json'\nruntime-path = 'n'\nout = 'o'\n",
        true,
    ),
    (
        "same_target",
        "[[crate]]\nmodel = 'm.json'\nout = 'a'\n[[crate]]\nmodel = 'm.json'\nout = './b/../a'\n",
        true,
    ),
    (
        "target_inside",
        "[[crate]]\nmodel = 'm.json'\nout = 'a'\n[[crate]]\nmodel = 'm.json'\nmodule = 'a/src/m.rs'\n\
         [[crate]]\nmodel = 'm.json'\nmodule = 'b/src/m.rs'\n[[crate]]\nmodel = 'm.json'\nout = 'b'\n",
        true,
    ),
    (
        "no_file",
        "[[crate]]\nmodel = 'm.json'\nmodule = '..'\n",
        true,
    ),
];

const MODEL: &str = r##"{"smithy": "2.0", "shapes": {
"x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Do"}], "traits": {"aws.protocols#awsJson1_1": {}}},
"x#Do": {"type": "operation"}}}"##;

#[test]
fn every_mistake_has_its_place() {
    let folder = fresh("config");
    fs::create_dir_all(folder.join("runtime")).unwrap();
    fs::write(folder.join("runtime/Cargo.toml"), "").unwrap();
    fs::write(folder.join("m.json"), MODEL).unwrap();
    fs::create_dir_all(folder.join("n")).unwrap();
    fs::write(folder.join("n/o.json"), MODEL.replace("x#Do", "x#Else")).unwrap();
    let mut different = Vec::new();
    for (name, text, _) in FILES {
        fs::write(folder.join("farrier.toml"), text).unwrap();
        let run = farrier(&folder, "check");
        let good = name.starts_with("good");
        assert_eq!(run.code, if good { 1 } else { 2 }, "{name}: {run:?}");
        if good {
            assert_eq!(run.err, "", "{name}");
            continue;
        }
        for line in farrier(&folder, "check --message-format json").err.lines() {
            let object: Value = serde_json::from_str(line).unwrap();
            assert_eq!(object["file"], "farrier.toml", "{name}: {line}");
            assert!(
                object["line"].is_u64() && object["column"].is_u64(),
                "{name}: {line}"
            );
        }
        let record = here().join(format!("tests/diagnostics/shown/config/{name}.txt"));
        different.extend(difference(&record, &run.err));
    }
    none_differs(&different);
}

/// The schema, which is one of its draft, ready to judge.
struct Judge {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Judge {
    fn new() -> Judge {
        let run = farrier(here(), "init --schema");
        assert_eq!(run.code, 0);
        let schema = serde_json::from_str(&run.out).unwrap();
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        compiler.add_resource("farrier.json", schema).unwrap();
        let index = compiler.compile("farrier.json", &mut schemas).unwrap();
        Judge { schemas, index }
    }

    fn takes(&self, value: &Value) -> bool {
        self.schemas.validate(value, self.index).is_ok()
    }
}

/// The schema refuses what the reader refuses, and takes what it takes, but for what is in other files.
#[test]
fn the_schema_judges_as_the_reader_does() {
    let judge = Judge::new();
    for (name, text, expected) in FILES {
        let Ok(table) = text.parse::<toml::Table>() else {
            assert!(!expected, "{name}");
            continue;
        };
        let object = serde_json::to_value(table).unwrap();
        assert_eq!(judge.takes(&object), expected, "{name}");
    }
}

/// The patterns of the schema mean what the reader means.
#[test]
fn the_schema_takes_the_same_names_and_versions() {
    let judge = Judge::new();
    let folder = fresh("names");
    fs::write(folder.join("m.json"), MODEL).unwrap();
    let names = ["a", "a-b_C9", "", "-a", "9a", "a b", "ä", "a\n"];
    let versions = [
        "0.1.0",
        "1.2.3-rc.1+b5",
        "1.2",
        "1.2.x",
        "01.2.3",
        "1.2.3-",
        "+1.2.3",
        "1.2.3+",
        "1.2.3-a..b",
        "1.2.3-é",
    ];
    let names = names.iter().map(|name| ("crate-name", name));
    for (key, value) in names.chain(versions.iter().map(|version| ("crate-version", version))) {
        let table = json!({"model": "m.json", "out": "o", key: value});
        let judged = judge.takes(&json!({"crate": [table]}));
        let text = format!(
            "[[crate]]\nmodel = 'm.json'\nout = 'o'\n{key} = {}\n",
            json!(value)
        );
        fs::write(folder.join("farrier.toml"), text).unwrap();
        let read = farrier(&folder, "check").code == 1;
        assert_eq!(judged, read, "{key} {value:?}");
    }
}
