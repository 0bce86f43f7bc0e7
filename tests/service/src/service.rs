//! The handle that tests hold: starts a service, looks at what it was sent, and makes things go wrong.

use crate::answer::CreationDates;
use crate::backing::{Backing, Cluster, Proxy, VpcEndpointService};
use crate::clock::Clock;
use crate::fault::{Fault, Faults};
use crate::kms::{Kms, Limits};
use crate::record::RecordedRequest;
use crate::server::{self, Shared, lock};
use crate::sign::Credentials;
use crate::store::ConnectionState;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// A running service. It stops, and closes its connections, when it is dropped.
#[derive(Debug)]
pub struct Service {
    shared: Arc<Shared>,
    address: SocketAddr,
    task: AbortHandle,
}

/// Sets up a [`Service`]; made by [`Service::builder`].
#[derive(Debug)]
#[must_use]
pub struct Builder {
    region: String,
    credentials: Credentials,
    clock: Clock,
    dates: CreationDates,
    port: u16,
    hosts: Vec<String>,
    limits: Limits,
    backing: Backing,
}

impl Builder {
    /// The region that signatures must be scoped to. Default: `us-east-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = region.into();
        self
    }

    /// The access key that is accepted. Default: [`Credentials::default`].
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = credentials;
        self
    }

    /// How long a store is `CONNECTING`. Zero passes over that state. Default: 50 milliseconds.
    pub fn connect_delay(mut self, delay: Duration) -> Self {
        self.limits.connect_delay = delay;
        self
    }

    /// How long a store is `DISCONNECTING`. Zero passes over that state. Default: 30 milliseconds.
    pub fn disconnect_delay(mut self, delay: Duration) -> Self {
        self.limits.disconnect_delay = delay;
        self
    }

    /// The time that states, creation dates and the check of `X-Amz-Date` go by. Default: [`Clock::system`].
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// How `CreationDate` is written. Default: [`CreationDates::Decimal`].
    pub fn creation_dates(mut self, dates: CreationDates) -> Self {
        self.dates = dates;
        self
    }

    /// The most stores that one page of a describe holds, whatever its `Limit`; at least 1. Default: 100.
    pub fn page_size(mut self, size: usize) -> Self {
        self.limits.page_size = size.max(1);
        self
    }

    /// How many stores the account may have; one more gives `LimitExceededException`. Default: 10, KMS's own quota.
    pub fn max_key_stores(mut self, count: usize) -> Self {
        self.limits.max_key_stores = count;
        self
    }

    /// Describes a CloudHSM cluster. Default: any cluster exists and is in good order.
    pub fn cluster(mut self, cluster: Cluster) -> Self {
        self.backing.set_cluster(cluster);
        self
    }

    /// Describes an external key store proxy. Default: any proxy exists and answers.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.backing.set_proxy(proxy);
        self
    }

    /// Describes a VPC endpoint service. Default: any service exists and is usable.
    pub fn vpc_endpoint_service(mut self, service: VpcEndpointService) -> Self {
        self.backing.set_service(service);
        self
    }

    /// A further value of `Host` that means this service, for clients whose connector leads a real host name here.
    /// Default: only `127.0.0.1` and `localhost`, with the port.
    pub fn accept_host(mut self, host: impl Into<String>) -> Self {
        self.hosts.push(host.into());
        self
    }

    /// The port of 127.0.0.1 to listen on. Default: one that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Starts the service on the runtime of the caller.
    ///
    /// # Errors
    ///
    /// Where the port cannot be listened on.
    pub async fn start(self) -> io::Result<Service> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let address = listener.local_addr()?;
        let mut hosts = self.hosts;
        hosts.extend([address.to_string(), format!("localhost:{}", address.port())]);
        let shared = Arc::new(Shared {
            region: self.region,
            hosts,
            dates: self.dates,
            clock: self.clock,
            credentials: Mutex::new(self.credentials),
            kms: Mutex::new(Kms::new(self.limits, self.backing)),
            faults: Mutex::new(Faults::default()),
            requests: Mutex::default(),
            connections: AtomicU64::new(0),
            request_ids: AtomicU64::new(0),
            close: watch::Sender::new(()),
        });
        let task = tokio::spawn(server::accept(listener, Arc::clone(&shared))).abort_handle();
        Ok(Service {
            shared,
            address,
            task,
        })
    }
}

impl Service {
    /// A builder with all settings at their defaults.
    pub fn builder() -> Builder {
        Builder {
            region: "us-east-1".to_owned(),
            credentials: Credentials::default(),
            clock: Clock::system(),
            dates: CreationDates::default(),
            port: 0,
            hosts: Vec::new(),
            limits: Limits {
                connect_delay: Duration::from_millis(50),
                disconnect_delay: Duration::from_millis(30),
                page_size: 100,
                max_key_stores: 10,
            },
            backing: Backing::default(),
        }
    }

    /// `http://127.0.0.1:port`, for a client's endpoint setting.
    pub fn endpoint_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the service listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The region that signatures must be scoped to.
    pub fn region(&self) -> &str {
        &self.shared.region
    }

    /// The access key that is accepted now.
    pub fn credentials(&self) -> Credentials {
        lock(&self.shared.credentials).clone()
    }

    /// Accepts these credentials from now on, in place of those before, as after a rotation.
    pub fn set_credentials(&self, credentials: Credentials) {
        *lock(&self.shared.credentials) = credentials;
    }

    /// All requests since the start, or since they were last [taken](Self::take_requests), in the order they came.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.shared.requests).clone()
    }

    /// Returns the recorded requests and forgets them.
    pub fn take_requests(&self) -> Vec<RecordedRequest> {
        std::mem::take(&mut *lock(&self.shared.requests))
    }

    /// How many connections were ever opened. A client that reuses its connection opens one.
    pub fn connections(&self) -> u64 {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Closes all open connections, as a server does that has idled long enough; new ones are welcome.
    pub fn close_connections(&self) {
        self.shared.close.send_replace(());
    }

    /// Makes the next connect that is begun end in `FAILED` with this `ConnectionErrorCode`, which need not be one that the
    /// API knows. Further calls are for the connects after it.
    pub fn fail_next_connect(&self, code: impl Into<String>) {
        lock(&self.shared.kms).fail_next_connect(code.into());
    }

    /// Says how many KMS keys are in a store. While there are any, its deletion is refused with
    /// `CustomKeyStoreHasCMKsException`. Default: none.
    pub fn set_keys(&self, store_id: &str, count: usize) {
        lock(&self.shared.kms).set_keys(store_id, count);
    }

    /// The connection state that a describe would show; nothing where there is no such store.
    pub fn connection_state(&self, store_id: &str) -> Option<ConnectionState> {
        lock(&self.shared.kms).state(store_id, self.shared.clock.now())
    }

    /// Makes something go wrong, after the faults injected before are used up.
    pub fn inject(&self, fault: Fault) {
        lock(&self.shared.faults).inject(fault);
    }

    /// Takes back the faults that no request has met.
    pub fn clear_faults(&self) {
        lock(&self.shared.faults).clear();
    }

    /// Describes a CloudHSM cluster, in place of what was said of it before.
    pub fn set_cluster(&self, cluster: Cluster) {
        lock(&self.shared.kms).backing.set_cluster(cluster);
    }

    /// Describes an external key store proxy, in place of what was said of it before.
    pub fn set_proxy(&self, proxy: Proxy) {
        lock(&self.shared.kms).backing.set_proxy(proxy);
    }

    /// Describes a VPC endpoint service, in place of what was said of it before.
    pub fn set_vpc_endpoint_service(&self, service: VpcEndpointService) {
        lock(&self.shared.kms).backing.set_service(service);
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.task.abort();
    }
}
