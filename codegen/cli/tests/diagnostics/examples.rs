//! The examples of `farrier explain`: each is run, and provokes the code that it is an example of.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Run, command, difference, fresh, here, none_differs, run};

/// An explanation: its code, the files of its example, and the command that is run on them.
pub(super) struct Example {
    pub(super) code: String,
    files: Vec<(String, String)>,
    script: String,
}

/// The code that cannot be provoked, as whatever provoked it would be mended.
pub(super) const WITHOUT: &str = "FA0399";

pub(super) fn all() -> Vec<Example> {
    let folder = here().join("explanations");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Example {
    let text = fs::read_to_string(path).unwrap();
    let mut example = Example {
        code: path.file_stem().unwrap().to_str().unwrap().to_owned(),
        files: Vec::new(),
        script: String::new(),
    };
    // What stands between fences is every second piece.
    for block in text.split("```").skip(1).step_by(2) {
        let (info, content) = block.split_once('\n').unwrap();
        match info.split_once(' ') {
            Some((_, name)) => example.files.push((name.to_owned(), content.to_owned())),
            None if info == "sh" => example.script += content,
            None => panic!("{}: what is {info:?} for?", path.display()),
        }
    }
    example
}

impl Example {
    /// Runs it, with more arguments at its end.
    pub(super) fn run(&self, more: &str) -> Run {
        let folder = fresh(&format!("examples/{}{more}", self.code));
        for (name, text) in &self.files {
            fs::write(folder.join(name), text).unwrap();
        }
        let program = Path::new(env!("CARGO_BIN_EXE_farrier"));
        let path = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{path}", program.parent().unwrap().display());
        let script = format!("{} {more}", self.script.trim_end());
        run(command("sh", &folder)
            .args(["-ec", &script])
            .env("PATH", path))
    }
}

#[test]
fn every_example_provokes_its_code() {
    let mut different = Vec::new();
    for example in all() {
        if example.code == WITHOUT {
            assert!(example.script.is_empty());
            continue;
        }
        let run = example.run("");
        let code = format!("[{}]: ", example.code);
        assert!(run.err.contains(&code), "{code} {run:?}");
        let expected = if run.err.contains("error[") { 2 } else { 0 };
        assert_eq!(run.code, expected, "{code} {run:?}");
        let others = run
            .err
            .match_indices("[FA")
            .filter(|(at, _)| !run.err[*at..].starts_with(&code));
        assert_eq!(others.count(), 0, "{code} {run:?}");
        let record = here().join("tests/diagnostics/shown/explained");
        different.extend(difference(
            &record.join(format!("{}.txt", example.code)),
            &run.err,
        ));
    }
    none_differs(&different);
}
