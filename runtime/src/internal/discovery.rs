//! Endpoints that the service itself names, and the cache of them.
//!
//! See [client endpoint discovery](https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery).

mod ask;

use crate::config::Credentials;
use crate::error::BoxError;
use crate::internal::endpoints::Target;
use crate::internal::plan::Plan;
use crate::internal::run::Run;
use crate::internal::{Address, OperationMetadata};
use aws_smithy_runtime_api::client::identity::Identity;
use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// An endpoint is asked for anew this long before its time is over, or after three quarters of it when that is shorter.
const BUFFER: Duration = Duration::from_secs(120);
/// After asking in vain, the client goes on with what it has for this long.
const PAUSE: Duration = Duration::from_secs(60);
/// How many endpoints a client keeps; the one that was called least recently makes room.
const MOST_PLACES: usize = 1000;
/// The status of an answer from a host that is not the one to ask.
const MISDIRECTED: u16 = 421;

/// How a service names the endpoints to call ([`clientEndpointDiscovery`][1]); a generated crate has one, as a constant,
/// where calls need it.
///
/// [1]: https://smithy.io/2.0/aws/aws-core.html#aws-api-clientendpointdiscovery-trait
#[derive(Debug)]
pub struct Discovery {
    /// The operation that names them.
    pub operation: &'static OperationMetadata,
    /// The code of the error that says that an endpoint must not be called any more.
    pub error: Option<&'static str>,
    /// Whether the answer depends on the operation that is to be called.
    pub by_operation: bool,
    /// Whether the answer depends on members of the input.
    pub by_identifiers: bool,
}

/// That a call goes to an endpoint that the service names.
#[derive(Clone, Debug)]
pub struct Discovered {
    by: &'static Discovery,
    is_required: bool,
    identifiers: Vec<(&'static str, String)>,
}

impl Discovery {
    /// The address of a call that only a discovered endpoint answers. `identifiers` are members of the input with the trait
    /// `clientEndpointDiscoveryId`.
    pub fn required(&'static self, identifiers: &[(&'static str, Option<&str>)]) -> Address {
        self.address(true, identifiers)
    }

    /// The address of a call that the usual endpoint answers too; it is discovered where the client is set so.
    pub fn optional(&'static self, identifiers: &[(&'static str, Option<&str>)]) -> Address {
        self.address(false, identifiers)
    }

    fn address(
        &'static self,
        is_required: bool,
        identifiers: &[(&'static str, Option<&str>)],
    ) -> Address {
        let set = identifiers.iter().filter(|_| self.by_identifiers);
        Address::Discovered(Discovered {
            by: self,
            is_required,
            identifiers: set
                .filter_map(|(name, value)| Some((*name, (*value)?.to_owned())))
                .collect(),
        })
    }
}

impl Discovered {
    /// What a client asks for before any call.
    pub(super) fn beforehand(by: &'static Discovery) -> Self {
        Self {
            by,
            is_required: true,
            identifiers: Vec::new(),
        }
    }

    /// Whether the endpoint is to be discovered: not where the user says what to call.
    pub(super) fn is_wanted(&self, plan: &Plan) -> bool {
        let settings = &plan.settings;
        settings.endpoint_url().is_none()
            && settings.endpoint_resolver().is_none()
            && *settings
                .endpoint_discovery_enabled()
                .unwrap_or(&self.is_required)
    }
}

/// What an endpoint was discovered for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    access_key: String,
    /// The endpoint that was asked, which stands for the region and its like.
    asked: String,
    operation: &'static str,
    identifiers: Vec<(&'static str, String)>,
}

impl Key {
    pub(super) fn new(
        run: &Run<'_>,
        wanted: &Discovered,
        identity: Option<&Identity>,
        target: &Target,
    ) -> Self {
        let credentials = identity.and_then(|identity| identity.data::<Credentials>());
        let by_operation = wanted.by.by_operation;
        Self {
            access_key: credentials
                .map_or("", Credentials::access_key_id)
                .to_owned(),
            asked: target.endpoint.url().to_owned(),
            operation: if by_operation { run.operation.name } else { "" },
            identifiers: wanted.identifiers.clone(),
        }
    }
}

/// The endpoints that a client has discovered.
#[derive(Debug, Default)]
pub(super) struct Endpoints {
    places: Mutex<HashMap<Key, Arc<Place>>>,
    /// Counts the calls, so that the least recent one can be told.
    calls: AtomicU64,
}

impl Endpoints {
    /// The place for what is discovered for `key`.
    pub(super) fn place(&self, key: Key) -> Arc<Place> {
        let mut places = lock(&self.places);
        let place = match places.get(&key) {
            Some(place) => place.clone(),
            None => {
                if places.len() >= MOST_PLACES {
                    let oldest = places
                        .iter()
                        .min_by_key(|(_, place)| place.called.load(Ordering::Relaxed));
                    if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                        places.remove(&oldest);
                    }
                }
                places.entry(key).or_default().clone()
            }
        };
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        place.called.store(call, Ordering::Relaxed);
        place
    }
}

/// Keeps one endpoint.
#[derive(Debug, Default)]
pub(super) struct Place {
    known: Mutex<Known>,
    /// Held by the one call that asks, and released when that call is dropped. It holds how asking failed, for those who
    /// waited for it.
    asking: tokio::sync::Mutex<Option<Undiscovered>>,
    /// How often asking has ended.
    ended: AtomicU32,
    called: AtomicU64,
}

/// What is known of an endpoint: nothing by default.
#[derive(Clone, Debug, Default)]
struct Known {
    url: Option<String>,
    /// When to ask again.
    ask_at: Option<SystemTime>,
}

impl Place {
    /// The endpoint to call; none where the usual one is to be called.
    ///
    /// However many calls need it, one of them asks. The others go on with the old one, which is good until there is a new
    /// one, and wait only where there is none.
    ///
    /// # Errors
    ///
    /// The service names none, and the call needs one.
    pub(super) async fn find(
        &self,
        run: &Run<'_>,
        wanted: &Discovered,
        target: &Target,
    ) -> Result<Option<String>, BoxError> {
        let is_good = |known: &Known| {
            let now = run.plan.time.now();
            known.ask_at.is_some_and(|at| now < at) && (known.url.is_some() || !wanted.is_required)
        };
        let known = self.known();
        if is_good(&known) {
            return Ok(known.url);
        }
        if known.url.is_some() {
            return match self.asking.try_lock() {
                Ok(mut failed) => self.ask(run, wanted, target, &mut failed).await,
                Err(_) => Ok(known.url),
            };
        }
        let ended = self.ended.load(Ordering::Relaxed);
        let mut failed = self.asking.lock().await;
        let known = self.known();
        if is_good(&known) {
            return Ok(known.url);
        }
        match &*failed {
            Some(error) if self.ended.load(Ordering::Relaxed) != ended => Err(error.clone().into()),
            _ => self.ask(run, wanted, target, &mut failed).await,
        }
    }

    /// Forgets when to ask again, so that the next call does.
    pub(super) fn ask_anew(&self) {
        lock(&self.known).ask_at = None;
    }

    fn known(&self) -> Known {
        lock(&self.known).clone()
    }

    /// Forgets the endpoint, if it is still this one.
    fn leave(&self, url: &str) {
        let mut known = lock(&self.known);
        if known.url.as_deref() == Some(url) {
            *known = Known::default();
        }
    }

    /// Asks, and keeps what comes of it.
    async fn ask(
        &self,
        run: &Run<'_>,
        wanted: &Discovered,
        target: &Target,
        failed: &mut Option<Undiscovered>,
    ) -> Result<Option<String>, BoxError> {
        let time = &run.plan.time;
        // Noted first, so that a call that is cut off by its time limit does not leave the wait to the next one.
        let known = self.known();
        if known.url.is_some() {
            lock(&self.known).ask_at = Some(time.now() + PAUSE);
        }
        let result = ask::ask(run, wanted, target).await;
        self.ended.fetch_add(1, Ordering::Relaxed);
        let error = match result {
            Ok(found) => {
                tracing::debug!(url = found.url, life = ?found.life, "endpoint discovered");
                *failed = None;
                let until = found.life - BUFFER.min(found.life / 4);
                let url = Some(found.url);
                *lock(&self.known) = Known {
                    url: url.clone(),
                    ask_at: Some(time.now() + until),
                };
                return Ok(url);
            }
            Err(error) => Undiscovered {
                operation: wanted.by.operation.name,
                source: error.into(),
            },
        };
        if known.url.is_some() {
            tracing::warn!(%error, "the endpoint could not be discovered; the old one stays in use");
            return Ok(known.url);
        }
        if !wanted.is_required {
            tracing::warn!(%error, "the endpoint could not be discovered; the usual one is called");
            lock(&self.known).ask_at = Some(time.now() + PAUSE);
            return Ok(None);
        }
        *failed = Some(error.clone());
        Err(error.into())
    }
}

/// A discovered endpoint that an attempt went to.
#[derive(Debug)]
pub(super) struct Called {
    place: Arc<Place>,
    url: String,
    error: Option<&'static str>,
}

impl Called {
    /// Forgets the endpoint where the service says that it is none any more; whether it did.
    pub(super) fn leave_if_told(self, status: u16, code: Option<&str>) -> bool {
        let told = status == MISDIRECTED || code.is_some() && code == self.error;
        if told {
            tracing::debug!(url = self.url, "the endpoint is not to be called any more");
            self.place.leave(&self.url);
        }
        told
    }
}

/// Finds where the service wants the call; nothing where it goes to the usual endpoint.
pub(super) async fn find(
    run: &Run<'_>,
    wanted: &Discovered,
    identity: Option<&Identity>,
    target: &Target,
) -> Result<Option<Called>, BoxError> {
    if !wanted.is_wanted(run.plan) {
        return Ok(None);
    }
    let key = Key::new(run, wanted, identity, target);
    let place = run.shared.endpoints.place(key);
    let url = place.find(run, wanted, target).await?;
    let error = wanted.by.error;
    Ok(url.map(|url| Called { place, url, error }))
}

impl Called {
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

/// The service named no endpoint; all calls that wait for it end with the same error.
#[derive(Clone, Debug)]
struct Undiscovered {
    operation: &'static str,
    source: Arc<dyn Error + Send + Sync>,
}

impl fmt::Display for Undiscovered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation;
        write!(
            f,
            "the endpoint of the call could not be discovered by {operation}: allow it, or set `endpoint_url`"
        )
    }
}

impl Error for Undiscovered {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{Endpoints, Key, MOST_PLACES};
    use std::sync::Arc;

    fn key(name: usize) -> Key {
        Key {
            access_key: "AKID".to_owned(),
            asked: "https://example.com".to_owned(),
            operation: "",
            identifiers: vec![("Name", name.to_string())],
        }
    }

    #[test]
    fn the_endpoint_that_was_called_least_recently_makes_room() {
        let endpoints = Endpoints::default();
        let first = endpoints.place(key(0));
        let second = endpoints.place(key(1));
        for name in 2..MOST_PLACES {
            endpoints.place(key(name));
        }
        assert!(Arc::ptr_eq(&first, &endpoints.place(key(0))));
        endpoints.place(key(MOST_PLACES));
        assert!(Arc::ptr_eq(&first, &endpoints.place(key(0))));
        assert!(!Arc::ptr_eq(&second, &endpoints.place(key(1))));
    }
}
