//! A custom key store service in this process, and clients for which its long waits pass at once.

use farrier_kms::Client;
use farrier_kms::config::{
    AsyncSleep, Builder, Credentials, Region, Sleep, StalledStreamProtectionConfig,
};
use farrier_runtime::config::TimeSource;
use farrier_test_service::{Clock, Service};
use std::io;
use std::time::{Duration, SystemTime};

/// A service on loopback whose stores take as long to connect as those of AWS do, and a clock that does not wait for it.
///
/// Service and clients go by one clock. Where a waiter pauses between two calls, the clock is moved instead, so that
/// twenty minutes are over in a moment and yet every state is passed through. It stops when it is dropped.
#[derive(Debug)]
pub struct Local {
    service: Service,
    clock: Clock,
}

impl Local {
    /// How long its stores are `CONNECTING`: what AWS gives for a CloudHSM key store.
    pub const CONNECT_DELAY: Duration = Duration::from_secs(20 * 60);
    /// How long its stores are `DISCONNECTING`.
    pub const DISCONNECT_DELAY: Duration = Duration::from_secs(60);

    /// Starts a service without stores.
    ///
    /// # Errors
    ///
    /// Where no port can be listened on.
    pub async fn start() -> io::Result<Local> {
        Local::start_with(|service| service).await
    }

    /// Starts a service with other settings.
    ///
    /// # Errors
    ///
    /// As [`start`](Local::start).
    pub async fn start_with(
        adjust: impl FnOnce(farrier_test_service::Builder) -> farrier_test_service::Builder,
    ) -> io::Result<Local> {
        let clock = Clock::system();
        let builder = Service::builder()
            .clock(clock.clone())
            .connect_delay(Local::CONNECT_DELAY)
            .disconnect_delay(Local::DISCONNECT_DELAY);
        let service = adjust(builder).start().await?;
        Ok(Local { service, clock })
    }

    /// The service, to make it fail and to look at what it was sent.
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// The time of the service and of its clients.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The settings of a client of this service: endpoint, region, credentials and the common clock.
    pub fn config(&self) -> Builder {
        let accepted = self.service.credentials();
        let credentials = Credentials::new(
            accepted.access_key_id(),
            accepted.secret_access_key(),
            accepted.token().map(str::to_owned),
            None,
            "local",
        );
        let time = Time(self.clock.clone());
        farrier_kms::Config::builder()
            .endpoint_url(self.service.endpoint_url())
            .region(Region::new(self.service.region().to_owned()))
            .credentials_provider(credentials)
            .time_source(time.clone())
            .sleep_impl(time)
            // It would take its five seconds for one of the pauses that are passed over.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
    }

    /// A client with these settings.
    pub fn client(&self) -> Client {
        Client::from_conf(self.config().build())
    }
}

/// The common clock as a client sees it.
#[derive(Clone, Debug)]
struct Time(Clock);

/// The shortest pause that is passed over. Waiters pause for longer; limits on connecting and the pauses between
/// attempts are shorter, and take their time.
const PASSED_OVER: Duration = Duration::from_secs(5);

impl AsyncSleep for Time {
    fn sleep(&self, duration: Duration) -> Sleep {
        if duration < PASSED_OVER {
            return Sleep::new(tokio::time::sleep(duration));
        }
        let clock = self.0.clone();
        Sleep::new(async move { clock.advance(duration) })
    }
}

impl TimeSource for Time {
    fn now(&self) -> SystemTime {
        self.0.now()
    }
}
