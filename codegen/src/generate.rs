//! The generator as its users see it: a builder of settings, and what came of them.

use std::env;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::model::Source;
use crate::output::{self, Difference, File, Form, Manifest, Tree};

/// Reads a Smithy model and writes a Rust client of it.
///
/// ```no_run
/// # fn main() -> Result<(), farrier::Error> {
/// farrier::Generator::new()
///     .model("models/kms.json")
///     .overlay("models/kms.waiters.json")
///     .operation("*CustomKeyStore*")
///     .generate_in_out_dir("kms")?;
/// # Ok(())
/// # }
/// ```
///
/// Paths are relative to the current folder, which in a build script is that of the package.
#[derive(Debug, Clone, Default)]
pub struct Generator {
    models: Vec<PathBuf>,
    overlays: Vec<PathBuf>,
    pub(crate) service: Option<String>,
    pub(crate) operations: Vec<String>,
    pub(crate) validates: bool,
    crate_name: Option<String>,
    crate_version: Option<String>,
    runtime_path: Option<PathBuf>,
    target: Option<Target>,
    rerun: Rerun,
}

/// Where the output goes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    /// A crate in this folder.
    Crate(PathBuf),
    /// One module in this file.
    Module(PathBuf),
}

/// Whether cargo is told when to run a build script again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rerun {
    /// When one of the files that were read has changed: `cargo:rerun-if-changed` for each of them.
    #[default]
    IfInputsChange,
    /// Nothing is printed about it; the build script says so itself, or leaves it to cargo.
    Unsaid,
}

impl Generator {
    /// A generator without a model.
    pub fn new() -> Generator {
        Generator::default()
    }

    /// Adds a file in [Smithy's JSON AST](https://smithy.io/2.0/spec/json-ast.html), version 1.0 or 2.x, that holds
    /// the model or a part of it. Default: none, and at least one is needed.
    #[must_use]
    pub fn model(mut self, path: impl Into<PathBuf>) -> Generator {
        self.models.push(path.into());
        self
    }

    /// Adds a file, also in the JSON AST, that changes the model by `apply`: it adds waiters, documentation and other traits,
    /// which must not be there already; with `farrier.overlay#patch` it takes away what it expects to find, or puts
    /// something in the place of it, and with `farrier.overlay#rename` it gives shapes other names. Default: none.
    #[must_use]
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Generator {
        self.overlays.push(path.into());
        self
    }

    /// Says which service of the model to print, by its shape id (`com.amazonaws.kms#TrentService`) or by its name
    /// (`TrentService`). Default: the only one there is.
    #[must_use]
    pub fn service(mut self, name: impl Into<String>) -> Generator {
        self.service = Some(name.into());
        self
    }

    /// Adds an operation to print, by its name in the model or by a pattern in which `*` stands for any characters.
    /// Default: all operations of the service.
    #[must_use]
    pub fn operation(mut self, name: impl Into<String>) -> Generator {
        self.operations.push(name.into());
        self
    }

    /// Adds operations to print, as [`operation`](Generator::operation) does for one. Default: all operations of the
    /// service.
    #[must_use]
    pub fn operations<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Generator {
        self.operations.extend(names.into_iter().map(Into::into));
        self
    }

    /// Prints the setting `validate_input`, with which a client checks inputs before it sends them, and what the model asks of
    /// inputs. A module that is included needs the feature `validate-input` of `farrier-runtime` for it; a crate has the
    /// setting without being asked, behind a feature of that name. Default: a module has no such setting.
    #[must_use]
    pub fn validate_input(mut self) -> Generator {
        self.validates = true;
        self
    }

    /// Names the crate that is written to [`out_dir`](Generator::out_dir). Default: `farrier-` and the service's id
    /// among the SDKs, such as `farrier-kms`.
    #[must_use]
    pub fn crate_name(mut self, name: impl Into<String>) -> Generator {
        self.crate_name = Some(name.into());
        self
    }

    /// Sets the version of the crate that is written to [`out_dir`](Generator::out_dir). Default: `0.1.0`.
    #[must_use]
    pub fn crate_version(mut self, version: impl Into<String>) -> Generator {
        self.crate_version = Some(version.into());
        self
    }

    /// Sets the folder of `farrier-runtime` that the crate depends on; its manifest gets the relative path. Default:
    /// the published runtime, of the version of this generator.
    #[must_use]
    pub fn runtime_path(mut self, path: impl Into<PathBuf>) -> Generator {
        self.runtime_path = Some(path.into());
        self
    }

    /// Writes a crate to this folder, which is made if need be. Default: none; this or
    /// [`module_file`](Generator::module_file) is needed, and the later call counts.
    #[must_use]
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Generator {
        self.target = Some(Target::Crate(path.into()));
        self
    }

    /// Writes one file to be included in a module: `mod kms { include!("kms.rs"); }`. Default: none; this or
    /// [`out_dir`](Generator::out_dir) is needed, and the later call counts.
    #[must_use]
    pub fn module_file(mut self, path: impl Into<PathBuf>) -> Generator {
        self.target = Some(Target::Module(path.into()));
        self
    }

    /// Sets what [`generate_in_out_dir`](Generator::generate_in_out_dir) tells cargo. Default:
    /// [`Rerun::IfInputsChange`].
    #[must_use]
    pub fn rerun(mut self, rerun: Rerun) -> Generator {
        self.rerun = rerun;
        self
    }

    /// Writes what the model asks for, all or nothing: after an error the target is as it was.
    ///
    /// Files that would not change are not touched. Generated files of an earlier run that are no longer made are
    /// removed; other files are left alone.
    ///
    /// # Errors
    ///
    /// When the settings do not fit, when the model has faults, when a file that was not generated is in the way, and
    /// when the disk refuses.
    pub fn generate(&self) -> Result<Report, Error> {
        self.prepare()?.write()
    }

    /// Says what [`generate`](Generator::generate) would change, and changes nothing.
    ///
    /// # Errors
    ///
    /// As `generate`, for what does not need writing.
    pub fn check(&self) -> Result<Report, Error> {
        Ok(self.prepare()?.compare())
    }

    /// For build scripts: writes `$OUT_DIR/<name>.rs`, to be used by
    /// `mod kms { include!(concat!(env!("OUT_DIR"), "/kms.rs")); }`, tells cargo when to come back, and passes warnings
    /// about the model on to it.
    ///
    /// # Errors
    ///
    /// As [`generate`](Generator::generate); and when `OUT_DIR` is not set, that is, outside of a build script.
    pub fn generate_in_out_dir(&self, name: &str) -> Result<Report, Error> {
        if self.rerun == Rerun::IfInputsChange {
            // Before anything can fail: a repaired model must bring cargo back.
            for path in self.models.iter().chain(&self.overlays) {
                println!("cargo:rerun-if-changed={}", path.display());
            }
        }
        let Some(out) = env::var_os("OUT_DIR") else {
            let message = "OUT_DIR is not set: this works in build scripts only";
            return Err(Error::Settings(message.to_owned()));
        };
        let path = Path::new(&out).join(format!("{name}.rs"));
        let report = self.clone().module_file(path).generate()?;
        for warning in &report.warnings {
            println!("cargo:warning={}", warning.to_string().replace('\n', " "));
        }
        Ok(report)
    }

    /// Makes everything in memory and compares it with what is there; writes nothing.
    ///
    /// # Errors
    ///
    /// As [`check`](Generator::check).
    pub fn prepare(&self) -> Result<Prepared, Error> {
        let target = self.checked()?;
        let form = match target {
            Target::Crate(_) => Form::Crate,
            Target::Module(_) => Form::Module,
        };
        let made = crate::make(self, form)?;
        let model = output::model_name(self.models.first().map_or(Path::new(""), |path| path));
        let (tree, files) = match target {
            Target::Crate(folder) => {
                let manifest = self.manifest(folder, model, &made)?;
                let tree = Tree {
                    base: folder.clone(),
                    owned: Some("src"),
                };
                (tree, output::crate_files(&made.printed, &manifest))
            }
            Target::Module(path) => {
                let name = PathBuf::from(path.file_name().unwrap_or_default());
                let file = output::module_file(&made.printed, name, &model);
                let base = path.parent().unwrap_or(Path::new("")).to_owned();
                (Tree { base, owned: None }, vec![file])
            }
        };
        let difference = tree.compare(&files)?;
        let report = Report {
            name: match target {
                Target::Crate(_) => self.crate_name_or(&made.sdk_id),
                Target::Module(path) => path.display().to_string(),
            },
            operations: made.operations,
            files: files.len(),
            lines: files.iter().map(|file| file.text.lines().count()).sum(),
            runtime_features: made.needs,
            stale: in_base(&tree, &difference.stale),
            missing: in_base(&tree, &difference.missing),
            surplus: in_base(&tree, &difference.surplus),
            warnings: made.warnings,
        };
        Ok(Prepared {
            tree,
            files,
            difference,
            report,
        })
    }

    /// The files to read, in the order in which they are merged.
    pub(crate) fn sources(&self) -> Vec<Source> {
        let shown = |path: &PathBuf| path.display().to_string();
        let models = self.models.iter();
        let models = models.map(|path| Source::model(shown(path), std::fs::read(path)));
        let overlays = self.overlays.iter();
        let overlays = overlays.map(|path| Source::overlay(shown(path), std::fs::read(path)));
        models.chain(overlays).collect()
    }

    /// The target, when the settings fit.
    fn checked(&self) -> Result<&Target, Error> {
        let fault = |message: String| Err(Error::Settings(message));
        if self.models.is_empty() {
            return fault("no model is given".to_owned());
        }
        let Some(target) = &self.target else {
            return fault(
                "neither a folder for a crate nor a file for a module is given".to_owned(),
            );
        };
        if let Target::Module(path) = target
            && path.file_name().is_none()
        {
            return fault(format!("{} does not name a file", path.display()));
        }
        if let Some(name) = self
            .crate_name
            .as_deref()
            .filter(|name| !is_crate_name(name))
        {
            return fault(format!(
                "{name:?} is no name of a crate: a letter, then letters, digits, `-` and `_`"
            ));
        }
        if let Some(version) = self
            .crate_version
            .as_deref()
            .filter(|text| !is_version(text))
        {
            return fault(format!(
                "{version:?} is no version: three numbers, such as 0.1.0"
            ));
        }
        Ok(target)
    }

    fn manifest(
        &self,
        folder: &Path,
        model: String,
        made: &crate::Made,
    ) -> Result<Manifest, Error> {
        let runtime = match &self.runtime_path {
            None => None,
            Some(path) => {
                let manifest = path.join("Cargo.toml");
                std::fs::metadata(&manifest)
                    .map_err(|error| Error::io("find the runtime's", manifest, error))?;
                let way = output::relative(folder, path);
                Some(way.map_err(|error| Error::io("find the runtime", path, error))?)
            }
        };
        Ok(Manifest {
            name: self.crate_name_or(&made.sdk_id),
            version: self.crate_version.clone().unwrap_or("0.1.0".to_owned()),
            title: made.title.clone(),
            model,
            operations: made.operations,
            runtime,
            needs: made.needs.clone(),
            tests: made.tests,
        })
    }

    fn crate_name_or(&self, sdk_id: &str) -> String {
        self.crate_name.clone().unwrap_or_else(|| {
            let words = sdk_id.split(|c: char| !c.is_ascii_alphanumeric());
            let words = words.filter(|word| !word.is_empty());
            words.fold("farrier".to_owned(), |name, word| {
                name + "-" + &word.to_ascii_lowercase()
            })
        })
    }
}

/// Output that is made and compared with what is there, ready to be written.
#[derive(Debug)]
pub struct Prepared {
    tree: Tree,
    files: Vec<File>,
    difference: Difference,
    report: Report,
}

impl Prepared {
    /// Writes it, all or nothing; the report says what was changed.
    ///
    /// # Errors
    ///
    /// When a file that was not generated is in the way, and when the disk refuses.
    pub fn write(self) -> Result<Report, Error> {
        self.tree.write(&self.files, &self.difference)?;
        Ok(self.report)
    }

    /// What would be changed.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Writes nothing; the report says what would be changed.
    pub fn compare(self) -> Report {
        self.report
    }
}

/// What was generated, and how it differs from what was there before.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report {
    /// The name of the crate, or the path of the module's file.
    pub name: String,
    /// How many operations there are.
    pub operations: usize,
    /// How many files there are.
    pub files: usize,
    /// How many lines they have.
    pub lines: usize,
    /// The features of `farrier-runtime` that the code needs; the manifest of a crate names them.
    pub runtime_features: Vec<&'static str>,
    /// Files that were there with another content.
    pub stale: Vec<PathBuf>,
    /// Files that were not there.
    pub missing: Vec<PathBuf>,
    /// Generated files of an earlier run that are no longer made.
    pub surplus: Vec<PathBuf>,
    /// What looks wrong with the model and does not stop the run.
    pub warnings: Diagnostics,
}

impl Report {
    /// Whether everything was there already.
    pub fn is_fresh(&self) -> bool {
        self.changed() == 0
    }

    /// How many files were stale, missing or surplus.
    pub fn changed(&self) -> usize {
        self.stale.len() + self.missing.len() + self.surplus.len()
    }
}

fn in_base(tree: &Tree, paths: &[PathBuf]) -> Vec<PathBuf> {
    paths.iter().map(|path| tree.base.join(path)).collect()
}

/// Whether cargo takes this as a name of a package.
pub(crate) fn is_crate_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// Whether this looks like a version of [Semantic Versioning](https://semver.org).
pub(crate) fn is_version(text: &str) -> bool {
    let (rest, build) = text.split_once('+').unwrap_or((text, "0"));
    let (numbers, before) = rest.split_once('-').unwrap_or((rest, "0"));
    let number = |part: &str| {
        part.parse::<u64>().is_ok()
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
    };
    let words = |text: &str| {
        text.split('.').all(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
    };
    numbers.split('.').count() == 3
        && numbers.split('.').all(number)
        && words(before)
        && words(build)
}

#[cfg(test)]
mod tests {
    use super::{Generator, is_crate_name, is_version};

    #[test]
    fn names_and_versions_are_those_of_cargo() {
        assert!(is_crate_name("farrier-kms") && is_crate_name("kms_2"));
        assert!(!is_crate_name("") && !is_crate_name("2kms") && !is_crate_name("a b"));
        assert!(is_version("0.1.0") && is_version("1.2.3-rc.1+b5"));
        assert!(!is_version("1.2") && !is_version("1.2.x") && !is_version("01.2.3"));
        assert!(!is_version("1.2.3-") && !is_version("+1.2.3"));
    }

    #[test]
    fn the_name_of_a_crate_follows_the_service() {
        let name = Generator::new().crate_name_or("Secrets Manager");
        assert_eq!(name, "farrier-secrets-manager");
    }

    #[test]
    fn settings_are_checked_before_anything_is_read() {
        let generator = Generator::new();
        let error = |generator: Generator| generator.check().unwrap_err().to_string();
        assert_eq!(error(generator.clone()), "error: no model is given");
        let generator = generator.model("not there");
        assert!(error(generator.clone()).contains("neither a folder"));
        assert!(error(generator.clone().module_file("..")).contains("does not name a file"));
        assert!(error(generator.clone().out_dir("x").crate_name("-")).contains("no name"));
        assert!(error(generator.out_dir("x").crate_version("1")).contains("no version"));
    }
}
