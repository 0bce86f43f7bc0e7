//! hyper behind the official traits: a pool of connections, with limits on connecting and on waiting for an answer.

use super::error::connector_error;
use super::stream::Connect;
use crate::config::{RuntimeComponents, SharedAsyncSleep};
use crate::error::ConnectorError;
use crate::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, HttpRequest,
    HttpResponse, SdkBody, SharedHttpConnector,
};
use crate::internal::timeout::{Limit, within};
use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::{CaptureConnection, capture_connection};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long a connection may be idle before it is closed.
const IDLE: Duration = Duration::from_secs(90);

/// The pools of one client, one for each pair of time limits that is in use.
#[derive(Debug, Default)]
pub(super) struct Client {
    pools: Mutex<Vec<(Limits, SharedHttpConnector)>>,
}

type Limits = (Option<Duration>, Option<Duration>);

impl HttpClient for Client {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let limits = (settings.connect_timeout(), settings.read_timeout());
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, connector)) = pools.iter().find(|(found, _)| *found == limits) {
            return connector.clone();
        }
        let connector = SharedHttpConnector::new(Pool::new(limits, components.sleep_impl()));
        pools.push((limits, connector.clone()));
        connector
    }
}

/// A pool of connections.
struct Pool {
    client: legacy::Client<Connect, SdkBody>,
    /// How long to wait for the head of an answer.
    read: Option<(SharedAsyncSleep, Duration)>,
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("read_timeout", &self.read.as_ref().map(|read| read.1))
            .finish_non_exhaustive()
    }
}

impl Pool {
    fn new((connect, read): Limits, sleep: Option<SharedAsyncSleep>) -> Self {
        let client = legacy::Client::builder(TokioExecutor::new())
            .pool_idle_timeout(IDLE)
            .pool_timer(TokioTimer::new())
            .build(Connect::new(sleep.clone().zip(connect)));
        Self {
            client,
            read: sleep.zip(read),
        }
    }
}

impl HttpConnector for Pool {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut request = match request.try_into_http1x() {
            Ok(request) => request,
            Err(error) => {
                return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into())));
            }
        };
        if let Some(watch) = request
            .extensions()
            .get::<CaptureSmithyConnection>()
            .cloned()
        {
            let connection = capture_connection(&mut request);
            watch.set_connection_retriever(move || metadata(&connection));
        }
        let answer = self.client.request(request);
        let read = self.read.clone();
        HttpConnectorFuture::new(async move {
            let answer = match read {
                None => answer.await,
                Some((sleep, duration)) => {
                    match within(&sleep, Limit::Read, duration, answer).await {
                        Ok(answer) => answer,
                        Err(timeout) => return Err(ConnectorError::timeout(timeout.into())),
                    }
                }
            };
            let answer = answer.map_err(connector_error)?;
            HttpResponse::try_from(answer.map(SdkBody::from_body_1_x))
                .map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

/// A connection as the official traits see it; `None` before there is one.
fn metadata(connection: &CaptureConnection) -> Option<ConnectionMetadata> {
    let proxied = connection.connection_metadata().as_ref()?.is_proxied();
    let connection = connection.clone();
    let poison = move || {
        if let Some(connected) = connection.connection_metadata().as_ref() {
            connected.poison();
        }
    };
    Some(
        ConnectionMetadata::builder()
            .proxied(proxied)
            .poison_fn(poison)
            .build(),
    )
}
