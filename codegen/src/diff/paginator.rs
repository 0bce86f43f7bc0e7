//! Paginators: an operation page after page, or item after item.

use super::change::{Found, Kind, Subject};
use super::operation::Operations;
use super::rust;
use crate::api::{Field, Paginator};

/// The trait of operations that have pages.
const PAGINATED: &str = "smithy.api#paginated";

/// Compares the paginators of an operation.
pub(super) fn compare(found: &mut Found, operation: &Subject<'_>, operations: Operations<'_>) {
    let (old, new) = (&operations.old.paginator, &operations.new.paginator);
    let module = format!("{}::paginator", operation.item);
    let subject = operation.called(module);
    match (old, new) {
        (None, None) => {}
        (None, Some(_)) => {
            let sentence = "`into_paginator` goes through its pages.";
            found.push_at(PAGINATED, Kind::Added, &subject, sentence);
        }
        (Some(_), None) => {
            let sentence = "There is no `into_paginator` any more.";
            found.push_at(PAGINATED, Kind::Removed, &subject, sentence);
        }
        (Some(old), Some(new)) => both(found, &subject, old, new),
    }
}

fn both(found: &mut Found, subject: &Subject<'_>, old: &Paginator, new: &Paginator) {
    found.renamed(
        subject,
        format!("{}::{}", subject.item, old.name),
        format!("{}::{}", subject.item, new.name),
    );
    items(found, subject, old, new);
    let page_size = subject.inside(&format!("{}::page_size", new.name));
    let type_of = |field: &Field| rust::owned(&field.ty);
    match (&old.page_size, &new.page_size) {
        (None, Some(_)) => {
            let sentence = "The size of a page can be set.";
            found.push_at(PAGINATED, Kind::Added, &page_size, sentence);
        }
        (Some(_), None) => {
            let sentence = "The size of a page cannot be set any more.";
            found.push_at(PAGINATED, Kind::Removed, &page_size, sentence);
        }
        (Some(old), Some(new)) if type_of(old) != type_of(new) => {
            let sentence = format!("It takes `{}`, and took `{}`.", type_of(new), type_of(old));
            found.push_at(PAGINATED, Kind::Retyped, &page_size, sentence);
        }
        (Some(old), Some(new)) if old.name != new.name => {
            let sentence = format!("It sets `{}`, and set `{}`.", new.name, old.name);
            found.push_at(PAGINATED, Kind::Pagination, &page_size, sentence);
        }
        _ => {}
    }
    let tokens = |paginator: &Paginator| {
        let input = paginator.input_token.name.plain().to_owned();
        (input, rust::path(&paginator.output_token))
    };
    if tokens(old) != tokens(new) {
        let (input, output) = tokens(new);
        let sentence = format!("The next page is asked for with `{output}` as `{input}`.");
        found.push_at(PAGINATED, Kind::Pagination, subject, sentence);
    }
}

/// What is listed.
fn items(found: &mut Found, subject: &Subject<'_>, old: &Paginator, new: &Paginator) {
    let name = |paginator: &Paginator| format!("{}::{}", subject.item, paginator.items_name);
    match (&old.items, &new.items) {
        (None, None) => {}
        (None, Some(items)) => {
            let sentence = format!("`items` goes through `{}` one by one.", rust::path(items));
            let subject = subject.called(name(new));
            found.push_at(PAGINATED, Kind::Added, &subject, sentence);
        }
        (Some(_), None) => {
            let sentence = "There is no stream of single items any more.";
            let subject = subject.called(name(old));
            found.push_at(PAGINATED, Kind::Removed, &subject, sentence);
        }
        (Some(before), Some(after)) => {
            found.renamed(subject, name(old), name(new));
            let subject = subject.called(name(new));
            let (old_item, new_item) = (rust::item(before), rust::item(after));
            if old_item != new_item {
                let sentence = format!("Its items are `{new_item}`, and were `{old_item}`.");
                let send = subject.inside("send");
                found.push_at(PAGINATED, Kind::Retyped, &send, sentence);
            } else if rust::path(before) != rust::path(after) {
                let sentence = format!("It goes through `{}` now.", rust::path(after));
                found.push_at(PAGINATED, Kind::Pagination, &subject, sentence);
            }
        }
    }
}
