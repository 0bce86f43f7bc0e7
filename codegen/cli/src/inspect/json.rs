//! For programs: all that is known, as JSON.

use farrier::inspect::{Ending, Inspection, Operation, OperationTree, Share, Treatment, Tree};
use serde_json::{Value, json};

/// The service and its operations, and the trees of those that were chosen by name.
pub(super) fn of(inspection: &Inspection) -> String {
    let service = inspection.service();
    let coverage = inspection.coverage();
    let operations = inspection.operations().iter();
    let traits = inspection.traits().iter().map(|one| {
        json!({
            "id": one.id,
            "count": one.count,
            "treatment": match one.treatment {
                Treatment::Handled => "handled",
                Treatment::Known => "no effect",
                Treatment::Refused => "not handled",
                _ => "not known",
            },
        })
    });
    let root = json!({
        "service": {
            "id": service.id,
            "title": service.title,
            "version": service.version,
            "protocols": service.protocols,
            "spoken": service.spoken,
            "auth": service.auth,
            "signingName": service.signing_name,
            "endpoints": service.endpoints,
            "operations": service.operations,
            "shapes": service.shapes,
            "reached": service.reached,
            "structs": service.structures,
            "unions": service.unions,
            "enums": service.enums,
            "errors": service.errors,
        },
        "operations": operations.map(|one| operation(inspection, one)).collect::<Vec<_>>(),
        "traits": traits.collect::<Vec<_>>(),
        "documented": {
            "operations": share(coverage.operations),
            "types": share(coverage.types),
            "members": share(coverage.members),
            "values": share(coverage.values),
        },
        "printable": inspection.is_printable(),
    });
    format!("{root:#}\n")
}

fn share(share: Share) -> Value {
    json!({"documented": share.documented, "all": share.all})
}

fn operation(inspection: &Inspection, one: &Operation) -> Value {
    let mut value = json!({
        "name": one.name,
        "shapes": one.shapes,
        "inputMembers": one.input,
        "outputMembers": one.output,
        "errors": one.errors,
        "paginated": one.paginated,
        "waiters": one.waiters,
        "deprecated": one.deprecated,
        "stream": one.stream,
        "notes": one.notes,
    });
    let tree = inspection.is_part().then(|| inspection.tree(&one.name));
    if let Some(tree) = tree.flatten() {
        value["tree"] = operation_tree(&tree);
    }
    value
}

fn operation_tree(tree: &OperationTree) -> Value {
    json!({
        "method": tree.method,
        "input": branch(&tree.input),
        "output": branch(&tree.output),
        "errors": tree.errors.iter().map(branch).collect::<Vec<_>>(),
    })
}

fn branch(tree: &Tree) -> Value {
    let mut value = json!({"name": tree.name, "type": tree.ty});
    for (key, list) in [("constraints", &tree.constraints), ("values", &tree.values)] {
        if !list.is_empty() {
            value[key] = json!(list);
        }
    }
    if !tree.children.is_empty() {
        value["members"] = tree.children.iter().map(branch).collect();
    }
    match tree.ending {
        Ending::Recursive => value["ends"] = json!("recursive"),
        Ending::Above => value["ends"] = json!("above"),
        Ending::Deep => value["ends"] = json!("deep"),
        _ => {}
    }
    value
}
