//! Tests of operations: which are chosen, what they reach, paginators and waiters.

use std::io::Write as _;

use std::time::Duration;

use super::{kms, kms_sources, lower_all, model, try_lower};
use crate::api::{
    Acceptor, Expectation, OutputTest, PathStep, Protocol, RetryKind, Ty, Type, Verdict,
};
use crate::diagnostic::Diagnostics;
use crate::lower::closure::Closure;
use crate::lower::{Selection, select, service};
use crate::model::Model;

#[test]
fn kms_is_described() {
    let api = kms(&[]);
    assert_eq!(api.operations.len(), 56);
    let service = &api.service;
    let words = [
        &service.title,
        &service.sdk_id,
        &service.api_version,
        &service.signing_name,
        &service.target_prefix,
    ];
    assert_eq!(
        words,
        [
            "AWS Key Management Service",
            "KMS",
            "2014-11-01",
            "kms",
            "TrentService"
        ]
    );
    assert_eq!(service.protocol, Protocol::AwsJson11);
    assert!(api.types.is_sorted_by(|a, b| a.name() < b.name()));
    assert!(
        api.faults
            .is_sorted_by(|a, b| a.record.name < b.record.name)
    );
}

#[test]
fn only_what_is_reached_is_printed() {
    let mut diagnostics = Diagnostics::new();
    let model =
        Model::read(kms_sources(), &mut diagnostics).unwrap_or_else(|| panic!("{diagnostics}"));
    let Some(shape) = service::find(&model, None, &mut diagnostics) else {
        panic!("{diagnostics}")
    };
    let size = |names: &[&str]| {
        let selection = Selection {
            operations: names.iter().map(|&name| name.to_owned()).collect(),
            ..Selection::default()
        };
        let chosen = select::operations(&model, shape, &selection, &mut Diagnostics::new());
        Closure::of(&model, shape, &chosen).size(&model, &chosen)
    };
    assert_eq!(size(&["DisconnectCustomKeyStore"]), 8);
    // Three shapes of the model are reached by no operation, and two errors stand on no operation either.
    assert!(
        (300..=model.shapes().count()).contains(&size(&[])),
        "{}",
        size(&[])
    );

    let api = kms(&["DisconnectCustomKeyStore"]);
    assert!(api.types.is_empty());
    let faults: Vec<&str> = api
        .faults
        .iter()
        .map(|fault| fault.record.name.as_str())
        .collect();
    assert_eq!(
        faults,
        [
            "CustomKeyStoreInvalidStateException",
            "CustomKeyStoreNotFoundException",
            "KmsInternalException"
        ]
    );
    let lines = &api.operations[0].doc.lines;
    let (there, missing) = (
        "(crate::operation::disconnect_custom_key_store)",
        "(crate::operation::connect_custom_key_store)",
    );
    assert!(
        lines.iter().all(|line| !line.contains(missing)),
        "a link to what is not printed: {lines:#?}"
    );
    let _ = there;
}

#[test]
fn operations_are_chosen_by_name_and_pattern() {
    let names = |wishes: &[&str]| {
        kms(wishes)
            .operations
            .iter()
            .map(|operation| operation.wire.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&["*CustomKeyStore*"]).len(), 6);
    // In the order of the model, each once.
    assert_eq!(
        names(&["Sign", "Encrypt", "*ncrypt"]),
        ["Encrypt", "ReEncrypt", "Sign"]
    );
    assert_eq!(names(&["com.amazonaws.kms#Sign"]), ["Sign"]);
    let (_, faults) = try_lower(
        kms_sources(),
        &[
            "DisconectCustomKeyStore",
            "*Nothing*",
            "Sign",
            "x#Sign",
            "Encrypt,Decrypt",
        ],
    );
    assert!(
        faults.contains("there is no operation `x#Sign`"),
        "{faults}"
    );
    assert!(faults.contains("name operations one by one"), "{faults}");
    assert!(
        faults.contains("there is no operation `DisconectCustomKeyStore`"),
        "{faults}"
    );
    assert!(
        faults.contains("did you mean DisconnectCustomKeyStore"),
        "{faults}"
    );
    assert!(
        faults.contains("no operation matches the pattern `*Nothing*`"),
        "{faults}"
    );
    assert!(faults.contains("models/kms.json:"), "{faults}");
}

#[test]
fn secrets_of_kms() {
    let api = kms(&[]);
    let secrets: Vec<String> = api
        .operations
        .iter()
        .flat_map(|operation| {
            operation
                .input
                .fields
                .iter()
                .chain(&operation.output.fields)
                .map(move |field| (operation, field))
        })
        .filter(|(_, field)| field.sensitive)
        .map(|(operation, field)| format!("{}.{}", operation.name, field.name))
        .collect();
    assert!(
        secrets.contains(&"CreateCustomKeyStore.key_store_password".to_owned()),
        "{secrets:?}"
    );
    assert!(
        secrets.contains(&"Encrypt.plaintext".to_owned()),
        "{secrets:?}"
    );
}

#[test]
fn pages_of_kms() {
    let api = kms(&[]);
    let paginated: Vec<_> = api
        .operations
        .iter()
        .filter_map(|operation| Some((operation, operation.paginator.as_ref()?)))
        .collect();
    assert_eq!(paginated.len(), 8);
    let (_, stores) = paginated
        .iter()
        .find(|(operation, _)| operation.wire == "DescribeCustomKeyStores")
        .copied()
        .unwrap_or_else(|| panic!());
    assert_eq!(
        (
            stores.input_token.wire.as_str(),
            stores.page_size.as_ref().map(|field| field.wire.as_str())
        ),
        ("Marker", Some("Limit"))
    );
    assert_eq!(
        stores.items_name.as_str(),
        "DescribeCustomKeyStoresPaginatorItems"
    );
    assert!(stores.items.is_some());
}

#[test]
fn nested_pages_and_settings_of_the_service() {
    let text = r##"{"smithy": "2.0", "shapes": {
"x#Service": {"type": "service", "version": "1", "operations": [{"target": "x#Op"}], "traits": {
    "aws.protocols#awsJson1_1": {}, "smithy.api#paginated": {"inputToken": "next", "outputToken": "page.next"}}},
"x#Op": {"type": "operation", "input": {"target": "x#In"}, "output": {"target": "x#Out"}, "traits": {"smithy.api#paginated": {"items": "page.items"}}},
"x#In": {"type": "structure", "members": {"next": {"target": "smithy.api#String"}}},
"x#Out": {"type": "structure", "members": {"page": {"target": "x#Page"}}},
"x#Page": {"type": "structure", "members": {"next": {"target": "smithy.api#String"}, "items": {"target": "x#Items"}}},
"x#Items": {"type": "list", "member": {"target": "smithy.api#String"}}}}"##;
    let api = lower_all(vec![crate::model::Source::model("x.json", Ok(text.into()))]);
    let Some(paginator) = &api.operation("Op").paginator else {
        panic!()
    };
    let names = |steps: &[PathStep]| {
        let name = |step: &PathStep| match step {
            PathStep::Field { name, optional, .. } => {
                format!("{name}{}", if *optional { "?" } else { "" })
            }
            other => format!("{other:?}"),
        };
        steps.iter().map(name).collect::<Vec<_>>().join(".")
    };
    assert_eq!(names(&paginator.output_token.steps), "page?.next?");
    assert_eq!(
        paginator
            .items
            .as_ref()
            .map(|path| names(&path.steps))
            .as_deref(),
        Some("page?.items?")
    );
}

#[test]
fn a_service_may_be_made_of_mixins() {
    let text = r##"{"smithy": "2.0", "shapes": {
"x#Service": {"type": "service", "version": "2", "operations": [{"target": "x#Own"}], "mixins": [{"target": "x#Base"}],
    "traits": {"aws.protocols#awsJson1_1": {}}},
"x#Base": {"type": "service", "version": "1", "operations": [{"target": "x#Op"}], "errors": [{"target": "x#Busy"}],
    "rename": {"y#Busy": "VeryBusy"}, "traits": {"smithy.api#mixin": {}, "smithy.api#title": "Base"}},
"x#Own": {"type": "operation", "errors": [{"target": "y#Busy"}]},
"x#Op": {"type": "operation"},
"x#Busy": {"type": "structure", "traits": {"smithy.api#error": "server"}},
"y#Busy": {"type": "structure", "traits": {"smithy.api#error": "client"}}}}"##;
    let api = lower_all(vec![crate::model::Source::model("x.json", Ok(text.into()))]);
    let service = &api.service;
    assert_eq!(
        (
            service.target_prefix.as_str(),
            service.title.as_str(),
            service.api_version.as_str()
        ),
        ("Service", "Base", "2")
    );
    let operations: Vec<&str> = api.operations.iter().map(|it| it.wire.as_str()).collect();
    assert_eq!(operations, ["Op", "Own"]);
    // What is renamed keeps its name on the wire.
    let faults: Vec<_> = api
        .faults
        .iter()
        .map(|fault| (fault.record.name.as_str(), fault.code.as_str()))
        .collect();
    assert_eq!(faults, [("Busy", "Busy"), ("VeryBusy", "Busy")]);
}

#[test]
fn waiters_of_kms() {
    let api = kms(&["DescribeCustomKeyStores"]);
    let waiters = &api.operation("DescribeCustomKeyStores").waiters;
    let [connected, disconnected] = waiters.as_slice() else {
        panic!("{waiters:?}")
    };
    let names = [
        &connected.module,
        &connected.method,
        &connected.fluent,
        &connected.final_poll,
        &connected.error,
    ];
    assert_eq!(
        names.map(|name| name.as_str()),
        [
            "custom_key_store_connected",
            "wait_until_custom_key_store_connected",
            "CustomKeyStoreConnectedFluentBuilder",
            "CustomKeyStoreConnectedFinalPoll",
            "WaitUntilCustomKeyStoreConnectedError"
        ]
    );
    assert_eq!(
        (connected.min_delay, connected.max_delay),
        (Duration::from_secs(10), Duration::from_secs(60))
    );
    let [
        Acceptor::Output(OutputTest::AllStringsEqual(path, state), Verdict::Success),
        ..,
        Acceptor::ErrorCode(code, Verdict::Failure),
    ] = disconnected.acceptors.as_slice()
    else {
        panic!("{:?}", disconnected.acceptors)
    };
    assert_eq!(
        (state.as_str(), code.as_str(), path.steps.len()),
        ("DISCONNECTED", "CustomKeyStoreNotFoundException", 3)
    );
    assert_eq!(path.steps[1], PathStep::Each);
}

#[test]
fn a_waiter_looks_at_each_string_of_a_list() {
    let api = lower_all(model(
        &["Op"],
        r#"
"x#Op": {"type": "operation", "output": {"target": "x#Out"}, "traits": {"smithy.waiters#waitable": {"Done": {"acceptors": [
    {"state": "retry", "matcher": {"output": {"path": "names", "expected": "x", "comparator": "anyStringEquals"}}},
    {"state": "success", "matcher": {"success": true}}
]}}}},
"x#Out": {"type": "structure", "members": {"names": {"target": "x#Names"}}},
"x#Names": {"type": "list", "member": {"target": "smithy.api#String"}}"#,
    ));
    let waiter = &api.operation("Op").waiters[0];
    let [
        Acceptor::Output(OutputTest::AnyStringEquals(path, _), Verdict::Retry),
        Acceptor::Success(true, Verdict::Success),
    ] = waiter.acceptors.as_slice()
    else {
        panic!("{:?}", waiter.acceptors)
    };
    assert_eq!(
        (path.steps.last(), &path.ty),
        (Some(&PathStep::Each), &Ty::String)
    );
    assert_eq!(
        (waiter.min_delay.as_secs(), waiter.max_delay.as_secs()),
        (2, 120)
    );
}

#[test]
fn errors_say_whether_a_retry_helps() {
    let api = lower_all(model(
        &["Op"],
        r#"
"x#Op": {"type": "operation", "errors": [{"target": "x#Busy"}, {"target": "x#Slow"}, {"target": "x#Twice"}, {"target": "x#Wrong"}]},
"x#Busy": {"type": "structure", "traits": {"smithy.api#error": "server", "smithy.api#retryable": {}}},
"x#Slow": {"type": "structure", "traits": {"smithy.api#error": "client", "smithy.api#retryable": {"throttling": true}}},
"x#Twice": {"type": "structure", "traits": {"smithy.api#error": "client", "smithy.api#retryable": {}}},
"x#Wrong": {"type": "structure", "traits": {"smithy.api#error": "client"}}"#,
    ));
    let retries: Vec<_> = api.faults.iter().map(|fault| fault.retryable).collect();
    assert_eq!(
        retries,
        [
            Some(RetryKind::Server),
            Some(RetryKind::Throttling),
            Some(RetryKind::Client),
            None
        ]
    );
}

#[test]
fn published_models_are_lowered() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/models");
    let Ok(files) = std::fs::read_dir(folder) else {
        // Not captured by the test harness: that nothing was lowered is to be seen in every run.
        writeln!(std::io::stderr(), "absent, nothing lowered: {folder}").ok();
        return;
    };
    for path in files
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
    {
        let source = crate::model::Source::model(path.display().to_string(), std::fs::read(&path));
        let (api, faults) = try_lower(vec![source], &[]);
        let api = api.unwrap_or_else(|| panic!("{}: {faults}", path.display()));
        assert!(
            api.endpoint
                .tests
                .iter()
                .any(|test| matches!(test.expect, Expectation::Endpoint { .. }))
        );
        assert!(api.types.iter().any(|ty| matches!(ty, Type::Record(_))));
    }
}
