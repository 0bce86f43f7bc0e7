//! Many clients, printed as modules of a few crates: what is public in each, as `list-api` lists it, and whether a program
//! compiles with it.

use farrier::Generator;
use farrier_conformance::repository;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How many clients go into one crate: more take less time, and more memory.
const TOGETHER: usize = 16;

/// The public items of a client.
pub(crate) type Listing = BTreeSet<Line>;

/// One public item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Line {
    /// What it is, such as `method`.
    pub(crate) kind: String,
    /// Its path, without `crate::`; of an implementation `<crate::x as y>`.
    pub(crate) path: String,
    /// Its signature.
    pub(crate) signature: String,
}

/// An empty folder below the target folder.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("diff")
        .join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder can be emptied");
    }
    fs::create_dir_all(folder.join("src")).expect("a folder");
    folder
}

/// A crate of clients, each a module of its name; with a program, once for each client, behind the feature `callers`.
fn write_crate(folder: &Path, clients: &[(String, Generator)], program: Option<&str>) {
    let source = folder.join("src");
    let (mut root, mut callers) = (String::new(), String::new());
    fs::create_dir(source.join("callers")).expect("a folder");
    for (name, generator) in clients {
        let file = source.join(format!("{name}.rs"));
        let generator = generator.clone().validate_input().module_file(file);
        generator.generate().expect("the client is printed");
        root += &format!("pub mod {name} {{\n    include!(\"{name}.rs\");\n}}\n");
        if let Some(program) = program {
            callers += &format!("pub mod {name};\n");
            let file = source.join(format!("callers/{name}.rs"));
            let program = format!("use crate::{name} as forge;\n\n{program}");
            fs::write(file, program).expect("a program");
        }
    }
    root += &format!("#[cfg(feature = \"callers\")]\npub mod callers {{\n{callers}}}\n");
    fs::write(source.join("lib.rs"), root).expect("a root");
    let runtime = repository().join("runtime");
    // Each has a name of its own, by which rustdoc calls its file.
    let name = folder.file_name().expect("a name").display();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[features]\ncallers = []\n\n\
         [dependencies.farrier-runtime]\npath = {runtime:?}\ndefault-features = false\n\
         features = [\"gzip\", \"md5\", \"validate-input\"]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    // The packages that the workspace has are there, whether there is a network or not.
    let lock = fs::read_to_string(repository().join("Cargo.lock")).expect("the lock file");
    fs::write(folder.join("Cargo.lock"), lock).expect("a lock file");
}

/// The workspace's target folder, where the runtime is built already.
fn target() -> &'static Path {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    target.expect("the target folder")
}

/// What was found out about the clients.
#[derive(Debug, Default)]
pub(crate) struct Looked {
    /// What is public, by the names of the clients.
    pub(crate) listings: BTreeMap<String, Listing>,
    /// The clients with which the program does not compile.
    pub(crate) broken: BTreeSet<String>,
}

/// Looks at clients in a folder of their own; at the program too, where there is one.
pub(crate) fn look(
    tool: &Path,
    place: &str,
    clients: &[(String, Generator)],
    program: Option<&str>,
) -> Looked {
    let mut looked = Looked::default();
    for (number, clients) in clients.chunks(TOGETHER).enumerate() {
        let folder = folder(&format!("{place}{number}"));
        write_crate(&folder, clients, program);
        let lines = list(tool, &folder);
        for (name, _) in clients {
            looked
                .listings
                .insert(name.clone(), of_client(&lines, name));
        }
        if program.is_some() {
            looked.broken.extend(broken(&folder));
        }
    }
    looked
}

/// The callers in which the compiler finds errors.
fn broken(folder: &Path) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--features", "callers"])
        .args(["--message-format", "json", "--target-dir"])
        .arg(target())
        .current_dir(folder)
        .output()
        .expect("cargo starts");
    let lines = String::from_utf8(output.stdout).expect("text");
    let messages = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let errors = messages.filter(|message| message["message"]["level"] == "error");
    let mut broken = BTreeSet::new();
    for error in errors {
        let spans = error["message"]["spans"].as_array().into_iter().flatten();
        for span in spans.filter(|span| span["is_primary"] == true) {
            let file = span["file_name"].as_str().unwrap_or_default();
            let caller = file
                .strip_prefix("src/callers/")
                .and_then(|name| name.strip_suffix(".rs"));
            let message = &error["message"]["rendered"];
            broken.insert(caller.unwrap_or_else(|| panic!("{message}")).to_owned());
        }
    }
    assert_eq!(
        broken.is_empty(),
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    broken
}

fn list(tool: &Path, folder: &Path) -> String {
    let file = folder.join("api.txt");
    let output = Command::new(tool)
        .arg(folder)
        .arg("--target-dir")
        .arg(target())
        .arg("--output")
        .arg(&file)
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .expect("list-api starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    fs::read_to_string(file).expect("the list is written")
}

/// The lines that name the module of a client, with the module for the crate.
fn of_client(lines: &str, name: &str) -> Listing {
    let module = format!("crate::{name}");
    let lines = lines.lines().filter(|line| !line.starts_with('#'));
    let mine = lines.filter(|line| {
        let ends = line.match_indices(&module).map(|(at, _)| at + module.len());
        let goes_on =
            |end: usize| line[end..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
        ends.into_iter().any(|end| !goes_on(end))
    });
    let line = |line: &str| {
        let line = line.replace(&module, "crate");
        let mut columns = line.splitn(3, '\t').map(str::to_owned);
        let mut next = || columns.next().unwrap_or_default();
        let (kind, path, signature) = (next(), next(), next());
        // Whether a struct has no fields or private ones is nothing that anybody can tell of one that is not exhaustive.
        let signature = match signature.as_str() {
            "{} #[non_exhaustive]" => "{ .. } #[non_exhaustive]".to_owned(),
            _ => signature,
        };
        let path = path
            .strip_prefix("crate::")
            .map_or(path.clone(), str::to_owned);
        Line {
            kind,
            path,
            signature,
        }
    };
    let listing: Listing = mine.map(line).collect();
    assert!(listing.len() > 500, "{name}: {} lines", listing.len());
    listing
}
