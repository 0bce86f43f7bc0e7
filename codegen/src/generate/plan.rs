//! What the settings come to: whether they fit, where the output goes, and what decides it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::Generator;
use crate::error::Error;
use crate::list::List as _;
use crate::model::{Role as SourceRole, Source};
use crate::output::{self, Form, Hash, Input, Manifest, Origin, Role, Tree};

/// Where the output goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A crate in this folder.
    Crate(PathBuf),
    /// One module in this file.
    Module(PathBuf),
}

impl Target {
    pub(super) fn form(&self) -> Form {
        match self {
            Target::Crate(_) => Form::Crate,
            Target::Module(_) => Form::Module,
        }
    }

    pub(super) fn tree(&self) -> Tree {
        match self {
            Target::Crate(folder) => Tree {
                base: folder.clone(),
                sealed: Path::new(output::SOURCES).join("lib.rs"),
                owned: Some(output::SOURCES),
            },
            Target::Module(path) => Tree {
                base: path.parent().unwrap_or(Path::new("")).to_owned(),
                sealed: path.file_name().unwrap_or_default().into(),
                owned: None,
            },
        }
    }

    /// The name of the crate; none for a module.
    pub(super) fn crate_name(&self, name: impl FnOnce() -> String) -> Option<String> {
        match self {
            Target::Crate(_) => Some(name()),
            Target::Module(_) => None,
        }
    }

    /// The folder or the file.
    pub(super) fn path(&self) -> &Path {
        let (Target::Crate(path) | Target::Module(path)) = self;
        path
    }

    /// What the output is called in reports.
    pub(super) fn name(&self, crate_name: Option<String>) -> String {
        crate_name.unwrap_or_else(|| self.path().display().to_string())
    }
}

impl Generator {
    /// The target, when the settings fit.
    pub(super) fn checked(&self) -> Result<&Target, Error> {
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
            && path.file_name().and_then(|name| name.to_str()).is_none()
        {
            return fault(format!("{} does not name a file", path.display()));
        }
        match target {
            Target::Module(path) if path.is_dir() => {
                let path = path.display();
                return fault(format!(
                    "{path} is a folder, and a module is a file: name one in it, such as {path}/client.rs"
                ));
            }
            Target::Crate(path) if path.is_file() => {
                let path = path.display();
                return fault(format!("{path} is a file, and a crate is a folder"));
            }
            Target::Module(_) | Target::Crate(_) => {}
        }
        if let Some(path) = self.overlays.iter().find(|path| self.models.contains(path)) {
            return fault(format!(
                "{} is given as a model and as an overlay: one file is not both",
                path.display()
            ));
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

    /// What decides the output.
    pub(super) fn origin(&self, target: &Target, sources: &[Source]) -> Result<Origin, Error> {
        let inputs = sources.iter().map(|source| Input {
            role: match source.role {
                SourceRole::Model => Role::Model,
                SourceRole::Overlay => Role::Overlay,
            },
            name: output::model_name(Path::new(&source.path)),
            // One that cannot be read stops the run.
            hash: Hash::of(source.content.as_deref().unwrap_or_default()),
        });
        Ok(Origin {
            version: output::VERSION.to_owned(),
            build: self.build.clone(),
            inputs: inputs.chain(self.settings(target)?).list(),
        })
    }

    /// The settings that decide what is printed, those that were given.
    fn settings(&self, target: &Target) -> Result<Vec<Input>, Error> {
        let (runtime, is_module) = match target {
            Target::Crate(folder) => (self.runtime(folder)?, false),
            Target::Module(_) => (None, true),
        };
        fn one(value: &Option<String>) -> Vec<&str> {
            value.iter().map(String::as_str).list()
        }
        let flag = |is_set| if is_set { vec![""] } else { Vec::new() };
        let settings = [
            ("service", one(&self.service)),
            (
                "operations",
                self.operations.iter().map(String::as_str).list(),
            ),
            ("validate-input", flag(self.validates)),
            ("module", flag(is_module)),
            ("crate-name", one(&self.crate_name)),
            ("crate-version", one(&self.crate_version)),
            ("runtime-path", one(&runtime)),
        ];
        let given = settings
            .into_iter()
            .filter(|(_, values)| !values.is_empty());
        let given = given.map(|(key, values)| Input {
            role: Role::Setting,
            name: key.to_owned(),
            hash: Hash::of_parts(values),
        });
        Ok(given.list())
    }

    /// The runtime's folder as seen from that of the crate; none for the published runtime.
    fn runtime(&self, folder: &Path) -> Result<Option<String>, Error> {
        let Some(path) = &self.runtime_path else {
            return Ok(None);
        };
        let manifest = path.join("Cargo.toml");
        std::fs::metadata(&manifest).map_err(|error| match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Error::Settings(format!(
                "there is no {}; the path to the runtime leads to the folder of farrier-runtime, and without one the \
                 crate depends on the published runtime",
                manifest.display()
            )),
            _ => Error::io("find the runtime's", manifest, error),
        })?;
        let way = output::relative(folder, path);
        Ok(Some(way.map_err(|error| {
            Error::io("find the runtime", path, error)
        })?))
    }

    pub(super) fn manifest(
        &self,
        folder: &Path,
        origin: &Origin,
        made: &crate::Made,
    ) -> Result<Manifest, Error> {
        Ok(Manifest {
            name: self.crate_name_or(&made.sdk_id),
            version: self.crate_version.clone().unwrap_or("0.1.0".to_owned()),
            title: made.title.clone(),
            model: origin.model().to_owned(),
            operations: made.operations,
            runtime: self.runtime(folder)?,
            needs: made.needs.clone(),
            tests: made.tests,
        })
    }

    pub(super) fn crate_name_or(&self, sdk_id: &str) -> String {
        self.crate_name.clone().unwrap_or_else(|| {
            let words = sdk_id.split(|c: char| !c.is_ascii_alphanumeric());
            let words = words.filter(|word| !word.is_empty());
            words.fold("farrier".to_owned(), |name, word| {
                name + "-" + &word.to_ascii_lowercase()
            })
        })
    }
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
        assert!(error(generator.clone().module_file("src")).contains("is a folder"));
        assert!(error(generator.clone().out_dir("Cargo.toml")).contains("is a file"));
        let twice = generator.clone().out_dir("x").overlay("not there");
        assert!(error(twice).contains("one file is not both"));
        assert!(error(generator.clone().out_dir("x").crate_name("-")).contains("no name"));
        assert!(error(generator.out_dir("x").crate_version("1")).contains("no version"));
    }
}
