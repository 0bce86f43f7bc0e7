//! What an expression comes to, by its type.

use crate::api::{Items, Literal, Operand, Predicate, Record, Ty, Type};
use crate::lower::path;

/// The value of an expression.
#[derive(Debug, Clone)]
pub(super) enum Typed<'t> {
    /// Null, whatever is answered.
    Null,
    /// A boolean: when it is true, and when it is false; else it is null.
    Truth { yes: Predicate, no: Predicate },
    /// One value, or null.
    One(Operand, Kind<'t>),
    /// What is like true at times, of a type that depends on the answer: an operand that `&&` or `||` gives back.
    Mixed(Predicate),
    /// A list that is made on the way.
    Several {
        branches: Vec<Branch<'t>>,
        form: Form,
    },
}

/// What the next step applies to in a list that is made on the way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Form {
    /// Each of its elements.
    Each,
    /// Each of the elements of the lists that it holds, before `[]` makes one list of them.
    Nested,
    /// The list itself.
    List,
}

/// A part of a list that is made on the way; the order of the parts is not kept, as nothing asks for it.
#[derive(Debug, Clone)]
pub(super) struct Branch<'t> {
    /// Where the elements are from; without it there is one element at most.
    pub(super) items: Option<Items>,
    /// The element, of each of `items`; none where it is null.
    pub(super) item: Typed<'t>,
}

/// The type of a value that is no boolean.
#[derive(Debug, Clone)]
pub(super) enum Kind<'t> {
    /// What has the members `input` and `output`.
    Ends,
    Record(&'t Record),
    Text,
    Number(Numeric),
    /// A list, with the type of its elements.
    List(Ty),
    /// A map; without the type of its values where they may be null.
    Map {
        key: Ty,
        value: Option<Ty>,
    },
    /// What can be there or not, and no more.
    Other(&'static str),
}

/// The type of a number.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Numeric {
    /// A length.
    Count,
    /// A field's.
    Of(Ty),
    Literal,
}

impl<'t> Typed<'t> {
    /// A value of this type.
    pub(super) fn of(operand: Operand, ty: &Ty, types: &'t [Type]) -> Typed<'t> {
        let kind = match ty {
            Ty::Boolean => {
                return Typed::Truth {
                    yes: Predicate::Is(operand.clone(), true),
                    no: Predicate::Is(operand, false),
                };
            }
            Ty::Byte | Ty::Short | Ty::Integer | Ty::Long | Ty::Float | Ty::Double => {
                Kind::Number(Numeric::Of(ty.clone()))
            }
            Ty::List {
                element,
                sparse: false,
            } => Kind::List((**element).clone()),
            Ty::Map { key, value, sparse } => Kind::Map {
                key: key.clone().map_or(Ty::String, Ty::Named),
                value: (!sparse).then(|| (**value).clone()),
            },
            ty if ty.is_text() => Kind::Text,
            ty => match path::record_of(ty, types) {
                Some(record) => Kind::Record(record),
                None => Kind::Other(path::kind(Some(ty))),
            },
        };
        Typed::One(operand, kind)
    }

    pub(super) fn text(text: &str) -> Typed<'t> {
        Typed::One(
            Operand::Literal(Literal::String(text.to_owned())),
            Kind::Text,
        )
    }

    pub(super) fn count(operand: Operand) -> Typed<'t> {
        Typed::One(operand, Kind::Number(Numeric::Count))
    }

    pub(super) fn several(branches: Vec<Branch<'t>>) -> Typed<'t> {
        Typed::Several {
            branches,
            form: Form::Each,
        }
    }

    /// The same, where the next step applies to the list itself, as behind parentheses and functions.
    pub(super) fn into_list(self) -> Typed<'t> {
        match self {
            Typed::Several { branches, .. } => Typed::Several {
                branches,
                form: Form::List,
            },
            other => other,
        }
    }

    /// When it is true.
    pub(super) fn into_yes(self) -> Predicate {
        match self {
            Typed::Truth { yes, .. } => yes,
            _ => Predicate::Constant(false),
        }
    }

    /// When there is a value and not null.
    pub(super) fn present(&self) -> Predicate {
        match self {
            // Mixed values are asked for nothing else than whether they are like true.
            Typed::Null | Typed::Mixed(_) => Predicate::Constant(false),
            Typed::Truth { yes, no } => match (yes, no) {
                (Predicate::Is(operand, _), _) => Predicate::present(operand.clone()),
                (yes, no) if *no == yes.clone().negated() => Predicate::Constant(true),
                (yes, no) => yes.clone().or(no.clone()),
            },
            Typed::One(operand, _) => Predicate::present(operand.clone()),
            Typed::Several { branches, .. } => {
                let source = branches.first().and_then(|branch| branch.items.as_ref());
                source.map_or(Predicate::Constant(true), |items| {
                    Predicate::present(items.source().clone())
                })
            }
        }
    }

    /// When it is like true: neither false nor null nor empty.
    pub(super) fn truthy(self) -> Predicate {
        match self {
            Typed::Truth { yes, .. } | Typed::Mixed(yes) => yes,
            Typed::One(Operand::Literal(Literal::String(text)), _) => {
                Predicate::Constant(!text.is_empty())
            }
            Typed::One(operand, Kind::Text | Kind::List(_) | Kind::Map { .. }) => {
                Predicate::Filled(operand)
            }
            several @ Typed::Several { .. } => several
                .any(&|item| Ok(item.present()))
                .unwrap_or(Predicate::Constant(false)),
            other => other.present(),
        }
    }

    /// A list of a field as several values; `item` is the value of those that is looked at.
    pub(super) fn listed(self, item: impl Fn(&Ty) -> Typed<'t>) -> Typed<'t> {
        match self {
            Typed::One(of, Kind::List(ty)) => Typed::several(vec![Branch {
                items: Some(Items::Elements(of)),
                item: item(&ty),
            }]),
            other => other,
        }
    }

    /// When `holds` for one of several values.
    pub(super) fn any(
        &self,
        holds: &dyn Fn(&Typed<'t>) -> Result<Predicate, String>,
    ) -> Result<Predicate, String> {
        let Typed::Several { branches, .. } = self else {
            return Err(format!("it leads to {}", self.describe()));
        };
        let mut any = Predicate::Constant(false);
        for Branch { items, item } in branches {
            let holds = holds(item)?;
            any = any.or(match items {
                Some(items) => Predicate::any(items.clone(), holds),
                None => holds,
            });
        }
        Ok(any)
    }

    /// `length(..)` of it.
    pub(super) fn length(self) -> Result<Typed<'t>, String> {
        match self {
            Typed::One(operand, Kind::Text | Kind::List(_) | Kind::Map { .. }) => {
                Ok(Typed::count(Operand::Length(Box::new(operand))))
            }
            Typed::Several { branches, .. } => {
                let one = <[Branch<'t>; 1]>::try_from(branches);
                let Ok(
                    [
                        Branch {
                            items: Some(items),
                            item,
                        },
                    ],
                ) = one
                else {
                    return Err("the length of `[a, b]` is asked for".to_owned());
                };
                Ok(Typed::count(match (item.present(), items) {
                    (
                        Predicate::Constant(true),
                        Items::Elements(of) | Items::Keys(of) | Items::Values(of),
                    ) => Operand::Length(Box::new(of)),
                    (Predicate::Constant(true), items) => Operand::Count(Box::new(items)),
                    (present, items) => {
                        Operand::Count(Box::new(Items::Filter(Box::new(items), Box::new(present))))
                    }
                }))
            }
            other => Err(format!("the length of {} is asked for", other.describe())),
        }
    }

    /// What it is, in a sentence.
    pub(super) fn describe(&self) -> &'static str {
        match self {
            Typed::Null => "null",
            Typed::Mixed(_) => "what may be of several types",
            Typed::Truth { .. } => "a boolean",
            Typed::Several { .. } => "a list",
            Typed::One(_, kind) => match kind {
                Kind::Ends => "the input and the output",
                Kind::Record(_) => "a structure",
                Kind::Text => "a string",
                Kind::Number(_) => "a number",
                Kind::List(_) => "a list",
                Kind::Map { .. } => "a map",
                Kind::Other(what) => what,
            },
        }
    }
}
