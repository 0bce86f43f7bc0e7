//! What the hashes in an output tell: whether there is anything to do, and why.

use std::fs;
use std::path::Path;

use farrier::{Generator, Reason, Report};

use crate::{ONE, fresh, kms, listing};

/// A version control system may write other line ends than it was given.
/// Whatever is changed, one of the files or something asked for, the hashes show it; and nothing else does.
#[test]
fn an_output_is_sealed_until_anything_changes() {
    let out = fresh("sealed");
    let generator = kms(ONE).out_dir(&out);
    assert!(generator.sealed().is_none());
    let made = generator.generate().unwrap();
    let sealed = generator.sealed().unwrap();
    assert!(sealed.is_fresh());
    let told = |report: &Report| {
        let name = report.name.clone();
        (name, report.operations, report.files, report.lines)
    };
    assert_eq!(told(&sealed), told(&made));

    let files = listing(&out);
    let texts = || files.iter().filter(|(path, _)| path.is_file());
    for (path, text) in texts() {
        fs::write(path, text.replace('\n', "\r\n")).unwrap();
    }
    assert!(generator.sealed().is_some(), "other ends of lines");
    for (path, text) in texts() {
        fs::write(path, text).unwrap();
    }
    for (path, text) in files.iter().filter(|(path, _)| path.is_file()) {
        for changed in [Some(format!("{text}\n")), None] {
            match &changed {
                Some(changed) => fs::write(path, changed).unwrap(),
                None => fs::remove_file(path).unwrap(),
            }
            assert!(generator.sealed().is_none(), "{path:?} {changed:?}");
            fs::write(path, text).unwrap();
        }
    }
    let left_over = out.join("src/left_over.rs");
    fs::write(&left_over, &files[&out.join("src/meta.rs")]).unwrap();
    assert!(generator.sealed().is_none());
    fs::write(&left_over, "// Mine.\n").unwrap();
    assert!(generator.sealed().is_some());
}

/// Two outputs that are each whole make none together, as after a merge that took a file from each side.
#[test]
fn files_of_two_outputs_are_not_sealed() {
    let (out, other) = (fresh("two"), fresh("two-other"));
    let generator = kms(ONE).out_dir(&out);
    generator.generate().unwrap();
    let named = kms(ONE).crate_version("0.2.0").out_dir(&other);
    named.generate().unwrap();
    fs::copy(other.join("Cargo.toml"), out.join("Cargo.toml")).unwrap();
    assert!(generator.sealed().is_none());
    let report = generator.check().unwrap();
    assert_eq!(report.stale, [out.join("Cargo.toml")]);
    assert!(report.edited.is_empty());
}

#[test]
fn reasons_name_what_has_changed() {
    let (out, models) = (fresh("reasons"), fresh("reasons-models"));
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    for name in ["kms.json", "kms.waiters.json"] {
        fs::copy(from.join(name), models.join(name)).unwrap();
    }
    let (model, overlay) = (models.join("kms.json"), models.join("kms.waiters.json"));
    let plain = Generator::new()
        .model(&model)
        .operation(ONE[0])
        .out_dir(&out);
    let with = plain.clone().overlay(&overlay);
    let reasons = |generator: &Generator| {
        assert!(generator.sealed().is_none());
        generator.check().unwrap().reasons
    };
    assert_eq!(reasons(&with), [Reason::Missing]);
    with.generate().unwrap();
    assert_eq!(with.check().unwrap().reasons, []);
    let removed = Reason::Removed("overlay kms.waiters.json".to_owned());
    assert_eq!(reasons(&plain), std::slice::from_ref(&removed));
    let other = plain.clone().crate_version("1.0.0");
    let added = Reason::Added("setting crate-version".to_owned());
    assert_eq!(reasons(&other), [added, removed]);

    let text = fs::read_to_string(&model).unwrap();
    fs::write(&model, text.clone() + "\n").unwrap();
    let changed = Reason::Changed("model kms.json".to_owned());
    assert_eq!(reasons(&with), std::slice::from_ref(&changed));
    assert_eq!(changed.to_string(), "the model kms.json has changed");
    fs::write(&model, text).unwrap();

    let lib = out.join("src/lib.rs");
    let sealed = fs::read_to_string(&lib).unwrap();
    let version = format!("// farrier {}\n", env!("CARGO_PKG_VERSION"));
    assert!(sealed.contains(&version), "{sealed}");
    fs::write(&lib, sealed.replace(&version, "// farrier 0.0.1\n")).unwrap();
    let was = Reason::Version {
        was: "0.0.1".to_owned(),
        is: env!("CARGO_PKG_VERSION").to_owned(),
    };
    assert_eq!(reasons(&with), [was]);
    fs::write(&lib, sealed.replace(&version, "")).unwrap();
    assert_eq!(reasons(&with), [Reason::Unsealed]);
}

/// Not only that settings have changed: each by the key that it has in `farrier.toml`.
#[test]
fn reasons_name_each_setting() {
    let out = fresh("settings");
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    let plain = kms(ONE).out_dir(&out);
    let all = plain
        .clone()
        .service("TrentService")
        .operation("CreateAlias")
        .crate_name("mine")
        .crate_version("1.2.3")
        .runtime_path(runtime);
    let reasons = |generator: &Generator| {
        assert!(generator.sealed().is_none());
        let reasons = generator.check().unwrap().reasons.into_iter();
        Vec::from_iter(reasons.map(|reason| reason.to_string()))
    };
    plain.generate().unwrap();
    let added = [
        "the setting service has been added",
        "the setting operations has changed",
        "the setting crate-name has been added",
        "the setting crate-version has been added",
        "the setting runtime-path has been added",
    ];
    assert_eq!(reasons(&all), added);
    all.generate().unwrap();
    let removed = [
        "the setting operations has changed",
        "the setting service is no longer asked for",
        "the setting crate-name is no longer asked for",
        "the setting crate-version is no longer asked for",
        "the setting runtime-path is no longer asked for",
    ];
    assert_eq!(reasons(&plain), removed);
    let other = all.clone().crate_version("1.2.4");
    assert_eq!(reasons(&other), ["the setting crate-version has changed"]);

    // A module where the first file of a crate was, and then another module.
    plain.generate().unwrap();
    let module = kms(ONE).module_file(out.join("src/lib.rs"));
    assert_eq!(reasons(&module), ["the setting module has been added"]);
    module.generate().unwrap();
    let added = ["the setting validate-input has been added"];
    assert_eq!(reasons(&module.clone().validate_input()), added);
}

/// Of two files by the same name the one that has changed is the only one, and where none has none is named.
#[test]
fn files_of_one_name_are_told_apart() {
    let folder = fresh("same-name");
    let part = |shapes: &str| format!(r#"{{"smithy": "2.0", "shapes": {{{shapes}}}}}"#);
    let parts = [
        part(
            r#""x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Do"}],
                "traits": {"aws.protocols#awsJson1_1": {}}}"#,
        ),
        part(r#""x#Do": {"type": "operation"}"#),
    ];
    let mut generator = Generator::new().module_file(folder.join("x.rs"));
    let paths = ["one", "two"].map(|name| folder.join(name).join("x.json"));
    for (path, text) in paths.iter().zip(&parts) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        generator = generator.model(path);
    }
    generator.generate().unwrap();
    let other = generator.clone().service("S");
    let added = Reason::Added("setting service".to_owned());
    assert_eq!(other.check().unwrap().reasons, [added]);
    fs::write(&paths[1], format!("{}\n", parts[1])).unwrap();
    let changed = Reason::Changed("model x.json".to_owned());
    assert_eq!(generator.check().unwrap().reasons, [changed]);
}

/// The hashes of another build are not trusted; where its output is the same, it is fresh, and writing renews them.
#[test]
fn a_build_trusts_no_other() {
    let out = fresh("builds");
    let (one, two) = (
        kms(ONE).out_dir(&out).build("1"),
        kms(ONE).out_dir(&out).build("2"),
    );
    one.generate().unwrap();
    let before = listing(&out);
    assert!(one.sealed().is_some() && two.sealed().is_none());
    let report = two.check().unwrap();
    assert!(report.is_fresh() && report.other_build && report.reasons.is_empty());
    // One that does not tell its build has nothing to say about it.
    let plain = kms(ONE).out_dir(&out);
    assert!(plain.sealed().is_none());
    assert!(!plain.generate().unwrap().other_build);
    assert_eq!(listing(&out), before);

    assert!(two.generate().unwrap().is_fresh());
    assert!(two.sealed().is_some() && one.sealed().is_none());
    let after = listing(&out);
    let changed = before.keys().filter(|path| before[*path] != after[*path]);
    assert_eq!(changed.collect::<Vec<_>>(), [&out.join("src/lib.rs")]);
}

/// They are told when a model is read; of one that is not, it is known how many there are.
#[test]
fn warnings_are_counted_in_a_seal() {
    let folder = fresh("warnings");
    let model = folder.join("model.json");
    fs::write(&model, WARNED).unwrap();
    let generator = Generator::new()
        .model(&model)
        .module_file(folder.join("a.rs"));
    let made = generator.generate().unwrap();
    assert_eq!((made.warnings.len(), made.warned), (1, 1));
    let sealed = generator.sealed().unwrap();
    assert_eq!((sealed.warnings.len(), sealed.warned), (0, 1));
}

/// A service with a property that no service has.
const WARNED: &str = r#"{"smithy": "2.0", "shapes": {
"x#Service": {"type": "service", "version": "1", "operations": [{"target": "x#Do"}], "colour": "red",
    "traits": {"aws.protocols#awsJson1_1": {}}},
"x#Do": {"type": "operation"}}}"#;
