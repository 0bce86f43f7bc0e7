//! `farrier init`: begins a farrier.toml, and a build script where one is wanted.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use farrier::Report;

use crate::Outcome;
use crate::arguments::generator_of;
use crate::config::{self, Text, quoted};
use crate::print::print;
use crate::report::{Kind, Problem, Style};
use crate::size::counted;

#[derive(Debug, Args)]
pub(crate) struct Start {
    /// A Smithy model in JSON; several where the model is in several files
    #[arg(value_name = "MODEL", required_unless_present = "schema")]
    models: Vec<PathBuf>,
    /// A file that adds to the model by `apply`
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
    /// Which service of the model to print, where it has several
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// An operation to print, or a pattern such as `*CustomKeyStore*` [default: all]
    #[arg(long = "operation", value_name = "NAME")]
    operations: Vec<String>,
    /// The folder of the crate [default: its name]
    #[arg(long, value_name = "DIR", conflicts_with = "module")]
    out: Option<PathBuf>,
    /// Have one file printed, to be included in a module, and no crate
    #[arg(long, value_name = "FILE.rs")]
    module: Option<PathBuf>,
    /// The name of the crate [default: farrier- and the service's id]
    #[arg(long, value_name = "NAME", conflicts_with = "module")]
    crate_name: Option<String>,
    /// The folder of farrier-runtime [default: the published one]
    #[arg(long, value_name = "DIR", conflicts_with = "module")]
    runtime_path: Option<PathBuf>,
    /// Write a build.rs too, which prints the client whenever the package is built
    #[arg(long)]
    build_rs: bool,
    /// Replace the files that are there
    #[arg(long)]
    force: bool,
    /// Print the JSON schema of farrier.toml, and write nothing
    #[arg(long)]
    schema: bool,
}

pub(crate) fn run(start: &Start, style: Style) -> Outcome {
    if start.schema {
        return print(config::schema(), Outcome::Good, style);
    }
    match begin(start) {
        Ok((said, warnings)) => {
            style.show(warnings);
            print(said, Outcome::Good, style)
        }
        Err(problems) => {
            style.show(problems);
            Outcome::Bad
        }
    }
}

/// Writes the files; returns what to say, and what looks wrong with the model.
fn begin(start: &Start) -> Result<(String, Vec<Problem>), Vec<Problem>> {
    let report = start.try_out().map_err(Problem::all_of)?;
    let mut files = vec![(PathBuf::from(config::NAME), start.config(&report))];
    if start.build_rs {
        files.push((PathBuf::from("build.rs"), start.build_script(&report)));
    }
    write(&files, start.force)?;
    let said = start.said(&report);
    Ok((said, Problem::all_in(&report.warnings).collect()))
}

impl Start {
    /// What would be generated, made in memory: what is wrong with the model is said now, and not by the first `generate`.
    fn try_out(&self) -> Result<Report, farrier::Error> {
        let mut generator = generator_of(
            &self.models,
            &self.overlays,
            self.service.as_deref(),
            &self.operations,
        );
        if let Some(name) = &self.crate_name {
            generator = generator.crate_name(name);
        }
        if let Some(path) = &self.runtime_path {
            generator = generator.runtime_path(path);
        }
        // Where it goes is known when the crate has its name; nothing is written here.
        let out = self.out.as_deref().unwrap_or(Path::new("farrier-client"));
        generator.out_dir(out).check()
    }

    /// The text of farrier.toml.
    fn config(&self, report: &Report) -> String {
        let mut text = Text::default();
        text.set("model", one_or_list(&strings(&self.models)));
        if !self.overlays.is_empty() {
            text.set("overlays", list(&strings(&self.overlays)));
        }
        if let Some(name) = &self.service {
            text.set("service", quoted(name));
        }
        if !self.operations.is_empty() {
            text.set("operations", list(&self.operations));
        }
        match &self.module {
            Some(path) => text.set("module", quoted(&path.display().to_string())),
            None => {
                text.set("out", quoted(&self.folder(report)));
                text.set("crate-name", quoted(&report.name));
            }
        }
        if let Some(path) = &self.runtime_path {
            text.set("runtime-path", quoted(&path.display().to_string()));
        }
        text.write()
    }

    /// The folder of the crate.
    fn folder(&self, report: &Report) -> String {
        let out = self.out.as_ref().map(|path| path.display().to_string());
        out.unwrap_or_else(|| report.name.clone())
    }

    /// ```ignore
    /// fn main() -> Result<(), farrier::Error> {
    ///     farrier::Generator::new()
    ///         .model("kms.json")
    ///         .generate_in_out_dir("kms")?;
    ///     Ok(())
    /// }
    /// ```
    fn build_script(&self, report: &Report) -> String {
        let calls = |name: &'static str, texts: &[String]| -> String {
            let lines = texts
                .iter()
                .map(|text| format!("        .{name}({text:?})\n"));
            lines.collect()
        };
        let service: Vec<String> = self.service.iter().cloned().collect();
        let calls = calls("model", &strings(&self.models))
            + &calls("overlay", &strings(&self.overlays))
            + &calls("service", &service)
            + &calls("operation", &self.operations);
        let module = module_name(&report.name);
        let operations = counted(report.operations, "operation");
        format!(
            "//! Prints a client with {operations} into `$OUT_DIR/{module}.rs`.\n\n\
             fn main() -> Result<(), farrier::Error> {{\n    \
                 farrier::Generator::new()\n\
             {calls}        .generate_in_out_dir({module:?})?;\n    \
                 Ok(())\n\
             }}\n"
        )
    }

    /// What was written, and what is left to do by hand.
    fn said(&self, report: &Report) -> String {
        let operations = counted(report.operations, "operation");
        let target = match &self.module {
            Some(path) => format!("{operations} into {}", path.display()),
            None => format!(
                "{}, {operations}, into {}",
                report.name,
                self.folder(report)
            ),
        };
        let name = config::NAME;
        let mut said = format!("wrote {name}: `farrier generate` prints {target}\n");
        let (major, minor) = (
            env!("CARGO_PKG_VERSION_MAJOR"),
            env!("CARGO_PKG_VERSION_MINOR"),
        );
        let module = module_name(&report.name);
        let at = match &self.runtime_path {
            Some(path) => format!("path = {:?}", path.display().to_string()),
            None => format!("version = \"{major}.{minor}\""),
        };
        let runtime = match (report.runtime_features.as_slice(), &self.runtime_path) {
            ([], None) => format!("farrier-runtime = \"{major}.{minor}\""),
            ([], Some(_)) => format!("farrier-runtime = {{ {at} }}"),
            (features, _) => format!("farrier-runtime = {{ {at}, features = {features:?} }}"),
        };
        if self.build_rs {
            said += &format!(
                "wrote build.rs: it prints the same operations into `$OUT_DIR/{module}.rs`\n\n\
                 The manifest needs:\n\n    \
                 [dependencies]\n    {runtime}\n\n    \
                 [build-dependencies]\n    farrier = \"{major}.{minor}\"\n\n\
                 and the program:\n\n    \
                 mod {module} {{\n        include!(concat!(env!(\"OUT_DIR\"), \"/{module}.rs\"));\n    }}\n"
            );
        } else if self.module.is_some() {
            said += &format!("\nThe manifest needs:\n\n    [dependencies]\n    {runtime}\n");
        } else {
            let folder = self.folder(report);
            said += &format!(
                "\nThe manifest of a program that calls it needs:\n\n    \
                 [dependencies]\n    {} = {{ path = {folder:?} }}\n",
                report.name
            );
        }
        said
    }
}

/// What would be there twice is said before anything is written, and all is written beside before anything is replaced.
fn write(files: &[(PathBuf, String)], force: bool) -> Result<(), Vec<Problem>> {
    if !force {
        let there = files
            .iter()
            .filter(|(path, _)| path.symlink_metadata().is_ok());
        let there: Vec<Problem> = there.map(|(path, _)| already_there(path)).collect();
        if !there.is_empty() {
            return Err(there);
        }
    }
    place(files).map_err(|(path, error)| {
        for (path, _) in files {
            // What was not written is not there to be removed.
            let _ = fs::remove_file(staged(path));
        }
        let message = format!("cannot write {}: {error}", path.display());
        vec![Problem::new(Kind::Disk, message).in_file(path)]
    })
}

/// Writes all of them beside their places, then moves them there.
fn place(files: &[(PathBuf, String)]) -> Result<(), (&Path, io::Error)> {
    for (path, text) in files {
        fs::write(staged(path), text).map_err(|error| (path.as_path(), error))?;
    }
    for (path, _) in files {
        fs::rename(staged(path), path).map_err(|error| (path.as_path(), error))?;
    }
    Ok(())
}

fn staged(path: &Path) -> PathBuf {
    path.with_extension("farrier-init")
}

fn already_there(path: &Path) -> Problem {
    Problem::new(Kind::AlreadyThere, "this file is there already")
        .help("edit it, or replace it with `--force`")
        .in_file(path)
}

/// The module that a crate of this name would be: `kms` for `farrier-kms`.
fn module_name(name: &str) -> String {
    let short = name
        .strip_prefix("farrier-")
        .unwrap_or(name)
        .replace('-', "_");
    let is_name = short.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_name && !KEYWORDS.split(' ').any(|keyword| keyword == short) {
        short
    } else {
        format!("farrier_{short}")
    }
}

/// What no module can be called.
const KEYWORDS: &str = "abstract as async await become box break const continue crate do dyn else enum extern false final \
    fn for gen if impl in let loop macro match mod move mut override priv pub ref return self static struct super trait \
    true try type typeof unsafe unsized use virtual where while yield";

fn strings(paths: &[PathBuf]) -> Vec<String> {
    paths
        .iter()
        .map(|path| path.display().to_string())
        .collect()
}

fn one_or_list(texts: &[String]) -> String {
    match texts {
        [one] => quoted(one),
        _ => list(texts),
    }
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    match texts.len() {
        0..4 => format!("[{}]", texts.join(", ")),
        _ => format!("[\n    {},\n]", texts.join(",\n    ")),
    }
}

#[cfg(test)]
mod tests {
    use super::module_name;

    #[test]
    fn modules_have_names_that_can_be_written() {
        assert_eq!(module_name("farrier-kms"), "kms");
        assert_eq!(module_name("aws-sdk-kms"), "aws_sdk_kms");
        assert_eq!(module_name("farrier-match"), "farrier_match");
        assert_eq!(module_name("farrier-2fa"), "farrier_2fa");
    }
}
