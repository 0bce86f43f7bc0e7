//! Which operations are printed: by name, by pattern, or all.

use super::Selection;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::list::List as _;
use crate::model::{Model, Shape, ShapeKind};

/// The chosen operations in the order of the service; everything that was asked for and is not there is reported.
pub(super) fn operations<'m>(
    model: &'m Model,
    service: &'m Shape,
    selection: &Selection,
    diagnostics: &mut Diagnostics,
) -> Vec<&'m Shape> {
    let all = model.service_operations(service);
    if !selection.lenient {
        report_unknown(model, service, selection, &all, diagnostics);
    }
    let wanted = |operation: &Shape| {
        let mut wishes = selection.operations.iter();
        selection.operations.is_empty() || wishes.any(|wish| is_wish(wish, operation))
    };
    let mut chosen: Vec<&Shape> = all.into_iter().filter(|operation| wanted(operation)).list();
    chosen.retain(|operation| {
        let Some(stream) = stream(model, operation) else {
            return true;
        };
        let named = selection
            .operations
            .iter()
            .any(|wish| !is_pattern(wish) && is_wish(wish, operation));
        if named && selection.streams {
            return true;
        }
        let message = format!(
            "the operation {} sends or receives a stream ({}), which is not printed",
            operation.id.name(),
            stream.id
        );
        let diagnostic = if named {
            Diagnostic::error(Code::UnsupportedShape, message).help("do not ask for this operation")
        } else {
            Diagnostic::warning(Code::OperationLeftOut, message + ": it is left out")
        };
        diagnostics.push(
            diagnostic
                .on(&operation.id)
                .at(&model.files, operation.span),
        );
        false
    });
    chosen
}

/// The names and patterns of a selection that no operation of its service has.
#[cfg(feature = "tools")]
pub(crate) fn unknown(model: &Model, selection: &Selection) -> Vec<String> {
    let service =
        super::service::find(model, selection.service.as_deref(), &mut Diagnostics::new());
    let all = service.map_or_else(Vec::new, |service| model.service_operations(service));
    let is_known = |wish: &str| all.iter().any(|operation| is_wish(wish, operation));
    let wishes = selection.operations.iter();
    wishes.filter(|wish| !is_known(wish)).cloned().list()
}

/// Reports names and patterns that no operation has.
fn report_unknown(
    model: &Model,
    service: &Shape,
    selection: &Selection,
    all: &[&Shape],
    diagnostics: &mut Diagnostics,
) {
    let names: Vec<&str> = all.iter().map(|operation| operation.id.name()).list();
    for wish in &selection.operations {
        if all.iter().any(|operation| is_wish(wish, operation)) {
            continue;
        }
        let (what, help) = if is_pattern(wish) {
            (format!("no operation matches the pattern `{wish}`"), None)
        } else {
            (
                format!("there is no operation `{wish}`"),
                did_you_mean(wish, names.iter().copied()),
            )
        };
        let one_by_one = wish
            .contains(',')
            .then(|| "name operations one by one".to_owned());
        let help = help.or(one_by_one).unwrap_or_else(|| {
            format!(
                "the service has {} operation{}, such as {}",
                names.len(),
                if names.len() == 1 { "" } else { "s" },
                some(&names)
            )
        });
        let diagnostic = Diagnostic::error(Code::UnknownOperation, what).help(help);
        diagnostics.push(diagnostic.on(&service.id).at(&model.files, service.span));
    }
}

fn some(names: &[&str]) -> String {
    names.iter().take(3).copied().list().join(", ")
}

fn is_pattern(wish: &str) -> bool {
    wish.contains(['*', '?'])
}

/// Whether the operation is meant: by its name, by its shape id, or by a pattern of its name.
fn is_wish(wish: &str, operation: &Shape) -> bool {
    operation.id == *wish || is_match(wish, operation.id.name())
}

/// Whether a name fits a pattern: `*` stands for any characters, `?` for one.
fn is_match(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().list(), name.chars().list());
    let (mut p, mut n) = (0, 0);
    // Where the last star stands, and up to where it has eaten.
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(&c) if c == '?' || c == name[n] => {
                p += 1;
                n += 1;
            }
            _ => {
                let Some((at, eaten)) = star else {
                    return false;
                };
                star = Some((at, eaten + 1));
                p = at + 1;
                n = eaten + 1;
            }
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// The stream that an operation takes or answers: a member whose target has the trait `streaming`.
pub(crate) fn stream<'m>(model: &'m Model, operation: &Shape) -> Option<&'m Shape> {
    let operation = operation.as_operation()?;
    [&operation.input, &operation.output]
        .into_iter()
        .find_map(|reference| {
            let structure = model.target(reference);
            let targets = structure
                .members()
                .map(|member| model.target(&member.target));
            targets.into_iter().find(|target| {
                let streams = matches!(target.kind, ShapeKind::Union { .. } | ShapeKind::Blob);
                streams && target.traits.has("smithy.api#streaming")
            })
        })
}

#[cfg(test)]
mod tests {
    use super::is_match;

    #[test]
    fn patterns_fit_whole_names() {
        for (pattern, name, fits) in [
            ("*CustomKeyStore*", "DisconnectCustomKeyStore", true),
            ("*CustomKeyStore*", "DescribeCustomKeyStores", true),
            ("*CustomKeyStore*", "DescribeKey", false),
            ("List*", "ListKeys", true),
            ("List*", "DeleteListKeys", false),
            ("*", "", true),
            ("?ign", "Sign", true),
            ("?ign", "ign", false),
            ("Sign", "Sign", true),
            ("Sign", "Signs", false),
            ("a*b*c", "aXbYbZc", true),
        ] {
            assert_eq!(is_match(pattern, name), fits, "{pattern} {name}");
        }
    }
}
