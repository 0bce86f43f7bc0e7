//! How the printed things are called: types, faults and operations, each in the scope where it stands.

use std::collections::HashMap;

use super::closure::Closure;
use crate::list::List as _;
use crate::model::{Shape, ShapeKind};
use crate::names::{Name, Scope, Style, pascal, snake};

/// The names of all that has one of its own, by shape id.
#[derive(Debug)]
pub(super) struct Names<'m> {
    types: HashMap<&'m str, TypeNames>,
    faults: HashMap<&'m str, FaultNames>,
    operations: HashMap<&'m str, OperationNames>,
}

/// What a type is called.
#[derive(Debug, Clone)]
pub(super) struct TypeNames {
    pub(super) name: Name,
    pub(super) builder: Name,
    pub(super) module: Name,
}

/// What an error is called.
#[derive(Debug, Clone)]
pub(super) struct FaultNames {
    pub(super) names: TypeNames,
    /// For `is_x`.
    pub(super) snake: Name,
}

/// What an operation and what belongs to it is called.
#[derive(Debug, Clone)]
pub(super) struct OperationNames {
    pub(super) name: Name,
    pub(super) module: Name,
    pub(super) input: TypeNames,
    pub(super) output: TypeNames,
    pub(super) error: Name,
    pub(super) fluent: Name,
    pub(super) paginator: Name,
    pub(super) items: Name,
}

impl<'m> Names<'m> {
    /// Names everything, in the order of the shape ids, so that the names do not depend on where a shape stands.
    pub(super) fn of(
        service: &'m Shape,
        operations: &[&'m Shape],
        closure: &Closure<'m>,
    ) -> Names<'m> {
        let renames = Renames::of(service);
        let types: Vec<&Shape> = closure.types().map(|(shape, _)| shape).list();
        Names {
            types: type_names(&types, &renames),
            faults: fault_names(&closure.errors, &renames),
            operations: operation_names(operations, &renames),
        }
    }

    /// The names of a type of the closure.
    pub(super) fn of_type(&self, shape: &Shape) -> Option<&TypeNames> {
        self.types.get(shape.id.as_str())
    }

    /// The names of an error of the closure.
    pub(super) fn of_fault(&self, shape: &Shape) -> Option<&FaultNames> {
        self.faults.get(shape.id.as_str())
    }

    /// The names of a chosen operation.
    pub(super) fn of_operation(&self, shape: &Shape) -> Option<&OperationNames> {
        self.operations.get(shape.id.as_str())
    }
}

/// Other names that the service gives to shapes.
struct Renames<'m>(HashMap<&'m str, &'m str>);

impl<'m> Renames<'m> {
    fn of(service: &'m Shape) -> Renames<'m> {
        let renames = service
            .as_service()
            .into_iter()
            .flat_map(|service| &service.rename);
        Renames(
            renames
                .map(|(reference, name)| (reference.id.as_str(), name.as_str()))
                .collect(),
        )
    }

    fn name(&self, shape: &'m Shape) -> &'m str {
        self.0
            .get(shape.id.as_str())
            .copied()
            .unwrap_or(shape.id.name())
    }
}

fn type_names<'m>(shapes: &[&'m Shape], renames: &Renames<'m>) -> HashMap<&'m str, TypeNames> {
    let wishes: Vec<String> = shapes
        .iter()
        .map(|shape| pascal(renames.name(shape)))
        .list();
    let mut types = Scope::new(Style::Pascal).expect(wishes.iter().map(String::as_str));
    let mut builders = Scope::new(Style::Pascal);
    let mut modules = Scope::new(Style::Snake).reserve(&[
        "error", "builders", "types",
        // Its file would be taken for that of the module around it.
        "mod",
    ]);
    let mut names = |wish: &str| {
        let name = types.claim(wish);
        TypeNames {
            builder: builders.claim(&builder(&name)),
            module: modules.claim(&snake(name.plain())),
            name,
        }
    };
    shapes
        .iter()
        .zip(&wishes)
        .map(|(shape, wish)| (shape.id.as_str(), names(wish)))
        .collect()
}

/// The name of a type's builder. An underscore that tells the type from another would stand amid the words.
fn builder(name: &Name) -> String {
    format!("{}Builder", name.plain().trim_end_matches('_'))
}

fn fault_names<'m>(shapes: &[&'m Shape], renames: &Renames<'m>) -> HashMap<&'m str, FaultNames> {
    let wishes: Vec<String> = shapes
        .iter()
        .map(|shape| pascal(renames.name(shape)))
        .list();
    // Each is also a variant of `Error`, where `Unhandled` stands for all others.
    let mut types = Scope::new(Style::Pascal)
        .reserve(&["Unhandled"])
        .expect(wishes.iter().map(String::as_str));
    let mut builders = Scope::new(Style::Pascal);
    let mut modules = Scope::new(Style::Snake).reserve(&["builders", "mod"]);
    let mut methods = Scope::new(Style::Snake);
    let mut names = |wish: &str| {
        let name = types.claim(wish);
        let snake = snake(name.plain());
        let builder = builders.claim(&builder(&name));
        FaultNames {
            snake: methods.claim(&snake),
            names: TypeNames {
                builder,
                module: modules.claim(&snake),
                name,
            },
        }
    };
    shapes
        .iter()
        .zip(&wishes)
        .map(|(shape, wish)| (shape.id.as_str(), names(wish)))
        .collect()
}

/// Methods of the client that are no operations, and a module whose file would be taken for that of the one around it.
const CLIENT_METHODS: [&str; 5] = [
    "mod",
    "new",
    "from_conf",
    "config",
    "with_endpoint_discovery_enabled",
];

fn operation_names<'m>(
    shapes: &[&'m Shape],
    renames: &Renames<'m>,
) -> HashMap<&'m str, OperationNames> {
    let wishes: Vec<String> = shapes
        .iter()
        .map(|shape| capitalized(renames.name(shape)))
        .list();
    let snakes: Vec<String> = wishes.iter().map(|wish| snake(wish)).list();
    let mut types = Scope::new(Style::Pascal).expect(wishes.iter().map(String::as_str));
    let mut modules = Scope::new(Style::Snake)
        .reserve(&CLIENT_METHODS)
        .expect(snakes.iter().map(String::as_str));
    let mut names = HashMap::new();
    for (shape, wish) in shapes.iter().zip(&wishes) {
        let name = types.claim(wish);
        let module = modules.claim(&snake(name.plain()));
        names.insert(shape.id.as_str(), operation(name, module));
    }
    names
}

/// An operation as the official SDKs spell it: as the model does, but for the first letter of each word between
/// underscores, which no type has.
fn capitalized(name: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        let first = chars.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(chars).collect::<String>()
    };
    name.split('_').map(word).collect()
}

/// The names inside the modules of an operation, each of which is a scope of its own.
fn operation(name: Name, module: Name) -> OperationNames {
    let (exact, pascal) = (name.plain().to_owned(), pascal(name.plain()));
    let mut items = Scope::new(Style::Pascal).reserve(&[&exact]);
    let mut builders = Scope::new(Style::Pascal);
    let mut paginators = Scope::new(Style::Pascal);
    let mut types = |what: &str| {
        let name = items.claim(&format!("{pascal}{what}"));
        TypeNames {
            builder: builders.claim(&builder(&name)),
            module: module.clone(),
            name,
        }
    };
    let (input, output) = (types("Input"), types("Output"));
    OperationNames {
        error: items.claim(&format!("{exact}Error")),
        fluent: builders.claim(&format!("{exact}FluentBuilder")),
        paginator: paginators.claim(&format!("{pascal}Paginator")),
        items: paginators.claim(&format!("{pascal}PaginatorItems")),
        input,
        output,
        name,
        module,
    }
}

/// What a field is called, its setter and its getter.
#[derive(Debug, Clone)]
pub(super) struct FieldNames {
    pub(super) name: Name,
    pub(super) setter: Name,
    pub(super) getter: Name,
}

/// Methods and fields that the printer itself gives to structs, builders and fluent builders.
const RESERVED_FIELDS: [&str; 18] = [
    "new",
    "build",
    "builder",
    "default",
    "send",
    "send_with",
    "customize",
    "meta",
    "make_operation",
    "presigned",
    "as_input",
    "into_paginator",
    "config_override",
    "set_config_override",
    "build_or_zero",
    "read_json",
    "write_json",
    "wait",
];

/// Names the fields of a structure, in its order.
pub(super) fn fields<'a>(members: impl Iterator<Item = &'a str>) -> Vec<FieldNames> {
    fields_beside(&[], members)
}

/// Names the fields of an error, in its order; it is read from an answer, and its builder has a setter for what is known of
/// every error.
pub(super) fn fault_fields<'a>(members: impl Iterator<Item = &'a str>) -> Vec<FieldNames> {
    fields_beside(&["from_response", "set_meta"], members)
}

fn fields_beside<'a>(others: &[&str], members: impl Iterator<Item = &'a str>) -> Vec<FieldNames> {
    let wishes: Vec<String> = members.map(snake).list();
    let mut scope = Scope::new(Style::Snake)
        .reserve(&RESERVED_FIELDS)
        .reserve(others)
        .expect(wishes.iter().map(String::as_str));
    let names = wishes.iter().map(|wish| {
        let [name, setter, getter] = scope.claim_all(wish, ["", "set_", "get_"]);
        FieldNames {
            name,
            setter,
            getter,
        }
    });
    names.list()
}

/// Names the variants of an enum or a union: each with its snake case, and the one for all other values.
pub(super) fn variants<'a>(texts: impl Iterator<Item = &'a str>) -> (Vec<(Name, Name)>, Name) {
    let wishes: Vec<String> = texts.map(variant).list();
    let mut scope = Scope::new(Style::Pascal)
        .reserve(&["Unknown"])
        .expect(wishes.iter().map(String::as_str));
    let mut methods = Scope::new(Style::Snake).reserve(&["unknown"]);
    let mut names = |wish: &String| {
        let name = scope.claim(wish);
        let snake = methods.claim(&snake(name.plain()));
        (name, snake)
    };
    let names = wishes.iter().map(&mut names).list();
    (names, Scope::new(Style::Pascal).claim("Unknown"))
}

/// The name of a variant; one that has no letters and digits is spelt by its code points.
fn variant(text: &str) -> String {
    let name = pascal(text);
    if !name.is_empty() {
        return name;
    }
    if text.is_empty() {
        return "Empty".to_owned();
    }
    text.chars()
        .map(|c| format!("U{:x}", u32::from(c)))
        .collect()
}

/// The values of an enum, be it written in Smithy 1.0 or 2.0: the name it goes by and its text.
pub(crate) fn enum_values(shape: &Shape) -> Vec<EnumValue<'_>> {
    let mut values: Vec<EnumValue<'_>> = match &shape.kind {
        ShapeKind::Enum { members } => members
            .iter()
            .map(|member| EnumValue {
                name: member.name(),
                text: member
                    .traits
                    .str("smithy.api#enumValue")
                    .unwrap_or(member.name()),
                doc: member.traits.str("smithy.api#documentation"),
                deprecated: super::docs::deprecated(&member.traits),
            })
            .list(),
        _ => enum_trait(shape),
    };
    let mut seen = std::collections::HashSet::new();
    values.retain(|value| seen.insert(value.text));
    values
}

/// One value of an enum.
#[derive(Debug)]
pub(crate) struct EnumValue<'m> {
    pub(crate) name: &'m str,
    pub(crate) text: &'m str,
    pub(crate) doc: Option<&'m str>,
    pub(crate) deprecated: Option<String>,
}

/// The values of the trait `enum` of Smithy 1.0, where the name may be missing.
fn enum_trait(shape: &Shape) -> Vec<EnumValue<'_>> {
    let definitions = shape
        .traits
        .get("smithy.api#enum")
        .and_then(|node| node.as_array())
        .unwrap_or_default();
    let values = definitions.iter().filter_map(|node| {
        let text = |key: &str| node.get(key).and_then(|node| node.as_str());
        let deprecated = node
            .get("deprecated")
            .and_then(|node| node.as_bool())
            .unwrap_or_default();
        Some(EnumValue {
            name: text("name").or(text("value"))?,
            text: text("value")?,
            doc: text("documentation"),
            deprecated: deprecated.then(String::new),
        })
    });
    values.list()
}
