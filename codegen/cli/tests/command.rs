//! The command as it is called: exit codes, what it says, what it leaves on disk.

mod called;

use std::fs;
use std::path::Path;
use std::process::Command;

use called::{farrier, fresh, run};

const CONFIG: &str = "\
[[crate]]
model = \"kms.json\"
overlays = [\"kms.waiters.json\"]
operations = [\"DisconnectCustomKeyStore\"]
crate-name = \"one\"
out = \"out/one\"

[[crate]]
model = \"kms.json\"
operations = [\"DeleteCustomKeyStore\"]
module = \"out/two.rs\"
";

#[test]
fn the_config_is_found_from_a_folder_inside() {
    let folder = fresh("config");
    fs::write(folder.join("farrier.toml"), CONFIG).unwrap();
    let inside = folder.join("some/where");
    fs::create_dir_all(&inside).unwrap();

    let stale = farrier(&inside, "check");
    assert_eq!(stale.code, 1, "{stale:?}");
    assert!(stale.out.contains("missing "), "{stale:?}");
    let done = farrier(&inside, "generate");
    assert_eq!(done.code, 0, "{done:?}");
    let lines: Vec<&str> = done.out.lines().collect();
    assert!(lines[0].starts_with("one: 1 operation, "), "{done:?}");
    assert!(
        lines[1].contains("two.rs: 1 operation, 1 file, "),
        "{done:?}"
    );
    assert!(folder.join("out/one/src/lib.rs").exists());
    let again = farrier(&folder, "generate");
    assert!(again.out.contains("nothing changed"), "{again:?}");
    let fresh = farrier(&folder, "check");
    assert_eq!((fresh.code, fresh.err.as_str()), (0, ""), "{fresh:?}");

    let path = folder.join("out/one/src/lib.rs");
    let edited = fs::read_to_string(&path).unwrap() + "// Edited.\n";
    fs::write(path, edited).unwrap();
    let stale = farrier(&folder, "check --config farrier.toml");
    assert_eq!(stale.code, 1);
    assert!(
        stale.out.contains("edited   out/one/src/lib.rs\n"),
        "{stale:?}"
    );
}

#[test]
fn arguments_take_the_place_of_the_config() {
    let folder = fresh("arguments");
    let arguments = "--model kms.json --overlay kms.waiters.json --operation *CustomKeyStore* --crate-name mine \
        --crate-version 1.2.3 --out mine";
    let done = farrier(&folder, &format!("generate {arguments}"));
    assert_eq!(done.code, 0, "{done:?}");
    assert!(done.out.starts_with("mine: 6 operations, "), "{done:?}");
    let manifest = fs::read_to_string(folder.join("mine/Cargo.toml")).unwrap();
    assert!(
        manifest.contains("name = \"mine\"\nversion = \"1.2.3\"\n"),
        "{manifest}"
    );
    assert_eq!(farrier(&folder, &format!("check {arguments}")).code, 0);
}

/// A module has the setting `validate_input` where it is asked for, by argument or by configuration; a crate has it behind
/// a feature.
#[test]
fn modules_check_inputs_on_request() {
    let folder = fresh("validation");
    let has_setting = |path: &str| {
        let text = fs::read_to_string(folder.join(path)).unwrap();
        text.contains("pub fn validate_input(")
    };
    let arguments = "generate --model kms.json --operation CreateAlias";
    for (more, path, has) in [
        ("--module plain.rs", "plain.rs", false),
        ("--module checked.rs --validate-input", "checked.rs", true),
        ("--out crate", "crate/src/config.rs", true),
    ] {
        let done = farrier(&folder, &format!("{arguments} {more}"));
        assert_eq!(done.code, 0, "{done:?}");
        assert_eq!(has_setting(path), has, "{more}");
    }
    let manifest = fs::read_to_string(folder.join("crate/Cargo.toml")).unwrap();
    let feature = "\nvalidate-input = [\"farrier-runtime/validate-input\"]\n";
    assert!(manifest.contains(feature), "{manifest}");
    let config = CONFIG.replace("module =", "validate-input = true\nmodule =");
    fs::write(folder.join("farrier.toml"), config).unwrap();
    assert_eq!(farrier(&folder, "generate").code, 0);
    assert!(has_setting("out/two.rs"));
    let refused = farrier(
        &folder,
        &format!("{arguments} --out crate --validate-input"),
    );
    assert_eq!(refused.code, 2, "{refused:?}");
}

#[test]
fn usage_and_input_faults_end_with_two() {
    let folder = fresh("faults");
    let cases = [
        ("", "Usage"),
        ("generate --model kms.json", "--out"),
        ("generate --out x", "--model"),
        (
            "generate --model kms.json --out x --module y.rs",
            "--module",
        ),
        (
            "generate --model kms.json --module y.rs --crate-name z",
            "--module",
        ),
        ("generate --config no.toml", "no.toml"),
        ("generate --model no.json --out x", "no.json"),
        ("check --model no.json --out x", "no.json"),
        (
            "generate --model kms.json --out x --operation DisconectCustomKeyStore",
            "DisconnectCustomKeyStore",
        ),
        (
            "generate --model kms.json --out x --crate-version one",
            "version",
        ),
        ("generate --model kms.json --out kms.json/x", "kms.json"),
    ];
    for (arguments, part) in cases {
        let run = farrier(&folder, arguments);
        assert_eq!(run.code, 2, "{arguments}: {run:?}");
        assert!(run.err.contains(part), "{arguments}: {run:?}");
        assert_eq!(run.out, "", "{arguments}");
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
}

#[test]
fn faults_of_the_config_have_their_lines_and_stop_all_crates() {
    let folder = fresh("bad-config");
    let config = CONFIG.replace("module =", "modul =");
    fs::write(folder.join("farrier.toml"), config).unwrap();
    let run = farrier(&folder, "generate");
    assert_eq!(run.code, 2, "{run:?}");
    for part in [
        "the key `modul` is not known\n  --> farrier.toml:11:1\n",
        "either `out` or `module`\n --> farrier.toml:8:1\n",
    ] {
        assert!(run.err.contains(part), "{part}: {run:?}");
    }
    let config = CONFIG.replace("\"DeleteCustomKeyStore\"", "\"Dance\"");
    fs::write(folder.join("farrier.toml"), config).unwrap();
    let run = farrier(&folder, "generate");
    assert_eq!(run.code, 2, "{run:?}");
    assert!(!folder.join("out").exists());
}

/// A limit on the size of files is as near as a test comes to a full disk.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_leaves_the_old_output() {
    let folder = fresh("full");
    let small = "--model kms.json --operation DisconnectCustomKeyStore --module kms.rs";
    assert_eq!(farrier(&folder, &format!("generate {small}")).code, 0);
    let before = fs::read_to_string(folder.join("kms.rs")).unwrap();
    let mut limited = Command::new("sh");
    let program = env!("CARGO_BIN_EXE_farrier");
    let large = "--model kms.json --operation '*CustomKeyStore*' --module kms.rs";
    limited.args([
        "-c",
        &format!("trap '' XFSZ; ulimit -f 8; exec {program} generate {large}"),
    ]);
    let run = run(limited.current_dir(&folder));
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("cannot write kms.rs"), "{run:?}");
    assert_eq!(fs::read_to_string(folder.join("kms.rs")).unwrap(), before);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
}

/// What is committed is what the generator writes today; `cargo farrier generate` mends it.
#[test]
fn what_this_repository_holds_is_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let run = farrier(&root, "check --full");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

/// Two services in one file; the second has another operation.
const TWO: &str = r#"{"smithy": "2.0", "shapes": {
"x#First": {"type": "service", "version": "1", "operations": [{"target": "x#Do"}], "traits": {"aws.protocols#awsJson1_1": {}}},
"y#Second": {"type": "service", "version": "1", "operations": [{"target": "x#Undo"}], "traits": {"aws.protocols#awsJson1_0": {}}},
"x#Do": {"type": "operation"}, "x#Undo": {"type": "operation"}}}"#;

#[test]
fn one_of_several_services_is_asked_for_by_name() {
    let folder = fresh("services");
    fs::write(folder.join("two.json"), TWO).unwrap();
    let told = farrier(&folder, "generate --model two.json --module two.rs");
    assert_eq!(told.code, 2);
    assert!(
        told.err.contains("say which one: `--service x#First`"),
        "{}",
        told.err
    );
    for name in ["Second", "y#Second"] {
        let made = farrier(
            &folder,
            &format!("generate --model two.json --service {name} --module {name}.rs"),
        );
        assert_eq!(made.code, 0, "{}", made.err);
        let text = fs::read_to_string(folder.join(format!("{name}.rs"))).unwrap();
        assert!(text.contains("pub struct Undo;") && !text.contains("pub struct Do;"));
    }
    let config = "[[crate]]\nmodel = \"two.json\"\nservice = \"First\"\nmodule = \"first.rs\"\n";
    fs::write(folder.join("farrier.toml"), config).unwrap();
    assert_eq!(farrier(&folder, "generate").code, 0);
    let text = fs::read_to_string(folder.join("first.rs")).unwrap();
    assert!(text.contains("pub struct Do;"));
    let missing = farrier(
        &folder,
        "generate --model two.json --service Third --module x.rs",
    );
    assert_eq!(missing.code, 2);
    assert!(
        missing.err.contains("no service `Third`"),
        "{}",
        missing.err
    );
}
