//! One custom key store and its connection, whose states pass with the clock.

use crate::requests::{CONNECTIVITIES, Connectivity, STORE_TYPES, name_of};
use crate::settings::Settings;
use serde_json::{Value, json};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What `ConnectionState` shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionState {
    /// Never connected, or disconnected.
    Disconnected,
    /// A connect is under way.
    Connecting,
    /// Connected.
    Connected,
    /// A connect has failed; `ConnectionErrorCode` says why.
    Failed,
    /// A disconnect is under way.
    Disconnecting,
}

impl ConnectionState {
    /// The state as the API writes it, such as `CONNECTED`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Disconnected => "DISCONNECTED",
            Self::Connecting => "CONNECTING",
            Self::Connected => "CONNECTED",
            Self::Failed => "FAILED",
            Self::Disconnecting => "DISCONNECTING",
        }
    }
}

/// A connection as it was last set; [`Connection::settle`] brings it up to a time.
#[derive(Clone, Debug)]
enum Connection {
    Disconnected,
    /// Ends at a time, with a connection error code if it fails.
    Connecting(SystemTime, Option<String>),
    Connected,
    Failed(String),
    Disconnecting(SystemTime),
}

#[derive(Debug)]
pub(crate) struct Store {
    /// Counts the stores ever created; pages follow it.
    pub(crate) number: u64,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) settings: Settings,
    created: SystemTime,
    connection: Connection,
}

impl Store {
    pub(crate) fn new(
        number: u64,
        id: String,
        name: String,
        settings: Settings,
        created: SystemTime,
    ) -> Self {
        Self {
            number,
            id,
            name,
            settings,
            created,
            connection: Connection::Disconnected,
        }
    }

    /// Lets what was to end by `now` end. Without a task in the background, this is called before each look at a store.
    pub(crate) fn settle(&mut self, now: SystemTime) {
        let next = match &self.connection {
            Connection::Connecting(end, failure) if *end <= now => match failure {
                Some(code) => Connection::Failed(code.clone()),
                None => Connection::Connected,
            },
            Connection::Disconnecting(end) if *end <= now => Connection::Disconnected,
            _ => return,
        };
        self.connection = next;
    }

    pub(crate) fn state(&self) -> ConnectionState {
        match self.connection {
            Connection::Disconnected => ConnectionState::Disconnected,
            Connection::Connecting(..) => ConnectionState::Connecting,
            Connection::Connected => ConnectionState::Connected,
            Connection::Failed(_) => ConnectionState::Failed,
            Connection::Disconnecting(_) => ConnectionState::Disconnecting,
        }
    }

    /// Begins a connect that ends after `delay`, with `failure` if there is one.
    pub(crate) fn connect(&mut self, now: SystemTime, delay: Duration, failure: Option<String>) {
        self.connection = Connection::Connecting(now + delay, failure);
        self.settle(now);
    }

    /// Begins a disconnect that ends after `delay`.
    pub(crate) fn disconnect(&mut self, now: SystemTime, delay: Duration) {
        self.connection = Connection::Disconnecting(now + delay);
        self.settle(now);
    }

    /// The `CustomKeyStoresListEntry`. Secrets are never in it; each type of store has only its own members.
    pub(crate) fn entry(&self) -> Value {
        let mut entry = json!({
            "CustomKeyStoreId": self.id,
            "CustomKeyStoreName": self.name,
            "CustomKeyStoreType": name_of(&STORE_TYPES, self.settings.store_type()),
            "ConnectionState": self.state().as_str(),
            "CreationDate": epoch_float(self.created),
        });
        if let Connection::Failed(code) = &self.connection {
            entry["ConnectionErrorCode"] = json!(code);
        }
        match &self.settings {
            Settings::CloudHsm(settings) => {
                entry["CloudHsmClusterId"] = json!(settings.cluster_id);
                entry["TrustAnchorCertificate"] = json!(settings.trust_anchor);
            }
            Settings::External(settings) => {
                let mut proxy = json!({
                    "Connectivity": name_of(&CONNECTIVITIES, settings.connectivity),
                    "AccessKeyId": settings.credential.access_key_id,
                    "UriEndpoint": settings.endpoint,
                    "UriPath": settings.path,
                });
                if settings.connectivity == Connectivity::Vpc {
                    proxy["VpcEndpointServiceName"] = json!(settings.vpc_service_name);
                    proxy["VpcEndpointServiceOwner"] = json!(settings.vpc_service_owner);
                }
                entry["XksProxyConfiguration"] = proxy;
            }
        }
        entry
    }
}

/// Epoch seconds with milliseconds, as KMS gives dates.
fn epoch_float(time: SystemTime) -> f64 {
    let milliseconds = time
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_millis();
    milliseconds as f64 / 1000.0
}
