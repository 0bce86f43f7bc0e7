//! The tree of an operation: its fields with their types in Rust, and what the model asks of them.

use crate::api::{self, Api, Field, Literal, Presence, Record, Ty, Type, Variant};
use crate::lower;
use crate::model::{Member, Model, Node, Shape, ShapeKind, Traits};

/// What an operation takes, answers and fails with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationTree {
    /// Its name in the model, such as `DisconnectCustomKeyStore`.
    pub name: String,
    /// The client's method, such as `disconnect_custom_key_store`.
    pub method: String,
    /// Its input: the name is `input`, the type the path of a struct.
    pub input: Tree,
    /// Its output, likewise.
    pub output: Tree,
    /// Its errors, in the order of their names: the name is the code on the wire, the type the path of a struct.
    pub errors: Vec<Tree>,
}

/// A field, a member of a union or an error, with all that it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tree {
    /// Its name in Rust, such as `key_id` for a field and `Text` for a member of a union.
    pub name: String,
    /// Its type in Rust, such as `Option<Vec<Tag>>`; empty for a member of a union that holds nothing.
    pub ty: String,
    /// What the model asks of it and says of it, such as `required` and `length 1..=64`.
    pub constraints: Vec<String>,
    /// The values of the enum that it is or holds: those of strings in their order, those of numbers in that of the model.
    pub values: Vec<String>,
    /// What the struct or the union that it is or holds consists of.
    pub children: Vec<Tree>,
    /// Why there are no children where there could be some.
    pub ending: Ending,
}

/// Why a tree ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ending {
    /// There is nothing below.
    Whole,
    /// It holds what it stands in: what is below goes on without end.
    Recursive,
    /// The type was shown with all its fields earlier in the tree of the operation.
    Above,
    /// It is nested too deeply to be shown.
    Deep,
}

/// How deep a tree may be. No type of a published model comes near it; one made to harm would fill the stack.
const DEEPEST: usize = 64;

/// The tree of the operation of this name in the model.
pub(super) fn of(model: &Model, service: &Shape, api: &Api, name: &str) -> Option<OperationTree> {
    let operation = api.operations.iter().find(|one| one.wire == name)?;
    let shapes = model.service_operations(service).into_iter();
    let shape = shapes.into_iter().find(|shape| shape.id.name() == name)?;
    let signature = shape.as_operation()?;
    let mut walk = Walk {
        model,
        api,
        around: Vec::new(),
        shown: Vec::new(),
    };
    let module = format!("operation::{}", operation.module);
    let [input, output] =
        [&signature.input, &signature.output].map(|reference| model.target(reference));
    Some(OperationTree {
        name: operation.wire.clone(),
        method: operation.module.to_string(),
        input: walk.root("input", &module, &operation.input, input),
        output: walk.root("output", &module, &operation.output, output),
        errors: lower::errors_of(model, service, signature)
            .into_iter()
            .filter_map(|shape| walk.error(shape))
            .collect(),
    })
}

struct Walk<'a> {
    model: &'a Model,
    api: &'a Api,
    /// The types around the one at hand.
    around: Vec<&'a str>,
    /// The types that were shown whole.
    shown: Vec<&'a str>,
}

impl<'a> Walk<'a> {
    fn root(&mut self, name: &str, module: &str, record: &'a Record, shape: &Shape) -> Tree {
        Tree {
            name: name.to_owned(),
            ty: format!("{module}::{}", record.name),
            constraints: marks(&shape.traits),
            values: Vec::new(),
            children: self.fields(record, shape),
            ending: Ending::Whole,
        }
    }

    fn error(&mut self, shape: &Shape) -> Option<Tree> {
        let code = shape.id.name();
        let fault = self.api.faults.iter().find(|fault| fault.code == code)?;
        let mut tree = self.root(code, "types::error", &fault.record, shape);
        let kind = shape.traits.str("smithy.api#error");
        tree.constraints
            .extend(kind.map(|kind| format!("{kind} fault")));
        let retried = fault.retryable.map(|kind| match kind {
            api::RetryKind::Throttling => "retried as throttling",
            api::RetryKind::Client | api::RetryKind::Server => "retried",
        });
        tree.constraints.extend(retried.map(str::to_owned));
        Some(tree)
    }

    fn fields(&mut self, record: &'a Record, shape: &Shape) -> Vec<Tree> {
        let fields = record.fields.iter();
        fields.map(|field| self.field(field, shape)).collect()
    }

    fn field(&mut self, field: &'a Field, holder: &Shape) -> Tree {
        let mut tree = Tree {
            name: field.name.to_string(),
            ty: match field.presence {
                Presence::Optional => format!("Option<{}>", rust(&field.ty)),
                Presence::Required | Presence::Defaulted(_) => rust(&field.ty),
            },
            constraints: Vec::new(),
            values: Vec::new(),
            children: Vec::new(),
            ending: Ending::Whole,
        };
        if field.required {
            tree.constraints.push("required".to_owned());
        }
        if let Presence::Defaulted(literal) = &field.presence {
            tree.constraints.push(format!("default {}", value(literal)));
        }
        if field.idempotency_token {
            tree.constraints.push("filled when unset".to_owned());
        }
        // The message that every error has is not in the model of all.
        let member = holder.members().find(|member| member.name() == field.wire);
        if let Some(member) = member {
            tree.constraints.extend(marks(&member.traits));
            self.value(
                &field.ty,
                &member.traits,
                self.model.target(&member.target),
                &mut tree,
            );
        }
        if field.sensitive && !tree.constraints.iter().any(|one| one == "sensitive") {
            tree.constraints.push("sensitive".to_owned());
        }
        tree
    }

    /// Adds what is known of a value: what is asked of it and what it consists of. `traits` are those of the member, which
    /// count for more than those of its target.
    fn value(&mut self, ty: &'a Ty, traits: &Traits, shape: &Shape, tree: &mut Tree) {
        tree.constraints.extend(asked(traits, &shape.traits));
        match (ty, &shape.kind) {
            (Ty::List { element, .. }, ShapeKind::List { member }) => {
                self.held(
                    "each",
                    element,
                    &member.traits,
                    self.model.target(&member.target),
                    tree,
                );
            }
            (Ty::Map { value, .. }, ShapeKind::Map { key, value: member }) => {
                let keys = asked(&key.traits, &self.model.target(&key.target).traits);
                tree.constraints
                    .extend(keys.map(|asked| format!("keys: {asked}")));
                self.held(
                    "values",
                    value,
                    &member.traits,
                    self.model.target(&member.target),
                    tree,
                );
            }
            // An enum for the model and a number for Rust.
            (Ty::Integer, ShapeKind::IntEnum { members }) => {
                let value = |member: &Member| {
                    Some(
                        member
                            .traits
                            .get("smithy.api#enumValue")?
                            .as_number()?
                            .to_owned(),
                    )
                };
                tree.values = members.iter().filter_map(value).collect();
            }
            (Ty::Named(name) | Ty::Boxed(name), _) => self.named(name.name.as_str(), shape, tree),
            _ => {}
        }
    }

    /// Adds what is known of the values in a list or a map; what is asked of them says so.
    fn held(&mut self, of: &str, ty: &'a Ty, traits: &Traits, shape: &Shape, tree: &mut Tree) {
        let from = tree.constraints.len();
        self.value(ty, traits, shape, tree);
        for constraint in &mut tree.constraints[from..] {
            *constraint = format!("{of}: {constraint}");
        }
    }

    /// Adds what a type consists of.
    fn named(&mut self, name: &str, shape: &Shape, tree: &mut Tree) {
        let types = &self.api.types;
        let found = types.binary_search_by(|ty| ty.name().as_str().cmp(name));
        let Some(ty) = found.ok().map(|at| &types[at]) else {
            return;
        };
        let name = ty.name().as_str();
        if let Type::Enumeration(enumeration) = ty {
            let values = enumeration
                .variants
                .iter()
                .map(|variant| variant.wire.clone());
            tree.values = values.collect();
            return;
        }
        let ending = if self.around.contains(&name) {
            Ending::Recursive
        } else if self.shown.contains(&name) {
            Ending::Above
        } else if self.around.len() >= DEEPEST {
            Ending::Deep
        } else {
            Ending::Whole
        };
        if ending != Ending::Whole {
            tree.ending = ending;
            return;
        }
        self.around.push(name);
        tree.children = match ty {
            Type::Record(record) => self.fields(record, shape),
            Type::Union(union) => {
                let variants = union.variants.iter();
                variants
                    .map(|variant| self.variant(variant, shape))
                    .collect()
            }
            Type::Enumeration(_) => Vec::new(),
        };
        self.around.pop();
        self.shown.push(name);
    }

    fn variant(&mut self, variant: &'a Variant, holder: &Shape) -> Tree {
        let mut tree = Tree {
            name: variant.name.to_string(),
            ty: variant.ty.as_ref().map(rust).unwrap_or_default(),
            constraints: Vec::new(),
            values: Vec::new(),
            children: Vec::new(),
            ending: Ending::Whole,
        };
        let member = holder
            .members()
            .find(|member| member.name() == variant.wire);
        if let Some(member) = member {
            tree.constraints.extend(marks(&member.traits));
            if let Some(ty) = &variant.ty {
                self.value(
                    ty,
                    &member.traits,
                    self.model.target(&member.target),
                    &mut tree,
                );
            }
        }
        tree
    }
}

/// What the traits of a shape or a member say about how it is to be used.
fn marks(traits: &Traits) -> Vec<String> {
    let marks = [
        ("smithy.api#sensitive", "sensitive"),
        ("smithy.api#deprecated", "deprecated"),
        ("smithy.api#hostLabel", "part of the host"),
    ];
    let marks = marks.into_iter().filter(|(id, _)| traits.has(id));
    marks.map(|(_, mark)| mark.to_owned()).collect()
}

/// What is asked of a value by a member and its target.
fn asked(member: &Traits, target: &Traits) -> impl Iterator<Item = String> {
    let find = |id: &str| member.get(id).or_else(|| target.get(id));
    let span = |word: &'static str, node: &Node| {
        let end = |key: &str| node.get(key).and_then(Node::as_number);
        match (end("min"), end("max")) {
            (Some(min), Some(max)) if min == max => format!("{word} {min}"),
            (min, max) => {
                let max = max.map_or_else(String::new, |max| format!("={max}"));
                format!("{word} {}..{max}", min.unwrap_or_default())
            }
        }
    };
    let pattern = find("smithy.api#pattern").and_then(Node::as_str);
    let asked = [
        find("smithy.api#length").map(|node| span("length", node)),
        find("smithy.api#range").map(|node| span("range", node)),
        pattern.map(|pattern| format!("pattern {pattern}")),
        find("smithy.api#uniqueItems").map(|_| "unique items".to_owned()),
        find("smithy.api#streaming").map(|_| "stream".to_owned()),
    ];
    asked.into_iter().flatten()
}

/// A type as its users write it, without the paths of modules.
fn rust(ty: &Ty) -> String {
    ty.spelled(&|named| named.name.to_string())
}

fn value(literal: &Literal) -> String {
    match literal {
        Literal::Boolean(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::Timestamp(seconds, 0) => format!("{seconds} s after 1970"),
        Literal::Timestamp(seconds, nanos) => format!("{seconds}.{nanos:09} s after 1970"),
        Literal::String(text) => format!("{text:?}"),
        Literal::Blob(bytes) => format!("{} bytes", bytes.len()),
        Literal::EmptyList => "[]".to_owned(),
        Literal::EmptyMap => "{}".to_owned(),
    }
}
