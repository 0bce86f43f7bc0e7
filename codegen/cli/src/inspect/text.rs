//! For people: the service at a glance, and the trees of operations.

use farrier::inspect::{
    Ending, Inspection, Operation, OperationTree, Share, TraitUse, Treatment, Tree,
};

use crate::size::{counted, thousands};

/// How many values of an enum are shown.
const VALUES: usize = 4;

/// The service at a glance: what it is, then a line for each operation.
pub(super) fn glance(inspection: &Inspection) -> String {
    let service = inspection.service();
    let mut text = format!("{}\n", visible(&service.title));
    text += &format!(
        "{}{}\n\n",
        service.id,
        before(", version ", &visible(&service.version))
    );
    for (name, value) in facts(inspection) {
        text += &format!("{name:<14} {value}\n");
    }
    let operations = inspection.operations();
    let width = operations
        .iter()
        .map(|one| one.name.len())
        .max()
        .unwrap_or(0)
        .max("operation".len());
    text += &format!("\n{:<width$}  shapes  input  output  errors\n", "operation");
    for one in operations {
        let line = format!(
            "{:<width$}  {:>6}  {:>5}  {:>6}  {:>6}  {}",
            one.name,
            thousands(one.shapes),
            one.input,
            one.output,
            one.errors,
            notes(one)
        );
        text += line.trim_end();
        text.push('\n');
    }
    text
}

fn facts(inspection: &Inspection) -> Vec<(&'static str, String)> {
    let (service, operations) = (inspection.service(), inspection.operations());
    let protocols = service.protocols.iter().map(|name| match &service.spoken {
        Some(spoken) if spoken == name => format!("{name} (spoken)"),
        _ => name.clone(),
    });
    let signed = service.signing_name.as_deref().map(visible);
    let auth = service.auth.iter().map(|name| match &signed {
        Some(signed) if name == "sigv4" => format!("sigv4, signed for {signed}"),
        _ => name.clone(),
    });
    let paginated = operations.iter().filter(|one| one.paginated).count();
    let waiters = operations.iter().flat_map(|one| &one.waiters);
    let coverage = inspection.coverage();
    let share = |what: &str, share: Share| {
        format!(
            "{what} {}/{}",
            thousands(share.documented),
            thousands(share.all)
        )
    };
    vec![
        ("protocols", some(protocols.collect())),
        ("auth", some(auth.collect())),
        ("endpoints", some(service.endpoints.clone())),
        (
            "operations",
            format!("{}, {paginated} paginated", thousands(service.operations)),
        ),
        ("waiters", some(waiters.map(|name| visible(name)).collect())),
        (
            "shapes",
            format!(
                "{} of {} are reached",
                thousands(service.reached),
                thousands(service.shapes)
            ),
        ),
        (
            "types",
            [
                counted(service.structures, "struct"),
                counted(service.unions, "union"),
                counted(service.enums, "enum"),
                counted(service.errors, "error"),
            ]
            .join(", "),
        ),
        (
            "documented",
            [
                share("operations", coverage.operations),
                share("types", coverage.types),
                share("members", coverage.members),
                share("values", coverage.values),
            ]
            .join(", "),
        ),
        ("not handled", traits(inspection, Treatment::Refused)),
        ("no effect", traits(inspection, Treatment::Known)),
        ("not known", traits(inspection, Treatment::Foreign)),
        (
            "client",
            match inspection.is_printable() {
                true => "can be printed".to_owned(),
                false => "cannot be printed; standard error says why".to_owned(),
            },
        ),
    ]
}

/// The traits of a kind, each with the number of its uses.
fn traits(inspection: &Inspection, treatment: Treatment) -> String {
    let those = inspection
        .traits()
        .iter()
        .filter(|one| one.treatment == treatment);
    let name = |one: &TraitUse| match one.id.strip_prefix("smithy.api#") {
        Some(name) => name.to_owned(),
        None => one.id.clone(),
    };
    some(
        those
            .map(|one| format!("{} {}", name(one), thousands(one.count)))
            .collect(),
    )
}

fn some(list: Vec<String>) -> String {
    match list.is_empty() {
        true => "none".to_owned(),
        false => list.join(", "),
    }
}

fn notes(operation: &Operation) -> String {
    let mut notes: Vec<String> = Vec::new();
    if operation.deprecated {
        notes.push("deprecated".to_owned());
    }
    if operation.paginated {
        notes.push("paginated".to_owned());
    }
    if !operation.waiters.is_empty() {
        notes.push(counted(operation.waiters.len(), "waiter"));
    }
    notes.extend(operation.notes.iter().map(|&note| note.to_owned()));
    notes.join(", ")
}

/// The trees of the chosen operations.
pub(super) fn trees(inspection: &Inspection) -> String {
    let mut text = String::new();
    for operation in inspection.operations() {
        let Some(tree) = inspection.tree(&operation.name) else {
            continue;
        };
        if !text.is_empty() {
            text.push('\n');
        }
        let notes = before("; ", &notes(operation));
        let shapes = counted(operation.shapes, "shape");
        let call = match operation.stream {
            Some(_) => "not printed".to_owned(),
            None => format!("client.{}()", tree.method),
        };
        text += &format!("{}: {call}, reaches {shapes}{notes}\n", tree.name);
        branches(&mut text, &tree);
    }
    text
}

fn branches(text: &mut String, tree: &OperationTree) {
    let ends = [&tree.input, &tree.output];
    let last = tree.errors.is_empty();
    for (at, end) in ends.into_iter().enumerate() {
        branch(text, "", last && at == 1, end);
    }
    if !last {
        text.push_str("└─ errors\n");
    }
    for (at, error) in tree.errors.iter().enumerate() {
        branch(text, "   ", at + 1 == tree.errors.len(), error);
    }
}

fn branch(text: &mut String, indent: &str, last: bool, tree: &Tree) {
    let (corner, below) = if last {
        ("└─", "   ")
    } else {
        ("├─", "│  ")
    };
    let mut line = format!("{indent}{corner} {}{}", tree.name, before(": ", &tree.ty));
    let mut about: Vec<String> = tree.constraints.iter().map(|one| visible(one)).collect();
    about.extend(values(&tree.values));
    line += &before("  ", &about.join(", "));
    line += match tree.ending {
        Ending::Recursive => "  (recursive)",
        Ending::Above => "  (see above)",
        Ending::Deep => "  (and so on)",
        _ => "",
    };
    text.push_str(&line);
    text.push('\n');
    let indent = format!("{indent}{below}");
    for (at, child) in tree.children.iter().enumerate() {
        branch(text, &indent, at + 1 == tree.children.len(), child);
    }
}

/// `one of A, B, C, D and 9 more`
fn values(values: &[String]) -> Option<String> {
    let shown: Vec<String> = values
        .iter()
        .take(VALUES)
        .map(|value| visible(value))
        .collect();
    let more = match values.len().saturating_sub(VALUES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!values.is_empty()).then(|| format!("one of {}{more}", shown.join(", ")))
}

/// The text with something before it, where there is any.
fn before(what: &str, text: &str) -> String {
    match text.is_empty() {
        true => String::new(),
        false => format!("{what}{text}"),
    }
}

fn visible(text: &str) -> String {
    farrier::words::visible(text).to_string()
}
