//! Smithy's own corpus through the whole generator: every service of it, as if it spoke AWS JSON.
//!
//! What the reader says of each file is in `model/tests/corpus.rs`; here is what becomes of the services, of those files
//! too that are invalid and that the reader accepts. The corpus is read from beside the repository and never copied.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Write as _, stderr};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use farrier::{Code, Diagnostics, Error, Generator};
use serde_json::{Map, Value, json};

/// The services that are refused after the reader accepted them: the file, the code, and what the message names.
///
/// Of the valid ones each names the trait or the shape that is not handled, of the invalid ones the fault.
const REFUSED: &[(&str, Code, &str)] = &[
    (
        "invalid/errorfiles/validators/paginated/paginated-invalid.json",
        Code::BadPaginator,
        "`inputToken` names the member `nextToken`, which the input does not have",
    ),
    (
        "invalid/loader/test-foo-protocol-validator.json",
        Code::UnsupportedTrait,
        "`smithy.api#protocols`",
    ),
];

/// What lies beside the repository, where it does.
fn corpus() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if path.is_dir() {
        return Some(path);
    }
    // Not captured by the test harness: that nothing was tested is to be seen in every run.
    writeln!(stderr(), "absent, nothing tested: {}", path.display()).ok();
    None
}

/// The services of a model, mixins aside, each with a copy of the model where it is the only one and speaks AWS JSON.
fn services(model: &Value) -> Vec<(String, Value)> {
    let is_mixin = |shape: &Value| !shape["traits"]["smithy.api#mixin"].is_null();
    let is_service = |shape: &Value| shape["type"] == "service" && !is_mixin(shape);
    let shapes = model["shapes"].as_object().into_iter().flatten();
    let services = shapes.filter(|(_, shape)| is_service(shape));
    let alone = |(service, _): (&String, &Value)| {
        let mut model = model.clone();
        let shapes = model["shapes"].as_object_mut().expect("it has shapes");
        shapes.retain(|id, shape| id == service || !is_service(shape));
        let traits = shapes[service]
            .as_object_mut()
            .expect("a service is an object")
            .entry("traits")
            .or_insert_with(|| Value::Object(Map::new()));
        traits["aws.protocols#awsJson1_1"] = json!({});
        traits["aws.auth#sigv4"] = json!({"name": "corpus"});
        (service.clone(), model)
    };
    services.map(alone).collect()
}

/// Makes a client in memory: nothing, or what is wrong.
fn generate(model: &Value) -> Result<(), Diagnostics> {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = temporary.join("corpus.json");
    fs::write(&file, model.to_string()).expect("a file can be written");
    let generator = Generator::new()
        .model(&file)
        .module_file(temporary.join("corpus.rs"));
    // In a thread of its own, which is given up where it takes too long.
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Fails when nobody waits any more.
        sender.send(generator.check()).ok();
    });
    let result = receiver.recv_timeout(Duration::from_secs(30));
    match result.unwrap_or_else(|error| panic!("it hangs or panics: {error}\n{model}")) {
        Ok(_) => Ok(()),
        Err(Error::Input(diagnostics)) => Err(diagnostics),
        // What is printed and cannot be parsed would be a fault of the generator.
        Err(other) => panic!("{other}\n{model}"),
    }
}

#[test]
fn services_of_the_corpus() {
    let Some(corpus) = corpus() else { return };
    let index = fs::read_to_string(corpus.join("index.tsv")).expect("the index can be read");
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    let (mut printed, mut read, mut lowered) = (0, 0, 0);
    for line in index.lines() {
        let path = line.split('\t').next().expect("a line has a path");
        let bytes = fs::read(corpus.join(path)).expect("a file of the corpus can be read");
        let Ok(model) = serde_json::from_slice::<Value>(&bytes) else {
            continue;
        };
        for (service, model) in services(&model) {
            let listed = REFUSED.iter().find(|(file, ..)| *file == path);
            let faults = generate(&model).err();
            let by_reader = faults
                .iter()
                .flat_map(Diagnostics::iter)
                .any(|one| one.is_error() && one.code.number() < Code::NoService.number());
            match (faults, listed) {
                (None, None) => printed += 1,
                (Some(_), None) if by_reader && path.starts_with("invalid/") => read += 1,
                (Some(faults), Some((_, code, words)))
                    if faults.iter().any(|one| {
                        let is_whole = one.place.is_some() && one.shape.is_some();
                        is_whole && one.code == *code && one.message.contains(words)
                    }) =>
                {
                    lowered += 1;
                    seen.insert(path);
                }
                (faults, listed) => {
                    let faults = faults.map_or("printed".to_owned(), |it| it.to_string());
                    wrong.push(format!("{path} {service} ({listed:?})\n{faults}"));
                }
            }
        }
    }
    eprintln!(
        "services of Smithy's corpus: {printed} printed; refused: {read} by the reader, {lowered} later"
    );
    assert!(wrong.is_empty(), "not as listed:\n{}", wrong.join("\n"));
    assert_eq!(seen.len(), REFUSED.len(), "a refusal is no longer needed");
    assert_eq!((printed, read, lowered), (39, 10, 3));
}
