//! Files that were changed after they were written: by somebody, or by a version control system.

use std::fs;
use std::path::Path;

use farrier::{Error, Generator};

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
    assert_eq!(fewer.check().unwrap().edited, std::slice::from_ref(&edited));
    let error = fewer.generate().unwrap_err();
    assert!(matches!(&error, Error::Edited(paths) if *paths == [edited.clone()]));
    fewer.force().generate().unwrap();
    assert!(!edited.exists());
}

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
