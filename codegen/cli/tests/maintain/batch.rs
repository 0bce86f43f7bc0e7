//! Many crates in one run.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::called::{farrier, fresh};
use crate::listing;

const NAMES: [&str; 4] = ["CreateAlias", "DeleteAlias", "ListAliases", "UpdateAlias"];

/// A folder whose `farrier.toml` asks for a crate and a module of each of some operations.
fn folder(name: &str) -> std::path::PathBuf {
    let folder = fresh(name);
    let tables = NAMES.iter().map(|operation| {
        format!(
            "[[crate]]\nmodel = \"kms.json\"\noperations = [\"{operation}\"]\nout = \"out/{operation}\"\n\
             [[crate]]\nmodel = \"kms.json\"\noperations = [\"{operation}\"]\nmodule = \"out/{operation}.rs\"\n"
        )
    });
    fs::write(folder.join("farrier.toml"), tables.collect::<String>()).unwrap();
    folder
}

fn generated(folder: &Path, arguments: &str) -> Vec<String> {
    let run = farrier(folder, &format!("generate {arguments}"));
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    run.out.lines().map(ToOwned::to_owned).collect()
}

#[test]
fn any_number_of_jobs_makes_the_same() {
    let mut all = Vec::new();
    for jobs in ["--jobs 1", "-j 3", ""] {
        let folder = folder("jobs");
        let lines = generated(&folder, jobs);
        // In the order of the file, whichever was made first.
        assert_eq!(lines.len(), 2 * NAMES.len() + 1, "{lines:?}");
        for (index, name) in NAMES.iter().enumerate() {
            // Of several crates by one name the folder is told too; a module is called by its path.
            let package = format!("farrier-kms (out/{name}): 1 operation, ");
            assert!(lines[2 * index].starts_with(&package), "{lines:?}");
            let module = format!("out/{name}.rs: 1 operation, 1 file, ");
            assert!(lines[2 * index + 1].starts_with(&module), "{lines:?}");
        }
        assert!(
            lines[8].starts_with("8 crates: 8 written, 0 fresh; "),
            "{lines:?}"
        );
        all.push(listing(&folder));
    }
    assert!(all[0] == all[1] && all[0] == all[2]);
    let refused = farrier(&folder("jobs"), "generate --jobs 0");
    assert_eq!(refused.code, 2);
}

#[test]
fn nobody_has_to_read_what_is_said() {
    for arguments in [&["generate"][..], &["generate", "--full", "--dry-run"]] {
        let folder = folder("unread");
        let mut command = Command::new(env!("CARGO_BIN_EXE_farrier"));
        command.current_dir(&folder).args(arguments);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn what_is_fresh_is_left_alone() {
    let folder = folder("skip");
    generated(&folder, "");
    let made = listing(&folder);
    fs::remove_file(folder.join("out/DeleteAlias.rs")).unwrap();
    let modified = |name: &str| fs::metadata(folder.join(name)).unwrap().modified().unwrap();
    let before = modified("out/CreateAlias/src/lib.rs");
    let lines = generated(&folder, "");
    assert!(lines[0].contains("; nothing changed; "), "{lines:?}");
    assert!(lines[3].contains("; 1 new; "), "{lines:?}");
    assert!(
        lines[8].starts_with("8 crates: 1 written, 7 fresh; "),
        "{lines:?}"
    );
    assert_eq!(modified("out/CreateAlias/src/lib.rs"), before);
    assert!(listing(&folder) == made);
    let check = farrier(&folder, "check");
    assert_eq!(check.code, 0, "{check:?}");
    assert_eq!(check.out.lines().count(), 8);
    let package = "farrier-kms (out/CreateAlias): fresh, 1 operation, ";
    assert!(check.out.starts_with(package), "{check:?}");
    fs::remove_file(folder.join("out/DeleteAlias/src/meta.rs")).unwrap();
    let check = farrier(&folder, "check --explain");
    let verdict = "\nfarrier-kms (out/DeleteAlias): 1 of ";
    let why = "\nfarrier-kms (out/DeleteAlias): the output was changed after ";
    assert!(
        check.out.contains(verdict) && check.out.contains(why),
        "{check:?}"
    );
    generated(&folder, "");
    assert!(generated(&folder, "--quiet").is_empty());
}

#[test]
fn a_dry_run_says_what_and_does_nothing() {
    let folder = folder("dry");
    let before = listing(&folder);
    let lines = generated(&folder, "--dry-run");
    assert!(listing(&folder) == before);
    assert!(
        lines
            .iter()
            .any(|line| line == "new      out/CreateAlias/src/lib.rs")
    );
    let of = lines
        .iter()
        .filter(|line| line.contains(" new, nothing written; "));
    assert_eq!(of.count(), 8, "{lines:?}");
    let last = lines.last().unwrap();
    assert!(
        last.starts_with("8 crates: 8 to write, 0 fresh; "),
        "{last}"
    );
    generated(&folder, "");
    let lines = generated(&folder, "--dry-run");
    assert_eq!(lines.len(), 9, "{lines:?}");
}

/// Whichever crate it is: all are made before the first is written, and everything that is wrong is told.
#[test]
fn a_fault_in_one_crate_keeps_all_from_being_written() {
    for (from, to, said) in [
        ("\"UpdateAlias\"", "\"Dance\"", "`Dance`"),
        ("\"CreateAlias\"", "\"Dance\"", "`Dance`"),
        ("out/ListAliases.rs", "farrier.toml", "was not generated"),
        (
            "kms.json\"\noperations = [\"CreateAlias\"]",
            "kms.jsn\"\noperations = [\"CreateAlias\"]",
            "there is no kms.jsn",
        ),
    ] {
        let folder = folder("fault");
        let config = fs::read_to_string(folder.join("farrier.toml")).unwrap();
        assert!(config.contains(from));
        fs::write(folder.join("farrier.toml"), config.replace(from, to)).unwrap();
        let before = listing(&folder);
        let run = farrier(&folder, "generate");
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
        assert!(run.err.contains(said), "{run:?}");
        let faults = run.err.lines().filter(|line| line.starts_with("error"));
        let faults = faults.count();
        assert_eq!(faults, config.matches(from).count(), "{run:?}");
        assert!(listing(&folder) == before);
    }
}

/// Two tables cannot have one target.
#[test]
fn a_target_is_written_by_one() {
    let folder = folder("same");
    let config = fs::read_to_string(folder.join("farrier.toml")).unwrap();
    let config = config.replace("out/DeleteAlias.rs", "out/CreateAlias.rs");
    fs::write(folder.join("farrier.toml"), config).unwrap();
    let before = listing(&folder);
    let run = farrier(&folder, "generate");
    assert_eq!(run.code, 2, "{run:?}");
    let said = "error[FA0206]: this is the target of a table above too\n  --> farrier.toml:";
    assert!(run.err.starts_with(said), "{run:?}");
    assert!(listing(&folder) == before);
}

/// Warnings are told when a model is read; a run that skips it says how many there are.
#[test]
fn warnings_of_a_fresh_crate_are_counted() {
    let folder = fresh("warned");
    let model = r#"{"smithy": "2.0", "shapes": {
"x#S": {"type": "service", "version": "1", "colour": "red", "traits": {"aws.protocols#awsJson1_1": {}}}}}"#;
    fs::write(folder.join("model.json"), model).unwrap();
    let arguments = "--model model.json --module s.rs";
    for (command, told, counted) in [
        ("generate", true, false),
        ("generate", false, true),
        ("check", false, true),
        ("check --full", true, false),
    ] {
        let run = farrier(&folder, &format!("{command} {arguments}"));
        assert_eq!(run.code, 0, "{run:?}");
        assert_eq!(run.err.contains("warning"), told, "{command}: {run:?}");
        let said = run.out.contains(", 1 warning (--full tells)");
        assert_eq!(said, counted, "{command}: {run:?}");
    }
}
