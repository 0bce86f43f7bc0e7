//! Malformed input: lengths, patterns, members missing, foreign or of a wrong kind, bodies that are no JSON.

use crate::bench::{Bench, Fallible, cloud_hsm, external, external_in_vpc, vpc_service, with};
use serde_json::{Value, json};

/// The types and, for some, the messages of refused inputs.
async fn check(operation: &str, rows: Vec<(Value, &str, &str)>) -> Fallible<()> {
    let mut bench = Bench::start().await?;
    for (input, code, part) in rows {
        let answer = bench.call(operation, input.clone()).await?;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (400, code),
            "{operation} {input}: {}",
            answer.text
        );
        assert!(
            answer.text.contains(part),
            "{operation} {input}: {}",
            answer.text
        );
        assert!(
            !answer.text.contains("kmsPswd"),
            "a secret is in {}",
            answer.text
        );
    }
    Ok(())
}

const VALIDATION: &str = "ValidationException";
const SERIALIZATION: &str = "SerializationException";

#[tokio::test]
async fn constraints_of_the_model() -> Fallible<()> {
    let hsm = |changes| with(cloud_hsm("a"), changes);
    let vpc = |changes| with(external_in_vpc("a"), changes);
    let key = |id: &str, secret: &str| json!({"AccessKeyId": id, "RawSecretAccessKey": secret});
    let secret = "s".repeat(43);
    check(
        "CreateCustomKeyStore",
        vec![
            (hsm(json!({"CustomKeyStoreName": null})), VALIDATION, "Value null at 'customKeyStoreName' failed to satisfy constraint: Member must not be null"),
            (hsm(json!({"CustomKeyStoreName": ""})), VALIDATION, "Value '' at 'customKeyStoreName' failed to satisfy constraint: Member must have length greater than or equal to 1"),
            (hsm(json!({"CustomKeyStoreName": "ü".repeat(257)})), VALIDATION, "Member must have length less than or equal to 256"),
            (hsm(json!({"CustomKeyStoreType": "PAPER"})), VALIDATION, "Member must satisfy enum value set: [AWS_CLOUDHSM, EXTERNAL_KEY_STORE]"),
            (hsm(json!({"CloudHsmClusterId": "cluster-1"})), VALIDATION, "2 validation errors detected: Value 'cluster-1' at 'cloudHsmClusterId'"),
            (hsm(json!({"CloudHsmClusterId": "cluster-11111111111"})), VALIDATION, "1 validation error detected"),
            (hsm(json!({"TrustAnchorCertificate": "x".repeat(5001)})), VALIDATION, "less than or equal to 5000"),
            (hsm(json!({"KeyStorePassword": "kmsPsw"})), VALIDATION, "Value at 'keyStorePassword'"),
            (hsm(json!({"KeyStorePassword": "kmsPswd".repeat(5)})), VALIDATION, "less than or equal to 32"),
            (vpc(json!({"XksProxyUriEndpoint": "http://a.example.com"})), VALIDATION, "xksProxyUriEndpoint"),
            (vpc(json!({"XksProxyUriPath": "/kms/xks/vv1"})), VALIDATION, "xksProxyUriPath"),
            (vpc(json!({"XksProxyConnectivity": "PIGEON"})), VALIDATION, "[PUBLIC_ENDPOINT, VPC_ENDPOINT_SERVICE]"),
            (vpc(json!({"XksProxyVpcEndpointServiceName": "com.amazonaws.vpce.1"})), VALIDATION, "xksProxyVpcEndpointServiceName"),
            (vpc(json!({"XksProxyVpcEndpointServiceOwner": "11112222333"})), VALIDATION, "xksProxyVpcEndpointServiceOwner"),
            (vpc(json!({"XksProxyAuthenticationCredential": {"AccessKeyId": "A".repeat(20)}})), VALIDATION, "Value null at 'xksProxyAuthenticationCredential.rawSecretAccessKey'"),
            (vpc(json!({"XksProxyAuthenticationCredential": key("A1".repeat(10).as_str(), &secret)})), VALIDATION, "Value at 'xksProxyAuthenticationCredential.accessKeyId'"),
            (vpc(json!({"XksProxyAuthenticationCredential": key("A".repeat(20).as_str(), "short")})), VALIDATION, "greater than or equal to 43"),
        ],
    )
    .await
}

#[tokio::test]
async fn constraints_of_the_other_operations() -> Fallible<()> {
    for operation in ["Connect", "Disconnect", "Delete", "Update"] {
        let rows = vec![
            (json!({}), VALIDATION, "Value null at 'customKeyStoreId'"),
            (
                json!({"CustomKeyStoreId": ""}),
                VALIDATION,
                "greater than or equal to 1",
            ),
            (
                json!({"CustomKeyStoreId": "c".repeat(65)}),
                VALIDATION,
                "less than or equal to 64",
            ),
            (
                json!({"CustomKeyStoreId": 7}),
                SERIALIZATION,
                "NUMBER_VALUE can not be converted to a String",
            ),
        ];
        check(&format!("{operation}CustomKeyStore"), rows).await?;
    }
    check(
        "UpdateCustomKeyStore",
        vec![(
            json!({"CustomKeyStoreId": "c", "NewCustomKeyStoreName": ""}),
            VALIDATION,
            "newCustomKeyStoreName",
        )],
    )
    .await?;
    check(
        "DescribeCustomKeyStores",
        vec![
            (json!({"Limit": 0}), VALIDATION, "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1"),
            (json!({"Limit": 1001}), VALIDATION, "less than or equal to 1000"),
            (json!({"Limit": "1"}), SERIALIZATION, "STRING_VALUE can not be converted to an Integer"),
            (json!({"Limit": 1.5}), SERIALIZATION, "DECIMAL_VALUE"),
            (json!({"Marker": ""}), VALIDATION, "at 'marker'"),
            (json!({"Marker": "\u{100}"}), VALIDATION, "regular expression pattern"),
        ],
    )
    .await
}

#[tokio::test]
async fn members_that_do_not_fit_the_type_of_the_store() -> Fallible<()> {
    let mut rows = Vec::new();
    for member in [
        "CloudHsmClusterId",
        "TrustAnchorCertificate",
        "KeyStorePassword",
    ] {
        rows.push((
            with(cloud_hsm("a"), json!({ member: null })),
            VALIDATION,
            member,
        ));
        rows.push((
            with(external("a"), json!({ member: cloud_hsm("a")[member] })),
            VALIDATION,
            member,
        ));
    }
    for member in [
        "XksProxyUriEndpoint",
        "XksProxyUriPath",
        "XksProxyConnectivity",
        "XksProxyAuthenticationCredential",
    ] {
        rows.push((
            with(external("a"), json!({ member: null })),
            VALIDATION,
            member,
        ));
        rows.push((
            with(cloud_hsm("a"), json!({ member: external("a")[member] })),
            VALIDATION,
            member,
        ));
    }
    let service = "XksProxyVpcEndpointServiceName";
    rows.push((
        with(external_in_vpc("a"), json!({ service: null })),
        VALIDATION,
        service,
    ));
    rows.push((
        with(external("a"), json!({ service: vpc_service("a") })),
        VALIDATION,
        service,
    ));
    check("CreateCustomKeyStore", rows).await?;

    let mut bench = Bench::start().await?;
    let (hsm, xks) = (
        bench.create(cloud_hsm("a")).await?,
        bench.create(external("a")).await?,
    );
    for input in [
        json!({"CustomKeyStoreId": hsm, "XksProxyUriPath": "/a/kms/xks/v1"}),
        json!({"CustomKeyStoreId": xks, "KeyStorePassword": "kmsPswd"}),
    ] {
        assert_eq!(bench.code("UpdateCustomKeyStore", input).await?, VALIDATION);
    }
    Ok(())
}

#[tokio::test]
async fn null_and_unknown_members_are_ignored() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    let mut input = cloud_hsm("a");
    input["XksProxyUriPath"] = Value::Null;
    input["OfTomorrow"] = json!({"a": [1]});
    bench.create(input).await?;
    Ok(())
}

#[tokio::test]
async fn bodies_are_json_objects() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    for (body, code) in [
        ("{", SERIALIZATION),
        ("[]", SERIALIZATION),
        ("null", SERIALIZATION),
        ("{} {}", SERIALIZATION),
        (r#"{"Limit":{}}"#, SERIALIZATION),
        ("", "ok"),
        (" {} ", "ok"),
    ] {
        let mut draft = bench.draft("DescribeCustomKeyStores", &Value::Null);
        draft.body = body.as_bytes().to_vec();
        if body.is_empty() {
            draft.set("content-length", "0");
        }
        let answer = bench
            .send(draft.sign(&bench.credentials, crate::bench::REGION, "kms"))
            .await?;
        assert_eq!(answer.code(), code, "{body:?}: {}", answer.text);
    }
    let mut draft = bench.draft("CreateCustomKeyStore", &json!({}));
    draft.body = br#"{"CustomKeyStoreName":"a","XksProxyAuthenticationCredential":"x"}"#.to_vec();
    let answer = bench
        .send(draft.sign(&bench.credentials, crate::bench::REGION, "kms"))
        .await?;
    assert_eq!(answer.code(), SERIALIZATION);
    Ok(())
}
