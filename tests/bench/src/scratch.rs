//! Cargo projects made to be measured, in `bench` in the target folder.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use farrier::Generator;

use crate::Outcome;

/// The operations on custom key stores, six of them.
const SIX: &str = "*CustomKeyStore*";

/// Where this run reads and writes, and how often it measures.
#[derive(Debug)]
pub(crate) struct Bench {
    /// The repository.
    pub(crate) root: PathBuf,
    /// The scratch projects.
    pub(crate) folder: PathBuf,
    /// How often a build is timed.
    pub(crate) rounds: usize,
}

/// A client of KMS to build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// `aws-sdk-kms`.
    Official,
    /// `farrier-kms`, as committed.
    Ours,
    /// The six operations on custom key stores, generated now.
    Six,
}

impl Side {
    /// The package of the client.
    pub(crate) fn package(self) -> &'static str {
        match self {
            Side::Official => "aws-sdk-kms",
            Side::Ours => "farrier-kms",
            Side::Six => "farrier-kms-six",
        }
    }
}

impl Bench {
    pub(crate) fn new(rounds: usize) -> Outcome<Bench> {
        let root = fs::canonicalize(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))?;
        // This program is <target>/release/farrier-bench.
        let program = env::current_exe()?;
        let target = program.ancestors().nth(2).ok_or("no target folder")?;
        Ok(Bench {
            root,
            folder: target.join("bench"),
            rounds,
        })
    }

    /// The command `farrier`, built for release.
    pub(crate) fn command(&self) -> Outcome<PathBuf> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
        let arguments = ["build", "--quiet", "--release", "--package", "farrier-cli"];
        let target = self.folder.parent().ok_or("no target folder")?;
        cargo.args(arguments).current_dir(&self.root);
        ran(cargo.env("CARGO_TARGET_DIR", target))?;
        let program = format!("farrier{}", env::consts::EXE_SUFFIX);
        Ok(target.join("release").join(program))
    }

    /// A generator of all of KMS.
    pub(crate) fn generator(&self) -> Generator {
        Generator::new()
            .model(self.root.join("models/kms.json"))
            .overlay(self.root.join("models/kms.waiters.json"))
            .crate_name("farrier-kms")
            .runtime_path(self.root.join("runtime"))
    }

    /// A generator of the six operations on custom key stores.
    pub(crate) fn six(&self) -> Generator {
        self.generator()
            .operation(SIX)
            .crate_name("farrier-kms-six")
    }

    /// A program that makes one call with the client; its release build is stripped.
    pub(crate) fn program(&self, side: Side) -> Outcome<Project> {
        let dependency = match side {
            Side::Official => "version = \"=1.129.0\"".to_owned(),
            Side::Ours => format!("path = {:?}", self.root.join("generated/kms")),
            Side::Six => {
                let client = self.folder.join("six-client");
                self.six().out_dir(&client).generate()?;
                format!("path = {client:?}")
            }
        };
        let package = side.package();
        let manifest = format!(
            "[dependencies]\nkms = {{ package = \"{package}\", {dependency} }}\n\
             tokio = {{ version = \"1.49\", features = [\"rt\"] }}\n\n\
             [profile.release]\nstrip = true\n"
        );
        let program = [("src/main.rs", include_str!("../programs/call.rs"))];
        self.project(package, &manifest, &program)
    }

    /// A project with the files, besides its manifest, to which the dependencies are added. Versions are those that
    /// the repository has locked.
    pub(crate) fn project(
        &self,
        name: &str,
        dependencies: &str,
        files: &[(&str, &str)],
    ) -> Outcome<Project> {
        let folder = self.folder.join(name);
        let package = format!(
            "[package]\nname = \"bench-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n"
        );
        put(&folder.join("Cargo.toml"), &(package + dependencies))?;
        for (path, text) in files {
            put(&folder.join(path), text)?;
        }
        fs::copy(self.root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        let project = Project { folder };
        project.run(&mut project.cargo(&["fetch"]))?;
        Ok(project)
    }
}

/// A cargo project.
#[derive(Debug)]
pub(crate) struct Project {
    /// Holds its manifest; its own target folder is `target` in it.
    pub(crate) folder: PathBuf,
}

impl Project {
    /// Cargo with these arguments, on two cores.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
        command.args(arguments).arg("--quiet");
        command.current_dir(&self.folder);
        command.env("CARGO_TARGET_DIR", self.folder.join("target"));
        command.env("CARGO_BUILD_JOBS", "2");
        command.env("CARGO_INCREMENTAL", "0");
        command
    }

    /// Runs it, and takes any failure for an error.
    pub(crate) fn run(&self, command: &mut Command) -> Outcome<()> {
        let status = command.stdout(Stdio::null()).status()?;
        if status.success() {
            return Ok(());
        }
        let folder = self.folder.display();
        Err(format!("{command:?} failed in {folder}: {status}").into())
    }

    /// Takes away whatever was built.
    pub(crate) fn clean(&self) -> Outcome<()> {
        let target = self.folder.join("target");
        if target.exists() {
            fs::remove_dir_all(target)?;
        }
        Ok(())
    }
}

/// Writes the file, and the folders above it, when it is not there as it should be.
fn put(path: &Path, text: &str) -> Outcome<()> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}

/// Runs it, and takes any failure for an error.
pub(crate) fn ran(command: &mut Command) -> Outcome<()> {
    let output = command.stderr(Stdio::piped()).output()?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?} failed: {text}").into())
}
