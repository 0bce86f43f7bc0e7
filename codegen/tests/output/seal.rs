//! What the hashes in an output tell: what was edited, and whether there is anything to do.

use std::fs;
use std::path::Path;

use farrier::{Error, Generator, Reason, Report};

use crate::{ONE, fresh, kms, listing};

#[test]
fn an_edited_file_is_told_from_a_stale_one_and_kept() {
    let out = fresh("edited");
    let generator = kms(ONE).out_dir(&out);
    generator.generate().unwrap();
    let made = listing(&out);
    let edit = |path: &str, from: &str, to: &str| {
        let path = out.join(path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{path:?}");
        fs::write(&path, text.replace(from, to)).unwrap();
        path
    };
    let manifest = edit("Cargo.toml", "edition = \"2024\"", "edition = \"2021\"");
    let readme = edit("README.md", "A Rust client", "My client");
    // Its header is another, and it holds what was written with it.
    let meta = edit("src/meta.rs", "from kms.json", "from other.json");
    let report = generator.check().unwrap();
    assert_eq!(report.stale, [manifest.clone(), readme.clone(), meta]);
    assert_eq!(report.edited, [manifest.clone(), readme.clone()]);
    assert_eq!(report.reasons, [Reason::Output]);

    let before = listing(&out);
    let error = generator.generate().unwrap_err();
    assert!(
        matches!(&error, Error::Edited(paths) if *paths == [manifest, readme]),
        "{error}"
    );
    assert_eq!(listing(&out), before);
    generator.clone().force().generate().unwrap();
    assert_eq!(listing(&out), made);
}

#[test]
fn an_edited_file_that_is_no_longer_made_is_kept_too() {
    let out = fresh("edited-surplus");
    let more = ["DisconnectCustomKeyStore", "DeleteCustomKeyStore"];
    kms(more).out_dir(&out).generate().unwrap();
    let edited = out.join("src/operation/delete_custom_key_store.rs");
    let text = fs::read_to_string(&edited).unwrap() + "// Mine.\n";
    fs::write(&edited, text).unwrap();
    let fewer = kms(ONE).out_dir(&out);
    assert_eq!(fewer.check().unwrap().edited, [edited.clone()]);
    let error = fewer.generate().unwrap_err();
    assert!(matches!(&error, Error::Edited(paths) if *paths == [edited.clone()]));
    fewer.force().generate().unwrap();
    assert!(!edited.exists());
}

/// A version control system may write other line ends than it was given.
#[test]
fn line_ends_of_a_checkout_are_no_edit() {
    let out = fresh("crlf");
    let generator = kms(ONE).out_dir(&out);
    generator.generate().unwrap();
    for (path, text) in listing(&out) {
        if path.is_file() {
            fs::write(path, text.replace('\n', "\r\n")).unwrap();
        }
    }
    let before = listing(&out);
    assert!(generator.sealed().is_some());
    assert!(generator.check().unwrap().is_fresh());
    generator.generate().unwrap();
    assert_eq!(listing(&out), before);
}

#[test]
fn line_ends_of_a_model_change_nothing() {
    let (out, models) = (fresh("crlf-model"), fresh("crlf-models"));
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    let mut made = Vec::new();
    for ends in ["\n", "\r\n"] {
        for name in ["kms.json", "kms.waiters.json"] {
            let text = fs::read_to_string(from.join(name)).unwrap();
            fs::write(models.join(name), text.replace('\n', ends)).unwrap();
        }
        let generator = Generator::new()
            .model(models.join("kms.json"))
            .overlay(models.join("kms.waiters.json"))
            .out_dir(&out);
        generator.generate().unwrap();
        made.push(listing(&out));
    }
    assert_eq!(made[0], made[1]);
}

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
    assert_eq!(reasons(&plain), [removed.clone()]);
    let other = plain.clone().crate_version("1.0.0");
    assert_eq!(reasons(&other), [removed, Reason::Options]);

    let text = fs::read_to_string(&model).unwrap();
    fs::write(&model, text.clone() + "\n").unwrap();
    let changed = Reason::Changed("model kms.json".to_owned());
    assert_eq!(reasons(&with), [changed.clone()]);
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

/// So that they are told in each run.
#[test]
fn warnings_are_not_sealed() {
    let folder = fresh("warnings");
    let model = folder.join("model.json");
    fs::write(&model, WARNED).unwrap();
    let generator = Generator::new()
        .model(&model)
        .module_file(folder.join("a.rs"));
    let report = generator.generate().unwrap();
    assert!(!report.warnings.is_empty());
    assert!(generator.sealed().is_none());
    assert!(generator.check().unwrap().is_fresh());
}

/// A service with a property that no service has.
const WARNED: &str = r#"{"smithy": "2.0", "shapes": {
"x#Service": {"type": "service", "version": "1", "operations": [{"target": "x#Do"}], "colour": "red",
    "traits": {"aws.protocols#awsJson1_1": {}}},
"x#Do": {"type": "operation"}}}"#;
