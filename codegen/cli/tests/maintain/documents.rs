//! Completions and the manual: from the definitions that the arguments are read by.

use std::fs;
use std::process::{Command, Stdio};

use crate::called::{farrier, fresh, run};

#[test]
fn every_shell_gets_completions_of_every_command() {
    let folder = fresh("completions");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = farrier(&folder, &format!("completions {shell}"));
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
        for word in [
            "generate",
            "check",
            "completions",
            "man",
            "dry-run",
            "explain",
        ] {
            assert!(run.out.contains(word), "{word} for {shell}");
        }
    }
    let run = farrier(&folder, "completions tcsh");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("bash"), "{run:?}");
}

/// Bash itself says what it would complete.
#[cfg(unix)]
#[test]
fn bash_completes() {
    let folder = fresh("bash");
    let script = farrier(&folder, "completions bash").out;
    fs::write(folder.join("farrier.bash"), script).unwrap();
    let complete = |words: &str, count: usize| {
        let mut bash = Command::new("bash");
        let last = count - 1;
        bash.args(["--norc", "-c"]).arg(format!(
            "source farrier.bash && COMP_WORDS=({words}) COMP_CWORD={last} && \
             _farrier farrier \"${{COMP_WORDS[{last}]}}\" \"${{COMP_WORDS[{last}-1]}}\" && echo \"${{COMPREPLY[@]}}\""
        ));
        let output = bash.current_dir(&folder).stderr(Stdio::inherit()).output();
        String::from_utf8(output.expect("bash").stdout).unwrap()
    };
    assert_eq!(complete("farrier gen", 2), "generate\n");
    assert_eq!(complete("farrier generate --dry", 3), "--dry-run\n");
    assert_eq!(complete("farrier check --expl", 3), "--explain\n");
}

/// What cannot be printed is told of; what nobody reads to its end is not.
#[cfg(target_os = "linux")]
#[test]
fn standard_output_may_be_full_or_closed() {
    let folder = fresh("full");
    let made = "--model kms.json --operation CreateAlias --module one.rs";
    assert_eq!(farrier(&folder, &format!("generate {made}")).code, 0);
    for arguments in [
        &format!("check {made}"),
        &format!("generate --dry-run {made}"),
        "inspect kms.json",
        "diff kms.json kms.json",
        "explain",
        "explain FA0001",
        "init --schema",
        "completions zsh",
        "man",
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_farrier"));
        command.current_dir(&folder).args(arguments.split(' '));
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let run = run(command.stdout(full));
        assert_eq!(run.code, 2, "{arguments}: {run:?}");
        let said = "error[FA0302]: cannot write to standard output: ";
        assert!(run.err.starts_with(said), "{arguments}: {run:?}");

        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments}");
    }
}

#[test]
fn there_is_a_page_for_each_command() {
    let folder = fresh("man");
    let page = farrier(&folder, "man");
    assert_eq!((page.code, page.err.as_str()), (0, ""), "{page:?}");
    for part in [".TH farrier 1", "generate", "check"] {
        assert!(page.out.contains(part), "{part}: {}", page.out);
    }
    assert_eq!(farrier(&folder, "man --out pages/man1").code, 0);
    let read = |name: &str| fs::read_to_string(folder.join("pages/man1").join(name)).unwrap();
    assert_eq!(read("farrier.1"), page.out);
    let generate = read("farrier-generate.1");
    for part in [".TH farrier-generate 1", "dry\\-run", "Exit codes: 0 done"] {
        assert!(generate.contains(part), "{part}: {generate}");
    }
    assert!(read("farrier-check.1").contains("explain"));
    let refused = farrier(&folder, "man --out kms.json");
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("cannot write the manual"),
        "{refused:?}"
    );
}
