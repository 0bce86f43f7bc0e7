//! Clients of models that AWS published, as modules in `OUT_DIR`; the models stay beside the repository.

use crate::inputs;
use crate::model::Model;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The services, each with its model and the number of its operations.
const SERVICES: [(&str, &str, usize); 2] = [
    ("dynamodb", "dynamodb-2026-08.json", 57),
    ("secretsmanager", "secretsmanager-2025-04.json", 23),
];

/// Traits that the clients are generated without: tests of endpoints, which are no part of what is compared here.
const LEFT_OUT: &[&str] = &["smithy.rules#endpointTests"];

/// Writes a client and its inputs for each service, and sets `published_models`; does nothing where the models are
/// absent.
pub(crate) fn generate(folder: &Path) {
    println!("cargo::rustc-check-cfg=cfg(published_models)");
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/models");
    // Cargo would come back at each build for a folder that is not there.
    if !models.exists() {
        return;
    }
    for (service, file, operations) in SERVICES {
        let path = models.join(file);
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut document: Value = serde_json::from_slice(&text).expect("the model is JSON");
        leave_out(&mut document);
        let copy = folder.join(file);
        fs::write(&copy, document.to_string()).expect("OUT_DIR can be written");
        let report = farrier::Generator::new()
            .model(&copy)
            .rerun(farrier::Rerun::Unsaid)
            .validate_input()
            .generate_in_out_dir(service)
            .unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(report.operations, operations, "operations of {service}");
        let inputs = inputs::print(&Model::read(&text));
        fs::write(folder.join(format!("{service}_inputs.rs")), inputs)
            .expect("OUT_DIR can be written");
    }
    println!("cargo::rustc-cfg=published_models");
}

fn leave_out(node: &mut Value) {
    match node {
        Value::Object(members) => {
            members.retain(|name, _| !LEFT_OUT.contains(&name.as_str()));
            members.values_mut().for_each(leave_out);
        }
        Value::Array(items) => items.iter_mut().for_each(leave_out),
        _ => {}
    }
}
