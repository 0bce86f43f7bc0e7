//! Reads patterns as ECMA 262 has them.

use super::Node;
use super::class::{Class, Item, LINE_ENDS};
use crate::list::List as _;

/// How deep parentheses may stand in each other.
const DEEPEST: usize = 64;

/// The alternatives of a pattern.
pub(super) fn pattern(text: &str) -> Result<Vec<Vec<Node>>, String> {
    let mut reader = Reader {
        rest: text.chars().list().into_iter(),
        depth: 0,
    };
    let alternatives = reader.alternatives()?;
    match reader.next() {
        None => Ok(alternatives),
        Some(_) => Err("it has a `)` too many".to_owned()),
    }
}

struct Reader {
    rest: std::vec::IntoIter<char>,
    depth: usize,
}

/// What an escape stands for.
enum Escape {
    One(u32),
    Several(Item),
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.rest.as_slice().first().copied()
    }

    fn next(&mut self) -> Option<char> {
        self.rest.next()
    }

    /// Goes past the text, where it is next.
    fn eat(&mut self, text: &str) -> bool {
        let is_next = self
            .rest
            .as_slice()
            .iter()
            .copied()
            .take(text.chars().count())
            .eq(text.chars());
        if is_next {
            text.chars().for_each(|_| {
                self.rest.next();
            });
        }
        is_next
    }

    fn alternatives(&mut self) -> Result<Vec<Vec<Node>>, String> {
        let mut alternatives = vec![Vec::new()];
        while let Some(c) = self.peek().filter(|c| *c != ')') {
            if c == '|' {
                self.next();
                alternatives.push(Vec::new());
                continue;
            }
            let node = self.term()?;
            let node = self.repeated(node)?;
            if let Some(sequence) = alternatives.last_mut() {
                sequence.extend(node);
            }
        }
        Ok(alternatives)
    }

    fn term(&mut self) -> Result<Node, String> {
        match self.next().unwrap_or_default() {
            '^' => Ok(Node::Start),
            '$' => Ok(Node::End),
            '.' => Ok(Node::Class(Class::of(Item::Set(LINE_ENDS, true)))),
            '(' => self.group(),
            '[' => self.class(),
            '*' | '+' | '?' => Err("it repeats nothing".to_owned()),
            '\\' if self.eat("b") => Ok(Node::Boundary),
            '\\' => match self.escape()? {
                Escape::One(code) => literal(code),
                Escape::Several(item) => Ok(Node::Class(Class::of(item))),
            },
            // `{`, `}` and `]` stand for themselves where they close nothing.
            c => Ok(Node::Literal(c)),
        }
    }

    fn group(&mut self) -> Result<Node, String> {
        if self.eat("?") {
            let known = [
                ("=", "it looks ahead"),
                ("!", "it looks ahead"),
                ("<=", "it looks behind"),
                ("<!", "it looks behind"),
            ];
            for (sign, what) in known {
                if self.eat(sign) {
                    return Err(what.to_owned());
                }
            }
            if !self.eat(":") {
                return Err("it has a group of a kind that is not known".to_owned());
            }
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("its parentheses are nested too deeply".to_owned());
        }
        let alternatives = self.alternatives()?;
        self.depth -= 1;
        match self.next() {
            Some(_) => Ok(Node::Group(alternatives)),
            None => Err("it has a `(` without its `)`".to_owned()),
        }
    }

    /// The node with what repeats it; none where that is nothing.
    fn repeated(&mut self, node: Node) -> Result<Option<Node>, String> {
        let Some((min, max)) = self.quantifier()? else {
            return Ok(Some(node));
        };
        // As few as possible or as many: the same text matches.
        self.eat("?");
        if self.peek() == Some('+') || self.quantifier()?.is_some() {
            return Err("it repeats what is repeated".to_owned());
        }
        Ok(match node {
            // A place is where it is, however often.
            Node::Start | Node::End | Node::Boundary => (min > 0).then_some(node),
            node => Some(Node::Repeat {
                what: Box::new(node),
                min,
                max,
            }),
        })
    }

    fn quantifier(&mut self) -> Result<Option<(u32, Option<u32>)>, String> {
        for (sign, bounds) in [("*", (0, None)), ("+", (1, None)), ("?", (0, Some(1)))] {
            if self.eat(sign) {
                return Ok(Some(bounds));
            }
        }
        if self.peek() != Some('{') {
            return Ok(None);
        }
        let braces: String = self
            .rest
            .as_slice()
            .iter()
            .skip(1)
            .take_while(|c| **c != '}')
            .collect();
        let (min, max) = braces.split_once(',').unwrap_or((&braces, &braces));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !is_number(min) || !(max.is_empty() && braces.contains(',') || is_number(max)) {
            // Braces around something else stand for themselves.
            return Ok(None);
        }
        self.eat(&format!("{{{braces}"));
        if !self.eat("}") {
            return Err("it has a `{` without its `}`".to_owned());
        }
        let number = |text: &str| text.parse().map_err(|_| "it repeats too often".to_owned());
        let max = if max.is_empty() {
            None
        } else {
            Some(number(max)?)
        };
        let min = number(min)?;
        match max {
            Some(max) if max < min => Err(format!("it asks for {min} to {max}")),
            max => Ok(Some((min, max))),
        }
    }

    fn class(&mut self) -> Result<Node, String> {
        let mut class = Class {
            negated: self.eat("^"),
            items: Vec::new(),
        };
        loop {
            if self.eat("&&[") {
                return Err("it intersects classes".to_owned());
            }
            let first = match self.next() {
                None => return Err("it has a `[` without its `]`".to_owned()),
                Some(']') => break,
                Some(c) => self.class_atom(c)?,
            };
            let ends = self.rest.as_slice();
            let is_range = matches!(ends, ['-', last, ..] if *last != ']');
            let (Escape::One(start), true) = (&first, is_range) else {
                class.items.push(first.into_item());
                continue;
            };
            self.next();
            let c = self.next().unwrap_or_default();
            match self.class_atom(c)? {
                Escape::One(end) if end < *start => {
                    return Err("it has a range that ends before it starts".to_owned());
                }
                Escape::One(end) => class.items.push(Item::Range((*start, end))),
                // `[a-\d]`: the `-` stands for itself.
                several => {
                    let dash = Item::Range((0x2d, 0x2d));
                    class
                        .items
                        .extend([first.into_item(), dash, several.into_item()]);
                }
            }
        }
        match (class.has_items(), class.negated) {
            (true, _) => Ok(Node::Class(class)),
            (false, true) => Ok(Node::Class(Class::of(Item::Range((0, 0x10_ffff))))),
            (false, false) => Err("it has a class of no characters".to_owned()),
        }
    }

    fn class_atom(&mut self, c: char) -> Result<Escape, String> {
        match c {
            '\\' if self.eat("b") => Ok(Escape::One(0x08)),
            '\\' => self.escape(),
            c => Ok(Escape::One(c.into())),
        }
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Result<Escape, String> {
        let Some(c) = self.next() else {
            return Err("it ends in a backslash".to_owned());
        };
        if let Some(item) = Item::of_letter(c) {
            return Ok(Escape::Several(item));
        }
        Ok(Escape::One(match c {
            't' => 0x09,
            'n' => 0x0a,
            'v' => 0x0b,
            'f' => 0x0c,
            'r' => 0x0d,
            '0' if !self.peek().is_some_and(|c| c.is_ascii_digit()) => 0x00,
            'x' => self.hex(2)?,
            'u' => self.unicode()?,
            'p' | 'P' => return self.property(c == 'P'),
            '1'..='9' | 'k' => return Err("it refers back to a group".to_owned()),
            c if c.is_ascii_alphanumeric() => {
                return Err(format!("it has the escape `\\{c}`, which is not known"));
            }
            c => c.into(),
        }))
    }

    fn hex(&mut self, digits: usize) -> Result<u32, String> {
        let text: String = self.rest.as_slice().iter().take(digits).collect();
        let is_hex = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let code = u32::from_str_radix(&text, 16).ok().filter(|_| is_hex);
        self.eat(&text);
        code.ok_or_else(|| format!("an escape needs {digits} hexadecimal digits"))
    }

    /// `\u0041`, or two of them that are a pair of surrogates.
    fn unicode(&mut self) -> Result<u32, String> {
        let high = self.hex(4)?;
        let low: String = self.rest.as_slice().iter().skip(2).take(4).collect();
        let low = u32::from_str_radix(&low, 16).ok();
        let low = low.filter(|low| (0xdc00..=0xdfff).contains(low));
        match low {
            Some(low) if (0xd800..=0xdbff).contains(&high) && self.eat("\\u") => {
                self.hex(4)?;
                Ok(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
            }
            _ => Ok(high),
        }
    }

    /// `\p{L}` or `\pL`.
    fn property(&mut self, negated: bool) -> Result<Escape, String> {
        let name: String = if self.eat("{") {
            let rest = self.rest.as_slice().iter();
            let name: String = rest.take_while(|c| **c != '}').collect();
            self.eat(&format!("{name}}}"));
            name
        } else {
            self.next().into_iter().collect()
        };
        match Item::of_property(&name, negated) {
            Some(item) => Ok(Escape::Several(item)),
            None => Err("it has a property of characters that is not known".to_owned()),
        }
    }
}

impl Escape {
    fn into_item(self) -> Item {
        match self {
            Escape::One(code) => Item::Range((code, code)),
            Escape::Several(item) => item,
        }
    }
}

fn literal(code: u32) -> Result<Node, String> {
    match char::from_u32(code) {
        Some(c) => Ok(Node::Literal(c)),
        None => Err("it has half of a pair of surrogates".to_owned()),
    }
}
