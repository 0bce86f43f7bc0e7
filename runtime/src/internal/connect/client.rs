//! hyper behind the official traits: pools of connections, with limits on connecting and on waiting for an answer.

use super::connection;
use super::error::connector_error;
use super::proxy::Proxies;
use super::stream::Connect;
use super::tls::Tls;
use crate::config::{RuntimeComponents, SharedAsyncSleep};
use crate::error::ConnectorError;
use crate::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, HttpRequest,
    HttpResponse, SdkBody, SharedHttpConnector,
};
use crate::internal::timeout::{Limit, within};
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use hyper_util::client::legacy;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::borrow::Cow;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long a connection may be idle before it is closed.
const IDLE: Duration = Duration::from_secs(90);
/// How many pools are kept; a client has one, unless calls have limits on connecting of their own.
const MAX_POOLS: usize = 8;

type Hyper = legacy::Client<Connect, SdkBody>;

/// The pools of one client, one for each limit on connecting that is in use, the newest last.
#[derive(Debug, Default)]
pub(super) struct Client {
    pools: Mutex<Vec<(Option<Duration>, Hyper)>>,
    tls: Tls,
    proxies: Proxies,
}

impl HttpClient for Client {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let sleep = components.sleep_impl();
        SharedHttpConnector::new(Connector {
            hyper: self.pool(settings.connect_timeout(), sleep.clone()),
            proxies: self.proxies.clone(),
            read: sleep.zip(settings.read_timeout()),
        })
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        Some(ConnectorMetadata::new("hyper", Some(Cow::Borrowed("1.x"))))
    }
}

impl Client {
    fn pool(&self, limit: Option<Duration>, sleep: Option<SharedAsyncSleep>) -> Hyper {
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, pool)) = pools.iter().find(|(found, _)| *found == limit) {
            return pool.clone();
        }
        let connect = Connect::new(self.tls.clone(), self.proxies.clone(), sleep.zip(limit));
        let pool = legacy::Client::builder(TokioExecutor::new())
            .pool_idle_timeout(IDLE)
            .pool_timer(TokioTimer::new())
            .build(connect);
        if pools.len() == MAX_POOLS {
            pools.remove(0);
        }
        pools.push((limit, pool.clone()));
        pool
    }
}

/// Sends requests over the connections of a pool.
struct Connector {
    hyper: Hyper,
    proxies: Proxies,
    /// How long to wait for the head of an answer.
    read: Option<(SharedAsyncSleep, Duration)>,
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector")
            .field("read_timeout", &self.read.as_ref().map(|read| read.1))
            .finish_non_exhaustive()
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut request = match request.try_into_http1x() {
            Ok(request) => request,
            Err(error) => {
                return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into())));
            }
        };
        self.proxies.authorize(&mut request);
        connection::tell(&mut request);
        let answer = self.hyper.request(request);
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
