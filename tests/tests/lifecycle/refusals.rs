//! Refusals that follow from the state of stores and of what stands behind them, each as its typed error.

use crate::{
    CERTIFICATE, PROXY_SECRET, cloud_hsm, cluster_id, created, external, proxy_credential,
};
use farrier_kms::Client;
use farrier_kms::error::ProvideErrorMetadata;
use farrier_kms::operation::RequestId;
use farrier_kms::operation::connect_custom_key_store::ConnectCustomKeyStoreError as ConnectError;
use farrier_kms::operation::create_custom_key_store::CreateCustomKeyStoreError as CreateError;
use farrier_kms::operation::create_custom_key_store::builders::CreateCustomKeyStoreFluentBuilder;
use farrier_kms::operation::delete_custom_key_store::DeleteCustomKeyStoreError as DeleteError;
use farrier_kms::operation::describe_custom_key_stores::DescribeCustomKeyStoresError as DescribeError;
use farrier_kms::operation::disconnect_custom_key_store::DisconnectCustomKeyStoreError as DisconnectError;
use farrier_kms::operation::update_custom_key_store::UpdateCustomKeyStoreError as UpdateError;
use farrier_kms::types::XksProxyConnectivityType;
use farrier_test_service::{
    Cluster, ClusterCondition, Proxy, ProxyCondition, VpcEndpointService,
    VpcEndpointServiceCondition,
};
use farrier_tests::Local;

/// Sends a call that must be refused with this error, and returns its message.
macro_rules! refused {
    ($call:expr, $error:ident::CustomKeyStoreHasCmKsException) => {
        refused!(
            $call,
            $error::CustomKeyStoreHasCmKsException,
            "CustomKeyStoreHasCMKsException"
        )
    };
    ($call:expr, $error:ident::$variant:ident) => {
        refused!($call, $error::$variant, stringify!($variant))
    };
    ($call:expr, $error:ident::$variant:ident, $code:expr) => {{
        let error = $call.send().await.expect_err($code);
        let status = error
            .raw_response()
            .map(|response| response.status().as_u16());
        assert_eq!((error.code(), status), (Some($code), Some(400)));
        let id = error
            .request_id()
            .expect("each answer has an id")
            .to_owned();
        match error.into_service_error() {
            $error::$variant(fault) => {
                assert_eq!(fault.request_id(), Some(id.as_str()));
                fault
                    .message()
                    .expect("each refusal has a message")
                    .to_owned()
            }
            other => panic!("{other:?}"),
        }
    }};
}

async fn local() -> (Local, Client) {
    let local = Local::start().await.unwrap();
    let client = local.client();
    (local, client)
}

#[tokio::test]
async fn calls_that_a_state_does_not_allow() {
    let (local, client) = local().await;
    let id = created(external(&client, "mine")).await;
    let disconnect = || {
        client
            .disconnect_custom_key_store()
            .custom_key_store_id(&id)
    };
    let connect = || client.connect_custom_key_store().custom_key_store_id(&id);
    let delete = || client.delete_custom_key_store().custom_key_store_id(&id);
    let update = || {
        client
            .update_custom_key_store()
            .custom_key_store_id(&id)
            .xks_proxy_uri_endpoint("https://a.example.com")
    };
    macro_rules! not_now {
        ($call:expr, $error:ident, $state:literal) => {
            let message = refused!($call, $error::CustomKeyStoreInvalidStateException);
            assert!(message.contains($state), "{message}");
        };
    }
    not_now!(disconnect(), DisconnectError, "DISCONNECTED");
    connect().send().await.unwrap();
    connect().send().await.unwrap();
    not_now!(delete(), DeleteError, "CONNECTING");
    not_now!(update(), UpdateError, "CONNECTING");
    local.clock().advance(Local::CONNECT_DELAY);
    connect().send().await.unwrap();
    disconnect().send().await.unwrap();
    not_now!(disconnect(), DisconnectError, "DISCONNECTING");
    not_now!(connect(), ConnectError, "DISCONNECTING");
    local.clock().advance(Local::DISCONNECT_DELAY);
    local.service().fail_next_connect("INTERNAL_ERROR");
    connect().send().await.unwrap();
    local.clock().advance(Local::CONNECT_DELAY);
    not_now!(connect(), ConnectError, "FAILED");
    not_now!(delete(), DeleteError, "FAILED");
    disconnect().send().await.unwrap();
    local.clock().advance(Local::DISCONNECT_DELAY);
    local.service().set_keys(&id, 2);
    refused!(delete(), DeleteError::CustomKeyStoreHasCmKsException);
    local.service().set_keys(&id, 0);
    delete().send().await.unwrap();
}

#[tokio::test]
async fn stores_that_do_not_exist() {
    let (_local, client) = local().await;
    let id = "cks-1234567890abcdef0";
    macro_rules! not_found {
        ($call:expr, $error:ident) => {
            refused!($call, $error::CustomKeyStoreNotFoundException)
        };
    }
    not_found!(
        client.connect_custom_key_store().custom_key_store_id(id),
        ConnectError
    );
    not_found!(
        client.disconnect_custom_key_store().custom_key_store_id(id),
        DisconnectError
    );
    not_found!(
        client.delete_custom_key_store().custom_key_store_id(id),
        DeleteError
    );
    not_found!(
        client.describe_custom_key_stores().custom_key_store_id(id),
        DescribeError
    );
    not_found!(
        client
            .describe_custom_key_stores()
            .custom_key_store_name(id),
        DescribeError
    );
    not_found!(
        client
            .update_custom_key_store()
            .custom_key_store_id(id)
            .new_custom_key_store_name("a"),
        UpdateError
    );
    let call = client
        .describe_custom_key_stores()
        .marker("no marker of this service");
    refused!(call, DescribeError::InvalidMarkerException);
}

#[tokio::test]
async fn names_and_quotas() {
    let local = Local::start_with(|service| service.max_key_stores(2))
        .await
        .unwrap();
    // The SDKs take this code for one of throttling and repeat it; here it stays.
    let once = farrier_kms::config::retry::RetryConfig::disabled();
    let client = Client::from_conf(local.config().retry_config(once).build());
    created(cloud_hsm(&client, "first")).await;
    let second = created(external(&client, "second")).await;
    let taken = || cloud_hsm(&client, "other").custom_key_store_name("first");
    refused!(taken(), CreateError::CustomKeyStoreNameInUseException);
    let rename = client
        .update_custom_key_store()
        .custom_key_store_id(second)
        .new_custom_key_store_name("first");
    refused!(rename, UpdateError::CustomKeyStoreNameInUseException);
    let third = external(&client, "third");
    refused!(third, CreateError::LimitExceededException);
}

#[tokio::test]
async fn clusters() {
    let (local, client) = local().await;
    let service = local.service();
    let cluster = |name: &str| Cluster::new(cluster_id(name));
    service.set_cluster(cluster("absent").condition(ClusterCondition::NotFound));
    service.set_cluster(cluster("asleep").condition(ClusterCondition::NotActive));
    service.set_cluster(cluster("small").condition(ClusterCondition::InvalidConfiguration));
    service.set_cluster(cluster("foreign").certificate("another"));
    let create = |name| cloud_hsm(&client, name);
    refused!(
        create("absent"),
        CreateError::CloudHsmClusterNotFoundException
    );
    refused!(
        create("asleep"),
        CreateError::CloudHsmClusterNotActiveException
    );
    refused!(
        create("small"),
        CreateError::CloudHsmClusterInvalidConfigurationException
    );
    refused!(
        create("foreign"),
        CreateError::IncorrectTrustAnchorException
    );

    service.set_cluster(cluster("mine").certificate(CERTIFICATE));
    let id = created(create("mine")).await;
    let again = create("mine").custom_key_store_name("other");
    refused!(again, CreateError::CloudHsmClusterInUseException);
    let update = |name| {
        client
            .update_custom_key_store()
            .custom_key_store_id(&id)
            .cloud_hsm_cluster_id(cluster_id(name))
    };
    refused!(
        update("absent"),
        UpdateError::CloudHsmClusterNotFoundException
    );
    refused!(
        update("asleep"),
        UpdateError::CloudHsmClusterNotActiveException
    );
    refused!(
        update("small"),
        UpdateError::CloudHsmClusterInvalidConfigurationException
    );
    refused!(
        update("foreign"),
        UpdateError::CloudHsmClusterNotRelatedException
    );

    let connect = || client.connect_custom_key_store().custom_key_store_id(&id);
    service.set_cluster(cluster("mine").condition(ClusterCondition::NotActive));
    refused!(connect(), ConnectError::CloudHsmClusterNotActiveException);
    service.set_cluster(cluster("mine").condition(ClusterCondition::InvalidConfiguration));
    refused!(
        connect(),
        ConnectError::CloudHsmClusterInvalidConfigurationException
    );
}

/// A call that creates an external key store with this endpoint.
fn at(client: &Client, name: &str, endpoint: &str) -> CreateCustomKeyStoreFluentBuilder {
    external(client, name).xks_proxy_uri_endpoint(endpoint)
}

#[tokio::test]
async fn proxies() {
    let (local, client) = local().await;
    let service = local.service();
    let endpoint = |name: &str| format!("https://{name}.example.com");
    service.set_proxy(Proxy::new(endpoint("dead")).condition(ProxyCondition::Unreachable));
    service.set_proxy(Proxy::new(endpoint("mad")).condition(ProxyCondition::InvalidResponse));
    service.set_proxy(Proxy::new(endpoint("odd")).condition(ProxyCondition::InvalidConfiguration));
    service
        .set_proxy(Proxy::new(endpoint("strict")).credential(crate::PROXY_KEY_ID, "f".repeat(43)));
    let create = |name: &str| at(&client, name, &endpoint(name));
    refused!(create("dead"), CreateError::XksProxyUriUnreachableException);
    refused!(create("mad"), CreateError::XksProxyInvalidResponseException);
    refused!(
        create("odd"),
        CreateError::XksProxyInvalidConfigurationException
    );
    let message = refused!(
        create("strict"),
        CreateError::XksProxyIncorrectAuthenticationCredentialException
    );
    assert!(!message.contains(PROXY_SECRET));

    let id = created(create("good")).await;
    let same = create("good").custom_key_store_name("same");
    refused!(same, CreateError::XksProxyUriInUseException);
    let update = |name: &str| {
        client
            .update_custom_key_store()
            .custom_key_store_id(&id)
            .xks_proxy_uri_endpoint(endpoint(name))
    };
    refused!(update("dead"), UpdateError::XksProxyUriUnreachableException);
    refused!(update("mad"), UpdateError::XksProxyInvalidResponseException);
    refused!(
        update("odd"),
        UpdateError::XksProxyInvalidConfigurationException
    );
    let wrong =
        update("strict").xks_proxy_authentication_credential(proxy_credential(PROXY_SECRET));
    refused!(
        wrong,
        UpdateError::XksProxyIncorrectAuthenticationCredentialException
    );
    created(create("taken")).await;
    let same = update("taken").xks_proxy_uri_path("/taken/kms/xks/v1");
    refused!(same, UpdateError::XksProxyUriInUseException);
}

#[tokio::test]
async fn vpc_endpoint_services() {
    let (local, client) = local().await;
    let service = local.service();
    let named = |name: &str| format!("com.amazonaws.vpce.us-east-1.vpce-svc-{name}");
    let endpoint = |name: &str| format!("https://{name}.example.com");
    service.set_vpc_endpoint_service(
        VpcEndpointService::new(named("absent")).condition(VpcEndpointServiceCondition::NotFound),
    );
    service.set_vpc_endpoint_service(
        VpcEndpointService::new(named("odd"))
            .condition(VpcEndpointServiceCondition::InvalidConfiguration),
    );
    let create = |name: &str| {
        at(&client, name, &endpoint(name))
            .xks_proxy_connectivity(XksProxyConnectivityType::VpcEndpointService)
            .xks_proxy_vpc_endpoint_service_name(named(name))
    };
    refused!(
        create("absent"),
        CreateError::XksProxyVpcEndpointServiceNotFoundException
    );
    refused!(
        create("odd"),
        CreateError::XksProxyVpcEndpointServiceInvalidConfigurationException
    );
    created(create("first")).await;
    let other = created(create("other")).await;
    let same = create("second").xks_proxy_vpc_endpoint_service_name(named("first"));
    refused!(same, CreateError::XksProxyVpcEndpointServiceInUseException);
    let same = create("second").xks_proxy_uri_endpoint(endpoint("first"));
    refused!(same, CreateError::XksProxyUriEndpointInUseException);

    let update = |name: &str| {
        client
            .update_custom_key_store()
            .custom_key_store_id(&other)
            .xks_proxy_vpc_endpoint_service_name(named(name))
    };
    refused!(
        update("absent"),
        UpdateError::XksProxyVpcEndpointServiceNotFoundException
    );
    refused!(
        update("odd"),
        UpdateError::XksProxyVpcEndpointServiceInvalidConfigurationException
    );
    refused!(
        update("first"),
        UpdateError::XksProxyVpcEndpointServiceInUseException
    );
    let same = client
        .update_custom_key_store()
        .custom_key_store_id(&other)
        .xks_proxy_uri_endpoint(endpoint("first"));
    refused!(same, UpdateError::XksProxyUriEndpointInUseException);
}

#[tokio::test]
async fn input_that_the_service_finds_faulty_has_a_code_without_a_type() {
    let (_local, client) = local().await;
    let error = client
        .create_custom_key_store()
        .custom_key_store_name("")
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(error.code(), Some("ValidationException"));
    assert!(
        error
            .message()
            .is_some_and(|message| message.contains("customKeyStoreName")),
        "{error}"
    );
    assert!(error.to_string().contains("ValidationException"), "{error}");
    let both = client
        .describe_custom_key_stores()
        .custom_key_store_id("a")
        .custom_key_store_name("b")
        .send()
        .await;
    assert_eq!(both.unwrap_err().code(), Some("ValidationException"));
}
