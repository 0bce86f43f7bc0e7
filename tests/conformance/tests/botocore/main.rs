//! Our clients and botocore, given the same inputs at random: the same requests must go out.

mod compare;
mod peer;

#[allow(deprecated, reason = "deprecated members are sent like others")]
mod kms {
    //! The client of models/kms.json.
    use farrier_kms as service;

    include!("side.rs");
    include!(concat!(env!("OUT_DIR"), "/kms_inputs.rs"));
}

#[cfg(published_models)]
mod dynamodb {
    //! A client that the build script generated from the published model, as a module.
    mod service {
        include!(concat!(env!("OUT_DIR"), "/dynamodb.rs"));
    }

    include!("side.rs");
    include!(concat!(env!("OUT_DIR"), "/dynamodb_inputs.rs"));
}

#[cfg(published_models)]
#[allow(dead_code, reason = "its inputs have no maps, doubles and dates")]
mod secretsmanager {
    //! As for DynamoDB.
    mod service {
        include!(concat!(env!("OUT_DIR"), "/secretsmanager.rs"));
    }

    include!("side.rs");
    include!(concat!(env!("OUT_DIR"), "/secretsmanager_inputs.rs"));
}

#[test]
fn requests_of_kms_are_those_of_botocore() {
    compare::requests("kms", kms::OPERATIONS, kms::client);
}

#[cfg(published_models)]
#[test]
fn requests_of_dynamodb_are_those_of_botocore() {
    compare::requests("dynamodb", dynamodb::OPERATIONS, dynamodb::client);
}

#[cfg(published_models)]
#[test]
fn requests_of_secrets_manager_are_those_of_botocore() {
    compare::requests(
        "secretsmanager",
        secretsmanager::OPERATIONS,
        secretsmanager::client,
    );
}

#[cfg(not(published_models))]
#[test]
fn without_published_models_only_kms_is_compared() {
    assert_eq!(
        farrier_conformance::shared("models"),
        None,
        "the models are there now: touch tests/conformance/build/main.rs, and build again"
    );
}
