//! What is known of the discovered endpoints, and who asks for them when.

use super::ask::{self, Found};
use super::{Discovered, Key};
use crate::error::BoxError;
use crate::internal::endpoints::Target;
use crate::internal::run::Run;
use crate::internal::timeout::{Limit, within};
use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// Calls ask for an endpoint anew this long before its time is over, or after three quarters of it when that is shorter. What
/// keeps it fresh apart from calls does so twice as early, so that no call has to.
const BUFFER: Duration = Duration::from_secs(120);
/// After asking in vain, the client goes on with what it has for this long.
const PAUSE: Duration = Duration::from_secs(60);
/// A call that has an endpoint waits this long for another.
const PATIENCE: Duration = Duration::from_secs(1);
/// How many endpoints a client keeps; the one that was called least recently makes room.
const MOST_PLACES: usize = 1000;

/// When to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// When nothing is known, or its time is nearly over.
    Due,
    /// Before calls find that its time is nearly over.
    Ahead,
    /// Now, whatever is known.
    Now,
}

/// The endpoints that a client has discovered.
#[derive(Debug, Default)]
pub(in crate::internal) struct Endpoints {
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
    /// Held by the one call that asks, and released when that call is dropped.
    asking: tokio::sync::Mutex<()>,
    called: AtomicU64,
}

/// What is known of an endpoint: nothing by default.
#[derive(Clone, Debug, Default)]
struct Known {
    url: Option<String>,
    /// When its time is over.
    over_at: Option<SystemTime>,
    /// When calls ask again.
    ask_at: Option<SystemTime>,
    /// When it is asked for again apart from calls.
    ahead_at: Option<SystemTime>,
    /// How asking failed, if it did the last time.
    failed: Option<Undiscovered>,
    /// How often asking has ended.
    ended: u64,
}

impl Known {
    fn is_due(&self, when: When, now: SystemTime) -> bool {
        let at = match when {
            When::Due => self.ask_at,
            When::Ahead => self.ahead_at,
            When::Now => None,
        };
        at.is_none_or(|at| now >= at)
    }

    /// Whether there is an endpoint whose time is not over.
    fn holds(&self, now: SystemTime) -> bool {
        self.url.is_some() && self.over_at.is_some_and(|at| now < at)
    }

    /// Lets calls go on with what there is.
    fn pause(&mut self, now: SystemTime) {
        self.ask_at = self.ask_at.max(Some(after(now, PAUSE)));
    }

    fn renew(&mut self, found: Found, now: SystemTime) {
        let Found { url, life } = found;
        let at = |before: Duration| Some(after(now, life - before));
        *self = Self {
            url: Some(url),
            over_at: at(Duration::ZERO),
            ask_at: at(BUFFER.min(life / 4)),
            ahead_at: at((2 * BUFFER).min(life / 2)),
            failed: None,
            ended: self.ended,
        };
    }
}

impl Place {
    /// The endpoint to call; none where the usual one is to be called.
    ///
    /// However many calls need it, one of them asks. The others go on with the old one until its time is over; then, and where
    /// there is none, they wait. An old one is better than none, so it is called also after its time where asking fails.
    ///
    /// # Errors
    ///
    /// The service names none, and the call needs one.
    pub(super) async fn find(
        &self,
        run: &Run<'_>,
        wanted: &Discovered,
        asked: &Target,
        when: When,
    ) -> Result<Option<String>, BoxError> {
        let now = || run.plan.time.now();
        let before = self.known();
        let holds = before.holds(now());
        let is_enough = holds || before.url.is_none() && !wanted.is_required;
        if is_enough && !before.is_due(when, now()) {
            return Ok(before.url);
        }
        let _asking = if holds && when == When::Due {
            match self.asking.try_lock() {
                Ok(asking) => asking,
                Err(_) => return Ok(before.url),
            }
        } else {
            self.asking.lock().await
        };
        // Another call may have asked in the meantime.
        let known = self.known();
        let was_asked = known.ended != before.ended;
        if was_asked || !known.is_due(when, now()) {
            match known.failed {
                _ if known.url.is_some() => return Ok(known.url),
                Some(_) if !wanted.is_required => return Ok(None),
                Some(error) if was_asked => return Err(error.into()),
                _ => {}
            }
        }
        self.ask(run, wanted, asked, when).await
    }

    fn known(&self) -> Known {
        lock(&self.known).clone()
    }

    /// Forgets the endpoint, if it is still this one.
    pub(super) fn leave(&self, url: &str) {
        let mut known = lock(&self.known);
        if known.url.as_deref() == Some(url) {
            *known = Known {
                ended: known.ended,
                ..Known::default()
            };
        }
    }

    /// Asks, and keeps what comes of it.
    async fn ask(
        &self,
        run: &Run<'_>,
        wanted: &Discovered,
        asked: &Target,
        when: When,
    ) -> Result<Option<String>, BoxError> {
        let time = &run.plan.time;
        let holds = self.begin(time.now());
        let answer = ask::ask(run, wanted, asked);
        let result = match run.sleep().filter(|_| holds && when == When::Due) {
            Some(sleep) => within(sleep, Limit::Discovery, PATIENCE, answer)
                .await
                .unwrap_or_else(|timeout| Err(timeout.into())),
            None => answer.await,
        };
        let mut known = lock(&self.known);
        known.ended += 1;
        match result {
            Ok(found) => {
                tracing::debug!(url = found.url, life = ?found.life, "endpoint discovered");
                known.renew(found, time.now());
            }
            Err(error) => {
                let error = Undiscovered {
                    operation: wanted.by.operation.name,
                    source: error.into(),
                };
                known.pause(time.now());
                known.failed = Some(error.clone());
                match &known.url {
                    Some(_) => {
                        tracing::warn!(%error, "the endpoint could not be discovered; the old one stays in use");
                    }
                    None if wanted.is_required => return Err(error.into()),
                    None => {
                        tracing::warn!(%error, "the endpoint could not be discovered; the usual one is called");
                    }
                }
            }
        }
        Ok(known.url.clone())
    }

    /// Notes that asking begins, so that a call that is cut off by its time limit does not leave the wait to the next one;
    /// whether there is an endpoint whose time is not over.
    fn begin(&self, now: SystemTime) -> bool {
        let mut known = lock(&self.known);
        if known.url.is_some() {
            known.pause(now);
        }
        known.holds(now)
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

/// The time then, or `time` where that cannot be told.
fn after(time: SystemTime, duration: Duration) -> SystemTime {
    time.checked_add(duration).unwrap_or(time)
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
    fn what_tells_endpoints_apart_is_not_shown() {
        let text = format!("{:?}", key(4711));
        assert!(
            text.contains("example.com") && !text.contains("4711") && !text.contains("AKID"),
            "{text}"
        );
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
