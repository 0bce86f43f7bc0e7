//! What stands behind the stores, and what is in use: each refusal that comes of it, and each connect that fails on it.

use crate::bench::{
    Bench, CONNECT_DELAY, Fallible, cloud_hsm, cluster_id, credential, external, external_in_vpc,
    vpc_service, with,
};
use farrier_test_service::{
    Cluster, ClusterCondition, Proxy, ProxyCondition, VpcEndpointService,
    VpcEndpointServiceCondition,
};
use serde_json::{Value, json};

const CREATE: &str = "CreateCustomKeyStore";
const UPDATE: &str = "UpdateCustomKeyStore";

/// Connects a store, lets the delay pass, and says how it ended.
async fn connect(bench: &mut Bench, id: &str) -> Fallible<String> {
    let code = bench
        .code("ConnectCustomKeyStore", json!({ "CustomKeyStoreId": id }))
        .await?;
    if code != "ok" {
        return Ok(code);
    }
    bench.clock.advance(CONNECT_DELAY);
    let entry = bench.entry(id).await?;
    Ok(entry["ConnectionErrorCode"]
        .as_str()
        .or(entry["ConnectionState"].as_str())
        .unwrap_or_default()
        .to_owned())
}

fn change(id: &str, changes: Value) -> Value {
    with(json!({ "CustomKeyStoreId": id }), changes)
}

#[tokio::test]
async fn clusters_are_refused_by_create_update_and_connect() -> Fallible<()> {
    use ClusterCondition::{InvalidConfiguration, NotActive, NotFound};
    for (condition, refusal, connected) in [
        (
            NotFound,
            "CloudHsmClusterNotFoundException",
            "CLUSTER_NOT_FOUND",
        ),
        (
            NotActive,
            "CloudHsmClusterNotActiveException",
            "CloudHsmClusterNotActiveException",
        ),
        (
            InvalidConfiguration,
            "CloudHsmClusterInvalidConfigurationException",
            "CloudHsmClusterInvalidConfigurationException",
        ),
    ] {
        let bad = Cluster::new(cluster_id("b")).condition(condition);
        let mut bench = Bench::with(|builder| builder.cluster(bad)).await?;
        let id = bench.create(cloud_hsm("a")).await?;
        assert_eq!(bench.code(CREATE, cloud_hsm("b")).await?, refusal);
        let update = change(&id, json!({ "CloudHsmClusterId": cluster_id("b") }));
        assert_eq!(bench.code(UPDATE, update).await?, refusal);
        bench
            .service
            .set_cluster(Cluster::new(cluster_id("a")).condition(condition));
        assert_eq!(connect(&mut bench, &id).await?, connected);
    }
    Ok(())
}

#[tokio::test]
async fn a_cluster_belongs_to_one_store_and_has_one_certificate() -> Fallible<()> {
    let cluster =
        |tag: &str, certificate: &str| Cluster::new(cluster_id(tag)).certificate(certificate);
    let mut bench = Bench::with(|builder| {
        builder
            .cluster(cluster("a", "one"))
            .cluster(cluster("b", "one"))
            .cluster(cluster("c", "two"))
    })
    .await?;
    let trusting = |tag: &str, certificate: &str| {
        with(
            cloud_hsm(tag),
            json!({ "TrustAnchorCertificate": certificate }),
        )
    };
    assert_eq!(
        bench.code(CREATE, trusting("a", "two")).await?,
        "IncorrectTrustAnchorException"
    );
    let id = bench.create(trusting("a", "one")).await?;
    let renamed = with(trusting("a", "one"), json!({"CustomKeyStoreName": "other"}));
    assert_eq!(
        bench.code(CREATE, renamed).await?,
        "CloudHsmClusterInUseException"
    );
    assert_eq!(
        bench.code(CREATE, trusting("b", "one")).await?,
        "CloudHsmClusterInUseException"
    );
    let other = bench.create(cloud_hsm("d")).await?;
    for (tag, code) in [
        ("b", "ok"),
        ("c", "CloudHsmClusterNotRelatedException"),
        ("d", "CloudHsmClusterNotRelatedException"),
        ("e", "ok"),
    ] {
        let update = change(&id, json!({ "CloudHsmClusterId": cluster_id(tag) }));
        assert_eq!(bench.code(UPDATE, update).await?, code, "{tag}");
    }
    assert_eq!(
        bench.entry(&id).await?["CloudHsmClusterId"],
        cluster_id("e")
    );
    assert_eq!(
        bench.entry(&other).await?["CloudHsmClusterId"],
        cluster_id("d")
    );
    Ok(())
}

#[tokio::test]
async fn a_wrong_password_shows_when_connecting() -> Fallible<()> {
    let mut bench = Bench::with(|builder| {
        builder.cluster(Cluster::new(cluster_id("a")).password("the-right-one"))
    })
    .await?;
    let id = bench.create(cloud_hsm("a")).await?;
    assert_eq!(connect(&mut bench, &id).await?, "INVALID_CREDENTIALS");
    bench
        .call(
            "DisconnectCustomKeyStore",
            json!({ "CustomKeyStoreId": id }),
        )
        .await?;
    bench.clock.advance(CONNECT_DELAY);
    assert_eq!(
        bench
            .code(
                UPDATE,
                change(&id, json!({"KeyStorePassword": "the-right-one"}))
            )
            .await?,
        "ok"
    );
    assert_eq!(connect(&mut bench, &id).await?, "CONNECTED");
    Ok(())
}

#[tokio::test]
async fn proxies_are_refused_when_public_and_fail_connects() -> Fallible<()> {
    use ProxyCondition::{InvalidConfiguration, InvalidResponse, Unreachable};
    let key = "B".repeat(20);
    let at = |tag: &str| Proxy::new(format!("https://{tag}.example.com"));
    type Make<'a> = &'a dyn Fn(&str) -> Proxy;
    let rows: [(Make<'_>, &str, &str); 5] = [
        (
            &|tag| at(tag).condition(Unreachable),
            "XksProxyUriUnreachableException",
            "XKS_PROXY_NOT_REACHABLE",
        ),
        (
            &|tag| at(tag).path("/other/kms/xks/v1"),
            "XksProxyUriUnreachableException",
            "XKS_PROXY_NOT_REACHABLE",
        ),
        (
            &|tag| at(tag).condition(InvalidResponse),
            "XksProxyInvalidResponseException",
            "XKS_PROXY_INVALID_RESPONSE",
        ),
        (
            &|tag| at(tag).condition(InvalidConfiguration),
            "XksProxyInvalidConfigurationException",
            "XKS_PROXY_INVALID_CONFIGURATION",
        ),
        (
            &|tag| at(tag).credential(key.as_str(), "x"),
            "XksProxyIncorrectAuthenticationCredentialException",
            "INVALID_CREDENTIALS",
        ),
    ];
    for (bad, refusal, connected) in rows {
        let mut bench = Bench::with(|builder| builder.proxy(bad("b"))).await?;
        let id = bench.create(external("a")).await?;
        assert_eq!(bench.code(CREATE, external("b")).await?, refusal);
        let update = change(&id, json!({"XksProxyUriEndpoint": "https://b.example.com"}));
        assert_eq!(bench.code(UPDATE, update).await?, refusal);
        // A proxy in a VPC is not reached before connect.
        let in_vpc = bench.create(external_in_vpc("b")).await?;
        assert_eq!(connect(&mut bench, &in_vpc).await?, connected);
        // Nor can a connected store be given what its proxy does not take.
        assert_eq!(connect(&mut bench, &id).await?, "CONNECTED");
        bench.service.set_proxy(bad("a"));
        let update = change(
            &id,
            json!({ "XksProxyAuthenticationCredential": credential('C') }),
        );
        assert_eq!(bench.code(UPDATE, update).await?, refusal);
    }
    Ok(())
}

#[tokio::test]
async fn vpc_endpoint_services_are_refused_and_fail_connects() -> Fallible<()> {
    use VpcEndpointServiceCondition::{InvalidConfiguration, NotFound};
    for (condition, refusal, connected) in [
        (
            NotFound,
            "XksProxyVpcEndpointServiceNotFoundException",
            "XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND",
        ),
        (
            InvalidConfiguration,
            "XksProxyVpcEndpointServiceInvalidConfigurationException",
            "XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION",
        ),
    ] {
        let bad = |tag: &str| VpcEndpointService::new(vpc_service(tag)).condition(condition);
        let mut bench = Bench::with(|builder| builder.vpc_endpoint_service(bad("b"))).await?;
        let id = bench.create(external_in_vpc("a")).await?;
        assert_eq!(bench.code(CREATE, external_in_vpc("b")).await?, refusal);
        let update = change(
            &id,
            json!({ "XksProxyVpcEndpointServiceName": vpc_service("b") }),
        );
        assert_eq!(bench.code(UPDATE, update).await?, refusal);
        bench.service.set_vpc_endpoint_service(bad("a"));
        assert_eq!(connect(&mut bench, &id).await?, connected);
    }
    Ok(())
}

#[tokio::test]
async fn addresses_of_proxies_are_unique_as_far_as_kms_wants() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    bench.create(external("a")).await?;
    bench.create(external_in_vpc("b")).await?;
    let endpoint = |tag: &str, path: &str| json!({"XksProxyUriEndpoint": format!("https://{tag}.example.com"), "XksProxyUriPath": path});
    let (same, other) = ("/example/kms/xks/v1", "/other/kms/xks/v1");
    for (input, code) in [
        (
            with(external("c"), endpoint("a", same)),
            "XksProxyUriInUseException",
        ),
        (
            with(external_in_vpc("c"), endpoint("b", same)),
            "XksProxyUriInUseException",
        ),
        (
            with(external("c"), endpoint("b", other)),
            "XksProxyUriEndpointInUseException",
        ),
        (
            with(external_in_vpc("c"), endpoint("a", other)),
            "XksProxyUriEndpointInUseException",
        ),
        (
            with(external_in_vpc("c"), endpoint("b", other)),
            "XksProxyUriEndpointInUseException",
        ),
        (
            with(
                external_in_vpc("c"),
                json!({ "XksProxyVpcEndpointServiceName": vpc_service("b") }),
            ),
            "XksProxyVpcEndpointServiceInUseException",
        ),
        (with(external("c"), endpoint("a", other)), "ok"),
    ] {
        assert_eq!(bench.code(CREATE, input.clone()).await?, code, "{input}");
    }
    let id = bench.create(external_in_vpc("d")).await?;
    for (changes, code) in [
        (endpoint("b", same), "XksProxyUriInUseException"),
        (endpoint("b", other), "XksProxyUriEndpointInUseException"),
        (
            json!({ "XksProxyVpcEndpointServiceName": vpc_service("b") }),
            "XksProxyVpcEndpointServiceInUseException",
        ),
        // A store is not in its own way.
        (endpoint("d", same), "ok"),
    ] {
        assert_eq!(
            bench.code(UPDATE, change(&id, changes.clone())).await?,
            code,
            "{changes}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn names_are_unique_and_stores_are_counted() -> Fallible<()> {
    let mut bench = Bench::with(|builder| builder.max_key_stores(2)).await?;
    let first = bench.create(cloud_hsm("a")).await?;
    let taken = with(external("b"), json!({"CustomKeyStoreName": "hsm-a"}));
    assert_eq!(
        bench.code(CREATE, taken).await?,
        "CustomKeyStoreNameInUseException"
    );
    bench.create(external("b")).await?;
    assert_eq!(
        bench.code(CREATE, cloud_hsm("c")).await?,
        "LimitExceededException"
    );
    let rename = |name: &str| change(&first, json!({ "NewCustomKeyStoreName": name }));
    assert_eq!(
        bench.code(UPDATE, rename("xks-b")).await?,
        "CustomKeyStoreNameInUseException"
    );
    assert_eq!(
        bench.code(UPDATE, rename("hsm-a")).await?,
        "ok",
        "its own name"
    );
    assert_eq!(bench.code(UPDATE, rename("hsm-new")).await?, "ok");
    assert_eq!(bench.entry(&first).await?["CustomKeyStoreName"], "hsm-new");
    Ok(())
}

#[tokio::test]
async fn an_external_store_moves_into_a_vpc_and_out_again() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    let id = bench.create(external("a")).await?;
    let into = |endpoint: &str, service: Option<&str>| {
        change(
            &id,
            with(
                json!({"XksProxyConnectivity": "VPC_ENDPOINT_SERVICE"}),
                json!({ "XksProxyUriEndpoint": endpoint, "XksProxyVpcEndpointServiceName": service }),
            ),
        )
    };
    let service = vpc_service("a");
    assert_eq!(
        bench
            .code(UPDATE, into("https://vpc.example.com", None))
            .await?,
        "ValidationException"
    );
    assert_eq!(
        bench
            .code(UPDATE, into("https://vpc.example.com", Some(&service)))
            .await?,
        "ok"
    );
    assert_eq!(
        bench.entry(&id).await?["XksProxyConfiguration"]["VpcEndpointServiceName"],
        service
    );
    let out = change(
        &id,
        json!({"XksProxyConnectivity": "PUBLIC_ENDPOINT", "XksProxyVpcEndpointServiceName": ""}),
    );
    assert_eq!(
        bench.code(UPDATE, out.clone()).await?,
        "ValidationException",
        "the endpoint must change too"
    );
    let out = with(out, json!({"XksProxyUriEndpoint": "https://a.example.com"}));
    assert_eq!(bench.code(UPDATE, out).await?, "ok");
    let proxy = bench.entry(&id).await?["XksProxyConfiguration"].clone();
    assert_eq!(
        (&proxy["Connectivity"], proxy.get("VpcEndpointServiceName")),
        (&json!("PUBLIC_ENDPOINT"), None)
    );
    Ok(())
}
