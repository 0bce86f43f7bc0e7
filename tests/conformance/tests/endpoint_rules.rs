//! Endpoint rules of published models: clients pass the endpoint tests of their models, from each form in which the model
//! has its rules; and where it has two, both give the same answers, also to what the tests do not ask.
//!
//! The clients have the operations that the tests call, or one; other suites compile whole clients.

use farrier::Generator;
use farrier_conformance::{repository, say, shared};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const MODELS: [&str; 8] = [
    "cloudwatch-logs-2026-08",
    "config-service-2026-08",
    "dynamodb-2026-08",
    "kms-2025-04",
    "kms-2026-08",
    "sagemaker-2025-04",
    "secretsmanager-2025-04",
    "sqs-2026-08",
];

const SET: &str = "smithy.rules#endpointRuleSet";
const DIAGRAM: &str = "smithy.rules#endpointBdd";

/// Models of a time at which two partitions had no hosts for IPv6, with the number of their cases that say so. Newer
/// models, such as that of DynamoDB, ask for these hosts, so that no client can pass both.
const OUTDATED: [(&str, usize); 3] = [
    ("kms-2025-04", 4),
    ("sagemaker-2025-04", 4),
    ("secretsmanager-2025-04", 4),
];

/// Values that are tried for parameters in every combination; absence is tried too.
const VALUES: [(&str, &[&str]); 8] = [
    (
        "Region",
        &[
            r#""us-east-1""#,
            r#""cn-north-1""#,
            r#""us-gov-west-1""#,
            r#""eu-isoe-west-1""#,
            r#""local""#,
            r#""no region""#,
        ],
    ),
    ("UseFIPS", &["true"]),
    ("UseDualStack", &["true"]),
    (
        "Endpoint",
        &[
            r#""https://example.com""#,
            r#""https://dynamodb.us-east-1.api.aws""#,
        ],
    ),
    ("AccountId", &[r#""111122223333""#, r#""not an account""#]),
    (
        "AccountIdEndpointMode",
        &[r#""preferred""#, r#""required""#, r#""disabled""#],
    ),
    (
        "ResourceArn",
        &[
            r#""arn:aws:dynamodb:us-east-1:444455556666:table/t""#,
            r#""arn:aws:s3:us-east-1:444455556666:t""#,
            r#""t""#,
        ],
    ),
    (
        "ResourceArnList",
        &[
            "Vec::<String>::new()",
            r#"vec![String::from("arn:aws:dynamodb:us-east-1:777788889999:table/t")]"#,
            r#"vec![String::from("t"), String::from("arn:aws:dynamodb:us-east-1:777788889999:table/t")]"#,
        ],
    ),
];

/// The model of a service, as its file says it.
struct Model {
    name: &'static str,
    document: Value,
}

impl Model {
    fn service(&self) -> &Value {
        let mut shapes = self.document["shapes"]
            .as_object()
            .expect("shapes")
            .values();
        shapes
            .find(|shape| shape["type"] == "service")
            .expect("a service")
    }

    fn has(&self, form: &str) -> bool {
        !self.service()["traits"][form].is_null()
    }

    fn cases(&self) -> &[Value] {
        let tests = &self.service()["traits"]["smithy.rules#endpointTests"];
        tests["testCases"].as_array().expect("cases")
    }

    /// The operations that cases call, each as often as it is called.
    fn calls(&self) -> Vec<&str> {
        let inputs = self
            .cases()
            .iter()
            .filter_map(|case| case["operationInputs"].as_array());
        let inputs = inputs.flatten();
        inputs
            .filter_map(|input| input["operationName"].as_str())
            .collect()
    }

    /// The operations to print.
    fn operations(&self) -> BTreeSet<String> {
        let mut operations: BTreeSet<String> =
            self.calls().into_iter().map(str::to_owned).collect();
        for (id, shape) in self.document["shapes"].as_object().expect("shapes") {
            let name = id.rsplit('#').next().unwrap_or_default();
            let context = !shape["traits"]["smithy.rules#operationContextParams"].is_null();
            if shape["type"] == "operation" && context {
                operations.insert(name.to_owned());
            }
        }
        if operations.is_empty() {
            let first = self.service()["operations"][0]["target"].as_str();
            operations.extend(
                first
                    .and_then(|id| id.rsplit('#').next())
                    .map(str::to_owned),
            );
        }
        operations
    }

    /// The name of the crate for one form of the rules.
    fn package(&self, form: &str) -> String {
        let form = if form == SET { "set" } else { "diagram" };
        format!("{}-{form}", self.name)
    }
}

/// Generates a client from one form of the rules.
fn generate(model: &Model, form: &str, folder: &Path) -> String {
    let package = model.package(form);
    let mut document = model.document.clone();
    let shapes = document["shapes"].as_object_mut().expect("shapes");
    let service = shapes.values_mut().find(|shape| shape["type"] == "service");
    let traits = service.expect("a service")["traits"]
        .as_object_mut()
        .expect("traits");
    traits.remove(if form == SET { DIAGRAM } else { SET });
    let file = folder.join(format!("{package}.json"));
    fs::write(&file, document.to_string()).expect("a model is written");
    let report = Generator::new()
        .model(&file)
        .operations(model.operations())
        .crate_name(&package)
        .runtime_path(repository().join("runtime"))
        .out_dir(folder.join(&package))
        .generate()
        .unwrap_or_else(|error| panic!("{package}\n{error}"));
    // No case is left out.
    assert!(report.warnings.is_empty(), "{}", report.warnings);
    package
}

/// Writes a crate that asks both clients of a model the same.
fn compare(model: &Model, folder: &Path) -> String {
    let package = format!("{}-same", model.name);
    let [set, diagram] = [SET, DIAGRAM].map(|form| model.package(form));
    let params = model.service()["traits"][DIAGRAM]["parameters"].as_object();
    let (mut loops, mut ends, mut setters) = (String::new(), String::new(), String::new());
    for name in params.expect("parameters").keys() {
        let (_, values) = VALUES
            .iter()
            .find(|(known, _)| known == name)
            .unwrap_or_else(|| panic!("no values for {name}"));
        let field = snake(name);
        let values: Vec<String> = values
            .iter()
            .map(|value| format!("Some({value}.to_owned())"))
            .collect();
        loops.push_str(&format!(
            "for {field} in [None, {}] {{\n",
            values.join(", ")
        ));
        ends.push_str("}\n");
        setters.push_str(&format!(".set_{field}({field}.clone().map(Into::into))"));
    }
    let ask = |package: &str| {
        let package = package.replace('-', "_");
        format!(
            "{{ use {package}::config::endpoint::{{DefaultResolver, Params, ResolveEndpoint}};
            let params = Params::builder(){setters}.build().expect(\"valid parameters\");
            let future = DefaultResolver::new();
            let future = future.resolve_endpoint(&params);
            let now = std::pin::pin!(future).poll(&mut Context::from_waker(Waker::noop()));
            let Poll::Ready(result) = now else {{ panic!(\"it waits\") }};
            result.map_err(|error| error.to_string()) }}"
        )
    };
    let (first, second) = (ask(&set), ask(&diagram));
    let test = format!(
        "use std::{{future::Future, task::{{Context, Poll, Waker}}}};
        #[test] fn both_forms_give_the_same_answers() {{ let mut asked = 0;\n{loops}
        let (set, diagram) = ({first}, {second});
        assert_eq!(set, diagram); asked += 1;\n{ends}
        println!(\"asked {{asked}} times\"); }}"
    );
    let folder = folder.join(&package);
    fs::create_dir_all(folder.join("src")).expect("a folder");
    fs::write(folder.join("src/lib.rs"), test).expect("a test is written");
    let manifest = format!(
        "[package]\nname = \"{package}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n
        [dependencies]\n{set} = {{ path = \"../{set}\" }}\n{diagram} = {{ path = \"../{diagram}\" }}\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest is written");
    package
}

/// The name of a field, for names such as `UseFIPS` and `ResourceArnList`.
fn snake(name: &str) -> String {
    let mut field = String::new();
    for (index, c) in name.char_indices() {
        let starts = c.is_uppercase() && !name[..index].ends_with(char::is_uppercase);
        if starts && index > 0 {
            field.push('_');
        }
        field.extend(c.to_lowercase());
    }
    field
}

/// The tests of a binary whose names begin so and whose results are this.
fn tests<'o>(output: &'o str, prefix: &str, result: &str) -> Vec<&'o str> {
    let tests = output.lines().filter_map(|line| line.strip_prefix("test "));
    let tests = tests.filter_map(|test| test.strip_suffix(result)?.strip_suffix(" ... "));
    tests.filter(|name| name.starts_with(prefix)).collect()
}

/// The name of the crate that a line of cargo says is run.
fn package(line: &str) -> Option<String> {
    let (_, path) = line
        .trim_start()
        .strip_prefix("Running ")?
        .split_once("/deps/")?;
    let (name, _) = path.rsplit_once('-')?;
    Some(name.replace('_', "-"))
}

#[test]
fn endpoint_tests_of_published_models_pass_in_each_form_of_the_rules() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("endpoint-rules");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let (mut members, mut expected) = (Vec::new(), Vec::new());
    for name in MODELS {
        let Some(file) = shared(&format!("models/{name}.json")) else {
            continue;
        };
        let text = fs::read_to_string(file).expect("a model");
        let document = serde_json::from_str(&text).expect("JSON");
        let model = Model { name, document };
        let forms: Vec<&str> = [SET, DIAGRAM]
            .into_iter()
            .filter(|form| model.has(form))
            .collect();
        for form in &forms {
            members.push(generate(&model, form, &folder));
            expected.push((
                model.package(form),
                name,
                model.cases().len(),
                model.calls().len(),
            ));
        }
        if forms.len() == 2 {
            members.push(compare(&model, &folder));
        }
    }
    if members.is_empty() {
        return;
    }
    let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    fs::write(folder.join("Cargo.toml"), workspace).expect("a manifest is written");
    // The versions and the target folder of this repository, so that nothing is fetched or built twice.
    fs::copy(repository().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
    let output = Command::new(env!("CARGO"))
        .args(["test", "--lib", "--offline", "--no-fail-fast"])
        .current_dir(&folder)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR"))
                .parent()
                .expect("the target folder"),
        )
        .output()
        .expect("cargo starts");
    let said = String::from_utf8_lossy(&output.stderr);
    let ran = String::from_utf8_lossy(&output.stdout);
    assert!(
        !said.contains("warning") && !said.contains("could not compile"),
        "{said}"
    );
    // The names of the binaries are on the one stream, their results on the other, in the same order.
    let packages: Vec<String> = said.lines().filter_map(package).collect();
    let results: Vec<&str> = ran.split("\nrunning ").skip(1).collect();
    assert_eq!(
        (packages.len(), results.len()),
        (members.len(), members.len()),
        "{said}\n{ran}"
    );
    for (package, result) in packages.iter().zip(results) {
        let Some((_, name, cases, calls)) = expected.iter().find(|(known, ..)| known == package)
        else {
            assert_eq!(
                tests(result, "", "ok"),
                ["both_forms_give_the_same_answers"],
                "{package}\n{ran}"
            );
            continue;
        };
        let outdated = OUTDATED
            .iter()
            .find(|(known, _)| known == name)
            .map_or(0, |(_, count)| *count);
        let passed = tests(result, "config::endpoint::", "ok").len();
        let called = tests(result, "endpoint_tests::", "ok").len();
        say(&format!(
            "{package}: {passed} cases and {called} calls pass, {outdated} cases are outdated"
        ));
        assert_eq!(
            (passed, called),
            (cases - outdated, *calls),
            "{package}\n{result}"
        );
        let failed = tests(result, "", "FAILED");
        let is_outdated = |name: &&str| {
            name.contains("for_region_us_iso") && name.ends_with("dual_stack_enabled")
        };
        assert!(
            failed.len() == outdated && failed.iter().all(is_outdated),
            "{package}\n{result}"
        );
    }
}
