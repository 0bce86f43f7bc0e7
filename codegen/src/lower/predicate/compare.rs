//! Comparisons of typed values.

use super::typed::{Kind, Numeric, Typed};
use crate::api::{Comparison, Literal, Number, Operand, Predicate, Ty};

/// `left == right` and the like; the error says which types never compare.
pub(super) fn compare<'t>(
    comparison: Comparison,
    left: Typed<'t>,
    right: Typed<'t>,
) -> Result<Typed<'t>, String> {
    let equal = match comparison {
        Comparison::Equal => Some(true),
        Comparison::NotEqual => Some(false),
        _ => None,
    };
    let (what, other) = (left.describe(), right.describe());
    match (equal, left, right) {
        (_, Typed::Mixed(_), _) | (_, _, Typed::Mixed(_)) => {
            Err(format!("{what} is compared with {other}"))
        }
        (Some(equal), Typed::Null, value) | (Some(equal), value, Typed::Null) => {
            Ok(equality(equal, value.present().negated()))
        }
        (
            Some(equal),
            Typed::Truth {
                yes: Predicate::Constant(is),
                ..
            },
            Typed::Truth { yes, no },
        )
        | (
            Some(equal),
            Typed::Truth { yes, no },
            Typed::Truth {
                yes: Predicate::Constant(is),
                ..
            },
        ) => Ok(equality(equal, if is { yes } else { no })),
        (Some(equal), Typed::One(left, Kind::Text), Typed::One(right, Kind::Text)) => {
            not_both_literals(&left, &right)?;
            Ok(equality(equal, Predicate::Same(left, right)))
        }
        (_, Typed::One(left, Kind::Number(of_left)), Typed::One(right, Kind::Number(of_right))) => {
            not_both_literals(&left, &right)?;
            Ok(numbers(comparison, (left, of_left), (right, of_right)))
        }
        _ => Err(format!(
            "{what} is compared with {other}, or in an order that they do not have"
        )),
    }
}

/// `contains(within, what)`
pub(super) fn contains<'t>(
    within: Typed<'t>,
    what: &Typed<'t>,
    item: impl Fn(&Ty) -> Typed<'t>,
) -> Result<Typed<'t>, String> {
    let there = within.present();
    let yes = match (within, what) {
        (Typed::One(within, Kind::Text), Typed::One(what, Kind::Text)) => {
            Predicate::HoldsText(within, what.clone())
        }
        (within, what) => {
            let equals = |item: &Typed<'t>| {
                compare(Comparison::Equal, item.clone(), what.clone()).map(Typed::into_yes)
            };
            within.listed(item).any(&equals)?
        }
    };
    Ok(Typed::Truth {
        no: there.and(yes.clone().negated()),
        yes,
    })
}

fn equality<'t>(equal: bool, holds: Predicate) -> Typed<'t> {
    let not = holds.clone().negated();
    match equal {
        true => Typed::Truth {
            yes: holds,
            no: not,
        },
        false => Typed::Truth {
            yes: not,
            no: holds,
        },
    }
}

fn not_both_literals(left: &Operand, right: &Operand) -> Result<(), String> {
    match (left, right) {
        (Operand::Literal(_), Operand::Literal(_)) => Err("it compares two literals".to_owned()),
        _ => Ok(()),
    }
}

fn numbers<'t>(
    comparison: Comparison,
    left: (Operand, Numeric),
    right: (Operand, Numeric),
) -> Typed<'t> {
    // A literal stands on the right.
    let (comparison, (left, of_left), (right, of_right)) = match left.1 {
        Numeric::Literal => (comparison.flipped(), right, left),
        _ => (comparison, left, right),
    };
    if let Some(typed) = emptiness(comparison, &left, &right) {
        return typed;
    }
    let (left, right) = match right {
        Operand::Literal(literal) => beside_literal(comparison, left, &of_left, literal),
        right if of_left == of_right => (left, right),
        right => {
            let number = match is_float(&of_left) || is_float(&of_right) {
                true => Number::Double,
                false => Number::Long,
            };
            (cast(left, &of_left, number), cast(right, &of_right, number))
        }
    };
    let compared = |comparison| Predicate::Compare(comparison, left.clone(), right.clone());
    // A length of null is an error, which equals nothing and differs from nothing.
    let lengths = of_left == Numeric::Count || of_right == Numeric::Count;
    match comparison {
        Comparison::Equal | Comparison::NotEqual if !lengths => equality(
            comparison == Comparison::Equal,
            Predicate::Same(left, right),
        ),
        _ => Typed::Truth {
            yes: compared(comparison),
            no: compared(comparison.opposite()),
        },
    }
}

/// `length(a) > 0` and the like, as what they ask.
fn emptiness<'t>(comparison: Comparison, left: &Operand, right: &Operand) -> Option<Typed<'t>> {
    use Comparison::{AtLeast, AtMost, Equal, Less, More, NotEqual};
    let (Operand::Length(of), Operand::Literal(Literal::Integer(number))) = (left, right) else {
        return None;
    };
    let filled = Predicate::Filled((**of).clone());
    let empty = Predicate::Empty((**of).clone());
    match (comparison, number) {
        (More | NotEqual, 0) | (AtLeast, 1) => Some(Typed::Truth {
            yes: filled,
            no: empty,
        }),
        (AtMost | Equal, 0) | (Less, 1) => Some(Typed::Truth {
            yes: empty,
            no: filled,
        }),
        _ => None,
    }
}

/// A number beside a literal, which is printed as one of its type where that holds it.
fn beside_literal(
    comparison: Comparison,
    operand: Operand,
    numeric: &Numeric,
    literal: Literal,
) -> (Operand, Operand) {
    let number = match literal {
        Literal::Integer(number) => number,
        literal if is_float(numeric) => return (operand, Operand::Literal(literal)),
        literal => {
            let operand = cast(operand, numeric, Number::Double);
            return (operand, Operand::Literal(literal));
        }
    };
    // Comparing with the least or the greatest value of a type can be decided without asking, of which rustc warns.
    let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    let fits = match numeric {
        Numeric::Count => (i64::from(ordered)..i64::from(i32::MAX)).contains(&number),
        Numeric::Of(Ty::Byte) => (i64::from(i8::MIN) + 1..i64::from(i8::MAX)).contains(&number),
        Numeric::Of(Ty::Short) => (i64::from(i16::MIN) + 1..i64::from(i16::MAX)).contains(&number),
        Numeric::Of(Ty::Integer) => {
            (i64::from(i32::MIN) + 1..i64::from(i32::MAX)).contains(&number)
        }
        _ => true,
    };
    let literal = match is_float(numeric) {
        true => Literal::Float(number as f64),
        false => Literal::Integer(number),
    };
    let operand = match fits {
        true => operand,
        false => cast(operand, numeric, Number::Long),
    };
    (operand, Operand::Literal(literal))
}

fn is_float(numeric: &Numeric) -> bool {
    matches!(numeric, Numeric::Of(Ty::Float | Ty::Double))
}

fn cast(operand: Operand, numeric: &Numeric, number: Number) -> Operand {
    match (numeric, number) {
        (Numeric::Of(Ty::Long), Number::Long) | (Numeric::Of(Ty::Double), Number::Double) => {
            operand
        }
        _ => Operand::Cast(Box::new(operand), number),
    }
}
