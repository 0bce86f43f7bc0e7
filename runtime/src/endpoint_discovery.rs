//! Keeping a discovered endpoint fresh, apart from calls.

use crate::config::AsyncSleep;
use crate::internal::{Discovery, Handle, WeakHandle, When, discover_anew};
use std::fmt;
use std::time::Duration;

/// How often the task looks whether the endpoint is to be asked for anew.
const INTERVAL: Duration = Duration::from_secs(60);

/// Asks for the endpoint of a client, so that calls need not wait for that.
///
/// Calls ask by themselves when they need to, so that a client works without it.
#[must_use]
pub struct ReloadEndpoint {
    client: WeakHandle,
    discovery: &'static Discovery,
}

impl fmt::Debug for ReloadEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReloadEndpoint").finish_non_exhaustive()
    }
}

impl ReloadEndpoint {
    pub(crate) fn new(client: &Handle, discovery: &'static Discovery) -> Self {
        Self {
            client: client.downgrade(),
            discovery,
        }
    }

    /// Asks now. When that fails, the old endpoint stays in use.
    pub async fn reload_once(&self) {
        if let Some(client) = self.client.upgrade() {
            self.reload(&client, When::Now).await;
        }
    }

    /// Asks before calls do, when the time of the endpoint is nearly over, until the client and its clones are dropped; to be spawned as a
    /// task. It ends at once where the client has no `sleep_impl`.
    pub async fn reload_task(self) {
        while let Some(client) = self.client.upgrade() {
            self.reload(&client, When::Ahead).await;
            let Some(sleep) = client.sleep() else {
                return;
            };
            drop(client);
            sleep.sleep(INTERVAL).await;
        }
    }

    async fn reload(&self, client: &Handle, when: When) {
        if let Err(error) = discover_anew(client, self.discovery, when).await {
            tracing::warn!(%error, "the endpoint could not be discovered");
        }
    }
}
