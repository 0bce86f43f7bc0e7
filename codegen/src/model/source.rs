//! The input files and the places in them.

use std::sync::OnceLock;

use crate::diagnostic::Place;

/// A file to read.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its path, as it is to stand in messages.
    pub(crate) path: String,
    /// Its content, or why there is none.
    pub(crate) content: std::io::Result<Vec<u8>>,
    /// What it is for.
    pub(crate) role: Role,
}

impl Source {
    /// A file with shapes: `Source::model(path, std::fs::read(path))`.
    pub(crate) fn model(path: impl Into<String>, content: std::io::Result<Vec<u8>>) -> Source {
        Source {
            path: path.into(),
            content,
            role: Role::Model,
        }
    }

    /// A file that adds to a model; it is an error when what it applies is there already.
    pub(crate) fn overlay(path: impl Into<String>, content: std::io::Result<Vec<u8>>) -> Source {
        Source {
            path: path.into(),
            content,
            role: Role::Overlay,
        }
    }
}

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// It holds the model or a part of it.
    Model,
    /// It holds changes of ours to someone else's model.
    Overlay,
}

/// The major version of Smithy in which a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    /// 1 and 1.0.
    V1,
    /// 2 and 2.0.
    V2,
}

/// Where something starts: a file and the offset of a byte in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    /// The index of the file in [`Files`].
    pub(crate) file: u32,
    /// The offset of the first byte.
    pub(crate) start: u32,
}

/// The files of a model.
#[derive(Debug, Default)]
pub(crate) struct Files {
    list: Vec<File>,
}

#[derive(Debug)]
struct File {
    path: String,
    text: String,
    role: Role,
    version: Version,
    marks: OnceLock<Vec<Mark>>,
}

/// A known place, from which to count on.
#[derive(Debug, Clone, Copy)]
struct Mark {
    offset: usize,
    line: u32,
    column: u32,
}

/// How far apart marks may be, in bytes: without them, a model on one line costs a scan of the file for each message.
const STRIDE: usize = 1024;

impl Files {
    /// Adds a file and returns its index. Its text must be shorter than 4 GB.
    pub(super) fn add(&mut self, path: String, text: String, role: Role) -> u32 {
        let file = File {
            path,
            text,
            role,
            version: Version::V2,
            marks: OnceLock::new(),
        };
        self.list.push(file);
        self.list.len() as u32 - 1
    }

    /// The text of a file.
    pub(crate) fn text(&self, file: u32) -> &str {
        &self.list[file as usize].text
    }

    /// What a file is for.
    pub(crate) fn role(&self, file: u32) -> Role {
        self.list[file as usize].role
    }

    /// The version of Smithy in which a file is written.
    pub(crate) fn version(&self, file: u32) -> Version {
        self.list[file as usize].version
    }

    /// Notes the version of Smithy in which a file is written.
    pub(super) fn set_version(&mut self, file: u32, version: Version) {
        self.list[file as usize].version = version;
    }

    /// The path, line and column of a span.
    pub(crate) fn place(&self, span: Span) -> Place {
        let file = &self.list[span.file as usize];
        let (line, column) = file.position(span.start as usize);
        Place {
            file: file.path.clone(),
            line,
            column,
        }
    }
}

impl File {
    /// The line and the column in characters of an offset, both from 1.
    fn position(&self, offset: usize) -> (u32, u32) {
        let marks = self.marks.get_or_init(|| marks(&self.text));
        let mark = marks[marks.partition_point(|mark| mark.offset <= offset) - 1];
        let between = self
            .text
            .as_bytes()
            .get(mark.offset..offset)
            .unwrap_or_default();
        let characters = between
            .iter()
            .filter(|byte| starts_character(**byte))
            .count();
        (mark.line, mark.column + characters as u32)
    }
}

/// The start of each line, and places in long lines, in order; never empty.
fn marks(text: &str) -> Vec<Mark> {
    let mut mark = Mark {
        offset: 0,
        line: 1,
        column: 1,
    };
    let mut marks = vec![mark];
    let mut column = 1;
    for (offset, &byte) in text.as_bytes().iter().enumerate() {
        if byte == b'\n' {
            mark = Mark {
                offset: offset + 1,
                line: mark.line + 1,
                column: 1,
            };
            column = 1;
            marks.push(mark);
        } else {
            if offset - mark.offset >= STRIDE && starts_character(byte) {
                mark = Mark {
                    offset,
                    line: mark.line,
                    column,
                };
                marks.push(mark);
            }
            column += u32::from(starts_character(byte));
        }
    }
    marks
}

/// Whether a byte of UTF-8 is the first of a character.
fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}
