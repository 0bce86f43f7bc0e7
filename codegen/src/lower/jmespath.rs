//! JMESPath, as far as waiters and endpoint parameters use it.
//!
//! See [the grammar](https://jmespath.org/specification.html). What is read here: `a`, `a.b`, `a[].b`, `a[*].b`, `a.*.b`,
//! `a.[b, c.d]`, `keys(a)`, and names in double quotes. Everything else is refused with its offset.

/// A parsed expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expression {
    /// The steps; never empty when parsed.
    pub(super) steps: Vec<Step>,
}

/// One step of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

/// Parses an expression; the error says what was found where.
pub(super) fn parse(text: &str) -> Result<Expression, String> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
    };
    let expression = parser.expression()?;
    match parser.rest() {
        "" => Ok(expression),
        _ => Err(parser.unexpected("`.` or `[]`")),
    }
}

/// How deep expressions may stand in each other.
const DEEPEST: usize = 16;

struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// How many expressions the present one stands in.
    depth: usize,
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
        let mut steps = match self.eat("keys(") {
            true => {
                let mut inner = self.expression()?.steps;
                self.expect(")")?;
                inner.push(Step::Keys);
                inner
            }
            false => vec![self.step()?],
        };
        loop {
            if self.eat("[]") {
                steps.push(Step::Flatten);
            } else if self.eat("[*]") {
                steps.push(Step::Each);
            } else if self.eat(".") {
                steps.push(self.step()?);
            } else {
                self.depth -= 1;
                return Ok(Expression { steps });
            }
        }
    }

    /// What stands at the start, and behind a dot.
    fn step(&mut self) -> Result<Step, String> {
        if self.eat("*") {
            return Ok(Step::Values);
        }
        if !self.eat("[") {
            return self.name().map(Step::Field);
        }
        let mut several = vec![self.expression()?];
        while self.eat(",") {
            several.push(self.expression()?);
        }
        self.expect("]")?;
        Ok(Step::Several(several))
    }

    /// Goes on behind `token`, if it is next.
    fn eat(&mut self, token: &str) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(token);
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

#[cfg(test)]
mod tests {
    use super::{Step, parse};

    fn field(name: &str) -> Step {
        Step::Field(name.to_owned())
    }

    #[test]
    fn paths_are_read() {
        assert_eq!(parse("a").map(|it| it.steps), Ok(vec![field("a")]));
        assert_eq!(
            parse("a.b_2 . c").map(|it| it.steps),
            Ok(vec![field("a"), field("b_2"), field("c")])
        );
        assert_eq!(
            parse("a[].b").map(|it| it.steps),
            Ok(vec![field("a"), Step::Flatten, field("b")])
        );
        assert_eq!(
            parse("\"a b\"[][]").map(|it| it.steps),
            Ok(vec![field("a b"), Step::Flatten, Step::Flatten])
        );
    }

    #[test]
    fn several_values_are_read() {
        let steps = |text: &str| parse(text).map(|it| it.steps);
        assert_eq!(
            steps("keys(a.b)"),
            Ok(vec![field("a"), field("b"), Step::Keys])
        );
        assert_eq!(
            steps("a[*].b.*.c"),
            Ok(vec![
                field("a"),
                Step::Each,
                field("b"),
                Step::Values,
                field("c")
            ])
        );
        let several = ["b", "c"].map(|name| super::Expression {
            steps: vec![field(name)],
        });
        assert_eq!(
            steps("a[*].[ b , c ][]"),
            Ok(vec![
                field("a"),
                Step::Each,
                Step::Several(several.into()),
                Step::Flatten
            ])
        );
    }

    #[test]
    fn the_rest_is_refused_with_its_place() {
        for (text, position) in [
            ("", "end"),
            ("a.", "end"),
            ("length(a)", "character 7"),
            ("a[?b]", "character 2"),
            ("2fa", "character 1"),
            ("keys(a", "end"),
            ("a.[b", "end"),
            ("a.[]", "character 4"),
            ("[[[[[[[[[[[[[[[[[a", "character 17"),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.contains(position), "{text}: {error}");
        }
    }
}
