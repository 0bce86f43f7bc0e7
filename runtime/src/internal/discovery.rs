//! Endpoints that the service itself names, and the cache of them.
//!
//! See [client endpoint discovery](https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery).

mod ask;
mod place;

pub(super) use place::Endpoints;
pub(crate) use place::When;

use crate::config::Credentials;
use crate::error::BoxError;
use crate::internal::endpoints::Target;
use crate::internal::plan::Plan;
use crate::internal::run::Run;
use crate::internal::{Address, OperationMetadata};
use aws_smithy_runtime_api::client::identity::Identity;
use place::Place;
use std::fmt;
use std::sync::Arc;

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
#[derive(Clone)]
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

/// Without the identifiers, which may be sensitive.
impl fmt::Debug for Discovered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Discovered")
            .field("by", self.by)
            .field("is_required", &self.is_required)
            .finish_non_exhaustive()
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
        let enabled = plan.settings.endpoint_discovery_enabled();
        !is_given(plan) && *enabled.unwrap_or(&self.is_required)
    }

    /// Refuses a call that only a discovered endpoint answers, where none is to be discovered.
    ///
    /// # Errors
    ///
    /// It is such a call.
    pub(super) fn check(&self, plan: &Plan) -> Result<(), BoxError> {
        if self.is_required && !self.is_wanted(plan) && !is_given(plan) {
            return Err("`endpoint_discovery_enabled` is `false`, and only an endpoint that the service names answers the call: leave it unset, or set `endpoint_url`".into());
        }
        Ok(())
    }
}

/// Whether the user says what to call.
fn is_given(plan: &Plan) -> bool {
    plan.settings.endpoint_url().is_some() || plan.settings.endpoint_resolver().is_some()
}

/// What an endpoint was discovered for.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    access_key: String,
    /// The endpoint that is asked, which stands for the region and its like. It is that of the question, which no input has a
    /// say in.
    asked: String,
    operation: &'static str,
    identifiers: Vec<(&'static str, String)>,
}

/// Without the identifiers, which may be sensitive.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("asked", &self.asked)
            .field("operation", &self.operation)
            .finish_non_exhaustive()
    }
}

impl Key {
    fn new(
        run: &Run<'_>,
        wanted: &Discovered,
        identity: Option<&Identity>,
        asked: &Target,
    ) -> Self {
        let credentials = identity.and_then(|identity| identity.data::<Credentials>());
        let by_operation = wanted.by.by_operation;
        Self {
            access_key: credentials
                .map_or("", Credentials::access_key_id)
                .to_owned(),
            asked: asked.endpoint.url().to_owned(),
            operation: if by_operation { run.operation.name } else { "" },
            identifiers: wanted.identifiers.clone(),
        }
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
    pub(super) fn url(&self) -> &str {
        &self.url
    }

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
///
/// # Errors
///
/// The service cannot be asked, or names none, and the call needs one.
pub(super) async fn find(
    run: &Run<'_>,
    wanted: &Discovered,
    identity: Option<&Identity>,
    when: When,
) -> Result<Option<Called>, BoxError> {
    if !wanted.is_wanted(run.plan) {
        return Ok(None);
    }
    let asked = asked(run, identity).await?;
    let key = Key::new(run, wanted, identity, &asked);
    let place = run.shared.endpoints.place(key);
    let url = place.find(run, wanted, &asked, when).await?;
    let error = wanted.by.error;
    Ok(url.map(|url| Called { place, url, error }))
}

/// Where the question goes.
async fn asked(run: &Run<'_>, identity: Option<&Identity>) -> Result<Arc<Target>, BoxError> {
    if run.plan.has_one_target() {
        return run.plan.target().await;
    }
    let mut params = (run.plan.service.endpoint_params)(&run.plan.built_ins())?;
    run.target(Some(&mut params), identity).await
}
