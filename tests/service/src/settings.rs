//! The settings of a key store: made by create, changed by update, checked against what stands behind them and each other.

use crate::backing::{Backing, BackingFault};
use crate::refusal::Refusal;
use crate::requests::{Connectivity, CreateInput, Properties, ProxyCredential, StoreType};

/// The account that all callers are in.
const ACCOUNT: &str = "111122223333";

#[derive(Clone, Debug)]
pub(crate) enum Settings {
    CloudHsm(CloudHsm),
    External(External),
}

#[derive(Clone, Debug)]
pub(crate) struct CloudHsm {
    pub(crate) cluster_id: String,
    pub(crate) trust_anchor: String,
    password: String,
}

#[derive(Clone, Debug)]
pub(crate) struct External {
    pub(crate) endpoint: String,
    pub(crate) path: String,
    pub(crate) connectivity: Connectivity,
    pub(crate) credential: ProxyCredential,
    pub(crate) vpc_service_name: Option<String>,
    pub(crate) vpc_service_owner: String,
}

impl Settings {
    /// The settings that a create asks for, if its members fit its type.
    pub(crate) fn from_create(input: CreateInput) -> Result<Self, Refusal> {
        refuse_foreign(&input.properties, input.store_type)?;
        let given = input.properties;
        match input.store_type {
            StoreType::CloudHsm => Ok(Self::CloudHsm(CloudHsm {
                cluster_id: needed(given.cluster_id, "CloudHsmClusterId")?,
                trust_anchor: needed(input.trust_anchor, "TrustAnchorCertificate")?,
                password: needed(given.password, "KeyStorePassword")?,
            })),
            StoreType::External if input.trust_anchor.is_some() => Err(Refusal::validation(
                "TrustAnchorCertificate is not valid for an external key store",
            )),
            StoreType::External => {
                let settings = External {
                    endpoint: needed(given.endpoint, "XksProxyUriEndpoint")?,
                    path: needed(given.path, "XksProxyUriPath")?,
                    connectivity: needed(given.connectivity, "XksProxyConnectivity")?,
                    credential: needed(given.credential, "XksProxyAuthenticationCredential")?,
                    vpc_service_name: given.vpc_service_name,
                    vpc_service_owner: given
                        .vpc_service_owner
                        .unwrap_or_else(|| ACCOUNT.to_owned()),
                };
                settings.check_connectivity()?;
                Ok(Self::External(settings))
            }
        }
    }

    /// These settings with the changes of an update.
    pub(crate) fn updated(&self, changes: Properties) -> Result<Self, Refusal> {
        refuse_foreign(&changes, self.store_type())?;
        match self {
            Self::CloudHsm(old) => Ok(Self::CloudHsm(CloudHsm {
                cluster_id: changes.cluster_id.unwrap_or_else(|| old.cluster_id.clone()),
                trust_anchor: old.trust_anchor.clone(),
                password: changes.password.unwrap_or_else(|| old.password.clone()),
            })),
            Self::External(old) => old.updated(changes).map(Self::External),
        }
    }

    pub(crate) fn store_type(&self) -> StoreType {
        match self {
            Self::CloudHsm(_) => StoreType::CloudHsm,
            Self::External(_) => StoreType::External,
        }
    }

    /// What a connect meets: nothing, a refusal at once, or a failure at its end.
    pub(crate) fn connect_outcome(&self, backing: &Backing) -> Result<Option<String>, Refusal> {
        let failure = match self {
            Self::CloudHsm(settings) => match backing.check_cluster(&settings.cluster_id) {
                // Connect is the one operation of the five without CloudHsmClusterNotFoundException among its errors.
                Err(fault) if fault.refusal.code == "CloudHsmClusterNotFoundException" => {
                    Some(fault.connection_error_code)
                }
                Err(fault) => return Err(fault.refusal),
                Ok(()) if backing.password_fits(&settings.cluster_id, &settings.password) => None,
                Ok(()) => Some("INVALID_CREDENTIALS"),
            },
            Self::External(settings) => {
                let service = settings.check_service(backing);
                service
                    .and_then(|()| settings.check_proxy(backing))
                    .err()
                    .map(|fault| fault.connection_error_code)
            }
        };
        Ok(failure.map(str::to_owned))
    }
}

impl CloudHsm {
    /// Checks a new store's cluster by itself and against the clusters of the `others`.
    pub(crate) fn check_new<'a>(
        &self,
        backing: &Backing,
        mut others: impl Iterator<Item = &'a CloudHsm>,
    ) -> Result<(), Refusal> {
        refuse(backing.check_cluster(&self.cluster_id))?;
        let certificate = backing.certificate(&self.cluster_id);
        let shares_history = |other: &CloudHsm| {
            certificate.is_some() && certificate == backing.certificate(&other.cluster_id)
        };
        if others.any(|other| other.cluster_id == self.cluster_id || shares_history(other)) {
            let message = format!(
                "Cluster '{}', or one it shares a backup history with, is in another key store",
                self.cluster_id
            );
            return Err(Refusal::client("CloudHsmClusterInUseException", message));
        }
        if certificate.is_some_and(|certificate| certificate != self.trust_anchor) {
            let message = format!(
                "The certificate is not the trust anchor of cluster '{}'",
                self.cluster_id
            );
            return Err(Refusal::client("IncorrectTrustAnchorException", message));
        }
        Ok(())
    }

    /// Checks a cluster that an update puts in the place of another. Update has no error for a cluster that is in use:
    /// such a one has the certificate of another store, so it is unrelated to this store's.
    pub(crate) fn check_replacement<'a>(
        &self,
        backing: &Backing,
        mut others: impl Iterator<Item = &'a CloudHsm>,
    ) -> Result<(), Refusal> {
        refuse(backing.check_cluster(&self.cluster_id))?;
        let certificate = backing.certificate(&self.cluster_id);
        let foreign = certificate.is_some_and(|certificate| certificate != self.trust_anchor);
        if foreign || others.any(|other| other.cluster_id == self.cluster_id) {
            let message = format!(
                "Cluster '{}' has another certificate than the key store's cluster",
                self.cluster_id
            );
            return Err(Refusal::client(
                "CloudHsmClusterNotRelatedException",
                message,
            ));
        }
        Ok(())
    }
}

impl External {
    fn updated(&self, changes: Properties) -> Result<Self, Refusal> {
        let connectivity = changes.connectivity.unwrap_or(self.connectivity);
        if connectivity != self.connectivity && changes.endpoint.is_none() {
            return Err(Refusal::validation(
                "A change of XksProxyConnectivity needs a change of XksProxyUriEndpoint",
            ));
        }
        let service_name = match changes.vpc_service_name {
            Some(name) => Some(name).filter(|name| !name.is_empty()),
            // A null service name is the documented way to leave a VPC, and cannot be told from an absent one here.
            None if connectivity == Connectivity::Public => None,
            None => self.vpc_service_name.clone(),
        };
        let settings = Self {
            endpoint: changes.endpoint.unwrap_or_else(|| self.endpoint.clone()),
            path: changes.path.unwrap_or_else(|| self.path.clone()),
            connectivity,
            credential: changes
                .credential
                .unwrap_or_else(|| self.credential.clone()),
            vpc_service_name: service_name,
            vpc_service_owner: changes
                .vpc_service_owner
                .unwrap_or_else(|| self.vpc_service_owner.clone()),
        };
        settings.check_connectivity()?;
        Ok(settings)
    }

    /// A VPC endpoint service is named exactly where it is used.
    fn check_connectivity(&self) -> Result<(), Refusal> {
        match (self.connectivity, &self.vpc_service_name) {
            (Connectivity::Vpc, None) => Err(Refusal::validation(
                "XksProxyVpcEndpointServiceName is required where XksProxyConnectivity is VPC_ENDPOINT_SERVICE",
            )),
            (Connectivity::Public, Some(_)) => Err(Refusal::validation(
                "XksProxyVpcEndpointServiceName is not valid where XksProxyConnectivity is PUBLIC_ENDPOINT",
            )),
            _ => Ok(()),
        }
    }

    /// Checks these settings against the `others` and what stands behind them. The proxy is asked only where it is public:
    /// one in a VPC is first reached by connect.
    pub(crate) fn check<'a>(
        &self,
        backing: &Backing,
        others: impl Iterator<Item = &'a External>,
    ) -> Result<(), Refusal> {
        for other in others {
            self.check_unique(other)?;
        }
        refuse(self.check_service(backing))?;
        if self.connectivity == Connectivity::Public {
            refuse(self.check_proxy(backing))?;
        }
        Ok(())
    }

    fn check_unique(&self, other: &External) -> Result<(), Refusal> {
        let same_endpoint = self.endpoint == other.endpoint;
        if same_endpoint && self.path == other.path {
            let message = format!(
                "Another external key store uses {}{}",
                self.endpoint, self.path
            );
            return Err(Refusal::client("XksProxyUriInUseException", message));
        }
        // Public stores may share an endpoint; a private DNS name belongs to one store.
        let both_public =
            self.connectivity == Connectivity::Public && other.connectivity == Connectivity::Public;
        if same_endpoint && !both_public {
            let message = format!(
                "Another external key store uses the endpoint {}",
                self.endpoint
            );
            return Err(Refusal::client(
                "XksProxyUriEndpointInUseException",
                message,
            ));
        }
        match &self.vpc_service_name {
            Some(name) if other.vpc_service_name.as_ref() == Some(name) => {
                let message =
                    format!("Another external key store uses the VPC endpoint service '{name}'");
                Err(Refusal::client(
                    "XksProxyVpcEndpointServiceInUseException",
                    message,
                ))
            }
            _ => Ok(()),
        }
    }

    fn check_service(&self, backing: &Backing) -> Result<(), BackingFault> {
        self.vpc_service_name
            .as_deref()
            .map_or(Ok(()), |name| backing.check_service(name))
    }

    pub(crate) fn check_proxy(&self, backing: &Backing) -> Result<(), BackingFault> {
        backing.check_proxy(
            &self.endpoint,
            &self.path,
            (&self.credential.access_key_id, &self.credential.secret),
        )
    }
}

fn needed<T>(value: Option<T>, name: &str) -> Result<T, Refusal> {
    value.ok_or_else(|| {
        Refusal::validation(format!("{name} is required for this CustomKeyStoreType"))
    })
}

fn refuse_foreign(properties: &Properties, store_type: StoreType) -> Result<(), Refusal> {
    match properties.foreign_to(store_type).as_slice() {
        [] => Ok(()),
        names => Err(Refusal::validation(format!(
            "{} is not valid for this CustomKeyStoreType",
            names.join(", ")
        ))),
    }
}

fn refuse(found: Result<(), BackingFault>) -> Result<(), Refusal> {
    found.map_err(|fault| fault.refusal)
}
