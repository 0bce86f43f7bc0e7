//! Whether an output is what its seal says, by hashes alone.

use std::path::PathBuf;

use super::hash::Hash;
use super::header::Headed;
use super::manifest::TOP;
use super::seal::{BUILD, GENERATOR, Input, Origin, Role, Seal, Summary, hash_of_files};
use super::{Tree, lines};

/// How much there is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) files: usize,
    pub(crate) lines: usize,
}

impl Tree {
    /// The seal of what is there; none when it cannot be read.
    pub(crate) fn seal(&self) -> Option<Seal> {
        let content = self.read(&self.sealed).ok()?;
        let text = str::from_utf8(&content).ok()?;
        let headed = Headed::read(text)?;
        (!headed.is_edited()).then(|| Seal::read(&headed.seal))?
    }

    /// The size of what is there, when it is all that the seal speaks of and nothing of it was changed.
    pub(crate) fn is_whole(&self, seal: &Seal) -> Option<Size> {
        let mut paths = vec![self.sealed.clone()];
        if self.owned.is_some() {
            paths.extend(TOP.iter().map(PathBuf::from));
            let sources = self.sources().ok()?.into_iter();
            paths.extend(sources.filter(|path| *path != self.sealed));
        }
        let mut size = Size { files: 0, lines: 0 };
        let mut hashes = Vec::with_capacity(paths.len());
        for path in &paths {
            let content = self.read(path).ok()?;
            let text = String::from_utf8_lossy(&content);
            let Some(headed) = Headed::read(&text) else {
                // Somebody else's, which the generator leaves alone.
                continue;
            };
            let hash = headed.hash.filter(|_| !headed.is_edited())?;
            if *path != self.sealed {
                hashes.push((path.as_path(), hash));
            }
            size.files += 1;
            size.lines += lines(&text);
        }
        (hash_of_files(hashes) == seal.files).then_some(size)
    }
}

impl Seal {
    /// Reads what [`lines`](Seal::lines) makes; nothing when there is anything else among it.
    pub(super) fn read(lines: &[&str]) -> Option<Seal> {
        let (first, lines) = lines.split_first()?;
        let generator = first.strip_prefix(GENERATOR)?;
        let (version, build) = match generator.split_once(BUILD) {
            Some((version, build)) => (version, Some(build.to_owned())),
            None => (generator, None),
        };
        let mut inputs = Vec::new();
        let (mut files, mut crate_name) = (None, None);
        let (mut operations, mut warnings) = (None, 0);
        for line in lines {
            let (word, rest) = line.split_once(' ')?;
            match word {
                "model" => inputs.push(Input::read(Role::Model, rest)?),
                "overlay" => inputs.push(Input::read(Role::Overlay, rest)?),
                "setting" => inputs.push(Input::read(Role::Setting, rest)?),
                "files" => files = Some(Hash::parse(rest)?),
                "crate" => crate_name = Some(rest.to_owned()),
                "operations" => operations = Some(rest.parse().ok()?),
                "warnings" => warnings = rest.parse().ok()?,
                _ => return None,
            }
        }
        Some(Seal {
            origin: Origin {
                version: version.to_owned(),
                build,
                inputs,
            },
            summary: Summary {
                crate_name,
                operations: operations?,
                warnings,
            },
            files,
        })
    }
}

impl Input {
    fn read(role: Role, text: &str) -> Option<Input> {
        let (name, hash) = text.rsplit_once(' ')?;
        Some(Input {
            role,
            name: name.to_owned(),
            hash: Hash::parse(hash)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::output::{Hash, Input, Origin, Role, Seal, Summary};

    fn seal() -> Seal {
        let input = |role, name: &str| Input {
            role,
            name: name.to_owned(),
            hash: Hash::of(name.as_bytes()),
        };
        Seal {
            origin: Origin {
                version: "1.2.3".to_owned(),
                build: Some("abc".to_owned()),
                inputs: vec![
                    input(Role::Model, "a.json"),
                    input(Role::Overlay, "b.json"),
                    input(Role::Setting, "operations"),
                ],
            },
            summary: Summary {
                crate_name: Some("a".to_owned()),
                operations: 2,
                warnings: 1,
            },
            files: Some(Hash::of(b"files")),
        }
    }

    fn read(lines: &[String]) -> Option<Seal> {
        Seal::read(&lines.iter().map(String::as_str).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_written_is_read() {
        let mut seal = seal();
        assert_eq!(read(&seal.lines()), Some(seal.clone()));
        seal.origin.build = None;
        seal.summary.crate_name = None;
        seal.summary.warnings = 0;
        seal.files = None;
        assert_eq!(read(&seal.lines()), Some(seal));
    }

    /// Rather none than one of which something was lost.
    #[test]
    fn a_damaged_seal_is_none() {
        let lines = seal().lines();
        assert_eq!(read(&[]), None);
        for index in 0..lines.len() {
            let mut damaged = lines.clone();
            damaged[index].insert(0, 'x');
            assert_eq!(read(&damaged), None, "{damaged:?}");
        }
    }
}
