//! Conditions on the input and the output of an operation, as waiters have them.
//!
//! They are what [JMESPath](https://jmespath.org/specification.html) expressions come to when their types are known. A
//! condition is true or false and never null: lowering has asked for each boolean whether it is what is wanted.

use super::{Literal, Ty};
use crate::names::Name;

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Predicate {
    /// Always or never.
    Constant(bool),
    /// Both.
    And(Box<Predicate>, Box<Predicate>),
    /// One of two, or both.
    Or(Box<Predicate>, Box<Predicate>),
    /// Not this, which is no `Constant`, `And`, `Or` or `Not`.
    Not(Box<Predicate>),
    /// A boolean is there and is this.
    Is(Operand, bool),
    /// A value is there.
    Present(Operand),
    /// A string, a list or a map is there and not empty.
    Filled(Operand),
    /// A string, a list or a map is there and empty.
    Empty(Operand),
    /// Two values are equal, or both are null.
    Same(Operand, Operand),
    /// Two values are both there and compare so.
    Compare(Comparison, Operand, Operand),
    /// A string is there and holds another, which is there too.
    HoldsText(Operand, Operand),
    /// For one of several values this holds.
    Any(Items, Box<Predicate>),
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

/// One value, which may be null.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    /// The input.
    Input,
    /// The output.
    Output,
    /// The value of several that is looked at, with its type and how many others are looked at around it.
    Item(Ty, usize),
    /// A field of a struct.
    Field {
        /// The struct.
        of: Box<Operand>,
        /// The field.
        name: Name,
        /// Its type.
        ty: Ty,
        /// Whether it is an `Option`.
        optional: bool,
    },
    /// An element of a list, counted from its end where negative; null where the list is shorter.
    Element {
        /// The list.
        of: Box<Operand>,
        /// The type of its elements.
        ty: Ty,
        /// Which.
        index: i64,
    },
    /// A string or a number.
    Literal(Literal),
    /// How many elements a list, how many entries a map, how many characters a string has; null for null.
    Length(Box<Operand>),
    /// How many there are; null where the list that they come from is null.
    Count(Box<Items>),
    /// A number as another type of number, or `length` as one.
    Cast(Box<Operand>, Number),
}

/// A type that numbers of different types are compared in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    /// `i64`
    Long,
    /// `f64`
    Double,
}

/// Several values, none of them null.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Items {
    /// The elements of a list.
    Elements(Operand),
    /// The keys of a map.
    Keys(Operand),
    /// The values of a map.
    Values(Operand),
    /// Those for which something holds.
    Filter(Box<Items>, Box<Predicate>),
    /// What each of them leads to.
    FlatMap(Box<Items>, Box<Items>),
}

impl Operand {
    /// Whether it may be null.
    pub(crate) fn nullable(&self) -> bool {
        match self {
            Operand::Input | Operand::Output | Operand::Item(..) | Operand::Literal(_) => false,
            Operand::Field { of, optional, .. } => *optional || of.nullable(),
            Operand::Element { .. } => true,
            Operand::Length(of) | Operand::Cast(of, _) => of.nullable(),
            Operand::Count(items) => items.source().nullable(),
        }
    }

    /// The type, where it is one of a field.
    pub(crate) fn ty(&self) -> Option<&Ty> {
        match self {
            Operand::Item(ty, _) | Operand::Field { ty, .. } | Operand::Element { ty, .. } => {
                Some(ty)
            }
            _ => None,
        }
    }
}

impl Items {
    /// What each of several values leads to, or one.
    pub(crate) fn flat_map(items: Option<Items>, inner: Items) -> Items {
        match items {
            Some(items) => Items::FlatMap(Box::new(items), Box::new(inner)),
            None => inner,
        }
    }

    /// What they are taken from first.
    pub(crate) fn source(&self) -> &Operand {
        match self {
            Items::Elements(of) | Items::Keys(of) | Items::Values(of) => of,
            Items::Filter(items, _) | Items::FlatMap(items, _) => items.source(),
        }
    }
}

impl Predicate {
    /// Both; without what holds always.
    pub(crate) fn and(self, other: Predicate) -> Predicate {
        match (self, other) {
            (Predicate::Constant(true), other) | (other, Predicate::Constant(true)) => other,
            (Predicate::Constant(false), _) | (_, Predicate::Constant(false)) => {
                Predicate::Constant(false)
            }
            (this, other) => Predicate::And(Box::new(this), Box::new(other)),
        }
    }

    /// One of them; without what holds never.
    pub(crate) fn or(self, other: Predicate) -> Predicate {
        match (self, other) {
            (Predicate::Constant(false), other) | (other, Predicate::Constant(false)) => other,
            (Predicate::Constant(true), _) | (_, Predicate::Constant(true)) => {
                Predicate::Constant(true)
            }
            (this, other) => Predicate::Or(Box::new(this), Box::new(other)),
        }
    }

    /// The opposite, with `Not` at what is asked of values alone.
    pub(crate) fn negated(self) -> Predicate {
        match self {
            Predicate::Constant(it) => Predicate::Constant(!it),
            Predicate::Not(it) => *it,
            Predicate::And(left, right) => left.negated().or(right.negated()),
            Predicate::Or(left, right) => left.negated().and(right.negated()),
            Predicate::Is(operand, is) if !operand.nullable() => Predicate::Is(operand, !is),
            Predicate::Compare(comparison, left, right)
                if !left.nullable() && !right.nullable() =>
            {
                Predicate::Compare(comparison.opposite(), left, right)
            }
            other => Predicate::Not(Box::new(other)),
        }
    }

    /// Whether a value is there.
    pub(crate) fn present(operand: Operand) -> Predicate {
        match operand.nullable() {
            true => Predicate::Present(operand),
            false => Predicate::Constant(true),
        }
    }

    /// Whether this holds for one of several values.
    pub(crate) fn any(items: Items, holds: Predicate) -> Predicate {
        match (items, holds) {
            (_, Predicate::Constant(false)) => Predicate::Constant(false),
            (Items::Filter(items, filter), holds) => Predicate::any(*items, filter.and(holds)),
            (
                Items::Elements(of) | Items::Keys(of) | Items::Values(of),
                Predicate::Constant(true),
            ) => Predicate::Filled(of),
            (items, holds) => Predicate::Any(items, Box::new(holds)),
        }
    }
}

impl Comparison {
    /// The comparison that holds for two values, neither of them null, where this does not.
    pub(crate) fn opposite(self) -> Comparison {
        match self {
            Comparison::Equal => Comparison::NotEqual,
            Comparison::NotEqual => Comparison::Equal,
            Comparison::Less => Comparison::AtLeast,
            Comparison::AtLeast => Comparison::Less,
            Comparison::More => Comparison::AtMost,
            Comparison::AtMost => Comparison::More,
        }
    }

    /// The comparison that holds for the values in the other order.
    pub(crate) fn flipped(self) -> Comparison {
        match self {
            Comparison::Equal | Comparison::NotEqual => self,
            Comparison::Less => Comparison::More,
            Comparison::More => Comparison::Less,
            Comparison::AtMost => Comparison::AtLeast,
            Comparison::AtLeast => Comparison::AtMost,
        }
    }
}
