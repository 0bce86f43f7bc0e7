//! JMESPath expressions of waiters, typed: what they ask of an input and an output becomes a [`Predicate`].
//!
//! Each expression has one of few kinds of values ([`Typed`]). What a type rules out, such as a comparison of a string with a
//! number, would be null or an error whatever is answered, and is refused.

mod compare;
mod typed;

use std::cell::Cell;

use super::jmespath::{Expression, Step, Term};
use crate::api::{Comparison, Items, Literal, Operand, Predicate, Record, Ty, Type};
use typed::{Branch, Kind, Numeric, Typed};

/// What expressions of a waiter may ask for.
pub(super) struct Ends<'t> {
    pub(super) input: &'t Record,
    pub(super) output: &'t Record,
    pub(super) types: &'t [Type],
    /// Whether an expression asked for the input.
    pub(super) reads_input: Cell<bool>,
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
                    Typed::Several { branches, nested } => self.each_of(branches, nested, step)?,
                    at => self.step(at, step)?,
                },
            };
        }
        match at {
            Typed::Several { nested: true, .. } => {
                Err("it leads to lists in a list; `[]` makes one of them".to_owned())
            }
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

    /// A step from what is one value.
    fn step(&self, at: Typed<'t>, step: &Step) -> Result<Typed<'t>, String> {
        match step {
            Step::Field(wire) => self.field(at, wire),
            Step::Index(index) => match at {
                Typed::One(of, Kind::List(ty)) => {
                    let (of, index) = (Box::new(of), *index);
                    let ty_of = ty.clone();
                    Ok(self.typed(Operand::Element { of, ty, index }, &ty_of))
                }
                other => Err(format!("`[{index}]` follows {}", other.describe())),
            },
            Step::Several(expressions) => {
                let mut branches = Vec::new();
                for expression in expressions {
                    let value = Scope {
                        ends: self.ends,
                        current: at.clone(),
                        depth: self.depth,
                    };
                    branches.push(match value.value(expression)? {
                        Typed::One(of, Kind::List(ty)) => Branch {
                            items: Some(Items::Elements(of)),
                            item: self.item(&ty),
                        },
                        Typed::Several { .. } => return Err(NO_LISTS.to_owned()),
                        item => Branch { items: None, item },
                    });
                }
                Ok(Typed::several(branches))
            }
            Step::Term(term) => self.term(term),
            Step::Flatten | Step::Each | Step::Values | Step::Keys | Step::Filter(_) => {
                let (items, item) = self.items(at, step)?;
                Ok(Typed::several(vec![self.branch(items, item, step)?]))
            }
        }
    }

    /// Several values from one, by a step that leads to several.
    fn items(&self, at: Typed<'t>, step: &Step) -> Result<(Items, Ty), String> {
        match (step, at) {
            (Step::Flatten | Step::Each | Step::Filter(_), Typed::One(of, Kind::List(ty))) => {
                Ok((Items::Elements(of), ty))
            }
            (
                Step::Values,
                Typed::One(
                    of,
                    Kind::Map {
                        value: Some(value), ..
                    },
                ),
            ) => Ok((Items::Values(of), value)),
            (Step::Keys, Typed::One(of, Kind::Map { key, .. })) => Ok((Items::Keys(of), key)),
            (Step::Values | Step::Keys, other) => Err(format!(
                "the keys or values of {} are asked for, which is no map without nulls",
                other.describe()
            )),
            (_, other) => Err(format!(
                "`[]` or a filter follows {}, which is no list without nulls",
                other.describe()
            )),
        }
    }

    /// Several values, as `[]` and filters leave them.
    fn branch(&self, items: Items, ty: Ty, step: &Step) -> Result<Branch<'t>, String> {
        let item = self.item(&ty);
        Ok(match step {
            Step::Filter(condition) => {
                let holds = self.inside(item.clone()).value(condition)?.truthy();
                let items = Some(Items::Filter(Box::new(items), Box::new(holds)));
                Branch { items, item }
            }
            Step::Flatten => match item {
                Typed::One(of, Kind::List(inner)) => {
                    let inside = Items::Elements(of);
                    let items = Some(Items::FlatMap(Box::new(items), Box::new(inside)));
                    let item = self.item(&inner);
                    Branch { items, item }
                }
                item => Branch {
                    items: Some(items),
                    item,
                },
            },
            _ => Branch {
                items: Some(items),
                item,
            },
        })
    }

    /// A step from each of several values.
    fn each_of(
        &self,
        branches: Vec<Branch<'t>>,
        nested: bool,
        step: &Step,
    ) -> Result<Typed<'t>, String> {
        let leads_to_several = matches!(step, Step::Each | Step::Values | Step::Filter(_));
        if nested && leads_to_several || matches!(step, Step::Keys) {
            return Err(NO_LISTS.to_owned());
        }
        let mut found = Vec::new();
        for Branch { items, item } in branches {
            match step {
                Step::Flatten if nested || !matches!(item, Typed::One(_, Kind::List(_))) => {
                    found.push(Branch { items, item });
                }
                Step::Several(expressions) => {
                    for expression in expressions {
                        let value = self.inside(item.clone()).value(expression)?;
                        found.push(self.flat(items.clone(), value)?);
                    }
                }
                _ if leads_to_several || *step == Step::Flatten => {
                    let (inner, ty) = self.items(item, step)?;
                    let items = Items::flat_map(items, inner);
                    // What `[]` makes one list of is one list by now.
                    let step = if *step == Step::Flatten {
                        &Step::Each
                    } else {
                        step
                    };
                    found.push(self.branch(items, ty, step)?);
                }
                _ => {
                    let item = self.step(item, step)?;
                    found.push(Branch { items, item });
                }
            }
        }
        let nested = leads_to_several || nested && *step != Step::Flatten;
        Ok(Typed::Several {
            branches: found,
            nested,
        })
    }

    /// The elements of `value`, where it is a list, else `value`, of each of several values.
    fn flat(&self, items: Option<Items>, value: Typed<'t>) -> Result<Branch<'t>, String> {
        match value {
            Typed::One(of, Kind::List(ty)) => Ok(Branch {
                items: Some(Items::flat_map(items, Items::Elements(of))),
                item: self.item(&ty),
            }),
            Typed::Several { .. } => Err(NO_LISTS.to_owned()),
            item => Ok(Branch { items, item }),
        }
    }

    fn field(&self, at: Typed<'t>, wire: &str) -> Result<Typed<'t>, String> {
        let (of, record) = match (at, wire) {
            (Typed::One(_, Kind::Ends), "input") => {
                self.ends.reads_input.set(true);
                return Ok(Typed::One(Operand::Input, Kind::Record(self.ends.input)));
            }
            (Typed::One(_, Kind::Ends), "output") => {
                return Ok(Typed::One(Operand::Output, Kind::Record(self.ends.output)));
            }
            (Typed::One(_, Kind::Ends), _) => {
                return Err(format!("it starts at `{wire}`, not at `input` or `output`"));
            }
            (Typed::One(of, Kind::Record(record)), _) => (of, record),
            (other, _) => {
                return Err(format!(
                    "`{wire}` is asked of {}, which has no members",
                    other.describe()
                ));
            }
        };
        let field = record.fields.iter().find(|field| field.wire == wire);
        let field =
            field.ok_or_else(|| format!("`{}` has no member `{wire}`", record.name.plain()))?;
        let operand = Operand::Field {
            of: Box::new(of),
            name: field.name.clone(),
            ty: field.ty.clone(),
            optional: field.optional(),
        };
        Ok(self.typed(operand, &field.ty))
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
            Term::Group(inner) => match self.value(inner)? {
                Typed::Several { .. } => return Err("a list stands in parentheses".to_owned()),
                value => value,
            },
            Term::Not(_) | Term::And(..) | Term::Or(..) => {
                let (yes, no) = self.truth(term)?;
                Typed::Truth { yes, no }
            }
            Term::Pipe(left, right) => Scope {
                ends: self.ends,
                current: self.value(left)?,
                depth: self.depth,
            }
            .value(right)?,
            Term::Compare(comparison, left, right) => {
                compare::compare(*comparison, self.value(left)?, self.value(right)?)?
            }
            Term::Call(name, arguments) => self.call(name, arguments)?,
        })
    }

    /// When what `!`, `&&` or `||` makes is true, and when it is false.
    fn truth(&self, term: &Term) -> Result<(Predicate, Predicate), String> {
        match term {
            Term::Not(inner) => {
                let holds = self.value(inner)?.truthy();
                Ok((holds.clone().negated(), holds))
            }
            Term::And(left, right) => {
                // What is no boolean lets the right one decide, or is given back, and is not false.
                let (left, left_no) = match self.value(left)? {
                    Typed::Truth { yes, no } => (yes, no),
                    left => (left.truthy(), Predicate::Constant(false)),
                };
                let (right, right_no) = self.boolean(right)?;
                let yes = left.clone().and(right);
                // Said shortly where the left one is never null.
                match left_no == left.clone().negated() {
                    true => Ok((yes, left_no.or(right_no))),
                    false => Ok((yes, left_no.or(left.and(right_no)))),
                }
            }
            Term::Or(left, right) => {
                let (left, _) = self.boolean(left)?;
                let (right, right_no) = self.boolean(right)?;
                Ok((left.clone().or(right), left.negated().and(right_no)))
            }
            _ => Err("it is no condition".to_owned()),
        }
    }

    /// When an operand that `&&` or `||` may give back is true and when it is false.
    fn boolean(&self, operand: &Expression) -> Result<(Predicate, Predicate), String> {
        match self.value(operand)? {
            Typed::Truth { yes, no } => Ok((yes, no)),
            Typed::Null => Ok((Predicate::Constant(false), Predicate::Constant(false))),
            other => Err(format!(
                "`&&` or `||` stands beside {}, which is no boolean",
                other.describe()
            )),
        }
    }

    fn call(&self, name: &str, arguments: &[Expression]) -> Result<Typed<'t>, String> {
        let values: Vec<_> = arguments
            .iter()
            .map(|it| self.value(it))
            .collect::<Result<_, _>>()?;
        match (name, <[Typed<'_>; 1]>::try_from(values)) {
            ("length", Ok([value])) => value.length(),
            ("values", Ok([value])) => self.step(value, &Step::Values),
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

const NO_LISTS: &str = "it leads to lists in a list; `[]` makes one of them";
