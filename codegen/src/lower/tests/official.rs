//! The public names and types of KMS against those of the official crate.

use std::collections::BTreeSet;
use std::io::{Write as _, stderr};

use super::{file, kms};
use crate::api::{Api, Field, Record, Ty, Type};

/// The API of the official crate as text; it belongs to others and may be absent.
const OFFICIAL: &str = "../shared/api/aws-sdk-kms-1.129.0.txt";

#[test]
fn names_and_field_types_are_those_of_the_official_crate() {
    let Some(text) = file(OFFICIAL) else {
        // Not captured by the test harness: that nothing was compared is to be seen in every run.
        writeln!(stderr(), "absent, nothing compared: {OFFICIAL}").ok();
        return;
    };
    let text = String::from_utf8_lossy(&text).into_owned();
    let items = text
        .lines()
        .skip_while(|line| *line != "## items")
        .take_while(|line| *line != "## auto traits");
    let official: BTreeSet<String> = items.filter_map(item).collect();
    let ours: BTreeSet<String> = items_of(&kms(&[]));
    let missing: Vec<_> = official.difference(&ours).collect();
    // The model is newer than the crate in one member.
    let is_new =
        |item: &str| item.contains("resource_owners") || item.contains("ResourceOwnerType");
    let more: Vec<_> = ours
        .difference(&official)
        .filter(|item| !is_new(item))
        .collect();
    assert!(
        missing.is_empty() && more.is_empty(),
        "missing: {missing:#?}\nmore: {more:#?}"
    );
    assert!(ours.len() > 3000, "{}", ours.len());
}

/// A line of the official list as `items_of` writes it; `None` for what the model does not decide.
fn item(line: &str) -> Option<String> {
    let mut parts = line.split('\t');
    let (kind, path, rest) = (
        parts.next()?,
        parts.next()?,
        parts.next().unwrap_or_default(),
    );
    let modelled = [
        "crate::types::",
        "crate::operation::",
        "crate::Error::",
        "crate::Client::",
    ]
    .iter()
    .any(|root| path.starts_with(root));
    let fixed = [
        "::meta",
        "::set_meta",
        "::builder",
        "::build",
        "::unhandled",
        "::generic",
        "::send",
        "::send_with",
        "::as_input",
        "::customize",
        "::new",
        "::from_conf",
        "::config",
        "::Unhandled",
        "::Unknown",
        "::as_str",
        "::values",
        "::try_parse",
        "::into_paginator",
        "::items",
        "::page_size",
        "::stop_on_duplicate_token",
        "crate::Error::RequestId",
    ];
    if !modelled
        || fixed
            .iter()
            .any(|end| path.ends_with(end) && kind != "field")
    {
        return None;
    }
    match kind {
        "struct" | "enum" | "variant" | "method" => Some(path.to_owned()),
        "field" => Some(format!("{path}: {rest}")),
        _ => None,
    }
}

fn items_of(api: &Api) -> BTreeSet<String> {
    let mut items = BTreeSet::new();
    for operation in &api.operations {
        let module = format!("crate::operation::{}", operation.module);
        items.insert(format!("crate::Client::{}", operation.module));
        items.insert(format!("{module}::{}", operation.name));
        items.insert(format!("{module}::{}", operation.error));
        for name in &operation.faults {
            items.insert(format!("{module}::{}::{name}", operation.error));
        }
        let faults = api
            .faults
            .iter()
            .filter(|fault| operation.faults.contains(&fault.record.name));
        items.extend(
            faults.map(|fault| format!("{module}::{}::is_{}", operation.error, fault.snake)),
        );
        record(&operation.input, &module, &mut items);
        record(&operation.output, &module, &mut items);
        builder(
            &operation.input,
            &format!("{module}::builders::{}", operation.fluent),
            &mut items,
        );
        if let Some(paginator) = &operation.paginator {
            items.insert(format!("{module}::paginator::{}", paginator.name));
            items.extend(
                paginator
                    .items
                    .as_ref()
                    .map(|_| format!("{module}::paginator::{}", paginator.items_name)),
            );
        }
    }
    for ty in &api.types {
        match ty {
            Type::Record(it) => record(it, "crate::types", &mut items),
            Type::Enumeration(it) => {
                items.insert(format!("crate::types::{}", it.name));
                items.extend(
                    it.variants
                        .iter()
                        .map(|variant| format!("crate::types::{}::{}", it.name, variant.name)),
                );
            }
            Type::Union(it) => panic!("KMS has no union: {it:?}"),
        }
    }
    for fault in &api.faults {
        items.insert(format!("crate::Error::{}", fault.record.name));
        record(&fault.record, "crate::types::error", &mut items);
    }
    items
}

fn record(record: &Record, module: &str, items: &mut BTreeSet<String>) {
    let path = format!("{module}::{}", record.name);
    for field in &record.fields {
        items.insert(format!("{path}::{}: {}", field.name, field_type(field)));
        items.insert(format!("{path}::{}", field.name));
    }
    builder(
        record,
        &format!("{module}::builders::{}", record.builder),
        items,
    );
    items.insert(path);
}

fn builder(record: &Record, path: &str, items: &mut BTreeSet<String>) {
    for field in &record.fields {
        items.extend(
            [&field.name, &field.setter, &field.getter].map(|name| format!("{path}::{name}")),
        );
    }
    items.insert(path.to_owned());
}

/// The type of a field as the list writes it; a secret has the same type as any other.
fn field_type(field: &Field) -> String {
    let ty = type_name(&field.ty);
    if field.optional() {
        format!("std::option::Option<{ty}>")
    } else {
        ty
    }
}

fn type_name(ty: &Ty) -> String {
    match ty {
        Ty::Boolean => "bool".to_owned(),
        Ty::Integer => "i32".to_owned(),
        Ty::Long => "i64".to_owned(),
        Ty::String => "std::string::String".to_owned(),
        Ty::Blob => "aws_smithy_types::blob::Blob".to_owned(),
        Ty::Timestamp(_) => "aws_smithy_types::date_time::DateTime".to_owned(),
        Ty::Named(name) => format!("crate::types::{}", name.name),
        Ty::List {
            element,
            sparse: false,
        } => format!("std::vec::Vec<{}>", type_name(element)),
        Ty::Map {
            key: None,
            value,
            sparse: false,
        } => {
            format!(
                "std::collections::hash::map::HashMap<std::string::String, {}>",
                type_name(value)
            )
        }
        other => format!("{other:?}"),
    }
}
