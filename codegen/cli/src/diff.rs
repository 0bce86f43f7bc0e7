//! `farrier diff`: what a change of a model does to those who use the client.

mod json;
mod markdown;
mod text;

use farrier::Generator;
use farrier::diff::{Comparison, Severity};

use crate::Outcome;
use crate::arguments::{Allow, Diff, Format};

/// Compares, and says what it found.
pub(crate) fn run(what: &Diff) -> Outcome {
    let generator = |model| {
        let mut generator = Generator::new().model(model).operations(&what.operations);
        for path in &what.overlays {
            generator = generator.overlay(path);
        }
        match &what.service {
            Some(name) => generator.service(name),
            None => generator,
        }
    };
    let compared = farrier::diff::compare(&generator(&what.old), &generator(&what.new));
    let comparison = match compared {
        Ok(comparison) => comparison,
        Err(error) => {
            eprintln!("{error}");
            return Outcome::Bad;
        }
    };
    for warning in &comparison.warnings {
        eprintln!("{warning}");
    }
    print!(
        "{}",
        match what.format {
            Format::Text => text::text(&comparison),
            Format::Json => json::json(&comparison),
            Format::Markdown => markdown::markdown(&comparison),
        }
    );
    match comparison.severity() {
        Some(severity) if severity > most(what.allow) => Outcome::Stale,
        _ => Outcome::Good,
    }
}

fn most(allow: Allow) -> Severity {
    match allow {
        Allow::Patch => Severity::Patch,
        Allow::Minor => Severity::Minor,
        Allow::Major => Severity::Major,
    }
}

/// `minor`, or `none` where nothing has changed.
fn verdict(comparison: &Comparison) -> &'static str {
    comparison.severity().map_or("none", Severity::name)
}
