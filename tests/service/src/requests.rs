//! The inputs of the operations, read and checked member by member.

use crate::input::{self, Reader};
use crate::refusal::Refusal;
use serde_json::{Map, Value};

/// What kind of key store it is; it never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StoreType {
    CloudHsm,
    External,
}

/// How KMS reaches an external key store proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Connectivity {
    Public,
    Vpc,
}

pub(crate) const STORE_TYPES: [(&str, StoreType); 2] = [
    ("AWS_CLOUDHSM", StoreType::CloudHsm),
    ("EXTERNAL_KEY_STORE", StoreType::External),
];
pub(crate) const CONNECTIVITIES: [(&str, Connectivity); 2] = [
    ("PUBLIC_ENDPOINT", Connectivity::Public),
    ("VPC_ENDPOINT_SERVICE", Connectivity::Vpc),
];

/// The name that `value` has in an enumeration's table.
pub(crate) fn name_of<T: Copy + PartialEq>(table: &[(&'static str, T)], value: T) -> &'static str {
    table
        .iter()
        .find(|(_, known)| *known == value)
        .map_or("", |(name, _)| name)
}

/// The credential that KMS signs requests to an external proxy with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProxyCredential {
    pub(crate) access_key_id: String,
    pub(crate) secret: String,
}

/// The properties that create sets and update changes. Each is there if the input has it.
#[derive(Debug, Default)]
pub(crate) struct Properties {
    pub(crate) cluster_id: Option<String>,
    pub(crate) password: Option<String>,
    pub(crate) endpoint: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) connectivity: Option<Connectivity>,
    pub(crate) credential: Option<ProxyCredential>,
    /// Empty in an update that takes the name away.
    pub(crate) vpc_service_name: Option<String>,
    pub(crate) vpc_service_owner: Option<String>,
}

impl Properties {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            cluster_id: reader.text(&input::CLUSTER_ID)?,
            password: reader.text(&input::PASSWORD)?,
            endpoint: reader.text(&input::URI_ENDPOINT)?,
            path: reader.text(&input::URI_PATH)?,
            connectivity: reader.choice("XksProxyConnectivity", &CONNECTIVITIES)?,
            credential: reader.structure(
                "XksProxyAuthenticationCredential",
                "xksProxyAuthenticationCredential.",
                |inner| {
                    Ok(ProxyCredential {
                        access_key_id: inner.required(&input::PROXY_ACCESS_KEY_ID)?,
                        secret: inner.required(&input::PROXY_SECRET)?,
                    })
                },
            )?,
            vpc_service_name: reader.text(&input::VPC_SERVICE_NAME)?,
            vpc_service_owner: reader.text(&input::VPC_SERVICE_OWNER)?,
        })
    }

    /// The names of the members given that only stores of the other type have.
    pub(crate) fn foreign_to(&self, store_type: StoreType) -> Vec<&'static str> {
        let cloud_hsm = [
            ("CloudHsmClusterId", self.cluster_id.is_some()),
            ("KeyStorePassword", self.password.is_some()),
        ];
        let external = [
            ("XksProxyUriEndpoint", self.endpoint.is_some()),
            ("XksProxyUriPath", self.path.is_some()),
            ("XksProxyConnectivity", self.connectivity.is_some()),
            (
                "XksProxyAuthenticationCredential",
                self.credential.is_some(),
            ),
            (
                "XksProxyVpcEndpointServiceName",
                self.vpc_service_name.is_some(),
            ),
            (
                "XksProxyVpcEndpointServiceOwner",
                self.vpc_service_owner.is_some(),
            ),
        ];
        let foreign: &[(&'static str, bool)] = match store_type {
            StoreType::CloudHsm => &external,
            StoreType::External => &cloud_hsm,
        };
        foreign
            .iter()
            .filter(|(_, given)| *given)
            .map(|(name, _)| *name)
            .collect()
    }
}

#[derive(Debug)]
pub(crate) struct CreateInput {
    pub(crate) name: String,
    pub(crate) store_type: StoreType,
    pub(crate) trust_anchor: Option<String>,
    pub(crate) properties: Properties,
}

impl CreateInput {
    pub(crate) fn read(object: &Map<String, Value>) -> Result<Self, Refusal> {
        let mut reader = Reader::new(object);
        let input = Self {
            name: reader.required(&input::NAME)?,
            store_type: reader
                .choice("CustomKeyStoreType", &STORE_TYPES)?
                .unwrap_or(StoreType::CloudHsm),
            trust_anchor: reader.text(&input::TRUST_ANCHOR)?,
            properties: Properties::read(&mut reader)?,
        };
        reader.finish()?;
        Ok(input)
    }
}

#[derive(Debug)]
pub(crate) struct UpdateInput {
    pub(crate) id: String,
    pub(crate) new_name: Option<String>,
    pub(crate) properties: Properties,
}

impl UpdateInput {
    pub(crate) fn read(object: &Map<String, Value>) -> Result<Self, Refusal> {
        // KMS documents an empty name as the way to take the VPC endpoint service away, against its own length constraint.
        let no_service = object
            .get("XksProxyVpcEndpointServiceName")
            .is_some_and(|name| name == "");
        let mut checked = object.clone();
        if no_service {
            checked.remove("XksProxyVpcEndpointServiceName");
        }
        let mut reader = Reader::new(&checked);
        let mut input = Self {
            id: reader.required(&input::ID)?,
            new_name: reader.text(&input::NEW_NAME)?,
            properties: Properties::read(&mut reader)?,
        };
        reader.finish()?;
        if no_service {
            input.properties.vpc_service_name = Some(String::new());
        }
        Ok(input)
    }
}

/// Which stores a describe is about.
#[derive(Debug)]
pub(crate) enum Wanted {
    All,
    Id(String),
    Name(String),
}

#[derive(Debug)]
pub(crate) struct DescribeInput {
    pub(crate) wanted: Wanted,
    pub(crate) limit: Option<usize>,
    pub(crate) marker: Option<String>,
}

impl DescribeInput {
    pub(crate) fn read(object: &Map<String, Value>) -> Result<Self, Refusal> {
        let mut reader = Reader::new(object);
        let id = reader.text(&input::ID)?;
        let name = reader.text(&input::NAME)?;
        let limit = reader
            .integer("Limit", 1, 1000)?
            .and_then(|limit| usize::try_from(limit).ok());
        let marker = reader.text(&input::MARKER)?;
        reader.finish()?;
        let wanted = match (id, name) {
            (None, None) => Wanted::All,
            (Some(id), None) => Wanted::Id(id),
            (None, Some(name)) => Wanted::Name(name),
            (Some(_), Some(_)) => {
                let message = "CustomKeyStoreId and CustomKeyStoreName can not both be specified";
                return Err(Refusal::validation(message));
            }
        };
        Ok(Self {
            wanted,
            limit,
            marker,
        })
    }
}

/// Reads the input of an operation on one store: its id.
pub(crate) fn store_id(object: &Map<String, Value>) -> Result<String, Refusal> {
    let mut reader = Reader::new(object);
    let id = reader.required(&input::ID)?;
    reader.finish()?;
    Ok(id)
}
