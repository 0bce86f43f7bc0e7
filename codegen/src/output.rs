//! Modules to text, text to files: a crate or one module, written all or nothing, or compared with what is there.

mod blocks;
mod disk;
mod hash;
mod header;
mod journal;
mod layout;
mod manifest;
mod render;
mod seal;
#[cfg(feature = "tools")]
mod sealed;
mod staging;
mod threads;
mod tokens;

use std::path::{Path, PathBuf};

pub(crate) use disk::{Difference, Tree, lines};
pub(crate) use hash::Hash;
pub(crate) use header::model_name;
pub(crate) use manifest::{Manifest, relative};
pub(crate) use render::Printed;
pub(crate) use seal::{Input, Origin, Role, Seal, Summary};
#[cfg(feature = "tools")]
pub(crate) use sealed::Size;
pub(crate) use staging::Staging;

use header::Comment;
use layout::Layouts;
use render::Nest;

use crate::api::Api;
use crate::emit;
use crate::error::Error;
use crate::list::List as _;
use crate::order;

/// A file that is made, not yet written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// Its path under the folder that is written to.
    pub(crate) path: PathBuf,
    /// What it holds.
    pub(crate) text: String,
}

/// A file without its header.
#[derive(Debug)]
pub(crate) struct Page {
    path: PathBuf,
    comment: Comment,
    body: String,
}

/// What the root of the modules is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A crate: `crate::x` names what is under the root.
    Crate,
    /// A module of somebody's crate: only `super`s lead to the root.
    Module,
}

/// Emits and prints every module, in the order of the units.
pub(crate) fn print(api: &Api, form: Form) -> Result<Vec<Printed>, Error> {
    let units = emit::units(api);
    // The longest are among those that a model has once: begun at the end, one would keep a single core busy.
    let is_one_of_many = |index: &usize| units[*index].is_one_of_many();
    let (many, mut begun): (Vec<_>, Vec<_>) = (0..units.len()).partition(is_one_of_many);
    begun.extend(many);
    let layouts = Layouts::default();
    let mut printed = threads::map(units.len(), |at| {
        let index = begun[at];
        (index, render::print(units[index].emit(api), form, &layouts))
    });
    order::sort_by(&mut printed, |(one, _), (other, _)| one.cmp(other));
    printed.into_iter().map(|(_, printed)| printed).collect()
}

/// The modules as the files of a crate, with its manifest and its README.
pub(crate) fn crate_pages(printed: &[Printed], manifest: &Manifest) -> Vec<Page> {
    let mut files = vec![
        manifest.cargo_toml(),
        manifest.readme(),
        manifest.rustfmt_toml(),
    ];
    let nest = Nest::new(printed);
    files.extend(threads::map(printed.len(), |index| {
        let module = &printed[index];
        let mut path = PathBuf::from(SOURCES);
        path.extend(module.module.iter().map(|part| bare(part)));
        if module.module.is_empty() {
            path.push("lib");
        }
        path.set_extension("rs");
        Page {
            path,
            comment: Comment::Rust,
            body: nest.crate_file(module),
        }
    }));
    files
}

/// The modules as one file of this name, to be included.
pub(crate) fn module_page(printed: &[Printed], name: PathBuf) -> Page {
    Page {
        path: name,
        comment: Comment::Rust,
        body: module_body(printed),
    }
}

/// The modules as one text, to be included.
pub(crate) fn module_body(printed: &[Printed]) -> String {
    Nest::new(printed).module_file()
}

/// The files with their headers. The one at the path `sealed` gets the seal.
pub(crate) fn seal(pages: Vec<Page>, sealed: &Path, origin: Origin, summary: Summary) -> Vec<File> {
    let hashes = threads::map(pages.len(), |index| Hash::of(pages[index].body.as_bytes()));
    let paths = pages.iter().map(|page| page.path.as_path());
    let others = paths.zip(hashes.iter().copied());
    let files = seal::hash_of_files(others.filter(|(path, _)| *path != sealed));
    let model = origin.model().to_owned();
    let seal = Seal {
        origin,
        summary,
        files,
    };
    let headed = pages.into_iter().zip(hashes).map(|(page, hash)| {
        let lines = match page.path == sealed {
            true => seal.lines(),
            false => Vec::new(),
        };
        let mut text = page.body;
        text.insert_str(0, &header::print(page.comment, &model, hash, &lines));
        File {
            path: page.path,
            text,
        }
    });
    headed.list()
}

/// The name of a module's file: without `r#`.
fn bare(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// The folder of a crate's modules.
pub(crate) const SOURCES: &str = "src";

/// The version of the generator.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");
