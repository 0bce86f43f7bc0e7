//! Diagnostics for people.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use farrier::words::visible;
use farrier::{Place, Severity};

use super::excerpt::{Excerpt, Files};
use super::{Problem, counts};
use crate::size::counted;

/// How wide an excerpt may be. Wider terminals are common and narrower ones rare, and a log reads the same everywhere.
const WIDTH: usize = 100;

/// The first `limit` problems, and how many there are. Where that is not all of them, errors go before warnings.
pub(super) fn pages(problems: &[Problem], limit: usize) -> String {
    let shown = first(problems, limit);
    let renderer = Renderer::styled().hyperlink(false).term_width(WIDTH);
    let mut files = Files::default();
    let mut text = String::new();
    for problem in &shown {
        text += &page(problem, &mut files, &renderer);
        text += "\n\n";
    }
    text + &sum(problems, shown.len()) + "\n"
}

/// Up to `limit` of the problems, in their order.
fn first(problems: &[Problem], limit: usize) -> Vec<&Problem> {
    let (errors, _) = counts(problems);
    let (mut errors, mut warnings) = (errors.min(limit), limit.saturating_sub(errors));
    let fits = |problem: &&Problem| {
        let left = match problem.severity {
            Severity::Error => &mut errors,
            Severity::Warning => &mut warnings,
        };
        let fits = *left > 0;
        *left -= usize::from(fits);
        fits
    };
    problems.iter().filter(fits).collect()
}

fn page(problem: &Problem, files: &mut Files, renderer: &Renderer) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let shape = problem
        .shape
        .iter()
        .map(|shape| format!("{}: ", visible(shape)));
    let title = shape.collect::<String>() + &visible(&problem.message).to_string();
    let mut group = Group::with_title(level.primary_title(title).id(problem.code.as_str()));
    let mut moved = None;
    if let Some(place) = &problem.place {
        let path = visible(&place.file).to_string();
        group = match files.excerpt(place, problem.length) {
            Some(excerpt) => {
                moved = (excerpt.skipped > 0).then_some((place, excerpt.skipped));
                group.element(snippet(excerpt, place).path(path))
            }
            None => group.element(origin(place, path)),
        };
    }
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(visible(help).to_string()));
    }
    let text = renderer.render(&[group]);
    match moved {
        Some((place, skipped)) => with_column(&text, place.column, skipped),
        None => text,
    }
}

fn snippet(
    excerpt: Excerpt,
    place: &Place,
) -> Snippet<'static, annotate_snippets::Annotation<'static>> {
    Snippet::source(excerpt.text)
        .line_start(place.line as usize)
        .annotation(AnnotationKind::Primary.span(excerpt.marked))
}

fn origin(place: &Place, path: String) -> Origin<'static> {
    let origin = Origin::path(path);
    match place.line {
        0 => origin,
        line => origin
            .line(line as usize)
            .char_column(place.column as usize),
    }
}

/// The column is counted in what is shown; of a long line that is a piece, so its end of the second line, which has the
/// place, is mended.
fn with_column(text: &str, column: u32, skipped: usize) -> String {
    let counted = format!(":{}", column as usize - skipped);
    let (title, rest) = text.split_once('\n').unwrap_or((text, ""));
    let (place, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    match place.strip_suffix(&counted) {
        Some(place) => format!("{title}\n{place}:{column}\n{rest}"),
        None => text.to_owned(),
    }
}

/// `2 errors, 1 warning; ...`: how many there are, and where to learn more.
fn sum(problems: &[Problem], shown: usize) -> String {
    let (errors, warnings) = counts(problems);
    let parts = [(errors, "error"), (warnings, "warning")];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, what)| counted(count, what)).collect();
    let sum = parts.join(", ");
    match (problems, problems.len() - shown) {
        ([one], _) => format!("{sum}; `farrier explain {}` says more", one.code),
        ([first, ..], 0) => format!(
            "{sum}; `farrier explain {}` says more of the first",
            first.code
        ),
        (_, more) => {
            let more = counted(more, "diagnostic");
            format!("... and {more} more: {sum}; `--all-diagnostics` shows all")
        }
    }
}
