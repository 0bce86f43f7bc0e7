//! The same models give the same bytes, whatever the run, the number of threads, the locale, the time zone, the folder, the
//! way in which paths are written, and the ends of the lines of the models.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is generated, by its path in a folder of models.
const RUNS: [&[&str]; 3] = [
    &[
        "--model",
        "kms.json",
        "--overlay",
        "kms.waiters.json",
        "--operation",
        "*CustomKeyStore*",
        "--out",
        "out/kms",
    ],
    &[
        "--model",
        "shapes.json",
        "--model",
        "shapes.old.json",
        "--out",
        "out/shapes",
    ],
    &[
        "--model",
        "endpoints.json",
        "--validate-input",
        "--module",
        "out/endpoints.rs",
    ],
];

const MODELS: [&str; 5] = [
    "models/kms.json",
    "models/kms.waiters.json",
    "tests/golden/shapes.json",
    "tests/golden/shapes.old.json",
    "tests/golden/endpoints.json",
];

/// How the command is run.
struct Way {
    name: &'static str,
    /// What it is run by.
    through: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
    /// Whether the command is run in the folder of the models, with relative paths, or elsewhere.
    relative: bool,
    line_ends: &'static str,
}

impl Way {
    const USUAL: Way = Way {
        name: "usual",
        through: &[],
        environment: &[],
        relative: true,
        line_ends: "\n",
    };
}

fn ways() -> Vec<Way> {
    vec![
        Way {
            name: "again",
            ..Way::USUAL
        },
        Way {
            name: "one-thread",
            through: &["taskset", "--cpu-list", "0"],
            ..Way::USUAL
        },
        Way {
            name: "another-locale",
            environment: &[
                ("LC_ALL", "tr_TR.UTF-8"),
                ("LANG", "ar_SA.UTF-8"),
                ("LANGUAGE", "tr:ar"),
            ],
            ..Way::USUAL
        },
        Way {
            name: "no-locale",
            environment: &[("LC_ALL", "C"), ("LANG", "")],
            ..Way::USUAL
        },
        Way {
            name: "another-time-zone",
            environment: &[("TZ", "Pacific/Kiritimati")],
            ..Way::USUAL
        },
        Way {
            name: "another-time",
            environment: &[
                ("TZ", "America/St_Johns"),
                ("SOURCE_DATE_EPOCH", "1"),
                ("HOME", "/nowhere"),
                ("USER", "nobody"),
            ],
            ..Way::USUAL
        },
        Way {
            name: "absolute paths, and a name with spaces",
            relative: false,
            ..Way::USUAL
        },
        Way {
            name: "windows-line-ends",
            line_ends: "\r\n",
            ..Way::USUAL
        },
    ]
}

/// Generates all of it in a folder of its own, and reads it.
fn generate(way: &Way) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("same bytes")
        .join(way.name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("out")).unwrap();
    for model in MODELS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .join(model);
        let text = fs::read_to_string(&path)
            .unwrap()
            .replace('\n', way.line_ends);
        fs::write(folder.join(path.file_name().unwrap()), text).unwrap();
    }
    for arguments in RUNS {
        let mut words: Vec<&str> = way.through.to_vec();
        words.extend([env!("CARGO_BIN_EXE_farrier"), "generate"]);
        let mut command = Command::new(words[0]);
        command
            .args(&words[1..])
            .envs(way.environment.iter().copied());
        if way.relative {
            command.current_dir(&folder).args(arguments);
        } else {
            command.current_dir(env!("CARGO_TARGET_TMPDIR"));
            for word in arguments {
                let is_path = word.ends_with(".json") || word.starts_with("out/");
                match is_path {
                    true => command.arg(folder.join(word)),
                    false => command.arg(word),
                };
            }
        }
        let output = command
            .output()
            .unwrap_or_else(|error| panic!("{}: {error}", words[0]));
        assert!(output.status.success(), "{}: {output:?}", way.name);
    }
    let mut files = BTreeMap::new();
    read(&folder.join("out"), &folder, &mut files);
    files
}

fn read(folder: &Path, root: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => read(&path, root, files),
            false => {
                let name = path.strip_prefix(root).unwrap().to_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
}

#[test]
fn output_depends_on_nothing_but_the_models() {
    let usual = generate(&Way::USUAL);
    assert!(usual.len() > 40, "{:?}", usual.keys());
    for way in ways() {
        let files = generate(&way);
        assert!(files.keys().eq(usual.keys()), "{}", way.name);
        for (path, bytes) in &files {
            assert!(
                *bytes == usual[path],
                "{}: {} differs",
                way.name,
                path.display()
            );
        }
    }
}

/// The test above can tell: another model gives other bytes.
#[test]
fn another_model_gives_other_bytes() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("other bytes");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/endpoints.json");
    let text = fs::read_to_string(path).unwrap();
    let mut outputs = Vec::new();
    for text in [
        text.clone(),
        text.replace("The stage that is called.", "The stage."),
    ] {
        fs::write(folder.join("endpoints.json"), text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_farrier"));
        command.current_dir(&folder).args([
            "generate",
            "--model",
            "endpoints.json",
            "--module",
            "endpoints.rs",
        ]);
        assert!(command.status().unwrap().success());
        outputs.push(fs::read(folder.join("endpoints.rs")).unwrap());
    }
    assert_ne!(outputs[0], outputs[1]);
}
