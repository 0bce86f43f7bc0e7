//! What the model asks of inputs, which only `validate_input` checks.
//!
//! Fields are compared, by what is asked of them in the end: by the member, by its target, by what that holds. Where one
//! shape asks it of many fields, that is one change.

use std::collections::{HashMap, HashSet};

use super::change::{Found, Kind, Subject};
use super::rust;
use super::side::{Side, Spot};
use crate::api::{Record, Type};
use crate::model::{Member, Node, Shape, ShapeKind};

/// The traits by which something is asked of a value.
const ASKING: [&str; 4] = [
    "smithy.api#length",
    "smithy.api#range",
    "smithy.api#pattern",
    "smithy.api#uniqueItems",
];

/// Something that is asked, or could be.
#[derive(Debug)]
struct Asked<'m> {
    /// Of whom: the field itself, each item of it.
    whom: Whom,
    /// By which trait.
    id: &'static str,
    /// How, where it is.
    how: Option<&'m Node>,
    /// Where it is asked, or could be.
    spot: Spot<'m>,
}

/// A value, or what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Whom {
    It,
    Item,
    Key,
    Value,
}

/// Compares what is asked of the fields of inputs.
pub(super) fn compare(found: &mut Found, old: &Side, new: &Side) {
    let before: HashMap<String, &Member> = Fields::of(old).list.into_iter().collect();
    // By sentence and places: the subject, and how many fields it is about.
    let mut changes: Vec<(Subject<'_>, String, usize)> = Vec::new();
    let mut known = HashMap::new();
    for (item, after) in Fields::of(new).list {
        let Some(before) = before.get(&item) else {
            continue;
        };
        for (one, other) in pairs(asked(old, before), asked(new, after)) {
            if one.how == other.how {
                continue;
            }
            let sentence = sentence(other.whom, other.id, one.how, other.how);
            let key = (sentence.clone(), one.spot.key(), other.spot.key());
            let index = *known.entry(key).or_insert(changes.len());
            match changes.get_mut(index) {
                Some((_, _, count)) => *count += 1,
                None => {
                    let subject = Subject {
                        item: item.clone(),
                        old: Some(one.spot),
                        new: Some(other.spot),
                    };
                    changes.push((subject, sentence, 1));
                }
            }
        }
    }
    for (subject, sentence, count) in changes {
        let others = match count {
            1 => String::new(),
            2 => "; the same holds for another field".to_owned(),
            more => format!("; the same holds for {} other fields", more - 1),
        };
        found.push(Kind::Constraint, &subject, format!("{sentence}{others}."));
    }
}

/// The fields that inputs reach, by their paths, each with its member.
struct Fields<'m> {
    side: &'m Side,
    /// The types by the ids of their shapes.
    types: HashMap<&'m str, &'m Type>,
    seen: HashSet<&'m str>,
    /// Types to look into.
    open: Vec<(&'m Shape, &'m Type)>,
    list: Vec<(String, &'m Member)>,
}

impl<'m> Fields<'m> {
    fn of(side: &'m Side) -> Fields<'m> {
        let types = side.api.types.iter();
        let types = types.filter_map(|ty| Some((side.shape_of_type(ty.name())?.id.as_str(), ty)));
        let mut fields = Fields {
            side,
            types: types.collect(),
            seen: HashSet::new(),
            open: Vec::new(),
            list: Vec::new(),
        };
        for operation in &side.api.operations {
            if let Some(shape) = side.input_of(operation) {
                let module = &operation.module;
                let path = format!("operation::{module}::{}", operation.input.name);
                fields.record(shape, &operation.input, &path);
            }
        }
        while let Some((shape, ty)) = fields.open.pop() {
            let path = format!("types::{}", ty.name());
            match ty {
                Type::Record(record) => fields.record(shape, record, &path),
                Type::Union(union) => {
                    let names = union.variants.iter();
                    let names = names.map(|variant| (variant.wire.as_str(), variant.name.as_str()));
                    fields.members(shape, &names.collect(), &path);
                }
                Type::Enumeration(_) => {}
            }
        }
        fields
    }

    fn record(&mut self, shape: &'m Shape, record: &Record, path: &str) {
        let names = record.fields.iter();
        let names = names.map(|field| (field.wire.as_str(), field.name.as_str()));
        self.members(shape, &names.collect(), path);
    }

    fn members(&mut self, shape: &'m Shape, names: &HashMap<&str, &str>, path: &str) {
        for member in shape.members() {
            if let Some(name) = names.get(member.name()) {
                self.list.push((format!("{path}::{name}"), member));
                self.reach(member);
            }
        }
    }

    /// Notes the types that a member holds.
    fn reach(&mut self, member: &'m Member) {
        let mut open = vec![member];
        while let Some(member) = open.pop() {
            let target = self.side.model.target(&member.target);
            if !self.seen.insert(target.id.as_str()) {
                continue;
            }
            match self.types.get(target.id.as_str()) {
                Some(ty) => self.open.push((target, ty)),
                None => open.extend(target.members()),
            }
        }
    }
}

/// All that is or could be asked of a member, the innermost collections last.
fn asked<'m>(side: &'m Side, member: &'m Member) -> Vec<Asked<'m>> {
    let mut list = Vec::new();
    let mut open = vec![(Whom::It, member)];
    let mut index = 0;
    while let Some((whom, member)) = open.get(index).copied() {
        index += 1;
        let target = side.model.target(&member.target);
        for id in ASKING {
            let own = member.traits.find(id);
            let found = own.or_else(|| target.traits.find(id));
            let spot = match own {
                Some(_) => side.member_spot(member),
                None => side.spot(target),
            };
            list.push(Asked {
                whom,
                id,
                how: found.map(|one| &one.value),
                spot: spot.at(id),
            });
        }
        match &target.kind {
            ShapeKind::List { member } => open.push((Whom::Item, member)),
            ShapeKind::Map { key, value } => {
                open.extend([(Whom::Key, key), (Whom::Value, value)]);
            }
            _ => {}
        }
    }
    list
}

/// What both sides ask or could ask. Where types differ, there is another change to tell of.
fn pairs<'m>(
    old: Vec<Asked<'m>>,
    new: Vec<Asked<'m>>,
) -> impl Iterator<Item = (Asked<'m>, Asked<'m>)> {
    let pairs = old.into_iter().zip(new);
    pairs.take_while(|(one, other)| one.whom == other.whom)
}

/// A sentence without its full stop.
fn sentence(whom: Whom, id: &str, old: Option<&Node>, new: Option<&Node>) -> String {
    let who = match whom {
        Whom::It => "It",
        Whom::Item => "Each item",
        Whom::Key => "Each key",
        Whom::Value => "Each value",
    };
    let (what, free): (fn(&Node) -> String, &str) = match id {
        "smithy.api#length" => (
            |node| format!("be {} long", limits(node)),
            "have any length",
        ),
        "smithy.api#range" => (|node| format!("be {}", limits(node)), "be any number"),
        "smithy.api#pattern" => (
            |node| format!("match {}", rust::code(node.as_str().unwrap_or_default())),
            "be any text",
        ),
        _ => (|_| "hold no item twice".to_owned(), "hold items twice"),
    };
    match (old.map(what), new.map(what)) {
        (Some(old), Some(new)) => format!("{who} must {new} for the service, and had to {old}"),
        (None, Some(new)) => format!("{who} must {new} for the service now"),
        _ => format!("{who} may {free} for the service now"),
    }
}

/// `1 to 64`, `at least 1`, `at most 64`.
fn limits(node: &Node) -> String {
    let limit = |key: &str| node.get(key).and_then(Node::as_number);
    match (limit("min"), limit("max")) {
        (Some(min), Some(max)) if min == max => format!("exactly {min}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "anything".to_owned(),
    }
}
