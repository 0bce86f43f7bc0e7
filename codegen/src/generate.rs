//! The generator as its users see it: a builder of settings, and what came of them.

mod plan;
mod report;
#[cfg(feature = "tools")]
mod sealed;

use std::env;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::list::List as _;
use crate::model::Source;
use crate::output::{self, Summary};
use plan::Target;
#[cfg(feature = "tools")]
pub(crate) use plan::{is_crate_name, is_version};
pub use report::{Prepared, Report, Staged};
#[cfg(feature = "tools")]
pub use sealed::Reason;

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
    build: Option<String>,
    force: bool,
    rerun: Rerun,
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

    /// Adds an operation to print, by its name in the model, by its shape id, or by a pattern of its name in which `*` stands
    /// for any characters. Default: all operations of the service.
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

    /// Tells apart builds of the generator that have the same version, such as those of a checkout that is worked on.
    /// The output names the build, and `Generator::sealed` (with the feature `tools`) does not trust that of another
    /// one. An output that differs in nothing else is fresh. Default: none, the version says it all.
    #[must_use]
    pub fn build(mut self, name: impl Into<String>) -> Generator {
        self.build = Some(name.into());
        self
    }

    /// Overwrites, or removes, generated files that somebody edited. Default: they are an error.
    #[must_use]
    pub fn force(mut self) -> Generator {
        self.force = true;
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
    /// When the settings do not fit, when the model has faults, when a file that was not generated is in the way or one
    /// that was has been edited, and when the disk refuses.
    pub fn generate(&self) -> Result<Report, Error> {
        self.recover()?;
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

    /// Undoes what a run that was killed while it wrote has left half done; [`generate`](Generator::generate) begins
    /// with it.
    ///
    /// # Errors
    ///
    /// When another run is writing to the target right now, and when the disk refuses.
    pub fn recover(&self) -> Result<(), Error> {
        self.checked()?.tree().recover()
    }

    /// Makes everything in memory and compares it with what is there; writes nothing.
    ///
    /// # Errors
    ///
    /// As [`check`](Generator::check).
    pub fn prepare(&self) -> Result<Prepared, Error> {
        let target = self.checked()?;
        let sources = self.sources();
        let origin = self.origin(target, &sources)?;
        let made = crate::make(self, sources, target.form())?;
        let summary = Summary {
            crate_name: target.crate_name(|| self.crate_name_or(&made.sdk_id)),
            operations: made.operations,
            warnings: made.warnings.len(),
        };
        let pages = match target {
            Target::Crate(folder) => {
                output::crate_pages(&made.printed, &self.manifest(folder, &origin, &made)?)
            }
            Target::Module(path) => {
                let name = path.file_name().unwrap_or_default();
                vec![output::module_page(&made.printed, name.into())]
            }
        };
        let tree = target.tree();
        let name = target.name(summary.crate_name.clone());
        let files = output::seal(pages, &tree.sealed, origin.clone(), summary);
        let difference = tree.compare(&files)?;
        let report = Report {
            name,
            out: target.path().to_owned(),
            operations: made.operations,
            files: files.len(),
            lines: files.iter().map(|file| output::lines(&file.text)).sum(),
            runtime_features: made.needs,
            warned: made.warnings.len(),
            warnings: made.warnings,
            #[cfg(feature = "tools")]
            reasons: sealed::reasons(&tree, &difference, &origin),
            ..Report::of(&tree, &difference)
        };
        Ok(Prepared::new(tree, files, difference, report, self.force))
    }

    /// The files to read, in the order in which they are merged.
    pub(crate) fn sources(&self) -> Vec<Source> {
        let shown = |path: &PathBuf| path.display().to_string();
        let models = self.models.iter();
        let models = models.map(|path| Source::model(shown(path), std::fs::read(path)));
        let overlays = self.overlays.iter();
        let overlays = overlays.map(|path| Source::overlay(shown(path), std::fs::read(path)));
        models.chain(overlays).list()
    }
}
