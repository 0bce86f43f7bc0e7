//! JMESPath, as far as waiters and endpoint parameters use it.
//!
//! See [the grammar](https://jmespath.org/specification.html). What is not read is refused with its offset: slices, hashes
//! made on the way (`{a: b}`), references to expressions (`&a`) and literals that are lists or objects.

use crate::api::{Comparison, Literal};

/// A parsed expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expression {
    /// The steps; never empty when parsed.
    pub(super) steps: Vec<Step>,
}

/// One step of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// To a member.
    Field(String),
    /// To each element of a list, where a list of lists is one list: `[]`.
    Flatten,
    /// To each element of a list: `[*]`.
    Each,
    /// To each value of a map: `*`.
    Values,
    /// To each key of a map: `keys(..)`.
    Keys,
    /// To a list of what several expressions lead to: `[a, b]`.
    Several(Vec<Expression>),
    /// To each element of a list for which this holds: `[?a]`.
    Filter(Expression),
    /// To one element of a list, counted from its end where negative: `[0]`.
    Index(i64),
    /// To something made from other expressions; always the first step.
    Term(Box<Term>),
}

/// What an expression can start with, besides a name.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Term {
    /// What the expression is applied to: `@`.
    Current,
    /// A literal; none is `null`.
    Literal(Option<Literal>),
    /// An expression in parentheses, behind which no step goes to each of several values.
    Group(Expression),
    /// A function with its arguments.
    Call(String, Vec<Expression>),
    /// `!a`
    Not(Expression),
    /// `a && b`
    And(Expression, Expression),
    /// `a || b`
    Or(Expression, Expression),
    /// `a | b`
    Pipe(Expression, Expression),
    /// `a == b` and the like.
    Compare(Comparison, Expression, Expression),
}

impl From<Term> for Expression {
    fn from(term: Term) -> Expression {
        Expression {
            steps: vec![Step::Term(Box::new(term))],
        }
    }
}

/// Parses an expression; the error says what was found where.
pub(super) fn parse(text: &str) -> Result<Expression, String> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        parts: 0,
    };
    let expression = parser.expression()?;
    match parser.rest() {
        "" => Ok(expression),
        _ => Err(parser.unexpected("an operator or its end")),
    }
}

/// How deep expressions may stand in each other.
const DEEPEST: usize = 16;

/// How many steps and operators an expression may have.
const MOST_PARTS: usize = 256;

/// The comparisons, each before those that it starts with.
const COMPARISONS: [(&str, Comparison); 6] = [
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<=", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("<", Comparison::Less),
    (">", Comparison::More),
];

struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// How many expressions the present one stands in.
    depth: usize,
    /// How many steps and operators were read.
    parts: usize,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// An expression, up to what cannot belong to it.
    fn expression(&mut self) -> Result<Expression, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.unexpected("an expression that is less deep"));
        }
        let mut left = self.either()?;
        while self.eat("|") {
            self.part()?;
            left = Term::Pipe(left, self.either()?).into();
        }
        self.depth -= 1;
        Ok(left)
    }

    fn either(&mut self) -> Result<Expression, String> {
        let mut left = self.both()?;
        while self.eat("||") {
            self.part()?;
            left = Term::Or(left, self.both()?).into();
        }
        Ok(left)
    }

    fn both(&mut self) -> Result<Expression, String> {
        let mut left = self.comparison()?;
        while self.eat("&&") {
            self.part()?;
            left = Term::And(left, self.comparison()?).into();
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Result<Expression, String> {
        let left = self.negation()?;
        for (token, comparison) in COMPARISONS {
            if self.eat(token) {
                return Ok(Term::Compare(comparison, left, self.negation()?).into());
            }
        }
        Ok(left)
    }

    fn negation(&mut self) -> Result<Expression, String> {
        if !self.eat("!") {
            return self.steps();
        }
        let negated = self.steps()?;
        match negated.steps.as_slice() {
            [_] => Ok(Term::Not(negated).into()),
            // The grammar binds `!` closer than a dot, so that `!a.b` asks what is no structure for a member.
            _ => Err(self.unexpected("a name or parentheses behind `!`, with nothing after it,")),
        }
    }

    /// Counts a part; what is made of an expression is as deep as it has parts.
    fn part(&mut self) -> Result<(), String> {
        self.parts += 1;
        match self.parts > MOST_PARTS {
            true => Err(self.unexpected("an expression that is less long")),
            false => Ok(()),
        }
    }

    /// A chain of steps.
    fn steps(&mut self) -> Result<Expression, String> {
        let mut steps = self.start()?;
        loop {
            self.part()?;
            if self.eat("[]") {
                steps.push(Step::Flatten);
            } else if self.eat("[*]") {
                steps.push(Step::Each);
            } else if self.eat("[?") {
                let condition = self.expression()?;
                self.expect("]")?;
                steps.push(Step::Filter(condition));
            } else if self.eat("[") {
                steps.push(Step::Index(self.index()?));
            } else if self.eat(".") {
                steps.push(self.step()?);
            } else {
                return Ok(Expression { steps });
            }
        }
    }

    /// The steps that an expression starts with.
    fn start(&mut self) -> Result<Vec<Step>, String> {
        let term = if self.eat("@") {
            Term::Current
        } else if self.eat("(") {
            let inner = self.expression()?;
            self.expect(")")?;
            Term::Group(inner)
        } else if self.eat("`") {
            Term::Literal(self.literal()?)
        } else if self.eat("'") {
            Term::Literal(Some(Literal::String(self.until('\'')?)))
        } else {
            let first = self.step()?;
            let Step::Field(name) = first else {
                return Ok(vec![first]);
            };
            if !self.eat("(") {
                return Ok(vec![Step::Field(name)]);
            }
            let mut arguments = self.arguments(")")?;
            if name == "keys" && arguments.len() == 1 {
                let mut steps = arguments.remove(0).steps;
                steps.push(Step::Keys);
                return Ok(steps);
            }
            Term::Call(name, arguments)
        };
        Ok(vec![Step::Term(Box::new(term))])
    }

    /// Expressions with commas between them, at least one.
    fn arguments(&mut self, end: &str) -> Result<Vec<Expression>, String> {
        let mut arguments = vec![self.expression()?];
        while self.eat(",") {
            arguments.push(self.expression()?);
        }
        self.expect(end)?;
        Ok(arguments)
    }

    fn index(&mut self) -> Result<i64, String> {
        self.skip_space();
        let digits = self.rest().split(']').next().unwrap_or_default();
        let index = digits.trim_end().parse();
        let index = index.map_err(|_| self.unexpected("an index, `?`, `*` or `]`"))?;
        self.at += digits.len();
        self.expect("]")?;
        Ok(index)
    }

    /// The rest of a literal in backquotes, which is JSON: `null`, a boolean, a number or a string.
    fn literal(&mut self) -> Result<Option<Literal>, String> {
        let start = self.at;
        let text = self.until('`')?;
        let text = text.trim();
        let literal = match text {
            "null" => return Ok(None),
            "true" | "false" => Some(Literal::Boolean(text == "true")),
            text if text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
                let integer = text.parse().ok().map(Literal::Integer);
                let float = || text.parse().ok().filter(|float: &f64| float.is_finite());
                integer.or_else(|| float().map(Literal::Float))
            }
            text => text
                .strip_prefix('"')
                .and_then(|text| text.strip_suffix('"'))
                .filter(|text| !text.contains(['"', '\\']))
                .map(|text| Literal::String(text.to_owned())),
        };
        literal.map(Some).ok_or_else(|| {
            self.at = start;
            self.unexpected("`null`, a boolean, a number or a string without escapes")
        })
    }

    /// The text up to a quote, and goes on behind that; escapes are not read.
    fn until(&mut self, quote: char) -> Result<String, String> {
        let rest = self.rest();
        let end = rest.find(quote).filter(|end| !rest[..*end].ends_with('\\'));
        let end =
            end.ok_or_else(|| self.unexpected(&format!("text without escapes up to a `{quote}`")))?;
        self.at += end + quote.len_utf8();
        Ok(rest[..end].to_owned())
    }

    /// What stands at the start, and behind a dot.
    fn step(&mut self) -> Result<Step, String> {
        if self.eat("*") {
            return Ok(Step::Values);
        }
        if !self.eat("[") {
            return self.name().map(Step::Field);
        }
        self.arguments("]").map(Step::Several)
    }

    /// Goes on behind `token`, if it is next.
    fn eat(&mut self, token: &str) -> bool {
        self.skip_space();
        let found =
            self.rest().starts_with(token) && !(token == "|" && self.rest().starts_with("||"));
        if found {
            self.at += token.len();
        }
        found
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        match self.eat(token) {
            true => Ok(()),
            false => Err(self.unexpected(&format!("`{token}`"))),
        }
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// A name, plain or in double quotes.
    fn name(&mut self) -> Result<String, String> {
        self.skip_space();
        if let Some(quoted) = self.rest().strip_prefix('"') {
            let end = quoted
                .find('"')
                .filter(|end| !quoted[..*end].contains('\\'));
            let end = end.ok_or_else(|| self.unexpected("a name"))?;
            self.at += end + 2;
            return Ok(quoted[..end].to_owned());
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = self
            .rest()
            .find(|c| !is_name(c))
            .unwrap_or(self.rest().len());
        let name = &self.rest()[..end];
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(self.unexpected("a name"));
        }
        self.at += end;
        Ok(name.to_owned())
    }

    fn unexpected(&self, wanted: &str) -> String {
        let position = self.text[..self.at].chars().count() + 1;
        match self.rest().chars().next() {
            Some(c) => format!("{wanted} was expected at character {position}, and `{c}` is there"),
            None => format!("{wanted} was expected at its end"),
        }
    }
}
