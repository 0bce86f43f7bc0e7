//! Discovering the endpoint of a client apart from its calls.

use crate::endpoint_discovery::ReloadEndpoint;
use crate::error::BoxError;
use crate::internal::discovery::{Discovered, Key};
use crate::internal::run::Run;
use crate::internal::{Demands, Discovery, Handle};

/// Asks for the endpoint that all calls of a client go to, and hands out what keeps it fresh.
///
/// # Errors
///
/// The service cannot be asked, or names no endpoint.
pub async fn discover(
    client: &Handle,
    discovery: &'static Discovery,
) -> Result<ReloadEndpoint, BoxError> {
    discover_anew(client, discovery, When::Now).await?;
    Ok(ReloadEndpoint::new(client, discovery))
}

/// When to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// Now, whatever is known.
    Now,
    /// When nothing is known, or its time is nearly over.
    Due,
}

/// Asks for the endpoint that all calls of a client go to.
pub(crate) async fn discover_anew(
    client: &Handle,
    discovery: &'static Discovery,
    when: When,
) -> Result<(), BoxError> {
    let plan = client.plan();
    plan.check()?;
    let wanted = Discovered::beforehand(discovery);
    if !wanted.is_wanted(plan) {
        return Ok(());
    }
    let run = Run::new(plan, client.shared(), discovery.operation, &Demands::NONE);
    let identity = run.identity().await?;
    let mut params = if plan.has_one_target() {
        None
    } else {
        Some((plan.service.endpoint_params)(&plan.built_ins())?)
    };
    let target = run.target(params.as_mut(), identity.as_ref()).await?;
    let key = Key::new(&run, &wanted, identity.as_ref(), &target);
    let place = run.shared.endpoints.place(key);
    if when == When::Now {
        place.ask_anew();
    }
    place.find(&run, &wanted, &target).await.map(drop)
}
