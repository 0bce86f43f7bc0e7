//! Who signs a call: the model, the user's schemes, the user's resolver.

mod support;

use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{AuthSchemeEndpointConfig, Sign};
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::runtime_components::GetIdentityResolver;
use farrier_runtime::config::{
    AuthScheme, AuthSchemeId, ConfigBag, RuntimeComponents, SharedAuthScheme,
    SharedAuthSchemeOptionResolver,
};
use farrier_runtime::error::BoxError;
use farrier_runtime::http::HttpRequest;
use farrier_runtime::internal::{
    Auth, Demands, ErrorResponse, Handle, Operation, OperationMetadata, SettingsBuilder, send,
};
use farrier_runtime::json::{Error, Writer};
use support::*;

/// Signs with one word, in place of Signature Version 4.
#[derive(Debug)]
struct Stamp;

impl AuthScheme for Stamp {
    fn scheme_id(&self) -> AuthSchemeId {
        AuthSchemeId::new("sigv4")
    }

    fn identity_resolver(
        &self,
        resolvers: &dyn GetIdentityResolver,
    ) -> Option<SharedIdentityResolver> {
        resolvers.identity_resolver(self.scheme_id())
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for Stamp {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        _: &Identity,
        _: AuthSchemeEndpointConfig<'_>,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<(), BoxError> {
        request.headers_mut().insert("authorization", "stamp");
        Ok(())
    }
}

/// The operation with other demands.
macro_rules! echo_with {
    ($name:ident, $auth:expr) => {
        struct $name;

        impl Operation for $name {
            type Input = EchoInput;
            type Output = EchoOutput;
            type Error = EchoError;
            const METADATA: &'static OperationMetadata = Echo::METADATA;
            const DEMANDS: &'static Demands = &Demands {
                auth: $auth,
                ..Demands::NONE
            };

            fn write_input(input: &EchoInput, writer: &mut Writer) {
                Echo::write_input(input, writer);
            }

            fn read_output(body: &[u8], request_id: Option<String>) -> Result<EchoOutput, Error> {
                Echo::read_output(body, request_id)
            }

            fn read_error(response: ErrorResponse<'_>) -> EchoError {
                Echo::read_error(response)
            }
        }
    };
}

echo_with!(Open, Auth::Unsigned);
echo_with!(Either, Auth::Optional);

/// The header of a call, as the server got it.
async fn authorization<O>(mut settings: SettingsBuilder) -> Option<String>
where
    O: Operation<Input = EchoInput, Output = EchoOutput, Error = EchoError>,
{
    let server = Server::start([ok("done")]).await;
    settings.set_endpoint_url(Some(server.url()));
    let client = Handle::new(&SERVICE, settings.build());
    let output = send::<O>(&client, None, Ok(EchoInput("hi".to_owned()))).await;
    output.expect("an answer");
    header(&server.requests()[0], "authorization").map(str::to_owned)
}

fn stamped(mut settings: SettingsBuilder) -> SettingsBuilder {
    settings.push_auth_scheme(SharedAuthScheme::new(Stamp));
    settings
}

fn resolved(mut settings: SettingsBuilder, id: &'static str) -> SettingsBuilder {
    let resolver = StaticAuthSchemeOptionResolver::new(vec![AuthSchemeId::new(id)]);
    settings.set_auth_scheme_resolver(Some(SharedAuthSchemeOptionResolver::new(resolver)));
    settings
}

#[tokio::test]
async fn a_scheme_of_the_user_signs_what_the_model_says_is_signed() {
    let stamp = Some("stamp".to_owned());
    assert_eq!(authorization::<Echo>(stamped(settings())).await, stamp);
    assert_eq!(authorization::<Either>(stamped(settings())).await, stamp);
    let without = stamped(settings_without_credentials());
    assert_eq!(authorization::<Either>(without).await, None);
    assert_eq!(authorization::<Open>(stamped(settings())).await, None);
}

#[tokio::test]
async fn a_resolver_of_the_user_goes_before_the_model() {
    let stamped = stamped(resolved(settings(), "sigv4"));
    let stamp = Some("stamp".to_owned());
    assert_eq!(authorization::<Open>(stamped).await, stamp);
    let unsigned = resolved(settings(), "noAuth");
    assert_eq!(authorization::<Echo>(unsigned).await, None);
}

#[tokio::test]
async fn a_clock_that_is_off_is_corrected_where_a_resolver_decides() {
    let refusal = answer(
        400,
        "date: Fri, 01 Jan 2100 00:00:00 GMT\r\n",
        r#"{"__type":"InvalidSignatureException"}"#,
    );
    let server = Server::start([Answer::Bytes(refusal), ok("done")]).await;
    let client = client_of(&server, |settings| {
        *settings = resolved(std::mem::take(settings), "sigv4");
    });
    echo(&client, "hi").await.expect("an answer");
    let date = header(&server.requests()[1], "x-amz-date").map(str::to_owned);
    assert!(date.is_some_and(|date| date.starts_with("2100")));
}
