//! Grants made, listed, retired and revoked.

use crate::server::{client, key};
use farrier_kms::types::{GrantConstraints, GrantOperation};

const GRANTEE: &str = "arn:aws:iam::123456789012:role/orders";

#[tokio::test]
async fn a_grant_is_listed_until_it_is_revoked() {
    let client = client();
    let key = key(&client).await;
    let constraints = GrantConstraints::builder().encryption_context_subset("tenant", "hoofworks");
    let grant = client
        .create_grant()
        .key_id(&key)
        .grantee_principal(GRANTEE)
        .operations(GrantOperation::Encrypt)
        .operations(GrantOperation::ReEncryptFrom)
        .constraints(constraints.build())
        .name("orders")
        .send()
        .await
        .expect("a grant");
    assert!(grant.grant_token().is_some_and(|token| !token.is_empty()));
    let id = grant.grant_id().expect("an id");
    let listed = client
        .list_grants()
        .key_id(&key)
        .send()
        .await
        .expect("grants");
    let [listed] = listed.grants() else {
        panic!("{listed:?}");
    };
    assert_eq!(
        (listed.grant_id(), listed.name()),
        (Some(id), Some("orders"))
    );
    assert_eq!(listed.grantee_principal(), Some(GRANTEE));
    assert_eq!(
        listed.operations(),
        [GrantOperation::Encrypt, GrantOperation::ReEncryptFrom]
    );
    let subset = listed
        .constraints()
        .and_then(|constraints| constraints.encryption_context_subset());
    assert_eq!(
        subset
            .and_then(|subset| subset.get("tenant"))
            .map(String::as_str),
        Some("hoofworks")
    );
    client
        .revoke_grant()
        .key_id(&key)
        .grant_id(id)
        .send()
        .await
        .expect("revoked");
    let listed = client
        .list_grants()
        .key_id(&key)
        .send()
        .await
        .expect("grants");
    assert!(listed.grants().is_empty());
    let again = client
        .revoke_grant()
        .key_id(&key)
        .grant_id(id)
        .send()
        .await
        .expect_err("refused");
    assert!(again.into_service_error().is_not_found_exception());
}

#[tokio::test]
async fn a_grant_is_retired_by_its_token() {
    const RETIREE: &str = "arn:aws:iam::123456789012:role/retiree";
    let client = client();
    let key = key(&client).await;
    let grant = client
        .create_grant()
        .key_id(&key)
        .grantee_principal(GRANTEE)
        .retiring_principal(RETIREE);
    let grant = grant
        .operations(GrantOperation::Decrypt)
        .send()
        .await
        .expect("a grant");
    let retirable = async || {
        let call = client.list_retirable_grants().retiring_principal(RETIREE);
        let output = call.send().await.expect("grants");
        output
            .grants()
            .iter()
            .any(|listed| listed.grant_id() == grant.grant_id())
    };
    assert!(retirable().await);
    let retire = client
        .retire_grant()
        .key_id(&key)
        .set_grant_token(grant.grant_token.clone());
    retire.send().await.expect("retired");
    assert!(!retirable().await);
}
