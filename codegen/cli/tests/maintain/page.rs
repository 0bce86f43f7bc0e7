//! What `docs/maintaining.md` shows is what the command says, but for how long it took.
//!
//! `UPDATE=1 cargo test -p farrier-cli --test maintain page` rewrites the page.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::called::{farrier, fresh};
use crate::edit;

/// What happens before each of the blocks in which the command is called.
const BEFORE: [fn(&Path); 3] = [
    |_| {},
    |folder| {
        edit(
            &folder.join("clients/key-stores/src/meta.rs"),
            "\n\n",
            "\n\n// Mine.\n",
        )
    },
    |folder| {
        assert_eq!(farrier(folder, "generate --force").code, 0);
        let overlay = folder.join("models/kms.waiters.json");
        edit(&overlay, "\"maxDelay\": 60", "\"maxDelay\": 90");
    },
];

#[test]
fn the_page_shows_what_is_said() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/maintaining.md");
    let text = fs::read_to_string(&page).unwrap();
    let folder = folder(&text);
    let mut pieces = text.split("```console\n");
    let mut said = pieces.next().unwrap().to_owned();
    let mut before = BEFORE.iter();
    for piece in pieces {
        let (block, rest) = piece.split_once("```\n").unwrap();
        before.next().expect("a block more")(&folder);
        said += &format!("```console\n{}```\n{rest}", again(&folder, block));
    }
    assert!(before.next().is_none(), "a block less");
    if env::var_os("UPDATE").is_some() {
        fs::write(&page, &said).unwrap();
    } else {
        assert_eq!(text, said, "the page is stale; UPDATE=1 rewrites it");
    }
}

/// A folder as the page has it: with its `farrier.toml`, and the models.
fn folder(page: &str) -> PathBuf {
    let folder = fresh("page");
    let (_, rest) = page.split_once("```toml\n").unwrap();
    let (config, _) = rest.split_once("```\n").unwrap();
    fs::write(folder.join("farrier.toml"), config).unwrap();
    fs::create_dir(folder.join("models")).unwrap();
    for name in ["kms.json", "kms.waiters.json"] {
        fs::rename(folder.join(name), folder.join("models").join(name)).unwrap();
    }
    folder
}

/// Calls what a block calls. How long it took stays as it was.
fn again(folder: &Path, block: &str) -> String {
    let mut said = String::new();
    for command in block.lines().filter(|line| line.starts_with("$ ")) {
        let run = farrier(folder, command.strip_prefix("$ farrier ").unwrap());
        said += &format!("{command}\n{}{}", run.out, run.err);
    }
    let mut was = block.lines();
    let lines = said.lines().map(|line| {
        let line = released(line);
        let was = was.next().and_then(timed);
        let line = match (timed(&line), was) {
            (Some((said, _)), Some((_, time))) => format!("{said}; {time}"),
            _ => line,
        };
        line + "\n"
    });
    lines.collect()
}

/// A line that ends in how long something took, and that.
fn timed(line: &str) -> Option<(&str, &str)> {
    let (said, time) = line.rsplit_once("; ")?;
    time.strip_suffix(" s")?.parse::<f64>().ok()?;
    Some((said, time))
}

/// A line as a published version says it, which names no build.
fn released(line: &str) -> String {
    match line.split_once(" build ") {
        Some((version, _)) if version.contains("// farrier ") => version.to_owned(),
        _ => line.to_owned(),
    }
}
