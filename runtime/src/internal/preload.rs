//! Discovering the endpoint of a client apart from its calls.

use crate::endpoint_discovery::ReloadEndpoint;
use crate::error::BoxError;
use crate::internal::discovery::{self, Discovered, When};
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
    discovery::find(&run, &wanted, identity.as_ref(), when)
        .await
        .map(drop)
}
