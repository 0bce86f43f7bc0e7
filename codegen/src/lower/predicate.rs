//! JMESPath expressions of waiters, typed: what they ask of an input and an output becomes a [`Predicate`].
//!
//! An absent member is null. A comparison by order with null is null, which is neither true nor false. A function of null,
//! an error by the specification, is null here too, and so matches nothing; a length of null equals nothing, not even null.
//!
//! Each expression has one of few kinds of values ([`Typed`]). What a type rules out, such as a comparison of a string with a
//! number, would be null or an error whatever is answered, and is refused.

mod compare;
mod steps;
mod typed;

use std::cell::{Cell, RefCell};

use super::jmespath::{Expression, Step, Term};
use crate::api::{Comparison, Literal, Operand, Predicate, Record, Ty, Type};
use typed::{Form, Kind, Numeric, Typed};

/// What expressions of a waiter may ask for.
pub(super) struct Ends<'t> {
    pub(super) input: &'t Record,
    pub(super) output: &'t Record,
    pub(super) types: &'t [Type],
    /// Whether an expression asked for the input.
    pub(super) reads_input: Cell<bool>,
    /// Whether an expression asked for something that is not to be used any more.
    pub(super) reads_deprecated: Cell<bool>,
    /// The types of what the wanted text is compared with; none for what has no type of a field.
    pub(super) compared: RefCell<Vec<Option<Ty>>>,
}

/// What is asked of the value of an expression.
pub(super) enum Wanted<'t> {
    /// A boolean that is this.
    Boolean(bool),
    /// A string that is this.
    Text(&'t str),
    /// Several strings of which one is this.
    AnyText(&'t str),
    /// Several strings, at least one, that are all this.
    AllTexts(&'t str),
}

/// When the value of an expression is what is wanted; `both` where the expression starts at `input` and `output`. The error
/// says in a few words what has no type.
pub(super) fn lower(
    ends: &Ends<'_>,
    expression: &Expression,
    both: bool,
    wanted: &Wanted<'_>,
) -> Result<Predicate, String> {
    let current = match both {
        true => Typed::One(Operand::Output, Kind::Ends),
        false => Typed::One(Operand::Output, Kind::Record(ends.output)),
    };
    let scope = Scope {
        ends,
        current,
        depth: 0,
    };
    let value = scope.value(expression)?;
    let differs = |item: &Typed<'_>, text: &str| match item {
        Typed::One(operand, Kind::Text) => {
            let text = Operand::Literal(Literal::String(text.to_owned()));
            Predicate::Compare(Comparison::NotEqual, operand.clone(), text)
        }
        other => other.present(),
    };
    let equals = |item: &Typed<'_>, text: &str| {
        let ty = match item {
            Typed::One(operand, _) => operand.ty().cloned(),
            _ => None,
        };
        ends.compared.borrow_mut().push(ty);
        let text = Typed::text(text);
        compare::compare(Comparison::Equal, item.clone(), text).map(Typed::into_yes)
    };
    match (wanted, value) {
        (Wanted::Boolean(wanted), Typed::Truth { yes, no }) => Ok(if *wanted { yes } else { no }),
        (Wanted::Text(text), value @ Typed::One(_, Kind::Text)) => equals(&value, text),
        (Wanted::AnyText(text), value) => {
            let value = value.listed(|ty| scope.item(ty));
            value.any(&|item| equals(item, text))
        }
        (Wanted::AllTexts(text), value) => {
            let value = value.listed(|ty| scope.item(ty));
            let one = value.any(&|item| equals(item, text))?;
            let other = value.any(&|item| Ok(differs(item, text)))?;
            Ok(one.and(other.negated()))
        }
        (_, value) => Err(format!("it leads to {}", value.describe())),
    }
}

/// What an expression is applied to.
struct Scope<'a, 't> {
    ends: &'a Ends<'t>,
    current: Typed<'t>,
    /// How many values of several are looked at around it.
    depth: usize,
}

impl<'t> Scope<'_, 't> {
    fn value(&self, expression: &Expression) -> Result<Typed<'t>, String> {
        let mut at = self.current.clone();
        let mut steps = expression.steps.iter().peekable();
        while let Some(step) = steps.next() {
            if matches!(step, Step::Several(_)) && steps.next_if_eq(&&Step::Flatten).is_none() {
                return Err("`[a, b]` is handled where `[]` follows it alone".to_owned());
            }
            at = match step {
                Step::Term(term) => self.term(term)?,
                step => match at {
                    Typed::Several {
                        branches,
                        form: Form::List,
                    } => self.of_list(branches, step)?,
                    Typed::Several { branches, form } => {
                        self.each_of(branches, form == Form::Nested, step)?
                    }
                    at => self.step(at, step)?,
                },
            };
        }
        match at {
            Typed::Several {
                form: Form::Nested, ..
            } => Err("it leads to lists in a list; `[]` makes one of them".to_owned()),
            at => Ok(at),
        }
    }

    /// A scope inside this one, for an expression that is applied to each of several values.
    fn inside(&self, item: Typed<'t>) -> Scope<'_, 't> {
        Scope {
            ends: self.ends,
            current: item,
            depth: self.depth + 1,
        }
    }

    fn typed(&self, operand: Operand, ty: &Ty) -> Typed<'t> {
        Typed::of(operand, ty, self.ends.types)
    }

    fn item(&self, ty: &Ty) -> Typed<'t> {
        self.typed(Operand::Item(ty.clone(), self.depth), ty)
    }

    fn term(&self, term: &Term) -> Result<Typed<'t>, String> {
        Ok(match term {
            Term::Current => self.current.clone(),
            Term::Literal(None) => Typed::Null,
            Term::Literal(Some(Literal::Boolean(is))) => Typed::Truth {
                yes: Predicate::Constant(*is),
                no: Predicate::Constant(!is),
            },
            Term::Literal(Some(Literal::String(text))) => Typed::text(text),
            Term::Literal(Some(number)) => Typed::One(
                Operand::Literal(number.clone()),
                Kind::Number(Numeric::Literal),
            ),
            Term::Group(inner) => self.value(inner)?.into_list(),
            Term::Not(inner) => {
                let holds = self.value(inner)?.truthy();
                Typed::Truth {
                    yes: holds.clone().negated(),
                    no: holds,
                }
            }
            Term::And(left, right) => self.and(left, right)?,
            Term::Or(left, right) => match (self.value(left)?, self.value(right)?) {
                (Typed::Truth { yes: left, .. }, Typed::Truth { yes, no }) => Typed::Truth {
                    no: left.clone().negated().and(no),
                    yes: left.or(yes),
                },
                (left, right) => Typed::Mixed(left.truthy().or(right.truthy())),
            },
            Term::Pipe(left, right) => Scope {
                ends: self.ends,
                current: self.value(left)?.into_list(),
                depth: self.depth,
            }
            .value(right)?,
            Term::Compare(comparison, left, right) => {
                compare::compare(*comparison, self.value(left)?, self.value(right)?)?
            }
            Term::Call(name, arguments) => self.call(name, arguments)?,
        })
    }

    /// `left && right`: what is no boolean on the left lets the right one decide, or is given back, and is not false.
    fn and(&self, left: &Expression, right: &Expression) -> Result<Typed<'t>, String> {
        let (left, left_no) = match self.value(left)? {
            Typed::Truth { yes, no } => (yes, no),
            left => (left.truthy(), Predicate::Constant(false)),
        };
        let (right, right_no) = match self.value(right)? {
            Typed::Truth { yes, no } => (yes, no),
            right => return Ok(Typed::Mixed(left.and(right.truthy()))),
        };
        let never_null = left_no == left.clone().negated();
        Ok(Typed::Truth {
            yes: left.clone().and(right),
            no: match never_null {
                true => left_no.or(right_no),
                false => left_no.or(left.and(right_no)),
            },
        })
    }

    fn call(&self, name: &str, arguments: &[Expression]) -> Result<Typed<'t>, String> {
        let values: Vec<_> = arguments
            .iter()
            .map(|it| self.value(it))
            .collect::<Result<_, _>>()?;
        match (name, <[Typed<'_>; 1]>::try_from(values)) {
            ("length", Ok([value])) => value.length(),
            ("values", Ok([value])) => self.step(value, &Step::Values).map(Typed::into_list),
            ("contains", Err(values)) => match <[Typed<'_>; 2]>::try_from(values) {
                Ok([within, what]) => compare::contains(within, &what, |ty| self.item(ty)),
                Err(_) => Err("`contains` has not two arguments".to_owned()),
            },
            ("length" | "values" | "keys" | "contains", _) => {
                Err(format!("the arguments of `{name}` are too many or too few"))
            }
            _ => Err(format!("the function `{name}` is not handled")),
        }
    }
}
