//! Colours, JSON, the cap, and files that are hard to show.

use std::fs;
use std::time::{Duration, Instant};

use super::{command, farrier, fresh, run};

/// A model with so many faults, on lines of their own.
fn faulty(count: usize) -> String {
    let member = |at: usize| format!("\"m{at}\": {{\"target\": \"x#Gone\"}}");
    let members: Vec<String> = (0..count).map(member).collect();
    format!(
        "{{\"smithy\": \"2.0\", \"shapes\": {{\"x#S\": {{\"type\": \"structure\", \"members\": {{\n{}\n}}}}}}}}",
        members.join(",\n")
    )
}

const CHECK: &str = "check --model m.json --module no.rs";

#[test]
fn colours_are_for_terminals_and_those_who_ask() {
    let folder = fresh("colours");
    fs::write(folder.join("m.json"), faulty(1)).unwrap();
    let colored = |arguments: &str, variables: &[(&str, &str)]| {
        let mut command = command(env!("CARGO_BIN_EXE_farrier"), &folder);
        command
            .args(CHECK.split(' '))
            .args(arguments.split_whitespace());
        let run = run(command.envs(variables.iter().copied()));
        assert_eq!(run.code, 2, "{run:?}");
        run.err.contains("\u{1b}[")
    };
    assert!(!colored("", &[]), "a pipe has no colours");
    assert!(colored("--color always", &[]));
    assert!(colored("--color always", &[("NO_COLOR", "1")]));
    assert!(colored("", &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored("", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!colored("--color never", &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored("--color always --message-format json", &[]));
}

/// `script` of util-linux runs a command on a terminal of its own.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_has_colours() {
    let folder = fresh("terminal");
    fs::write(folder.join("m.json"), faulty(1)).unwrap();
    let program = env!("CARGO_BIN_EXE_farrier");
    for (variables, expected) in [("", true), ("NO_COLOR=1", false), ("CLICOLOR=0", false)] {
        let line = format!("env TERM=xterm {variables} {program} {CHECK}");
        let run = run(command("script", &folder).args(["-qec", &line, "/dev/null"]));
        assert!(run.out.contains("FA0030"), "{run:?}");
        assert_eq!(
            run.out.contains("\u{1b}["),
            expected,
            "{variables:?}: {run:?}"
        );
    }
}

#[test]
fn tools_read_one_object_a_line() {
    let folder = fresh("json");
    fs::write(folder.join("m.json"), faulty(70)).unwrap();
    let run = farrier(&folder, &format!("{CHECK} --message-format json"));
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    let lines: Vec<&str> = run.err.lines().collect();
    assert_eq!(lines.len(), 70, "all of them");
    assert_eq!(
        lines[0],
        r##"{"code":"FA0030","severity":"error","message":"the target `x#Gone` does not exist","shape":"x#S$m0","file":"m.json","line":2,"column":18,"help":"is the file that defines it among the model files?"}"##
    );
    let unknown = farrier(&folder, "explain FA9999 --message-format json");
    assert_eq!(
        unknown.err,
        "{\"code\":\"FA0304\",\"severity\":\"error\",\"message\":\"there is no code `FA9999`\",\"shape\":null,\
         \"file\":null,\"line\":null,\"column\":null,\"help\":\"`farrier explain` lists all codes\"}\n"
    );
}

#[test]
fn many_are_sorted_and_capped() {
    let folder = fresh("capped");
    fs::write(folder.join("m.json"), faulty(70)).unwrap();
    let shown = |text: &str| text.matches("error[FA0030]").count();
    let run = farrier(&folder, CHECK);
    assert_eq!(shown(&run.err), 50);
    let end = "... and 20 diagnostics more: 70 errors; `--all-diagnostics` shows all\n";
    assert!(run.err.ends_with(end), "{}", run.err);
    let places: Vec<usize> = (2..52)
        .map(|line| run.err.find(&format!("m.json:{line}:")).unwrap())
        .collect();
    assert!(places.is_sorted());
    let all = farrier(&folder, &format!("{CHECK} --all-diagnostics"));
    assert_eq!(shown(&all.err), 70);
    assert!(
        all.err
            .contains("70 errors; `farrier explain FA0030` says more"),
        "{}",
        all.err
    );
}

/// Warnings never push an error out of what is shown.
#[test]
fn errors_are_shown_before_warnings() {
    let folder = fresh("before");
    let extra = |at: usize| format!("\"x#T{at}\": {{\"type\": \"string\", \"extra\": 1}}");
    let shapes: Vec<String> = (0..80).map(extra).collect();
    let text = format!(
        "{{\"smithy\": \"2.0\", \"shapes\": {{\n{},\n\"x#L\": {{\"type\": \"list\"}}}}}}",
        shapes.join(",\n")
    );
    fs::write(folder.join("m.json"), text).unwrap();
    let run = farrier(&folder, CHECK);
    assert_eq!(run.err.matches("warning[FA0010]").count(), 49);
    assert!(run.err.contains("error[FA0009]"), "{}", run.err);
    assert!(
        run.err
            .contains("and 31 diagnostics more: 1 error, 80 warnings"),
        "{}",
        run.err
    );
}

/// What two crates of farrier.toml have in common is said once.
#[test]
fn what_is_said_twice_is_said_once() {
    let folder = fresh("twice");
    fs::write(folder.join("m.json"), faulty(1)).unwrap();
    let table = |name| format!("[[crate]]\nmodel = 'm.json'\nmodule = '{name}.rs'\n");
    fs::write(folder.join("farrier.toml"), table("a") + &table("b")).unwrap();
    let run = farrier(&folder, "check");
    assert_eq!(run.err.matches("error[").count(), 1, "{}", run.err);
}

/// Published models may be one line of a megabyte and more.
#[test]
fn a_line_without_end_is_cropped() {
    let folder = fresh("long");
    let long = "é".repeat(1_000_000);
    let members = faulty(60).replace('\n', "");
    let text = members.replace(
        "\"shapes\"",
        &format!("\"metadata\": {{\"a\": \"{long}\"}}, \"shapes\""),
    );
    fs::write(folder.join("m.json"), text).unwrap();
    for arguments in [CHECK.to_owned(), format!("{CHECK} --color always")] {
        let start = Instant::now();
        let run = farrier(&folder, &arguments);
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{:?}",
            start.elapsed()
        );
        assert_eq!(run.err.matches("[FA0030]").count(), 50);
        assert!(run.err.lines().all(|line| line.chars().count() < 200));
        let columns: Vec<usize> = run
            .err
            .match_indices("m.json:1:")
            .map(|(at, found)| {
                let digits = run.err[at + found.len()..].split(|c: char| !c.is_ascii_digit());
                digits.into_iter().next().unwrap().parse().unwrap()
            })
            .collect();
        assert_eq!(columns.len(), 50);
        assert!(columns[0] > 1_000_000 && columns.is_sorted(), "{columns:?}");
        if arguments == CHECK {
            marks_are_under(&run.err, "\"x#Gone\"", 50);
        }
    }
}

/// Each excerpt has its mark under this text.
fn marks_are_under(shown: &str, text: &str, count: usize) {
    let lines: Vec<Vec<char>> = shown.lines().map(|line| line.chars().collect()).collect();
    let excerpts = lines
        .windows(2)
        .filter(|pair| pair[0].starts_with(&['1', ' ', '|']));
    let marked = excerpts.map(|pair| -> String {
        let marks = pair[0]
            .iter()
            .zip(&pair[1])
            .filter(|(_, mark)| **mark == '^');
        marks.map(|(c, _)| c).collect()
    });
    let marked: Vec<String> = marked.collect();
    assert_eq!(marked, vec![text; count]);
}

/// Whatever a model holds, what is shown of it cannot steer a terminal.
#[test]
fn hostile_text_is_shown_harmless() {
    let folder = fresh("hostile");
    let evil = "\u{9b}31m\u{202e}\u{200f}\u{7f}\u{85}";
    let text = format!(
        "\u{feff}{{\"smithy\": \"2.0\", \"shapes\": {{\"x#{evil}\": 1, \"x#A\\u001b[2J\\n\": 2}}}}\r\n"
    );
    fs::write(folder.join("m.json"), text).unwrap();
    let run = farrier(&folder, CHECK);
    assert_eq!(run.err.matches("error[FA0012]").count(), 2, "{}", run.err);
    let harmful = |c: char| {
        c.is_control() && c != '\n' || matches!(c, '\u{200f}' | '\u{202e}' | '\u{85}' | '\u{9b}')
    };
    assert!(!run.err.contains(harmful), "{:?}", run.err);
    // The mark of UTF-8 is no character of the first line.
    let caret = run.err.lines().find(|line| line.contains('^')).unwrap();
    let source = run
        .err
        .lines()
        .find(|line| line.starts_with("1 |"))
        .unwrap();
    let at = caret.chars().position(|c| c == '^').unwrap();
    assert_eq!(
        source.chars().skip(at).take(3).collect::<String>(),
        "\"x#",
        "{}",
        run.err
    );
}
