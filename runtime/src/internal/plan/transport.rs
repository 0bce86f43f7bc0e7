//! What sends the requests of a plan.

use super::Plan;
use crate::config::ReconnectMode;
use crate::error::BoxError;
use crate::http::{HttpClient, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector};
use crate::internal::connect;
use crate::internal::handle::Shared;
use crate::internal::limits::Limits;
use std::borrow::Cow;
use std::ptr;

/// What sends the requests.
#[derive(Clone)]
pub(in crate::internal) struct Transport {
    pub(in crate::internal) connector: SharedHttpConnector,
    /// Whether the connection of a transient fault is to be closed, and there are connections: one that tells nothing about
    /// itself, as a test's, is not asked for them.
    pub(in crate::internal) reconnects: bool,
}

impl Plan {
    pub(super) fn http_client(&self, shared: &Shared) -> Option<SharedHttpClient> {
        let own = self.settings.http_client().cloned();
        own.or_else(|| {
            shared
                .default_http
                .get_or_init(connect::default_client)
                .clone()
        })
    }

    /// What sends requests within these limits; kept where they are the client's.
    pub(in crate::internal) fn transport(
        &self,
        shared: &Shared,
        limits: &Limits<'_>,
    ) -> Result<Cow<'_, Transport>, BoxError> {
        let own = Limits::new(self);
        if !ptr::eq(limits.timeouts, own.timeouts) || !ptr::eq(limits.retry, own.retry) {
            return self.connect(shared, limits).map(Cow::Owned);
        }
        if let Some(transport) = self.transport.get() {
            return Ok(Cow::Borrowed(transport));
        }
        let transport = self.connect(shared, limits)?;
        Ok(Cow::Borrowed(self.transport.get_or_init(|| transport)))
    }

    fn connect(&self, shared: &Shared, limits: &Limits<'_>) -> Result<Transport, BoxError> {
        let components = self.components(shared)?;
        let client = components.http_client().ok_or(
            "no HTTP client: enable the feature `https` of farrier-runtime, or set `http_client` in the client's configuration",
        )?;
        let mut settings = HttpConnectorSettings::builder();
        settings.set_connect_timeout(limits.timeouts.connect_timeout());
        settings.set_read_timeout(limits.timeouts.read_timeout());
        let mode = limits.retry.reconnect_mode();
        Ok(Transport {
            connector: client.http_connector(&settings.build(), components),
            reconnects: mode == ReconnectMode::ReconnectOnTransientError
                && client.connector_metadata().is_some(),
        })
    }
}
