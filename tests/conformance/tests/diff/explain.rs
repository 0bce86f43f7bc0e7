//! Which lines of a listing a change of an item accounts for.

use crate::listing::Line;

/// Whether an item and what belongs to it, such as the setters of a field, is what a line is about.
pub(crate) fn explains(item: &str, line: &Line) -> bool {
    let item = item.replace("r#", "");
    paths(line).iter().any(|path| {
        let path = path.replace("r#", "");
        is_in(&item, &path) || belongs(&item, &path)
    })
}

/// The path of an item; of an implementation all that it names.
fn paths(line: &Line) -> Vec<String> {
    if !matches!(line.kind.as_str(), "impl" | "auto") {
        return vec![line.path.clone()];
    }
    let text = format!("{} {}", line.path, line.signature);
    let named = text.split("crate::").skip(1);
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    named
        .map(|rest| {
            let end = rest.find(|c: char| !is_path(c)).unwrap_or(rest.len());
            rest[..end].trim_end_matches(':').to_owned()
        })
        .collect()
}

fn is_in(item: &str, path: &str) -> bool {
    path.strip_prefix(item)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// What stands elsewhere, but comes and goes with the item.
fn belongs(item: &str, path: &str) -> bool {
    let parts: Vec<&str> = item.split("::").collect();
    match parts.as_slice() {
        // The list shows `client::Client` and the like by their shorter paths.
        ["client", "Client", method] => path == format!("Client::{method}"),
        ["operation", module] => path == format!("Client::{module}"),
        ["operation", module, "paginator"] => {
            is_in(&format!("operation::{module}::builders"), path)
                && path.ends_with("::into_paginator")
        }
        ["operation", module, "paginator", items] if items.ends_with("Items") => {
            is_in(&format!("operation::{module}::paginator"), path)
                && path.ends_with("Paginator::items")
        }
        // Signatures that name it.
        ["operation", module, "builders", builder] if builder.ends_with("FluentBuilder") => {
            path == format!("Client::{module}")
        }
        ["operation", module, error, fault] if error.ends_with("Error") => {
            let error = format!("operation::{module}::{error}");
            is_method(path, &error, &["is_"], fault)
        }
        ["operation", module, _, field] => {
            let near = [
                format!("operation::{module}::builders"),
                "waiters".to_owned(),
            ];
            near.iter().any(|near| {
                is_in(near, path) && is_method(path, holder(path), &["", "set_", "get_"], field)
            })
        }
        ["operation", module, name] => {
            let builders = format!("operation::{module}::builders");
            is_in(&format!("{builders}::{name}Builder"), path)
                || (is_in(&builders, path) && path.ends_with("Builder::send_with"))
        }
        ["types", "error", fault, rest @ ..] => {
            let builder = format!("types::error::builders::{fault}Builder");
            is_of_builder(path, &builder, rest) || path == format!("Error::{fault}")
        }
        ["types", ty, rest @ ..] => {
            let (ty, builder) = (
                format!("types::{ty}"),
                format!("types::builders::{ty}Builder"),
            );
            let of_variant = |name: &&&str| is_method(path, &ty, &["as_", "is_"], name);
            is_of_builder(path, &builder, rest)
                || rest.first().is_some_and(|name| of_variant(&name))
        }
        ["waiters", module] => {
            let method = format!("client::Waiters::wait_until_{module}");
            // The first waiter brings the trait and the module, the last one takes them away.
            path == method || matches!(path, "waiters" | "client::Waiters" | "Client")
        }
        ["config", "Builder", setting] => {
            is_method(path, "config::Builder", &["set_"], setting)
                || path == format!("Config::{setting}")
        }
        ["config", "endpoint", "Params", param] => is_method(
            path,
            "config::endpoint::ParamsBuilder",
            &["", "set_"],
            param,
        ),
        _ => false,
    }
}

/// Whether this is a builder, or of a field a method of it.
fn is_of_builder(path: &str, builder: &str, field: &[&str]) -> bool {
    match field {
        [] => is_in(builder, path),
        [field, ..] => is_method(path, builder, &["", "set_", "get_"], field),
    }
}

/// Whether this is a method of a type that is called after something; case and underscores do not count.
fn is_method(path: &str, holder: &str, prefixes: &[&str], name: &str) -> bool {
    let plain = |text: &str| text.replace('_', "").to_lowercase();
    path.strip_prefix(holder)
        .and_then(|rest| rest.strip_prefix("::"))
        .is_some_and(|method| {
            let mut names = prefixes
                .iter()
                .filter_map(|prefix| method.strip_prefix(prefix));
            names.any(|method| plain(method) == plain(name))
        })
}

/// The path of what holds an item.
fn holder(path: &str) -> &str {
    path.rsplit_once("::").map_or("", |(holder, _)| holder)
}
