//! One file's JSON to shapes: the properties of the AST, each checked for its form.

mod overlay;
mod parts;

use super::draft::{Apply, Draft};
use super::id::{ShapeId, is_identifier};
use super::merge;
use super::node::{Entry, Node, Object, Value};
use super::shape::{Operation, Reference, Resource, Service, Shape, ShapeKind};
use super::source::{Files, Role, Version};
use super::traits::Trait;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use parts::{Parts, Properties};

/// The simple types, of which an AST node has no properties of its own.
const SIMPLE: [(&str, ShapeKind); 13] = [
    ("blob", ShapeKind::Blob),
    ("boolean", ShapeKind::Boolean),
    ("string", ShapeKind::String),
    ("byte", ShapeKind::Byte),
    ("short", ShapeKind::Short),
    ("integer", ShapeKind::Integer),
    ("long", ShapeKind::Long),
    ("float", ShapeKind::Float),
    ("double", ShapeKind::Double),
    ("bigInteger", ShapeKind::BigInteger),
    ("bigDecimal", ShapeKind::BigDecimal),
    ("timestamp", ShapeKind::Timestamp),
    ("document", ShapeKind::Document),
];

/// The other types.
const AGGREGATE: [&str; 11] = [
    "enum",
    "intEnum",
    "list",
    "set",
    "map",
    "structure",
    "union",
    "service",
    "resource",
    "operation",
    "apply",
];

/// Adds what a file says to the draft.
///
/// See [top level properties](https://smithy.io/2.0/spec/json-ast.html#top-level-properties).
pub(super) fn file(
    root: Node,
    files: &mut Files,
    draft: &mut Draft,
    diagnostics: &mut Diagnostics,
) {
    let file = root.span.file;
    let version = version(&root, files, diagnostics);
    files.set_version(file, version.unwrap_or(Version::V2));
    let Value::Object(object) = root.value else {
        draft.partial = true;
        return;
    };
    if version.is_none() && !object.iter().any(|(key, _)| key == "shapes") {
        // Not a model at all: that has been said, and there is nothing to read.
        draft.partial = true;
        return;
    }
    let has = |key: &str| object.get(key).is_some_and(|node| !node.is_empty());
    let is_idle = files.role(file) == Role::Overlay && !has("shapes") && !has("metadata");
    let mut parts = Parts::new(files, diagnostics);
    if is_idle {
        overlay::idle(root.span, &mut parts);
    }
    let mut properties = Properties::new(object, root.span);
    properties.take("smithy");
    if let Some(entry) = properties.take("metadata")
        && let Some(metadata) = parts.object(entry.value, "`metadata`", None)
    {
        metadata_forms(&metadata, &mut parts);
        merge::metadata(&mut draft.metadata, metadata, parts.reporter());
    }
    if let Some(entry) = properties.take("shapes") {
        for entry in parts
            .object(entry.value, "`shapes`", None)
            .into_iter()
            .flat_map(|it| it.entries)
        {
            shape(entry, draft, &mut parts);
        }
    }
    parts.finish(properties, None);
}

/// The version a file says it has; `None`, and a fault, where that is no version of Smithy.
fn version(root: &Node, files: &Files, diagnostics: &mut Diagnostics) -> Option<Version> {
    let mut fault =
        |code, message: String, node: &Node| {
            let fault = Diagnostic::error(code, message).at(files, node.span);
            diagnostics.push(fault.help(
                "a model in Smithy's JSON AST begins with {\"smithy\": \"2.0\", \"shapes\": {",
            ));
        };
    let Some(object) = root.as_object() else {
        fault(
            Code::NotSmithy,
            format!(
                "this is not a Smithy model: expected an object, found {}",
                root.kind()
            ),
            root,
        );
        return None;
    };
    let Some(version) = object.get("smithy") else {
        fault(
            Code::NotSmithy,
            "this is not a Smithy model: it has no property `smithy`".to_owned(),
            root,
        );
        return None;
    };
    let Some(text) = version.as_str() else {
        let message = format!("expected `smithy` to be a string, found {}", version.kind());
        fault(Code::UnknownVersion, message, version);
        return None;
    };
    let minor_of = |major: &str| match text.strip_prefix(major)?.strip_prefix('.') {
        Some(minor) => Some(minor),
        None => (text == major).then_some("0"),
    };
    if minor_of("1") == Some("0") {
        return Some(Version::V1);
    }
    if minor_of("2")
        .is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|b| b.is_ascii_digit()))
    {
        return Some(Version::V2);
    }
    let fault = Diagnostic::error(
        Code::UnknownVersion,
        format!("the Smithy version {} is not known", quoted(text)),
    );
    diagnostics.push(
        fault
            .at(files, version.span)
            .help("versions 1.0 and 2.x are"),
    );
    None
}

/// The forms of the [metadata that Smithy defines](https://smithy.io/2.0/spec/model.html#model-metadata).
fn metadata_forms(metadata: &Object, parts: &mut Parts<'_>) {
    for key in ["validators", "suppressions"] {
        if let Some(node) = metadata.get(key).filter(|node| node.as_array().is_none()) {
            let message = format!(
                "expected the metadata `{key}` to be an array, found {}",
                node.kind()
            );
            parts.wrong_form(node.span, message, None);
        }
    }
}

/// Reads one entry of `shapes`.
fn shape(entry: Entry, draft: &mut Draft, parts: &mut Parts<'_>) {
    let Some(id) = parts.shape_id(&entry.key, entry.key_span, None) else {
        return;
    };
    parts.faulty = false;
    let Some(object) = parts.object(entry.value, "a shape", Some(&id)) else {
        draft.broken.insert(id);
        return;
    };
    let mut properties = Properties::new(object, entry.key_span);
    let kind = parts.required(&mut properties, "type", &id).and_then(|it| {
        let span = it.span;
        Some((parts.string(it, "`type`", Some(&id))?, span))
    });
    let Some((type_name, type_span)) = kind else {
        draft.broken.insert(id);
        return;
    };
    let mut traits = parts.traits(&mut properties, &id);
    let is_apply = type_name == "apply";
    let (patch, rename) = overlay::take(&mut traits, &id, is_apply, parts);
    if is_apply {
        parts.finish(properties, Some(&id));
        let apply = Apply {
            id,
            traits,
            patch,
            rename,
            span: entry.key_span,
        };
        if apply.is_empty() && !parts.faulty {
            overlay::without_effect(&apply, parts);
        }
        draft.applies.push(apply);
        return;
    }
    if id.member().is_some() {
        let message = format!(
            "this is the id of a member, and a {} is none",
            quoted(&type_name)
        );
        parts
            .reporter()
            .error(Code::BadShapeId, &id, entry.key_span, message);
        return;
    }
    let mixins = parts.references(&mut properties, "mixins", &id);
    parts.may_inherit = !mixins.is_empty();
    let Some(kind) = kind_of(&type_name, &id, &mut properties, parts) else {
        if !SIMPLE.iter().any(|(name, _)| *name == type_name)
            && !AGGREGATE.contains(&type_name.as_str())
        {
            unknown_type(&type_name, &id, type_span, parts);
        }
        draft.broken.insert(id);
        return;
    };
    if type_name == "set" && !traits.has("smithy.api#uniqueItems") {
        traits
            .list
            .push(Trait::mark("smithy.api#uniqueItems", type_span));
    }
    parts.finish(properties, Some(&id));
    if parts.faulty {
        draft.broken.insert(id.clone());
    }
    let shape = Shape {
        id,
        kind,
        traits,
        mixins,
        span: entry.key_span,
    };
    merge::shape(draft, shape, parts.reporter());
}

fn unknown_type(name: &str, id: &ShapeId, span: super::Span, parts: &mut Parts<'_>) {
    let known = SIMPLE.iter().map(|(name, _)| *name).chain(AGGREGATE);
    let help = parts.reporter().suggest(name, known);
    let mut fault = Diagnostic::error(
        Code::UnknownShapeType,
        format!("the shape type {} is not known", quoted(name)),
    );
    fault.help = help;
    let fault = fault.on(id).at(parts.files(), span);
    parts.reporter().push(fault);
}

/// Reads what a type of shape has; `None` when the type is not known or lacks what it cannot be without.
fn kind_of(
    name: &str,
    id: &ShapeId,
    properties: &mut Properties,
    parts: &mut Parts<'_>,
) -> Option<ShapeKind> {
    if let Some((_, kind)) = SIMPLE.iter().find(|(simple, _)| *simple == name) {
        return Some(kind.clone());
    }
    Some(match name {
        "enum" => ShapeKind::Enum {
            members: parts.members(properties, id),
        },
        "intEnum" => ShapeKind::IntEnum {
            members: parts.members(properties, id),
        },
        "structure" => ShapeKind::Structure {
            members: parts.members(properties, id),
        },
        "union" => ShapeKind::Union {
            members: parts.members(properties, id),
        },
        "list" | "set" => ShapeKind::List {
            member: parts.required_member(properties, "member", id)?,
        },
        "map" => {
            let key = parts.required_member(properties, "key", id);
            let value = parts.required_member(properties, "value", id);
            ShapeKind::Map {
                key: key?,
                value: value?,
            }
        }
        "service" => ShapeKind::Service(Box::new(service(id, properties, parts))),
        "resource" => ShapeKind::Resource(Box::new(resource(id, properties, parts))),
        "operation" => ShapeKind::Operation(Box::new(operation(id, properties, parts))),
        _ => return None,
    })
}

fn service(id: &ShapeId, properties: &mut Properties, parts: &mut Parts<'_>) -> Service {
    let version = properties
        .take("version")
        .and_then(|it| parts.string(it.value, "`version`", Some(id)));
    Service {
        version: version.unwrap_or_default(),
        operations: parts.references(properties, "operations", id),
        resources: parts.references(properties, "resources", id),
        errors: parts.references(properties, "errors", id),
        rename: rename(id, properties, parts),
    }
}

fn rename(
    id: &ShapeId,
    properties: &mut Properties,
    parts: &mut Parts<'_>,
) -> Vec<(Reference, String)> {
    let Some(entry) = properties.take("rename") else {
        return Vec::new();
    };
    renames(entry.value, "`rename`", id, parts)
}

/// Reads other names for shapes, by their ids.
fn renames(
    node: Node,
    what: &str,
    id: &ShapeId,
    parts: &mut Parts<'_>,
) -> Vec<(Reference, String)> {
    let Some(object) = parts.object(node, what, Some(id)) else {
        return Vec::new();
    };
    let mut renames = Vec::new();
    for entry in object.entries {
        let span = entry.value.span;
        let from = parts.shape_id(&entry.key, entry.key_span, Some(id));
        let to = parts.string(entry.value, "the new name", Some(id));
        let (Some(from), Some(to)) = (from, to) else {
            continue;
        };
        if !is_identifier(&to) {
            let message = format!("{} is not a valid name for a shape", quoted(&to));
            let help = "a name has letters, digits and underscores, and begins with a letter";
            parts.wrong_form_with(span, message, help, id);
            continue;
        }
        renames.push((
            Reference {
                id: from,
                span: entry.key_span,
            },
            to,
        ));
    }
    renames
}

fn resource(id: &ShapeId, properties: &mut Properties, parts: &mut Parts<'_>) -> Resource {
    let found = properties.find("properties");
    if let Some(span) = found.filter(|span| parts.files().version(span.file) == Version::V1) {
        let message =
            "resource properties belong to Smithy 2.0, and this file says it is 1.0".to_owned();
        parts.wrong_form(span, message, Some(id));
    }
    Resource {
        identifiers: parts.named_references(properties, "identifiers", id),
        properties: parts.named_references(properties, "properties", id),
        create: parts.reference(properties, "create", id),
        put: parts.reference(properties, "put", id),
        read: parts.reference(properties, "read", id),
        update: parts.reference(properties, "update", id),
        delete: parts.reference(properties, "delete", id),
        list: parts.reference(properties, "list", id),
        operations: parts.references(properties, "operations", id),
        collection_operations: parts.references(properties, "collectionOperations", id),
        resources: parts.references(properties, "resources", id),
    }
}

fn operation(id: &ShapeId, properties: &mut Properties, parts: &mut Parts<'_>) -> Operation {
    let unit = Reference::unit(properties.span);
    Operation {
        input: parts
            .reference(properties, "input", id)
            .unwrap_or_else(|| unit.clone()),
        output: parts.reference(properties, "output", id).unwrap_or(unit),
        errors: parts.references(properties, "errors", id),
    }
}
