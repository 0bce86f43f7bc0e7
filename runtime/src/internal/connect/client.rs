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
    HttpResponse, SdkBody, SharedHttpClient, SharedHttpConnector,
};
use crate::internal::timeout::{Limit, within};
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use hyper_util::client::legacy;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::borrow::Cow;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How many pools are kept; a client has one, unless calls have limits on connecting of their own.
const MAX_POOLS: usize = 8;

type Hyper = legacy::Client<Connect, SdkBody>;

/// The pools of one client, one for each limit on connecting that is in use, the newest last.
#[derive(Debug)]
pub(super) struct Client {
    pools: Mutex<Vec<(Option<Duration>, Hyper)>>,
    limits: HttpClientBuilder,
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

/// Makes an HTTP client like the one that is used where none is set, with other limits on its connections.
///
/// Such a client can be shared by several clients of services, which then share its connections.
///
/// ```
/// use farrier_runtime::http::HttpClientBuilder;
/// use std::time::Duration;
///
/// let client = HttpClientBuilder::new()
///     .pool_idle_timeout(Duration::from_secs(20))
///     .pool_max_idle_per_host(4)
///     .build();
/// ```
#[derive(Clone, Copy, Debug)]
pub struct HttpClientBuilder {
    idle: Duration,
    max_idle: usize,
    proxies: bool,
}

impl Default for HttpClientBuilder {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(90),
            max_idle: usize::MAX,
            proxies: true,
        }
    }
}

impl HttpClientBuilder {
    /// A builder with the defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how long a connection may be idle before it is closed. Default: 90 s.
    pub fn pool_idle_timeout(mut self, idle: Duration) -> Self {
        self.idle = idle;
        self
    }

    /// Sets how many idle connections to a host are kept. Connections that are in use are not limited. Default: any number.
    pub fn pool_max_idle_per_host(mut self, max_idle: usize) -> Self {
        self.max_idle = max_idle;
        self
    }

    /// Connects without a proxy. Default: with those that `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` name.
    pub fn without_proxies(mut self) -> Self {
        self.proxies = false;
        self
    }

    /// The client. Nothing is connected, and no certificate is read, before the first request.
    pub fn build(self) -> SharedHttpClient {
        SharedHttpClient::new(Client {
            pools: Mutex::default(),
            tls: Tls::default(),
            proxies: if self.proxies {
                Proxies::default()
            } else {
                Proxies::none()
            },
            limits: self,
        })
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
            .pool_idle_timeout(self.limits.idle)
            .pool_max_idle_per_host(self.limits.max_idle)
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
