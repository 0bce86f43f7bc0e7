//! The seal of an output: what it was made of and by, in the header of one of its files.
//!
//! ```text
//! // farrier 0.1.0
//! // model kms.json e4d909c290d0fb1ca068ffaddf22cbd0
//! // overlay kms.waiters.json 9e107d9d372bb6826bd81d3542a419d6
//! // setting operations d41d8cd98f00b204e9800998ecf8427e
//! // files 900150983cd24fb0d6963f7d28e17f72
//! // crate farrier-kms
//! // operations 56
//! ```

use std::fmt;

use std::path::Path;

use super::hash::Hash;
use super::header::Headed;

/// What decides an output: where it is the same, the output is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The version of the generator.
    pub(crate) version: String,
    /// Its build, where it is not the only one of its version.
    pub(crate) build: Option<String>,
    /// The files that are read, in their order, and then the settings that were given.
    pub(crate) inputs: Vec<Input>,
}

/// A file that is read, or a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    /// What it is for.
    pub(crate) role: Role,
    /// That of a file is without folders, as [`model_name`](super::model_name) makes it; that of a setting is its key in
    /// farrier.toml.
    pub(crate) name: String,
    /// Of the text of the file, or of the value.
    pub(crate) hash: Hash,
}

/// What an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A file that holds the model or a part of it.
    Model,
    /// A file that adds to a model.
    Overlay,
    /// Something that the caller chose.
    Setting,
}

/// An output's own account of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seal {
    /// What decided it.
    pub(crate) origin: Origin,
    /// What is told of it.
    pub(crate) summary: Summary,
    /// Of the paths of its other files and the hashes of their bodies; none where there are no others.
    pub(crate) files: Option<Hash>,
}

/// What a run tells of an output, so that it can be told without making it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Summary {
    /// The name of the crate; none for a module.
    pub(crate) crate_name: Option<String>,
    /// How many operations there are.
    pub(crate) operations: usize,
    /// How many warnings there were about the model.
    pub(crate) warnings: usize,
}

impl Origin {
    /// The name of the first file of the model.
    pub(crate) fn model(&self) -> &str {
        let mut models = self.inputs.iter().filter(|input| input.role == Role::Model);
        models.next().map_or("", |input| &input.name)
    }
}

impl Role {
    fn word(self) -> &'static str {
        match self {
            Role::Model => "model",
            Role::Overlay => "overlay",
            Role::Setting => "setting",
        }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.role.word(), self.name)
    }
}

/// The word before the version of the generator.
pub(super) const GENERATOR: &str = "farrier ";

/// The word between version and build.
pub(super) const BUILD: &str = " build ";

impl Seal {
    /// The lines of the header.
    pub(super) fn lines(&self) -> Vec<String> {
        let Seal {
            origin,
            summary,
            files,
        } = self;
        let build = origin.build.as_deref();
        let build = build.map_or_else(String::new, |build| format!("{BUILD}{build}"));
        let mut lines = vec![format!("{GENERATOR}{}{build}", origin.version)];
        let inputs = origin.inputs.iter();
        lines.extend(inputs.map(|input| format!("{input} {}", input.hash)));
        lines.extend(files.map(|hash| format!("files {hash}")));
        let name = summary.crate_name.iter();
        lines.extend(name.map(|name| format!("crate {name}")));
        lines.push(format!("operations {}", summary.operations));
        if summary.warnings > 0 {
            lines.push(format!("warnings {}", summary.warnings));
        }
        lines
    }
}

/// The hash of files by their paths and the hashes of their bodies, in any order; none when there are none.
pub(super) fn hash_of_files<'a>(files: impl IntoIterator<Item = (&'a Path, Hash)>) -> Option<Hash> {
    let mut all: Option<Hash> = None;
    for (path, hash) in files {
        let path = path.to_string_lossy().replace('\\', "/");
        let file = Hash::of_parts([path.as_str(), &hash.to_string()]);
        all = Some(all.map_or(file, |all| all.add(file)));
    }
    all
}

/// Whether the seal of a file names the build of the generator.
pub(super) fn names_build(file: &Headed<'_>) -> bool {
    let line = file.seal.first();
    line.is_some_and(|line| line.starts_with(GENERATOR) && line.contains(BUILD))
}

/// The file as if the generator had no builds.
pub(super) fn without_build<'a>(mut file: Headed<'a>) -> Headed<'a> {
    if names_build(&file)
        && let Some(line) = file.seal.first_mut()
        && let Some((version, _)) = line.split_once(BUILD)
    {
        *line = version;
    }
    file
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Hash, hash_of_files};

    #[test]
    fn files_count_by_path_and_body_and_not_by_order() {
        let (a, b) = (Hash::of(b"a"), Hash::of(b"b"));
        let of = |files: &[(&str, Hash)]| {
            hash_of_files(files.iter().map(|(path, hash)| (Path::new(*path), *hash)))
        };
        assert_eq!(of(&[("x", a), ("y", b)]), of(&[("y", b), ("x", a)]));
        assert_ne!(of(&[("x", a), ("y", b)]), of(&[("x", b), ("y", a)]));
        assert_ne!(of(&[("x", a)]), of(&[("x", a), ("y", b)]));
        assert_eq!(of(&[]), None);
    }
}
