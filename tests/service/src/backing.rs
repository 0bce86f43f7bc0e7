//! What stands behind custom key stores, as far as a test describes it: clusters, external proxies, VPC endpoint services.

use crate::refusal::Refusal;
use std::collections::BTreeMap;

/// An AWS CloudHSM cluster.
#[derive(Clone, Debug)]
pub struct Cluster {
    id: String,
    certificate: Option<String>,
    password: Option<String>,
    condition: ClusterCondition,
}

/// What KMS finds when it looks at a cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClusterCondition {
    /// Initialized, active, with enough HSMs.
    #[default]
    Active,
    /// There is no such cluster: `CloudHsmClusterNotFoundException`; a connect ends with `CLUSTER_NOT_FOUND`.
    NotFound,
    /// Not initialized and activated: `CloudHsmClusterNotActiveException`, also from connect.
    NotActive,
    /// Too few HSMs, or a wrong network: `CloudHsmClusterInvalidConfigurationException`, also from connect.
    InvalidConfiguration,
}

impl Cluster {
    /// An active cluster that any certificate and password fits.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            certificate: None,
            password: None,
            condition: ClusterCondition::Active,
        }
    }

    /// The cluster's certificate: another trust anchor gives `IncorrectTrustAnchorException`. Clusters with the same
    /// certificate share a backup history, so that only one of them can be in a key store. Default: any fits.
    #[must_use]
    pub fn certificate(mut self, certificate: impl Into<String>) -> Self {
        self.certificate = Some(certificate.into());
        self
    }

    /// The password of `kmsuser`: with another, a connect ends with `INVALID_CREDENTIALS`. Default: any fits.
    #[must_use]
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(password.into());
        self
    }

    /// What KMS finds when it looks at the cluster. Default: [`ClusterCondition::Active`].
    #[must_use]
    pub fn condition(mut self, condition: ClusterCondition) -> Self {
        self.condition = condition;
        self
    }
}

/// An external key store proxy, known by its endpoint.
#[derive(Clone, Debug)]
pub struct Proxy {
    endpoint: String,
    path: Option<String>,
    credential: Option<(String, String)>,
    condition: ProxyCondition,
}

/// What KMS finds when it sends a request to a proxy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProxyCondition {
    /// It answers as it should.
    #[default]
    Answers,
    /// `XksProxyUriUnreachableException`; a connect ends with `XKS_PROXY_NOT_REACHABLE`.
    Unreachable,
    /// `XksProxyInvalidResponseException`; a connect ends with `XKS_PROXY_INVALID_RESPONSE`.
    InvalidResponse,
    /// `XksProxyInvalidConfigurationException`; a connect ends with `XKS_PROXY_INVALID_CONFIGURATION`.
    InvalidConfiguration,
}

impl Proxy {
    /// A proxy that answers at `endpoint` (`https://host`), at any path, to any credential.
    pub fn new(endpoint: impl Into<String>) -> Self {
        Self {
            endpoint: endpoint.into(),
            path: None,
            credential: None,
            condition: ProxyCondition::Answers,
        }
    }

    /// The only path it can be reached at. Default: any.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The only credential it takes: another gives `XksProxyIncorrectAuthenticationCredentialException`; a connect ends with
    /// `INVALID_CREDENTIALS`. Default: any.
    #[must_use]
    pub fn credential(
        mut self,
        access_key_id: impl Into<String>,
        raw_secret_access_key: impl Into<String>,
    ) -> Self {
        self.credential = Some((access_key_id.into(), raw_secret_access_key.into()));
        self
    }

    /// What KMS finds when it sends a request. Default: [`ProxyCondition::Answers`].
    #[must_use]
    pub fn condition(mut self, condition: ProxyCondition) -> Self {
        self.condition = condition;
        self
    }
}

/// An Amazon VPC endpoint service, known by its name.
#[derive(Clone, Debug)]
pub struct VpcEndpointService {
    name: String,
    condition: VpcEndpointServiceCondition,
}

/// What KMS finds when it looks at a VPC endpoint service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum VpcEndpointServiceCondition {
    /// It fulfills the requirements of an external key store.
    #[default]
    Usable,
    /// `XksProxyVpcEndpointServiceNotFoundException`; a connect ends with `XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND`.
    NotFound,
    /// `XksProxyVpcEndpointServiceInvalidConfigurationException`; a connect ends with
    /// `XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION`.
    InvalidConfiguration,
}

impl VpcEndpointService {
    /// A usable service of that name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            condition: VpcEndpointServiceCondition::Usable,
        }
    }

    /// What KMS finds when it looks at it. Default: [`VpcEndpointServiceCondition::Usable`].
    #[must_use]
    pub fn condition(mut self, condition: VpcEndpointServiceCondition) -> Self {
        self.condition = condition;
        self
    }
}

/// A fault of what stands behind a key store: the error of a call that looks at it, and the code of a connect that fails on it.
pub(crate) struct BackingFault {
    pub(crate) refusal: Refusal,
    pub(crate) connection_error_code: &'static str,
}

fn fault(code: &'static str, message: String, connection_error_code: &'static str) -> BackingFault {
    BackingFault {
        refusal: Refusal::client(code, message),
        connection_error_code,
    }
}

/// All that was described. A second description of the same thing replaces the first.
#[derive(Debug, Default)]
pub(crate) struct Backing {
    clusters: BTreeMap<String, Cluster>,
    proxies: BTreeMap<String, Proxy>,
    services: BTreeMap<String, VpcEndpointService>,
}

impl Backing {
    pub(crate) fn set_cluster(&mut self, cluster: Cluster) {
        self.clusters.insert(cluster.id.clone(), cluster);
    }

    pub(crate) fn set_proxy(&mut self, proxy: Proxy) {
        self.proxies.insert(proxy.endpoint.clone(), proxy);
    }

    pub(crate) fn set_service(&mut self, service: VpcEndpointService) {
        self.services.insert(service.name.clone(), service);
    }

    /// The certificate of a cluster, where a test described it.
    pub(crate) fn certificate(&self, cluster_id: &str) -> Option<&str> {
        self.clusters.get(cluster_id)?.certificate.as_deref()
    }

    /// Whether `password` is the one of the cluster's `kmsuser`.
    pub(crate) fn password_fits(&self, cluster_id: &str, password: &str) -> bool {
        let known = self
            .clusters
            .get(cluster_id)
            .and_then(|cluster| cluster.password.as_deref());
        known.is_none_or(|known| known == password)
    }

    pub(crate) fn check_cluster(&self, id: &str) -> Result<(), BackingFault> {
        let condition = self
            .clusters
            .get(id)
            .map(|cluster| cluster.condition)
            .unwrap_or_default();
        Err(match condition {
            ClusterCondition::Active => return Ok(()),
            ClusterCondition::NotFound => fault(
                "CloudHsmClusterNotFoundException",
                format!("There is no cluster '{id}'"),
                "CLUSTER_NOT_FOUND",
            ),
            ClusterCondition::NotActive => fault(
                "CloudHsmClusterNotActiveException",
                format!("Cluster '{id}' is not active"),
                "INTERNAL_ERROR",
            ),
            ClusterCondition::InvalidConfiguration => fault(
                "CloudHsmClusterInvalidConfigurationException",
                format!("Cluster '{id}' does not meet the requirements of a key store"),
                "INSUFFICIENT_CLOUDHSM_HSMS",
            ),
        })
    }

    pub(crate) fn check_proxy(
        &self,
        endpoint: &str,
        path: &str,
        credential: (&str, &str),
    ) -> Result<(), BackingFault> {
        let Some(proxy) = self.proxies.get(endpoint) else {
            return Ok(());
        };
        let path_fits = proxy.path.as_deref().is_none_or(|known| known == path);
        let known = proxy
            .credential
            .as_ref()
            .map(|(id, secret)| (id.as_str(), secret.as_str()));
        match proxy.condition {
            ProxyCondition::Answers
                if path_fits && known.is_none_or(|known| known == credential) =>
            {
                Ok(())
            }
            ProxyCondition::Answers if path_fits => Err(fault(
                "XksProxyIncorrectAuthenticationCredentialException",
                format!("The proxy at {endpoint} does not take this credential"),
                "INVALID_CREDENTIALS",
            )),
            ProxyCondition::Answers | ProxyCondition::Unreachable => Err(fault(
                "XksProxyUriUnreachableException",
                format!("There is no answer from {endpoint}{path}"),
                "XKS_PROXY_NOT_REACHABLE",
            )),
            ProxyCondition::InvalidResponse => Err(fault(
                "XksProxyInvalidResponseException",
                format!("The answer of the proxy at {endpoint} cannot be read"),
                "XKS_PROXY_INVALID_RESPONSE",
            )),
            ProxyCondition::InvalidConfiguration => Err(fault(
                "XksProxyInvalidConfigurationException",
                format!("The proxy at {endpoint} is not configured correctly"),
                "XKS_PROXY_INVALID_CONFIGURATION",
            )),
        }
    }

    pub(crate) fn check_service(&self, name: &str) -> Result<(), BackingFault> {
        let condition = self
            .services
            .get(name)
            .map(|service| service.condition)
            .unwrap_or_default();
        Err(match condition {
            VpcEndpointServiceCondition::Usable => return Ok(()),
            VpcEndpointServiceCondition::NotFound => fault(
                "XksProxyVpcEndpointServiceNotFoundException",
                format!("There is no VPC endpoint service '{name}'"),
                "XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND",
            ),
            VpcEndpointServiceCondition::InvalidConfiguration => fault(
                "XksProxyVpcEndpointServiceInvalidConfigurationException",
                format!(
                    "VPC endpoint service '{name}' does not meet the requirements of an external key store"
                ),
                "XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION",
            ),
        })
    }
}
