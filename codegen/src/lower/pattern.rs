//! Patterns of strings, written anew for the crate regex.
//!
//! The [trait](https://smithy.io/2.0/spec/constraint-traits.html#pattern-trait) has them in the syntax of
//! [ECMA 262](https://tc39.es/ecma262/#sec-patterns), read by characters, and services write some of Java's classes. What
//! linear time does not allow (looking around, back-references) and what another engine would read in another way is
//! refused with its name.

mod class;
mod read;
#[cfg(test)]
mod tests;

use class::Class;

/// How much of the engine's memory a pattern may take: states, of which a class of Unicode takes several. The engine itself
/// refuses at about four times as many, and sooner where its DFAs are on; the runtime gives it more room.
const LARGEST: u64 = 50_000;

/// A pattern that the engine reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Translated {
    /// The pattern in the engine's syntax.
    pub(super) regex: String,
    /// How many characters the pattern allows, where it is too large to count them itself.
    pub(super) length: Option<(u32, Option<u32>)>,
}

/// A piece of a pattern.
#[derive(Debug, Clone)]
enum Node {
    /// One character.
    Literal(char),
    /// One character of a set.
    Class(Class),
    /// The start of the text.
    Start,
    /// The end of the text.
    End,
    /// A place between a letter, digit or `_` and something else.
    Boundary,
    /// One of several sequences, in parentheses.
    Group(Vec<Vec<Node>>),
    /// Something several times.
    Repeat {
        what: Box<Node>,
        min: u32,
        max: Option<u32>,
    },
}

/// Translates a pattern, or says what of it the engine cannot do.
pub(super) fn translate(pattern: &str) -> Result<Translated, String> {
    let alternatives = read::pattern(pattern)?;
    if cost(&alternatives) <= LARGEST {
        return Ok(Translated {
            regex: print(&alternatives),
            length: None,
        });
    }
    let Some((node, length)) = counted_apart(&alternatives) else {
        return Err("it repeats too much too often".to_owned());
    };
    Ok(Translated {
        regex: print(&[vec![Node::Start, node, Node::End]]),
        length: Some(length),
    })
}

/// `^[a-z]{1,1024}$`, in parentheses or not: the characters can be counted without the engine.
fn counted_apart(alternatives: &[Vec<Node>]) -> Option<(Node, (u32, Option<u32>))> {
    let sequence = |alternatives: &[Vec<Node>]| match alternatives {
        [sequence] => Some(sequence.clone()),
        _ => None,
    };
    let [Node::Start, mut node, Node::End]: [Node; 3] = sequence(alternatives)?.try_into().ok()?
    else {
        return None;
    };
    while let Node::Group(alternatives) = &node {
        let [only]: [Node; 1] = sequence(alternatives)?.try_into().ok()?;
        node = only;
    }
    let Node::Repeat { what, min, max } = node else {
        return None;
    };
    if !matches!(*what, Node::Class(_) | Node::Literal(_)) {
        return None;
    }
    let any = Node::Repeat {
        what,
        min: 0,
        max: None,
    };
    Some((any, (min, max)))
}

fn cost(alternatives: &[Vec<Node>]) -> u64 {
    let costs = alternatives.iter().flatten().map(Node::cost);
    costs.fold(1, u64::saturating_add)
}

impl Node {
    /// How many states the engine needs for it, roughly.
    fn cost(&self) -> u64 {
        match self {
            Node::Literal(_) | Node::Start | Node::End | Node::Boundary => 1,
            Node::Class(class) => class.cost(),
            Node::Group(alternatives) => cost(alternatives),
            Node::Repeat { what, min, max } => {
                let times = u64::from(max.unwrap_or(*min).max(1));
                what.cost().saturating_mul(times)
            }
        }
    }

    fn print(&self, out: &mut String) {
        match self {
            Node::Literal(c) => class::print_char(*c, ".+*?()|[]{}^$\\", out),
            Node::Class(class) => class.print(out),
            Node::Start => out.push('^'),
            Node::End => out.push('$'),
            // The engine's own knows the letters of all scripts.
            Node::Boundary => out.push_str(r"(?-u:\b)"),
            Node::Group(alternatives) => {
                out.push('(');
                out.push_str(&print(alternatives));
                out.push(')');
            }
            Node::Repeat { what, min, max } => {
                what.print(out);
                match (min, max) {
                    (0, None) => out.push('*'),
                    (1, None) => out.push('+'),
                    (0, Some(1)) => out.push('?'),
                    (min, None) => out.push_str(&format!("{{{min},}}")),
                    (min, Some(max)) if min == max => out.push_str(&format!("{{{min}}}")),
                    (min, Some(max)) => out.push_str(&format!("{{{min},{max}}}")),
                }
            }
        }
    }
}

fn print(alternatives: &[Vec<Node>]) -> String {
    let mut out = String::new();
    for (index, sequence) in alternatives.iter().enumerate() {
        if index > 0 {
            out.push('|');
        }
        for node in sequence {
            node.print(&mut out);
        }
    }
    out
}
