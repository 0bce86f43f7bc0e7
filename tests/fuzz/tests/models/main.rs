//! Real models, cut down to an operation and changed at random: the generator ends with faults, or with Rust that parses,
//! and with the same when it is asked again.
//!
//! A change knows what a model is made of: it retargets members, renames shapes and members, changes types, moves traits
//! from one place to another, and puts texts where they may break out of a string, a comment or a name.

mod edits;
mod seeds;

use std::fs;
use std::time::{Duration, Instant};

use farrier::{Error, Generator};
use farrier_fuzz::{ANY_NUMBER, TIME, Target};
use proc_macro2::{TokenStream, TokenTree};
use seeds::Seeds;

/// How long one model may take, however busy the machine is: usually it is some milliseconds.
const LONGEST: Duration = Duration::from_secs(20);

/// The function that texts of `edits` declare where they are taken for code.
const PLANTED: &str = "planted";

/// Every how many models one is printed twice.
const AGAIN: u8 = 4;

#[test]
fn models() {
    let seeds = Seeds::read();
    let target = Target::new("models", &[]);
    bolero::check!()
        .with_iterations(ANY_NUMBER)
        // A model takes a thousand times as long as an answer.
        .with_test_time(5 * TIME)
        .for_each(|recipe| target.try_one(recipe, |recipe| generate(&seeds, recipe)));
    target.met_both();
}

/// Whether the model was printed.
fn generate(seeds: &Seeds, recipe: &[u8]) -> bool {
    let Some(model) = edits::model(seeds, recipe) else {
        return false;
    };
    let text = model.to_string();
    keep(&text);
    let timed = || {
        let start = Instant::now();
        (print(&text), start.elapsed())
    };
    let (first, taken) = timed();
    // A process may have been stopped for a while, but not twice.
    assert!(taken < LONGEST || timed().1 < LONGEST, "{taken:?}");
    if let Ok(module) = &first {
        // Texts that were put in to become code did not.
        assert!(!module.contains(PLANTED) || !has_name(module.parse().expect("it was parsed")));
    }
    // Not every item was parsed when it was printed.
    let parsed = first.as_deref().map(syn::parse_file);
    assert!(!matches!(parsed, Ok(Err(_))), "{:?}", parsed.err());
    if recipe
        .iter()
        .fold(0, |sum: u8, byte| sum.wrapping_add(*byte))
        % AGAIN
        == 0
    {
        assert_eq!(first, print(&text), "two runs differ");
    }
    first.is_ok()
}

/// Whether the planted name is a name in the code, and not a part of a text.
fn has_name(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => has_name(group.stream()),
        TokenTree::Ident(name) => name == PLANTED,
        _ => false,
    })
}

/// The module, or all that is wrong with the model. That something printed is no Rust is neither.
fn print(model: &str) -> Result<String, String> {
    match Generator::new().validate_input().module_of(model) {
        Ok(module) => Ok(module),
        Err(Error::Input(faults)) => {
            assert!(faults.has_errors());
            Err(faults.to_string())
        }
        Err(other) => panic!("{other}"),
    }
}

/// Writes the model to where `FARRIER_FUZZ_MODEL` says, to look at the one that failed.
fn keep(model: &str) {
    if let Some(path) = std::env::var_os("FARRIER_FUZZ_MODEL") {
        fs::write(path, model).expect("the model can be written");
    }
}
