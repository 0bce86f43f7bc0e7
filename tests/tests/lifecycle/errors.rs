//! Every error that the model gives an operation comes back as its type, with code, message and request id.

use farrier_kms::error::ProvideErrorMetadata;
use farrier_kms::operation::RequestId;
use farrier_kms::{Client, Error};
use farrier_test_service::Fault;
use farrier_tests::Local;

/// A client that does not repeat, as some of these errors would be.
async fn local() -> (Local, Client) {
    let local = Local::start().await.unwrap();
    let once = farrier_kms::config::retry::RetryConfig::disabled();
    let client = Client::from_conf(local.config().retry_config(once).build());
    (local, client)
}

/// Answers one call after the other with each of the errors, and counts them.
macro_rules! every_error {
    ($test:ident, $operation:ident, $error:ident, $count:literal, [$($variant:ident $is:ident $code:literal),+ $(,)?]) => {
        #[tokio::test]
        async fn $test() {
            use farrier_kms::operation::$operation::$error;
            let (local, client) = local().await;
            let mut count = 0;
            $(
                let status = if $code == "KMSInternalException" { 500 } else { 400 };
                local.service().inject(Fault::error(status, $code, "in so many words"));
                let error = client.$operation().send().await.expect_err($code);
                let id = local.service().take_requests().remove(0).request_id;
                assert_eq!(error.request_id(), Some(id.as_str()));
                assert_eq!((error.code(), error.message()), (Some($code), Some("in so many words")));
                let error = error.into_service_error();
                assert!(error.$is(), "{error:?}");
                assert_eq!(error.meta().code(), Some($code));
                let text = error.to_string();
                assert!(text.contains($code) && text.contains("in so many words"), "{text}");
                let $error::$variant(fault) = &error else { panic!("{error:?}") };
                assert_eq!((fault.message(), fault.request_id()), (Some("in so many words"), Some(id.as_str())));
                let error = Error::from(error);
                assert!(matches!(error, Error::$variant(_)), "{error:?}");
                assert_eq!((error.code(), error.request_id()), (Some($code), Some(id.as_str())));
                assert_eq!(error.to_string(), text);
                count += 1;
            )+
            assert_eq!(count, $count);
        }
    };
}

every_error!(
    errors_of_disconnect,
    disconnect_custom_key_store,
    DisconnectCustomKeyStoreError,
    3,
    [
        CustomKeyStoreInvalidStateException is_custom_key_store_invalid_state_exception "CustomKeyStoreInvalidStateException",
        CustomKeyStoreNotFoundException is_custom_key_store_not_found_exception "CustomKeyStoreNotFoundException",
        KmsInternalException is_kms_internal_exception "KMSInternalException",
    ]
);

every_error!(
    errors_of_describe,
    describe_custom_key_stores,
    DescribeCustomKeyStoresError,
    3,
    [
        CustomKeyStoreNotFoundException is_custom_key_store_not_found_exception "CustomKeyStoreNotFoundException",
        InvalidMarkerException is_invalid_marker_exception "InvalidMarkerException",
        KmsInternalException is_kms_internal_exception "KMSInternalException",
    ]
);

every_error!(
    errors_of_delete,
    delete_custom_key_store,
    DeleteCustomKeyStoreError,
    4,
    [
        CustomKeyStoreHasCmKsException is_custom_key_store_has_cm_ks_exception "CustomKeyStoreHasCMKsException",
        CustomKeyStoreInvalidStateException is_custom_key_store_invalid_state_exception "CustomKeyStoreInvalidStateException",
        CustomKeyStoreNotFoundException is_custom_key_store_not_found_exception "CustomKeyStoreNotFoundException",
        KmsInternalException is_kms_internal_exception "KMSInternalException",
    ]
);

every_error!(
    errors_of_connect,
    connect_custom_key_store,
    ConnectCustomKeyStoreError,
    5,
    [
        CloudHsmClusterInvalidConfigurationException is_cloud_hsm_cluster_invalid_configuration_exception "CloudHsmClusterInvalidConfigurationException",
        CloudHsmClusterNotActiveException is_cloud_hsm_cluster_not_active_exception "CloudHsmClusterNotActiveException",
        CustomKeyStoreInvalidStateException is_custom_key_store_invalid_state_exception "CustomKeyStoreInvalidStateException",
        CustomKeyStoreNotFoundException is_custom_key_store_not_found_exception "CustomKeyStoreNotFoundException",
        KmsInternalException is_kms_internal_exception "KMSInternalException",
    ]
);

every_error!(
    errors_of_create,
    create_custom_key_store,
    CreateCustomKeyStoreError,
    17,
    [
        CloudHsmClusterInUseException is_cloud_hsm_cluster_in_use_exception "CloudHsmClusterInUseException",
        CloudHsmClusterInvalidConfigurationException is_cloud_hsm_cluster_invalid_configuration_exception "CloudHsmClusterInvalidConfigurationException",
        CloudHsmClusterNotActiveException is_cloud_hsm_cluster_not_active_exception "CloudHsmClusterNotActiveException",
        CloudHsmClusterNotFoundException is_cloud_hsm_cluster_not_found_exception "CloudHsmClusterNotFoundException",
        CustomKeyStoreNameInUseException is_custom_key_store_name_in_use_exception "CustomKeyStoreNameInUseException",
        IncorrectTrustAnchorException is_incorrect_trust_anchor_exception "IncorrectTrustAnchorException",
        KmsInternalException is_kms_internal_exception "KMSInternalException",
        LimitExceededException is_limit_exceeded_exception "LimitExceededException",
        XksProxyIncorrectAuthenticationCredentialException is_xks_proxy_incorrect_authentication_credential_exception "XksProxyIncorrectAuthenticationCredentialException",
        XksProxyInvalidConfigurationException is_xks_proxy_invalid_configuration_exception "XksProxyInvalidConfigurationException",
        XksProxyInvalidResponseException is_xks_proxy_invalid_response_exception "XksProxyInvalidResponseException",
        XksProxyUriEndpointInUseException is_xks_proxy_uri_endpoint_in_use_exception "XksProxyUriEndpointInUseException",
        XksProxyUriInUseException is_xks_proxy_uri_in_use_exception "XksProxyUriInUseException",
        XksProxyUriUnreachableException is_xks_proxy_uri_unreachable_exception "XksProxyUriUnreachableException",
        XksProxyVpcEndpointServiceInUseException is_xks_proxy_vpc_endpoint_service_in_use_exception "XksProxyVpcEndpointServiceInUseException",
        XksProxyVpcEndpointServiceInvalidConfigurationException is_xks_proxy_vpc_endpoint_service_invalid_configuration_exception "XksProxyVpcEndpointServiceInvalidConfigurationException",
        XksProxyVpcEndpointServiceNotFoundException is_xks_proxy_vpc_endpoint_service_not_found_exception "XksProxyVpcEndpointServiceNotFoundException",
    ]
);

every_error!(
    errors_of_update,
    update_custom_key_store,
    UpdateCustomKeyStoreError,
    17,
    [
        CloudHsmClusterInvalidConfigurationException is_cloud_hsm_cluster_invalid_configuration_exception "CloudHsmClusterInvalidConfigurationException",
        CloudHsmClusterNotActiveException is_cloud_hsm_cluster_not_active_exception "CloudHsmClusterNotActiveException",
        CloudHsmClusterNotFoundException is_cloud_hsm_cluster_not_found_exception "CloudHsmClusterNotFoundException",
        CloudHsmClusterNotRelatedException is_cloud_hsm_cluster_not_related_exception "CloudHsmClusterNotRelatedException",
        CustomKeyStoreInvalidStateException is_custom_key_store_invalid_state_exception "CustomKeyStoreInvalidStateException",
        CustomKeyStoreNameInUseException is_custom_key_store_name_in_use_exception "CustomKeyStoreNameInUseException",
        CustomKeyStoreNotFoundException is_custom_key_store_not_found_exception "CustomKeyStoreNotFoundException",
        KmsInternalException is_kms_internal_exception "KMSInternalException",
        XksProxyIncorrectAuthenticationCredentialException is_xks_proxy_incorrect_authentication_credential_exception "XksProxyIncorrectAuthenticationCredentialException",
        XksProxyInvalidConfigurationException is_xks_proxy_invalid_configuration_exception "XksProxyInvalidConfigurationException",
        XksProxyInvalidResponseException is_xks_proxy_invalid_response_exception "XksProxyInvalidResponseException",
        XksProxyUriEndpointInUseException is_xks_proxy_uri_endpoint_in_use_exception "XksProxyUriEndpointInUseException",
        XksProxyUriInUseException is_xks_proxy_uri_in_use_exception "XksProxyUriInUseException",
        XksProxyUriUnreachableException is_xks_proxy_uri_unreachable_exception "XksProxyUriUnreachableException",
        XksProxyVpcEndpointServiceInUseException is_xks_proxy_vpc_endpoint_service_in_use_exception "XksProxyVpcEndpointServiceInUseException",
        XksProxyVpcEndpointServiceInvalidConfigurationException is_xks_proxy_vpc_endpoint_service_invalid_configuration_exception "XksProxyVpcEndpointServiceInvalidConfigurationException",
        XksProxyVpcEndpointServiceNotFoundException is_xks_proxy_vpc_endpoint_service_not_found_exception "XksProxyVpcEndpointServiceNotFoundException",
    ]
);

#[tokio::test]
async fn an_error_without_a_type_keeps_its_code_and_message() {
    let (local, client) = local().await;
    local
        .service()
        .inject(Fault::error(400, "AccessDeniedException", "not for you"));
    let error = client
        .describe_custom_key_stores()
        .send()
        .await
        .unwrap_err();
    let id = local.service().take_requests().remove(0).request_id;
    assert_eq!(
        (error.code(), error.message()),
        (Some("AccessDeniedException"), Some("not for you"))
    );
    let error = Error::from(error);
    assert_eq!(
        (error.code(), error.request_id()),
        (Some("AccessDeniedException"), Some(id.as_str()))
    );
    let text = error.to_string();
    assert!(
        text.contains("AccessDeniedException") && text.contains("not for you"),
        "{text}"
    );
}

#[tokio::test]
async fn an_error_is_read_from_any_of_its_forms() {
    let (local, client) = local().await;
    let code = "CustomKeyStoreNotFoundException";
    let typed = |body: &str| Fault::answer(400).body(body.as_bytes());
    let long = format!("com.amazonaws.kms#{code}:http://internal.amazon.com/");
    for (fault, message) in [
        (
            typed(&format!(
                r#"{{"__type": "com.amazonaws.kms#{code}", "Message": "capital"}}"#
            )),
            Some("capital"),
        ),
        (
            typed(&format!(r#"{{"code": "{code}", "message": "by code"}}"#)),
            Some("by code"),
        ),
        (
            typed(r#"{"message": "by header"}"#).header("x-amzn-errortype", &long),
            Some("by header"),
        ),
        (typed("").header("x-amzn-errortype", code), None),
        (typed("<html>").header("x-amzn-errortype", code), None),
    ] {
        local.service().inject(fault);
        let error = client
            .describe_custom_key_stores()
            .send()
            .await
            .unwrap_err();
        assert_eq!(
            (error.code(), error.message()),
            (Some(code), message),
            "{error:?}"
        );
        assert!(
            error
                .into_service_error()
                .is_custom_key_store_not_found_exception()
        );
    }
}

#[tokio::test]
async fn an_answer_that_is_no_json_is_no_output() {
    let (local, client) = local().await;
    for body in [
        "<html>busy</html>",
        r#"{"CustomKeyStores": [{"#,
        r#"{"CustomKeyStores": 7}"#,
    ] {
        local.service().inject(Fault::answer(200).body(body));
        let error = client
            .describe_custom_key_stores()
            .send()
            .await
            .unwrap_err();
        // As in the official client: an error of the service without a code, with the answer in it.
        assert_eq!(
            error
                .raw_response()
                .map(|response| response.status().as_u16()),
            Some(200)
        );
        assert_eq!(error.code(), None);
        let text = farrier_kms::error::DisplayErrorContext(&error).to_string();
        assert!(
            text.contains("offset") || text.contains("expected"),
            "{text}"
        );
    }
    for body in ["<html>busy</html>", ""] {
        local.service().inject(Fault::answer(503).body(body));
        let error = client
            .describe_custom_key_stores()
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.code(), None);
        assert_eq!(
            error
                .raw_response()
                .map(|response| response.status().as_u16()),
            Some(503)
        );
    }
}
