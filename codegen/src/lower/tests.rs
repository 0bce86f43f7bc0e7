//! Tests of lowering: what is needed to write them; the tests themselves are in the files beside.

mod constraints;
mod demands;
mod diagram;
mod endpoint;
mod endpoint_context;
mod hostile_names;
mod jmespath;
mod official;
mod operations;
mod predicates;
mod protocol;
mod refusals;
mod types;

use super::{Selection, lower};
use crate::api::{Api, Enumeration, Field, Operation, Record, Type, Union};
use crate::diagnostic::Diagnostics;
use crate::model::{Model, Source};

/// A file of the repository or beside it; `None` when it is absent, as files that belong to others may be.
fn file(path: &str) -> Option<Vec<u8>> {
    std::fs::read(format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"))).ok()
}

/// Reads and lowers; the texts of all diagnostics come back too.
fn try_lower(sources: Vec<Source>, operations: &[&str]) -> (Option<Api>, String) {
    let mut diagnostics = Diagnostics::new();
    let selection = Selection {
        operations: operations.iter().map(|&name| name.to_owned()).collect(),
        validates: true,
        ..Selection::default()
    };
    let api = Model::read(sources, &mut diagnostics)
        .and_then(|model| lower(&model, &selection, &mut diagnostics));
    diagnostics.sort();
    (api, diagnostics.to_string())
}

/// The KMS model of the repository, with its waiters.
fn kms_sources() -> Vec<Source> {
    let read = |path: &str| file(path).ok_or_else(|| std::io::ErrorKind::NotFound.into());
    vec![
        Source::model("models/kms.json", read("models/kms.json")),
        Source::overlay("models/kms.waiters.json", read("models/kms.waiters.json")),
    ]
}

fn kms(operations: &[&str]) -> Api {
    let (api, faults) = try_lower(kms_sources(), operations);
    api.unwrap_or_else(|| panic!("{faults}"))
}

/// A model of Smithy 2.0 with these shapes in the namespace `x`, and a service with these operations.
fn model(operations: &[&str], shapes: &str) -> Vec<Source> {
    let operations: Vec<String> = operations
        .iter()
        .map(|name| format!(r#"{{"target": "x#{name}"}}"#))
        .collect();
    let traits = r#""aws.protocols#awsJson1_1": {}, "aws.auth#sigv4": {"name": "sign"}"#;
    let service = format!(
        r#"{{"type": "service", "version": "1", "operations": [{}], "traits": {{{traits}}}}}"#,
        operations.join(", ")
    );
    let text =
        format!("{{\"smithy\": \"2.0\", \"shapes\": {{\n\"x#Service\": {service},\n{shapes}\n}}}}");
    vec![Source::model("x.json", Ok(text.into_bytes()))]
}

/// A model with one operation `Op` whose input and output is the structure `x#Shape` in a member `it`.
fn model_of(shapes: &str) -> Vec<Source> {
    let ends = r#"
"x#Op": {"type": "operation", "input": {"target": "x#OpIn"}, "output": {"target": "x#OpOut"}},
"x#OpIn": {"type": "structure", "members": {"it": {"target": "x#Shape"}}, "traits": {"smithy.api#input": {}}},
"x#OpOut": {"type": "structure", "members": {"it": {"target": "x#Shape"}}, "traits": {"smithy.api#output": {}}},
"#;
    model(&["Op"], &format!("{ends}{shapes}"))
}

fn lower_all(sources: Vec<Source>) -> Api {
    let (api, faults) = try_lower(sources, &[]);
    api.unwrap_or_else(|| panic!("{faults}"))
}

/// The faults of a model that must have some.
fn faults_of(sources: Vec<Source>, operations: &[&str]) -> String {
    let (api, faults) = try_lower(sources, operations);
    assert!(api.is_none(), "it was lowered: {faults}");
    faults
}

impl Api {
    fn operation(&self, name: &str) -> &Operation {
        self.operations
            .iter()
            .find(|operation| operation.wire == name)
            .unwrap_or_else(|| panic!("no operation {name}"))
    }

    fn ty(&self, name: &str) -> &Type {
        self.types
            .iter()
            .find(|ty| ty.name().as_str() == name)
            .unwrap_or_else(|| panic!("no type {name}"))
    }

    fn record(&self, name: &str) -> &Record {
        match self.ty(name) {
            Type::Record(record) => record,
            other => panic!("{other:?}"),
        }
    }

    fn union(&self, name: &str) -> &Union {
        match self.ty(name) {
            Type::Union(union) => union,
            other => panic!("{other:?}"),
        }
    }

    fn enumeration(&self, name: &str) -> &Enumeration {
        match self.ty(name) {
            Type::Enumeration(enumeration) => enumeration,
            other => panic!("{other:?}"),
        }
    }
}

impl Record {
    fn field(&self, wire: &str) -> &Field {
        self.fields
            .iter()
            .find(|field| field.wire == wire)
            .unwrap_or_else(|| panic!("no field {wire}"))
    }
}
