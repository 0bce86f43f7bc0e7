//! hyper behind the official traits: a pool of connections, with limits on connecting and on waiting for an answer.

use super::connection::{Connection, Sender};
use super::error::{cannot_connect, failed};
use super::open::Opener;
use super::pool::{Key, Pool, Pooled};
use super::proxy::Proxies;
use crate::config::{RuntimeComponents, SharedAsyncSleep};
use crate::error::{BoxError, ConnectorError};
use crate::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, HttpRequest,
    HttpResponse, SdkBody, SharedHttpClient, SharedHttpConnector,
};
use crate::internal::timeout::{Limit, within};
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use http::header::{HOST, HeaderValue, PROXY_AUTHORIZATION};
use http::{Request, Response, Uri};
use std::borrow::Cow;
use std::time::Duration;

/// The connections of one client. A clone has the same.
#[derive(Clone, Debug)]
pub(super) struct Client {
    pool: Pool,
    opener: Opener,
}

impl HttpClient for Client {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let sleep = components.sleep_impl();
        SharedHttpConnector::new(Connector {
            client: self.clone(),
            connect: sleep.clone().zip(settings.connect_timeout()),
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
        let proxies = if self.proxies {
            Proxies::default()
        } else {
            Proxies::none()
        };
        SharedHttpClient::new(Client {
            pool: Pool::new(self.idle, self.max_idle),
            opener: Opener::new(proxies),
        })
    }
}

/// A time limit, and what measures it.
type Within = Option<(SharedAsyncSleep, Duration)>;

/// Sends requests over the connections of a client.
#[derive(Debug)]
struct Connector {
    client: Client,
    /// How long connecting may take.
    connect: Within,
    /// How long to wait for the head of an answer.
    read: Within,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let request = match request.try_into_http1x() {
            Ok(request) => request,
            Err(error) => {
                return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into())));
            }
        };
        let read = self.read.clone();
        let answer = self.client.clone().send(request, self.connect.clone());
        HttpConnectorFuture::new(async move {
            let answer = match read {
                None => answer.await,
                Some((sleep, duration)) => within(&sleep, Limit::Read, duration, answer)
                    .await
                    .unwrap_or_else(|timeout| Err(ConnectorError::timeout(timeout.into()))),
            };
            HttpResponse::try_from(answer?.map(SdkBody::from_body_1_x))
                .map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

impl Client {
    async fn send(
        self,
        mut request: Request<SdkBody>,
        limit: Within,
    ) -> Result<Response<Pooled>, ConnectorError> {
        let uri = request.uri().clone();
        let Some(key) = Key::of(&uri) else {
            return Err(ConnectorError::user(
                "an endpoint has no scheme or no host".into(),
            ));
        };
        loop {
            let (mut connection, used) = match self.pool.take(&key).await {
                Some(connection) => (connection, true),
                None => {
                    let opened = self.open(&uri, &limit).await;
                    let opened = opened.map_err(|error| cannot_connect(&uri, error))?;
                    (self.pool.share(&key, opened), false)
                }
            };
            address(&mut request, &uri, &key, &connection);
            connection.tell(&request);
            match connection.send(request).await {
                Ok(answer) => {
                    return Ok(answer.map(|body| Pooled::new(body, self.pool, key, connection)));
                }
                Err(mut error) => match error.take_message() {
                    // The other end closed it while it was idle.
                    Some(unsent) if used => request = unsent,
                    _ => return Err(failed(error.into_error())),
                },
            }
        }
    }

    async fn open(&self, uri: &Uri, limit: &Within) -> Result<Connection, BoxError> {
        let opening = self.opener.open(uri);
        match limit {
            None => opening.await,
            Some((sleep, duration)) => within(sleep, Limit::Connect, *duration, opening).await?,
        }
    }
}

/// Says in the request where it goes, in the way that the other end of the connection reads
/// ([RFC 9112](https://www.rfc-editor.org/rfc/rfc9112#name-request-target)).
fn address(request: &mut Request<SdkBody>, uri: &Uri, key: &Key, connection: &Connection) {
    match &connection.sender {
        Sender::Http1(_) => {
            let headers = request.headers_mut();
            if !headers.contains_key(HOST)
                && let Ok(host) = HeaderValue::from_str(key.host())
            {
                headers.insert(HOST, host);
            }
            if let Some(value) = &connection.info.authorization {
                let entry = headers.entry(PROXY_AUTHORIZATION);
                entry.or_insert_with(|| value.clone());
            }
            *request.uri_mut() = match uri.path_and_query() {
                Some(path) if !connection.info.forwarded => Uri::from(path.clone()),
                _ => uri.clone(),
            };
        }
        #[cfg(feature = "http2")]
        Sender::Http2(_) => *request.uri_mut() = uri.clone(),
    }
}
