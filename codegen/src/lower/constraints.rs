//! What the model asks of inputs: required members and the
//! [constraint traits](https://smithy.io/2.0/spec/constraint-traits.html).

use std::collections::{BTreeMap, HashMap, HashSet};

use super::closure::is_enum;
use super::pattern::translate;
use super::{Cx, docs};
use crate::api::{
    AskedMember, Constraint, Constraints, Doc, Length, Pattern, Range, Table, Target,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Member, Model, Node, Shape, ShapeId, ShapeKind, Traits};
use crate::names::{Name, Scope, Style, snake};

/// The constraint traits, required members aside.
const TRAITS: [&str; 4] = [
    "smithy.api#length",
    "smithy.api#pattern",
    "smithy.api#range",
    "smithy.api#uniqueItems",
];

const SENSITIVE: &str = "smithy.api#sensitive";

/// The tables of everything that the inputs of the operations reach and of which something is asked.
pub(super) fn constraints(cx: &mut Cx<'_, '_>, chosen: &[&Shape]) -> Constraints {
    let model = cx.model;
    let inputs = chosen.iter().filter_map(|shape| {
        let operation = shape.as_operation()?;
        Some((shape.id.name(), model.target(&operation.input)))
    });
    let inputs: Vec<(&str, &Shape)> = inputs.collect();
    let written = cx.closure.shapes.iter().filter(|(_, way)| way.written);
    let mut shapes: BTreeMap<&str, &Shape> = written
        .map(|(shape, _)| (shape.id.as_str(), *shape))
        .collect();
    shapes.extend(inputs.iter().map(|(_, shape)| (shape.id.as_str(), *shape)));
    // The key of a map is a string wherever it goes, and so not in the closure as something that is written.
    let keys = shapes.values().filter_map(|shape| match &shape.kind {
        ShapeKind::Map { key, .. } => Some(model.target(&key.target)),
        _ => None,
    });
    let keys: Vec<&Shape> = keys.collect();
    shapes.extend(keys.into_iter().map(|shape| (shape.id.as_str(), shape)));
    let mut lowering = Lowering {
        asking: asking(model, &shapes),
        names: names(model, &shapes),
        tables: Vec::new(),
        cx,
    };
    for shape in shapes.into_values() {
        lowering.shape(shape);
    }
    let named = |(operation, shape): (&str, &Shape)| {
        let target = lowering.target_of(shape);
        match target {
            Target::Table(name) => Some((operation.to_owned(), name)),
            Target::Any => None,
        }
    };
    Constraints {
        inputs: inputs.into_iter().filter_map(named).collect(),
        tables: lowering.tables,
    }
}

/// The ids of the shapes of which something is asked, by themselves or by what they hold.
fn asking<'m>(model: &'m Model, shapes: &BTreeMap<&'m str, &'m Shape>) -> HashSet<&'m str> {
    let mut asking: HashSet<&str> = HashSet::new();
    loop {
        let member_asks = |shape: &Shape, member: &Member| {
            let target = model.target(&member.target);
            let is_structure = matches!(shape.kind, ShapeKind::Structure { .. });
            is_structure && is_required(member)
                || is_bound(&target.kind, target, &member.traits)
                || asking.contains(target.id.as_str())
        };
        let asks = |shape: &&Shape| {
            let holds = has_values(shape) && shape.members().any(|m| member_asks(shape, m));
            is_bound(&shape.kind, shape, &shape.traits) || holds
        };
        let more: Vec<&str> = shapes
            .values()
            .filter(|shape| !asking.contains(shape.id.as_str()))
            .filter(|shape| asks(shape))
            .map(|shape| shape.id.as_str())
            .collect();
        if more.is_empty() {
            return asking;
        }
        asking.extend(more);
    }
}

/// Whether its members are values, and not the values of an enum.
fn has_values(shape: &Shape) -> bool {
    !matches!(
        shape.kind,
        ShapeKind::Enum { .. } | ShapeKind::IntEnum { .. }
    )
}

/// Whether a caller has to set the member: without it there is no default either.
fn is_required(member: &Member) -> bool {
    let default = member.traits.get("smithy.api#default");
    member.traits.has("smithy.api#required") && default.is_none_or(Node::is_null)
}

/// Whether the traits, of a shape or of a member that targets it, bind its values. Those of an enum are free, as a service
/// may know more of them than the model.
fn is_bound(kind: &ShapeKind, shape: &Shape, traits: &Traits) -> bool {
    let ids: &[&str] = match kind {
        ShapeKind::String if !is_enum(shape) => &TRAITS[..2],
        ShapeKind::Blob | ShapeKind::Map { .. } => &TRAITS[..1],
        ShapeKind::List { .. } => &["smithy.api#length", "smithy.api#uniqueItems"],
        ShapeKind::Byte
        | ShapeKind::Short
        | ShapeKind::Integer
        | ShapeKind::Long
        | ShapeKind::Float
        | ShapeKind::Double
        | ShapeKind::BigInteger
        | ShapeKind::BigDecimal => &["smithy.api#range"],
        _ => &[],
    };
    ids.iter().any(|id| traits.has(id))
}

/// Whether a member has traits that count in place of those of its target, or beside them.
fn is_apart(member: &Member) -> bool {
    let mut ids = TRAITS.iter().chain([&SENSITIVE]);
    ids.any(|id| member.traits.has(id))
}

/// The names of the tables, by the ids of the shapes, and of the members that have their own.
fn names<'m>(model: &'m Model, shapes: &BTreeMap<&'m str, &'m Shape>) -> HashMap<&'m str, Name> {
    let wish = |id: &ShapeId| {
        let member = id.member().map(|member| format!("_{}", snake(member)));
        let wish = snake(id.name()) + &member.unwrap_or_default();
        wish.to_uppercase()
    };
    let ids: Vec<&ShapeId> = shapes
        .values()
        .flat_map(|shape| {
            let members = shape.members().filter(|member| {
                has_values(shape) && is_apart(member) && !model.target(&member.target).is_unit()
            });
            std::iter::once(&shape.id).chain(members.map(|member| &member.id))
        })
        .collect();
    let wishes: Vec<String> = ids.iter().map(|id| wish(id)).collect();
    let mut scope = Scope::new(Style::Snake).expect(wishes.iter().map(String::as_str));
    let named = ids.iter().zip(&wishes);
    named
        .map(|(id, wish)| (id.as_str(), scope.claim(wish)))
        .collect()
}

struct Lowering<'c, 'm, 'd> {
    cx: &'c mut Cx<'m, 'd>,
    asking: HashSet<&'m str>,
    names: HashMap<&'m str, Name>,
    tables: Vec<Table>,
}

impl<'m> Lowering<'_, 'm, '_> {
    /// Adds the table of a shape, and those of its members that ask more than their targets.
    fn shape(&mut self, shape: &'m Shape) {
        if has_values(shape) {
            for member in shape.members().filter(|member| is_apart(member)) {
                let target = self.cx.model.target(&member.target);
                if !target.is_unit() && self.names.contains_key(member.id.as_str()) {
                    self.table(&member.id, target, Some(&member.traits));
                }
            }
        }
        if let Target::Table(_) = self.target_of(shape) {
            self.table(&shape.id, shape, None);
        }
    }

    /// What is asked of a value of the shape, where no member says otherwise. What hides its values is a table too.
    fn target_of(&self, shape: &Shape) -> Target {
        let asks = self.asking.contains(shape.id.as_str()) || shape.traits.has(SENSITIVE);
        let name = self.names.get(shape.id.as_str()).filter(|_| asks);
        name.cloned().map_or(Target::Any, Target::Table)
    }

    fn target(&self, member: &Member) -> Target {
        match self.names.get(member.id.as_str()) {
            Some(name) => Target::Table(name.clone()),
            None => self.target_of(self.cx.model.target(&member.target)),
        }
    }

    fn table(&mut self, id: &ShapeId, shape: &'m Shape, over: Option<&'m Traits>) {
        let Some(name) = self.names.get(id.as_str()).cloned() else {
            return;
        };
        let mut doc = Doc::default();
        let constraint = self.constraint(id, shape, over, &mut doc);
        let sensitive = |traits: &Traits| traits.has(SENSITIVE);
        self.tables.push(Table {
            name,
            doc,
            sensitive: sensitive(&shape.traits) || over.is_some_and(sensitive),
            constraint,
        });
    }

    fn constraint(
        &mut self,
        id: &ShapeId,
        shape: &'m Shape,
        over: Option<&'m Traits>,
        doc: &mut Doc,
    ) -> Constraint {
        // A trait of a member takes the place of the same trait of its target.
        let get = |trait_id: &str| {
            let own = over.and_then(|traits| traits.find(trait_id));
            own.or_else(|| shape.traits.find(trait_id))
        };
        let length = length(get("smithy.api#length").map(|one| &one.value));
        match &shape.kind {
            ShapeKind::String if !is_enum(shape) => {
                let pattern = get("smithy.api#pattern");
                let pattern = pattern.and_then(|one| Some((one.value.as_str()?, one.span)));
                let (pattern, counted) = match pattern {
                    None => (None, None),
                    Some((text, span)) => match translate(text) {
                        Ok(translated) => {
                            let pattern = Pattern {
                                text: text.to_owned(),
                                regex: translated.regex,
                            };
                            (Some(pattern), translated.length)
                        }
                        Err(why) => {
                            *doc = docs::line(&format!("Its pattern is not checked: {why}."));
                            self.unchecked(id, text, &why, span);
                            (None, None)
                        }
                    },
                };
                Constraint::Text {
                    length: both(length, counted),
                    pattern,
                }
            }
            ShapeKind::Blob => Constraint::Blob(length),
            ShapeKind::List { member } => Constraint::List {
                length,
                unique: get("smithy.api#uniqueItems").is_some(),
                member: self.target(member),
            },
            ShapeKind::Map { key, value } => Constraint::Map {
                length,
                key: self.target(key),
                value: self.target(value),
            },
            ShapeKind::Structure { members } | ShapeKind::Union { members } => {
                Constraint::Structure(self.members(shape, members))
            }
            kind if is_bound(kind, shape, &shape.traits)
                || over.is_some_and(|over| is_bound(kind, shape, over)) =>
            {
                let range = range(get("smithy.api#range").map(|one| &one.value));
                match kind {
                    ShapeKind::Float => Constraint::Float(range),
                    _ => Constraint::Number(range),
                }
            }
            _ => Constraint::Any,
        }
    }

    /// The members of which something is asked.
    fn members(&self, shape: &Shape, members: &[Member]) -> Vec<AskedMember> {
        let is_structure = matches!(shape.kind, ShapeKind::Structure { .. });
        let asked = members.iter().map(|member| AskedMember {
            wire: member.name().to_owned(),
            required: is_structure && is_required(member),
            target: self.target(member),
        });
        asked
            .filter(|member| member.required || matches!(member.target, Target::Table(_)))
            .collect()
    }

    fn unchecked(&mut self, id: &ShapeId, pattern: &str, why: &str, span: crate::model::Span) {
        let message = format!("the pattern `{pattern}` is not checked before a call: {why}");
        let help = "the service checks it; other constraints of the same values are checked";
        let diagnostic = Diagnostic::warning(Code::PatternUnchecked, message).help(help);
        self.cx.report(diagnostic, id, span);
    }
}

fn length(node: Option<&Node>) -> Length {
    let bound = |name: &str| u64::try_from(node?.get(name)?.as_i64()?).ok();
    Length {
        min: bound("min"),
        max: bound("max"),
    }
}

/// The narrower of what the model says and what was counted in the pattern.
fn both(length: Length, counted: Option<(u32, Option<u32>)>) -> Length {
    let Some((min, max)) = counted else {
        return length;
    };
    let max = max.map(u64::from);
    Length {
        min: length.min.max(Some(min.into())),
        max: length.max.into_iter().chain(max).min(),
    }
}

fn range(node: Option<&Node>) -> Range {
    let bound = |name: &str| Some(node?.get(name)?.as_number()?.to_owned());
    Range {
        min: bound("min"),
        max: bound("max"),
    }
}
