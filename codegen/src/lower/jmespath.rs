//! JMESPath, as far as waiters use it: names, names inside names, and lists flattened.
//!
//! See [the grammar](https://jmespath.org/specification.html). What is read here: `a`, `a.b`, `a[].b`, and names in double
//! quotes. Everything else is refused with its offset.

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
    /// To each element of a list.
    Flatten,
}

/// Parses an expression; the error says what was found where.
pub(super) fn parse(text: &str) -> Result<Expression, String> {
    let mut parser = Parser { text, at: 0 };
    let mut steps = vec![Step::Field(parser.name()?)];
    loop {
        parser.skip_space();
        match parser.rest().bytes().next() {
            None => return Ok(Expression { steps }),
            Some(b'.') => {
                parser.at += 1;
                steps.push(Step::Field(parser.name()?));
            }
            Some(b'[') if parser.rest().starts_with("[]") => {
                parser.at += 2;
                steps.push(Step::Flatten);
            }
            Some(_) => return Err(parser.unexpected("`.` or `[]`")),
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
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
    fn the_rest_is_refused_with_its_place() {
        for (text, position) in [
            ("", "end"),
            ("a.", "end"),
            ("length(a)", "character 7"),
            ("a[?b]", "character 2"),
            ("2fa", "character 1"),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.contains(position), "{text}: {error}");
        }
    }
}
