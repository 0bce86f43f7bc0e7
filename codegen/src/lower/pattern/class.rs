//! Sets of characters in patterns.
//!
//! Of properties those are known that models use: general categories, and Java's classes from POSIX. Where a name is both one
//! of Java's and a property of Unicode, as `Alpha` is, which ECMA 262 has as `Alphabetic`, it is Java's and of ASCII: those who
//! write it have services in Java.

use std::fmt::Write as _;

/// The first and the last character of a range; both may be surrogates, which no text in Rust holds.
type Range = (u32, u32);

/// A set of characters.
#[derive(Debug, Clone, Default)]
pub(super) struct Class {
    pub(super) negated: bool,
    pub(super) items: Vec<Item>,
}

/// A part of a set.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// From one character to another.
    Range(Range),
    /// Several ranges, or all but them.
    Set(&'static [Range], bool),
    /// A [general category](https://www.unicode.org/reports/tr44/#General_Category_Values) of Unicode, or all but it.
    Category(&'static str, bool),
}

const DIGIT: &[Range] = &[(0x30, 0x39)];
const WORD: &[Range] = &[(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];
const SPACE: &[Range] = &[
    (0x09, 0x0d),
    (0x20, 0x20),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
    (0xfeff, 0xfeff),
];
/// What `.` does not stand for.
pub(super) const LINE_ENDS: &[Range] = &[(0x0a, 0x0a), (0x0d, 0x0d), (0x2028, 0x2029)];

/// The classes that Java takes from POSIX, which are of ASCII.
const JAVA: [(&str, &[Range]); 13] = [
    ("Lower", &[(0x61, 0x7a)]),
    ("Upper", &[(0x41, 0x5a)]),
    ("ASCII", &[(0x00, 0x7f)]),
    ("Alpha", &[(0x41, 0x5a), (0x61, 0x7a)]),
    ("Digit", DIGIT),
    ("Alnum", &[(0x30, 0x39), (0x41, 0x5a), (0x61, 0x7a)]),
    (
        "Punct",
        &[(0x21, 0x2f), (0x3a, 0x40), (0x5b, 0x60), (0x7b, 0x7e)],
    ),
    ("Graph", &[(0x21, 0x7e)]),
    ("Print", &[(0x20, 0x7e)]),
    ("Blank", &[(0x09, 0x09), (0x20, 0x20)]),
    ("Cntrl", &[(0x00, 0x1f), (0x7f, 0x7f)]),
    ("XDigit", &[(0x30, 0x39), (0x41, 0x46), (0x61, 0x66)]),
    ("Space", &[(0x09, 0x0d), (0x20, 0x20)]),
];

const CATEGORIES: [&str; 36] = [
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc",
    "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C",
    "Cc", "Cf", "Cn", "Co",
];

impl Item {
    /// What the letter of an escape such as `\d` stands for.
    pub(super) fn of_letter(letter: char) -> Option<Item> {
        let set = match letter.to_ascii_lowercase() {
            'd' => DIGIT,
            'w' => WORD,
            's' => SPACE,
            _ => return None,
        };
        Some(Item::Set(set, letter.is_ascii_uppercase()))
    }

    /// What a property such as `L` or `Alnum` stands for, by itself or as all but it.
    pub(super) fn of_property(name: &str, negated: bool) -> Option<Item> {
        if let Some(category) = CATEGORIES.iter().find(|known| **known == name) {
            return Some(Item::Category(category, negated));
        }
        let (_, ranges) = JAVA.iter().find(|(known, _)| *known == name)?;
        Some(Item::Set(ranges, negated))
    }

    fn cost(&self) -> u64 {
        match self {
            Item::Range((_, last)) if *last < 0x80 => 0,
            Item::Set(ranges, false) if ranges.iter().all(|(_, last)| *last < 0x80) => 0,
            Item::Range(_) | Item::Set(..) => 12,
            // The largest are `\P{C}` with 99, and `\P{Cn}`; most are far smaller.
            Item::Category(..) => 105,
        }
    }

    fn print(&self, out: &mut String) {
        match self {
            Item::Range(range) => print_range(*range, out),
            Item::Set(ranges, false) => ranges.iter().for_each(|range| print_range(*range, out)),
            Item::Set(ranges, true) => {
                out.push_str("[^");
                ranges.iter().for_each(|range| print_range(*range, out));
                out.push(']');
            }
            Item::Category(name, negated) => {
                let letter = if *negated { 'P' } else { 'p' };
                let _ = write!(out, "\\{letter}{{{name}}}");
            }
        }
    }
}

impl Class {
    /// A class of one part.
    pub(super) fn of(item: Item) -> Class {
        Class {
            negated: false,
            items: vec![item],
        }
    }

    /// Whether there is a character of Rust in its brackets; the engine does not read them empty.
    pub(super) fn has_items(&self) -> bool {
        let is_empty =
            |item: &Item| matches!(item, Item::Range(range) if scalars(*range).next().is_none());
        !self.items.iter().all(is_empty)
    }

    pub(super) fn cost(&self) -> u64 {
        let of_all = if self.negated { 12 } else { 1 };
        of_all + self.items.iter().map(Item::cost).sum::<u64>()
    }

    pub(super) fn print(&self, out: &mut String) {
        // What stands alone is in brackets of its own, or needs none.
        if let ([item @ (Item::Category(..) | Item::Set(_, true))], false) =
            (self.items.as_slice(), self.negated)
        {
            return item.print(out);
        }
        out.push_str(if self.negated { "[^" } else { "[" });
        for (index, item) in self.items.iter().enumerate() {
            match item {
                // At the end it stands for itself.
                Item::Range((0x2d, 0x2d)) if index + 1 == self.items.len() => out.push('-'),
                item => item.print(out),
            }
        }
        out.push(']');
    }
}

/// The parts of a range that are no surrogates.
fn scalars((first, last): Range) -> impl Iterator<Item = (char, char)> {
    let parts = [
        (first, last.min(0xd7ff)),
        (first.max(0xe000), last.min(0x10_ffff)),
    ];
    parts.into_iter().filter_map(|(first, last)| {
        let ends = (char::from_u32(first)?, char::from_u32(last)?);
        (first <= last).then_some(ends)
    })
}

fn print_range(range: Range, out: &mut String) {
    for (first, last) in scalars(range) {
        print_char(first, "[]^-&~\\", out);
        if first != last {
            out.push('-');
            print_char(last, "[]^-&~\\", out);
        }
    }
}

/// A character, behind a backslash where it would mean something else.
pub(super) fn print_char(c: char, special: &str, out: &mut String) {
    match c {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if special.contains(c) => out.extend(['\\', c]),
        ' '..='~' => out.push(c),
        c => {
            let _ = write!(out, "\\u{{{:04x}}}", u32::from(c));
        }
    }
}
