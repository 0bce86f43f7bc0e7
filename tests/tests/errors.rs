//! What is said about bad input: the whole text, as recorded in `tests/errors/*.txt`, and that nothing is written.
//!
//! `UPDATE=1 cargo test -p farrier-tests --test errors` rewrites the texts.

use farrier::{Error, Generator};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Bad input: its name, and the generator that reads it. Paths are relative to this package, where tests run.
struct Case {
    name: &'static str,
    generator: Generator,
}

/// A case that reads the model of its name.
fn model(name: &'static str) -> Case {
    Case {
        name,
        generator: Generator::new().model(format!("errors/{name}.json")),
    }
}

fn cases() -> Vec<Case> {
    let several = model("several");
    let wishes = model("unknown_operation");
    let streams = model("unsupported_shape");
    let others = model("two_services");
    let missing = Generator::new().model("errors/there_is_none.json");
    vec![
        Case {
            name: "missing_file",
            generator: missing.overlay("errors"),
        },
        model("not_json"),
        model("not_smithy"),
        model("unknown_version"),
        model("overlay_alone"),
        model("unresolved_target"),
        model("two_services"),
        Case {
            name: "other_service",
            generator: others.generator.service("Exmaple"),
        },
        model("no_service"),
        model("unknown_protocol"),
        model("no_protocol"),
        model("unsupported_trait"),
        Case {
            name: "unsupported_shape",
            generator: streams.generator.operations(["Do", "Upload"]),
        },
        model("behaviour"),
        Case {
            name: "several",
            generator: several
                .generator
                .model("errors/several.more.json")
                .overlay("errors/several.overlay.json"),
        },
        Case {
            name: "unknown_operation",
            generator: wishes.generator.operations([
                "ListKeys",
                "DeleteKeyStroe",
                "createkeystore",
                "*Keystore*",
                "Fly",
            ]),
        },
    ]
}

/// A folder of a test's own, empty.
fn fresh(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

#[test]
fn every_fault_is_told_as_recorded() {
    let mut different = Vec::new();
    for Case { name, generator } in cases() {
        let error = generator.module_file("no/matter.rs").check().unwrap_err();
        assert!(matches!(error, Error::Input(_)), "{name}: {error}");
        let actual = format!("{error}\n");
        let record = Path::new("errors").join(name).with_extension("txt");
        if env::var_os("UPDATE").is_some() {
            fs::write(&record, &actual).unwrap();
        }
        if fs::read_to_string(&record).unwrap_or_default() != actual {
            different.push(format!("{}:\n{actual}", record.display()));
        }
    }
    assert!(
        different.is_empty(),
        "UPDATE=1 rewrites:\n{}",
        different.join("\n")
    );
}

/// A build script may return the error from `main`, and then its `Debug` is what cargo shows.
#[test]
fn a_build_script_shows_the_same() {
    for Case { name, generator } in cases() {
        let error = generator.module_file("no/matter.rs").check().unwrap_err();
        assert_eq!(format!("{error:?}"), format!("\n{error}"), "{name}");
    }
}

#[test]
fn every_fault_says_where_it_is() {
    for Case { name, generator } in cases() {
        let Err(Error::Input(faults)) = generator.module_file("no/matter.rs").check() else {
            panic!("{name}")
        };
        for fault in &faults {
            let place = fault.place.as_ref();
            // A file that cannot be read has no lines, and what is absent has no place.
            let told = matches!(
                fault.code,
                farrier::Code::FileUnreadable | farrier::Code::NoService
            );
            assert!(
                told || place.is_some_and(|place| place.line > 0 && place.column > 0),
                "{fault}"
            );
        }
    }
}

#[test]
fn nothing_is_written() {
    let folder = fresh("nothing");
    for Case { name, generator } in cases() {
        let error = generator.clone().out_dir(folder.join(name)).generate();
        assert!(error.is_err(), "{name}");
        let error = generator
            .module_file(folder.join(name).join("module.rs"))
            .generate();
        assert!(error.is_err(), "{name}");
    }
    assert_eq!(fs::read_dir(folder).unwrap().count(), 0);
}

#[test]
fn what_was_written_before_stays() {
    let file = fresh("before").join("module.rs");
    let generator = Generator::new().module_file(&file);
    let good = generator.clone().model("golden/names.json");
    good.generate().unwrap();
    let before = fs::read(&file).unwrap();
    for Case { name, generator } in cases() {
        assert!(generator.module_file(&file).generate().is_err(), "{name}");
        assert_eq!(fs::read(&file).unwrap(), before, "{name}");
    }
    assert!(good.check().unwrap().is_fresh());
}
