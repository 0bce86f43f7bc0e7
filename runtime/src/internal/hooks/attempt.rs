//! One attempt: the hooks around signing, sending and reading.

use super::{Halt, Hooked, hook};
use crate::config::Intercept;
use crate::endpoint::EndpointResolverParams;
use crate::error::{BoxError, ConnectorError};
use crate::http::HttpRequest;
use crate::internal::endpoints::Target;
use crate::internal::hidden::hide_body;
use crate::internal::limits::{self, Limits};
use crate::internal::{auth, headers, signing};
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::interceptors::InterceptorError;
use std::sync::Arc;

impl Hooked<'_, '_> {
    pub(super) async fn attempt(&mut self) -> Result<(), Halt> {
        hook!(self, [] read_before_attempt, components)?;
        self.sign().await?;
        hook!(self, [] read_after_signing, components)?;
        let run = self.run;
        let limits = Limits::from_bag(run.plan, &self.bag);
        if let Some(request) = self.context.request_mut() {
            run.put_attempt(request, &limits);
        }
        let connection = CaptureSmithyConnection::new();
        self.request()?.add_extension(connection.clone());
        self.bag.interceptor_state().store_put(connection);
        hook!(self, [mut] modify_before_transmit, components)?;
        hook!(self, [] read_before_transmit, components)?;
        self.transmit().await?;
        hook!(self, [] read_after_transmit, components)?;
        hook!(self, [mut] modify_before_deserialization, components)?;
        hook!(self, [] read_before_deserialization, components)?;
        self.deserialize().await?;
        hook!(self, [] read_after_deserialization, components)
    }

    fn request(&mut self) -> Result<&mut HttpRequest, Halt> {
        self.context
            .request_mut()
            .ok_or_else(|| Halt::other("an interceptor took the request away"))
    }

    async fn sign(&mut self) -> Result<(), Halt> {
        let plan = self.run.plan;
        let chosen = if self.run.signed_by_user() {
            let params = (plan.service.auth_params)(self.run.operation.name);
            let unsigned = self.run.may_be_unsigned();
            let chosen = auth::choose(self.components, &mut self.bag, params, unsigned);
            Some(chosen.await.map_err(Halt::other)?)
        } else {
            None
        };
        let identity = match &chosen {
            Some(chosen) => Some(chosen.identity.clone()),
            None => self.run.identity().await.map_err(Halt::other)?,
        };
        let target = self.target(identity.as_ref()).await.map_err(Halt::other)?;
        self.bag
            .interceptor_state()
            .store_put(target.endpoint.clone());
        let request = self.request()?;
        target.apply(request, plan).map_err(Halt::other)?;
        headers::put_trace_id(request);
        if let Some(address) = self.address.clone() {
            let run = self.run;
            run.direct(self.request()?, &address, identity.as_ref())
                .await
                .map_err(Halt::other)?;
        }
        hook!(self, [mut] modify_before_signing, components)?;
        hook!(self, [] read_before_signing, components)?;
        let scope = limits::scope(self.run.plan, &self.bag, &target);
        let request = self
            .context
            .request_mut()
            .ok_or_else(|| Halt::other("an interceptor took the request away"))?;
        match (chosen, identity) {
            (Some(chosen), _) => chosen.sign(request, &target.endpoint, self.components, &self.bag),
            (None, Some(identity)) => {
                let scope = scope.map_err(Halt::other)?;
                signing::sign_request(request, &identity, &scope, self.run.signing_time())
            }
            (None, None) => Ok(()),
        }
        .map_err(Halt::other)
    }

    async fn target(&mut self, identity: Option<&Identity>) -> Result<Arc<Target>, BoxError> {
        let plan = self.run.plan;
        if plan.has_one_target() {
            return plan.target().await;
        }
        // Interceptors may have changed the parameters.
        let params = self
            .bag
            .get_mut_from_interceptor_state::<EndpointResolverParams>()
            .ok_or("an interceptor took the endpoint parameters away")?;
        Target::from_resolver(plan.resolver(), params, identity, plan).await
    }

    async fn transmit(&mut self) -> Result<(), Halt> {
        self.context.enter_transmit_phase();
        let request = self
            .context
            .take_request()
            .ok_or_else(|| Halt::other("an interceptor took the request away"))?;
        let mut response = self
            .run
            .transmit(request, &self.limits())
            .await
            .map_err(Halt::connector)?;
        hide_body(&mut response);
        self.context.set_response(response);
        self.context.enter_before_deserialization_phase();
        Ok(())
    }

    async fn deserialize(&mut self) -> Result<(), Halt> {
        self.context.enter_deserialization_phase();
        let no_response = || {
            Halt::connector(ConnectorError::other(
                "an interceptor took the response away".into(),
                None,
            ))
        };
        let limits = Limits::from_bag(self.run.plan, &self.bag);
        let response = self.context.response_mut().ok_or_else(no_response)?;
        let result = match self.run.load_body(response, &limits).await {
            Err(error) => Err(Halt::response(error)),
            Ok(()) => {
                hide_body(response);
                self.run.answered(response);
                self.call.read(response);
                match self.call.erase_result() {
                    Some(result) => result.map_err(Halt::operation),
                    None => Err(Halt::other("the answer was not read")),
                }
            }
        };
        self.context.set_output_or_error(result);
        self.context.enter_after_deserialization_phase();
        Ok(())
    }
}
