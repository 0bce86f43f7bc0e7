//! What the model asks of inputs: required members and the
//! [constraint traits](https://smithy.io/2.0/spec/constraint-traits.html).

use std::collections::{HashMap, HashSet};

use super::closure::is_enum;
use super::pattern::translate;
use super::types::{SENSITIVE, has_sensitive_values};
use super::{Cx, docs};
use crate::api::{
    AskedMember, Constraint, Constraints, Doc, Length, Pattern, Range, Table, Target,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::list::List as _;
use crate::model::{Member, Model, Node, Shape, ShapeId, ShapeKind, Span, Trait, Traits};
use crate::names::{Name, Scope, Style, snake};
use crate::order;

/// The tables of everything that the inputs of the operations reach and of which something is asked.
pub(super) fn constraints(cx: &mut Cx<'_, '_>, chosen: &[&Shape]) -> Constraints {
    let model = cx.model;
    let inputs = chosen.iter().filter_map(|shape| {
        let operation = shape.as_operation()?;
        Some((shape.id.name(), model.target(&operation.input)))
    });
    let inputs: Vec<(&str, &Shape)> = inputs.list();
    let written = cx.closure.shapes.iter().filter(|(_, way)| way.written);
    let mut shapes: Vec<&Shape> = written.map(|(shape, _)| *shape).list();
    shapes.extend(inputs.iter().map(|(_, shape)| *shape));
    // The key of a map is a string wherever it goes, and so not in the closure as something that is written.
    let keys = shapes.iter().filter_map(|shape| match &shape.kind {
        ShapeKind::Map { key, .. } => Some(model.target(&key.target)),
        _ => None,
    });
    let keys: Vec<&Shape> = keys.list();
    shapes.extend(keys);
    order::sort_by(&mut shapes, |a, b| a.id.cmp(&b.id));
    shapes.dedup_by(|a, b| a.id == b.id);
    let asking = asking(model, &shapes);
    let mut lowering = Lowering {
        names: names(model, &shapes, &asking),
        tables: Vec::new(),
        cx,
    };
    for shape in shapes {
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
        inputs: inputs.into_iter().filter_map(named).list(),
        tables: lowering.tables,
    }
}

/// The ids of the shapes of which something is asked, by themselves or by what they hold.
fn asking<'m>(model: &'m Model, shapes: &[&'m Shape]) -> HashSet<&'m str> {
    let mut holders: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut open: Vec<&str> = Vec::new();
    for shape in shapes {
        let is_structure = matches!(shape.kind, ShapeKind::Structure { .. });
        let mut asks = is_bound(shape, &shape.traits);
        for member in shape.members().filter(|_| has_values(shape)) {
            let target = model.target(&member.target);
            asks |= is_structure && is_required(member) || is_bound(target, &member.traits);
            let id = target.id.as_str();
            holders.entry(id).or_default().push(shape.id.as_str());
        }
        open.extend(asks.then_some(shape.id.as_str()));
    }
    // From each shape that asks to those that hold it, so that a chain of shapes takes no longer than its length.
    let mut asking: HashSet<&str> = HashSet::new();
    while let Some(id) = open.pop() {
        if asking.insert(id) {
            open.extend(holders.remove(id).into_iter().flatten());
        }
    }
    asking
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
fn is_bound(shape: &Shape, traits: &Traits) -> bool {
    let ids: &[&str] = match shape.kind {
        ShapeKind::String if !is_enum(shape) => &["smithy.api#length", "smithy.api#pattern"],
        ShapeKind::Blob | ShapeKind::Map { .. } => &["smithy.api#length"],
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

/// Whether a member asks more than its target, or hides it.
fn is_apart(model: &Model, asking: &HashSet<&str>, member: &Member) -> bool {
    let target = model.target(&member.target);
    let hides = member.traits.has(SENSITIVE) && asking.contains(target.id.as_str());
    is_bound(target, &member.traits) || hides
}

/// The names of the tables, by the ids of the shapes, and of the members that have their own.
fn names<'m>(
    model: &'m Model,
    shapes: &[&'m Shape],
    asking: &HashSet<&'m str>,
) -> HashMap<&'m str, Name> {
    let asking_shapes = shapes
        .iter()
        .filter(|shape| asking.contains(shape.id.as_str()));
    let ids: Vec<&ShapeId> = asking_shapes
        .flat_map(|shape| {
            let members = shape.members().filter(|_| has_values(shape));
            let apart = members.filter(|member| is_apart(model, asking, member));
            std::iter::once(&shape.id).chain(apart.map(|member| &member.id))
        })
        .list();
    let wish = |id: &&ShapeId| {
        let member = id.member().map(|member| format!("_{}", snake(member)));
        let wish = snake(id.name()) + &member.unwrap_or_default();
        wish.to_uppercase()
    };
    let wishes: Vec<String> = ids.iter().map(wish).list();
    let mut scope = Scope::new(Style::Snake).expect(wishes.iter().map(String::as_str));
    let named = ids.iter().zip(&wishes);
    named
        .map(|(id, wish)| (id.as_str(), scope.claim(wish)))
        .collect()
}

struct Lowering<'c, 'm, 'd> {
    cx: &'c mut Cx<'m, 'd>,
    names: HashMap<&'m str, Name>,
    tables: Vec<Table>,
}

impl<'m> Lowering<'_, 'm, '_> {
    /// Adds the table of a shape, and those of its members that have their own.
    fn shape(&mut self, shape: &'m Shape) {
        for member in shape.members().filter(|_| has_values(shape)) {
            let target = self.cx.model.target(&member.target);
            self.table(&member.id, target, Some(&member.traits));
        }
        self.table(&shape.id, shape, None);
    }

    /// What is asked of a value of the shape, where no member says otherwise.
    fn target_of(&self, shape: &Shape) -> Target {
        let name = self.names.get(shape.id.as_str());
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
        let is_hidden = over.is_some_and(|traits| traits.has(SENSITIVE));
        self.tables.push(Table {
            name,
            doc,
            sensitive: is_hidden || has_sensitive_values(self.cx.model, shape),
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
            ShapeKind::String => self.text(id, length, get("smithy.api#pattern"), doc),
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
            kind => {
                let range = range(get("smithy.api#range").map(|one| &one.value));
                match kind {
                    ShapeKind::Float => Constraint::Float(range),
                    _ => Constraint::Number(range),
                }
            }
        }
    }

    /// A string; a pattern that cannot be checked is reported, and left out.
    fn text(
        &mut self,
        id: &ShapeId,
        length: Length,
        pattern: Option<&Trait>,
        doc: &mut Doc,
    ) -> Constraint {
        let pattern = pattern.and_then(|one| Some((one.value.as_str()?, one.span)));
        let (pattern, counted) = match pattern.map(|(text, span)| (text, span, translate(text))) {
            None => (None, None),
            Some((text, _, Ok(translated))) => {
                let text = text.to_owned();
                let regex = translated.regex;
                (Some(Pattern { text, regex }), translated.length)
            }
            Some((text, span, Err(why))) => {
                *doc = docs::line(&format!("Its pattern is not checked: {why}."));
                self.unchecked(id, text, &why, span);
                (None, None)
            }
        };
        Constraint::Text {
            length: both(length, counted),
            pattern,
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
            .list()
    }

    fn unchecked(&mut self, id: &ShapeId, pattern: &str, why: &str, span: Span) {
        let message = format!("the pattern `{pattern}` is not checked before a call: {why}");
        let help = "the service checks it; other constraints of the same values are checked";
        let diagnostic = Diagnostic::warning(Code::PatternUnchecked, message).help(help);
        self.cx.report(diagnostic, id, span);
    }
}

/// The model's own check refuses bounds that are not whole, or beyond 63 bits.
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
