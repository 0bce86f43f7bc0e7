//! The keys of farrier.toml, defined once: for the reader, for the schema, and for the file that `farrier init` writes.

use std::path::PathBuf;

use farrier::Generator;
use farrier::words::{is_crate_name, is_version};

/// A key of a table `[[crate]]`.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// What it is for: a sentence or two.
    pub(crate) about: &'static str,
    /// A value as it might be, in TOML.
    pub(crate) example: &'static str,
    pub(crate) takes: Takes,
    /// The one key with which it goes, where it does not go with both `out` and `module`.
    pub(crate) only_with: Option<&'static str>,
}

/// What values a key takes, and what the generator is told of them.
#[derive(Debug)]
pub(crate) enum Takes {
    /// A string.
    Text(fn(Generator, String) -> Generator, Option<Fits>),
    /// A string, or a list of them.
    Texts(fn(Generator, String) -> Generator),
    /// A path to where something will be written.
    Target(fn(Generator, PathBuf) -> Generator),
    /// A path to a file that is there, or a list of them.
    Files(fn(Generator, PathBuf) -> Generator),
    /// A path to the folder of a crate.
    Crate(fn(Generator, PathBuf) -> Generator),
    /// `true` or `false`.
    Flag(fn(Generator) -> Generator),
}

/// What a string must be like.
#[derive(Debug)]
pub(crate) struct Fits {
    /// For people: `.. is no name of a crate`.
    pub(crate) what: &'static str,
    /// For people: what it must be instead.
    pub(crate) rule: &'static str,
    /// For editors, as a regular expression of ECMA 262.
    pub(crate) pattern: &'static str,
    pub(crate) holds: fn(&str) -> bool,
}

impl Key {
    /// The key of this name.
    pub(crate) fn named(name: &str) -> Option<&'static Key> {
        KEYS.iter().find(|key| key.name == name)
    }
}

/// Every key, in the order in which a file has them.
pub(crate) const KEYS: &[Key] = &[
    Key {
        name: "model",
        about: "The model of the service in Smithy's JSON AST: a path, or a list of them where it is in several files.",
        example: "\"models/kms.json\"",
        takes: Takes::Files(|to, path| to.model(path)),
        only_with: None,
    },
    Key {
        name: "overlays",
        about: "Files that add to the model by `apply`, such as waiters and documentation.",
        example: "[\"models/kms.overlay.json\"]",
        takes: Takes::Files(|to, path| to.overlay(path)),
        only_with: None,
    },
    Key {
        name: "service",
        about: "Which service to print, where the model has several: its name or its shape id.",
        example: "\"TrentService\"",
        takes: Takes::Text(|to, name| to.service(name), None),
        only_with: None,
    },
    Key {
        name: "operations",
        about: "Which operations to print: names, or patterns in which `*` stands for any characters. All of them without it.",
        example: "[\"Describe*\"]",
        takes: Takes::Texts(|to, name| to.operation(name)),
        only_with: None,
    },
    Key {
        name: "out",
        about: "The folder to write a crate to. Either this or `module` is needed.",
        example: "\"clients/kms\"",
        takes: Takes::Target(|to, path| to.out_dir(path)),
        only_with: None,
    },
    Key {
        name: "crate-name",
        about: "The name of the crate: `farrier-` and the id of the service without it.",
        example: "\"farrier-kms\"",
        takes: Takes::Text(
            |to, name| to.crate_name(name),
            Some(Fits {
                what: "no name of a crate",
                rule: "a letter, then letters, digits, `-` and `_`",
                pattern: "^[A-Za-z][A-Za-z0-9_-]*$",
                holds: is_crate_name,
            }),
        ),
        only_with: Some("out"),
    },
    Key {
        name: "crate-version",
        about: "The version of the crate: 0.1.0 without it.",
        example: "\"0.1.0\"",
        takes: Takes::Text(
            |to, version| to.crate_version(version),
            Some(Fits {
                what: "no version",
                rule: "three numbers, such as 0.1.0",
                pattern: "^(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*)){2}(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?$",
                holds: is_version,
            }),
        ),
        only_with: Some("out"),
    },
    Key {
        name: "runtime-path",
        about: "The folder of farrier-runtime, where the crate is to depend on a copy of it and not on the published one.",
        example: "\"runtime\"",
        takes: Takes::Crate(|to, path| to.runtime_path(path)),
        only_with: Some("out"),
    },
    Key {
        name: "module",
        about: "The file to write one module to, for `include!`, in place of a crate.",
        example: "\"src/kms.rs\"",
        takes: Takes::Target(|to, path| to.module_file(path)),
        only_with: None,
    },
    Key {
        name: "validate-input",
        about: "Whether the module has the setting `validate_input`. A crate has it behind its feature `validate-input`.",
        example: "true",
        takes: Takes::Flag(|to| to.validate_input()),
        only_with: Some("module"),
    },
];
