//! Modules as text: the files of a crate, or one file that holds them all.

use proc_macro2::TokenStream;

use super::Form;
use super::blocks::{self, Part};
use super::layout::Layouts;
use super::tokens::{self, Fit, Tree};
use crate::emit::{Source, Visibility};
use crate::error::Error;
use crate::list::List as _;
use crate::order;

/// A module that is printed, without its children.
#[derive(Debug)]
pub(crate) struct Printed {
    /// Its path under the root; empty for the root itself.
    pub(super) module: Vec<String>,
    visibility: Visibility,
    doc: Vec<String>,
    /// The items, with a blank line between two.
    body: String,
}

/// Prints the items of a module.
pub(super) fn print(source: Source, form: Form, layouts: &Layouts) -> Result<Printed, Error> {
    let depth = match form {
        Form::Crate => None,
        Form::Module => Some(source.module.len()),
    };
    let fit = Fit {
        defines: &source.defines,
        depth,
    };
    let mut body = String::new();
    for (index, item) in source.items.into_iter().enumerate() {
        // The tokens of the item are gone by then, so it is told by its place.
        let text =
            print_item(tokens::fit(item, fit), layouts).map_err(|message| Error::Internal {
                module: source.module.join("::"),
                message: format!("{message}, in its item {}", index + 1),
            })?;
        if text.is_empty() {
            continue;
        }
        let runs_on = is_use(&text) && ends_with_use(&body);
        if !body.is_empty() && !runs_on {
            body.push('\n');
        }
        body.push_str(&text);
    }
    let doc = source
        .doc
        .lines
        .iter()
        .map(|line| tokens::fit_doc(line, depth))
        .list();
    Ok(Printed {
        module: source.module,
        visibility: match (source.visibility, form) {
            // A module to be included has no features of its own.
            (Visibility::Feature(_), Form::Module) => Visibility::Private,
            (visibility, _) => visibility,
        },
        doc,
        body,
    })
}

fn is_use(text: &str) -> bool {
    text.starts_with("pub use ") || text.starts_with("use ")
}

fn ends_with_use(body: &str) -> bool {
    body.trim_end().lines().last().is_some_and(is_use)
}

/// One item, formatted; empty for no tokens.
fn print_item(code: Vec<Tree>, layouts: &Layouts) -> Result<String, String> {
    lay_out(code, layouts).map(|text| space_out(&text))
}

/// What [`format`] makes of the code, with the methods of its blocks one by one.
pub(super) fn lay_out(code: Vec<Tree>, layouts: &Layouts) -> Result<String, String> {
    let mut text = String::new();
    for part in blocks::parts(code) {
        match part {
            Part::Items(code) => text.push_str(&format(code)?),
            Part::Block { head, methods } => {
                let around = layouts.print(blocks::with_one(head), format)?;
                let (open, close) = blocks::split(&around)?;
                text.push_str(open);
                // No method begins as a head does, so that one `Layouts` will do for both.
                for method in methods {
                    text.push_str(&layouts.print(method, format_method)?);
                }
                text.push_str(close);
            }
        }
    }
    Ok(text)
}

fn format_method(method: Vec<Tree>) -> Result<String, String> {
    let block = format_tokens(blocks::around(tokens::stream(method)))?;
    blocks::inside(&block).map(str::to_owned)
}

pub(super) fn format(items: Vec<Tree>) -> Result<String, String> {
    format_tokens(tokens::stream(items))
}

fn format_tokens(items: TokenStream) -> Result<String, String> {
    let file: syn::File = syn::parse2(items).map_err(|error| error.to_string())?;
    Ok(prettyplease::unparse(&file))
}

/// A blank line between the methods of a block and between items, which the printer leaves out.
fn space_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 32);
    let mut lines = text.lines().peekable();
    // What ends the raw string that goes over several lines.
    let mut fence: Option<String> = None;
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        fence = match fence {
            Some(fence) if line.contains(&fence) => None,
            Some(fence) => Some(fence),
            None => open_fence(line),
        };
        if fence.is_some() {
            continue;
        }
        let next = lines.peek().copied().unwrap_or_default();
        let method_ends = line == "    }" && next != "}";
        let item_ends = matches!(line, "}" | "};");
        // A constant, type or method without a body, before one that begins with its documentation or attributes.
        let declared = at_method(line) && line.ends_with(';') && !is_comment(line);
        let begins = at_method(next) && next.trim_start().starts_with(['#', '/']);
        if !next.is_empty() && (method_ends || item_ends || declared && begins) {
            out.push('\n');
        }
    }
    out
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// Whether the line is indented as the items of a block are.
fn at_method(line: &str) -> bool {
    line.strip_prefix("    ")
        .is_some_and(|rest| !rest.starts_with(' '))
}

/// What will end the raw string that begins in a line and does not end there. Printed code has no two of them in a line.
fn open_fence(line: &str) -> Option<String> {
    if line.trim_start().starts_with("//") {
        return None;
    }
    let start = line.find("r#")?;
    let hashes = line[start + 1..].chars().take_while(|&c| c == '#').count();
    let rest = line[start + 1 + hashes..].strip_prefix('"')?;
    let fence = format!("\"{}", "#".repeat(hashes));
    (!rest.contains(&fence)).then_some(fence)
}

/// Modules, of which it is known which is in which.
pub(super) struct Nest<'a> {
    /// Side by side are those that are in the same one, in their order.
    modules: Vec<&'a Printed>,
}

impl<'a> Nest<'a> {
    pub(super) fn new(all: &'a [Printed]) -> Self {
        let mut modules: Vec<_> = all.iter().list();
        order::sort_by(&mut modules, |one, other| one.around().cmp(&other.around()));
        Nest { modules }
    }

    /// The modules right below one.
    fn children(&self, module: &Printed) -> &[&'a Printed] {
        let around = Some(module.module.as_slice());
        let start = self
            .modules
            .partition_point(|child| child.around() < around);
        let children = &self.modules[start..];
        &children[..children.partition_point(|child| child.around() == around)]
    }

    /// The text of a module's file in a crate, below its header.
    pub(super) fn crate_file(&self, module: &Printed) -> String {
        let mut text = String::with_capacity(module.body.len() + module.body.len() / 8);
        text.extend(module.doc.iter().map(|line| comment("//!", line)));
        let children = self.children(module);
        if !text.is_empty() && !children.is_empty() {
            text.push('\n');
        }
        for child in children {
            text += &format!("{}{};\n", child.permission(), child.declaration());
        }
        if !text.is_empty() && !module.body.is_empty() {
            text.push('\n');
        }
        text + &module.body
    }

    /// The text of one file that holds all modules, to be included in a module, below its header.
    pub(super) fn module_file(&self) -> String {
        let mut text = String::new();
        if let Some(root) = self.modules.iter().find(|module| module.module.is_empty()) {
            self.nested(root, &mut text, 0);
        }
        text
    }

    /// The text of a module's children and its own.
    fn nested(&self, module: &Printed, text: &mut String, indent: usize) {
        for child in self.children(module) {
            let mut inside = String::new();
            let inner = (indent + 1) * INDENT;
            inside.extend(
                child
                    .doc
                    .iter()
                    .map(|line| indented(comment("//!", line).trim_end(), inner)),
            );
            if !inside.is_empty() {
                inside.push('\n');
            }
            self.nested(child, &mut inside, indent + 1);
            let pad = " ".repeat(indent * INDENT);
            if indent == 0 {
                text.push_str(UNUSED);
            }
            text.extend(
                child
                    .permission()
                    .lines()
                    .map(|line| format!("{pad}{line}\n")),
            );
            text.push_str(&format!(
                "{pad}{} {{\n{}\n{pad}}}\n\n",
                child.declaration(),
                inside.trim_end()
            ));
        }
        for line in module.body.lines() {
            if indent == 0 && is_use(line) {
                text.push_str(UNUSED_IMPORT);
            }
            text.push_str(&indented(line, indent * INDENT));
        }
    }
}

/// Which of the modules a program uses is its own affair, and a file to include cannot say so for all at once. The names
/// of methods, and names and sizes of variants, are the model's; clippy leaves them alone in a crate, where they are public.
const UNUSED: &str = "#[allow(dead_code, unused_imports, unreachable_pub)]
#[allow(clippy::enum_variant_names, clippy::large_enum_variant)]
#[allow(clippy::self_named_constructors, clippy::wrong_self_convention)]
";

/// The same for the short names at the root.
const UNUSED_IMPORT: &str = "#[allow(unused_imports, unreachable_pub)]\n";

const INDENT: usize = 4;

fn indented(line: &str, indent: usize) -> String {
    if line.is_empty() {
        "\n".to_owned()
    } else {
        format!("{:indent$}{line}\n", "")
    }
}

impl Printed {
    /// The path of the module around it; the root has none.
    fn around(&self) -> Option<&[String]> {
        self.module.split_last().map(|(_, around)| around)
    }

    /// What lets a module be called as the one around it, as an operation or a type may be.
    fn permission(&self) -> &'static str {
        match self.module.as_slice() {
            [.., around, name] if around == name => "#[allow(clippy::module_inception)]\n",
            _ => "",
        }
    }

    /// `pub mod name`
    fn declaration(&self) -> String {
        let visibility = match self.visibility {
            Visibility::Public => "pub ",
            Visibility::Private => "",
            Visibility::Feature(name) => &format!("#[cfg(feature = {name:?})]\n"),
            Visibility::Tests => "#[cfg(test)]\n",
        };
        let name = self.module.last().map(String::as_str).unwrap_or_default();
        format!("{visibility}mod {name}")
    }
}

fn comment(marker: &str, line: &str) -> String {
    // Documentation comes as single lines; whatever came otherwise must not leave the comment.
    let line = line.replace(['\n', '\r'], " ");
    if line.is_empty() {
        format!("{marker}\n")
    } else {
        format!("{marker} {line}\n")
    }
}
