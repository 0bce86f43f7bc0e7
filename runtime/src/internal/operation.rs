//! What generated code says about its service and about each operation.

use crate::config::AuthSchemeOptionResolverParams;
use crate::error::{BoxError, CreateUnhandledError, ProvideErrorKind, ProvideErrorMetadata};
use crate::internal::{Address, Demands, ErrorResponse};
use crate::primitives::Document;
use crate::{endpoint, json};
use std::fmt::Debug;

/// What holds for all calls to one service; a generated crate has one, as a `const`.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The service's `sdkId`, such as `KMS`.
    pub id: &'static str,
    /// The name in the credential scope of a signature, such as `kms`.
    pub signing_name: &'static str,
    /// How inputs and outputs are written.
    pub protocol: Protocol,
    /// The version of the generated crate, for the user agent.
    pub version: &'static str,
    /// Makes the parameters that a resolver set by the user gets.
    pub endpoint_params: fn(&BuiltIns<'_>) -> Result<endpoint::EndpointResolverParams, BoxError>,
    /// Makes the resolver that follows the model's endpoint rules; used where the user set none.
    pub endpoint_rules: fn() -> endpoint::SharedEndpointResolver,
    /// Whether the rules ask for what differs from call to call: members of an input, or the account of the credentials.
    /// Where they do not, they are asked once a client.
    pub endpoint_per_call: bool,
    /// Whether the rules ask how to treat the account of the credentials.
    pub account_id_endpoints: bool,
    /// Makes the parameters that the user's auth scheme resolver gets, from the name of the operation.
    pub auth_params: fn(&'static str) -> AuthSchemeOptionResolverParams,
    /// Whether the service is `awsQueryCompatible`: requests say so, and the error codes of answers are read from
    /// `x-amzn-query-error`.
    pub query_compatible: bool,
}

/// The protocol a service speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// [AWS JSON 1.0](https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html).
    AwsJson10,
    /// [AWS JSON 1.1](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html).
    AwsJson11,
}

impl Protocol {
    /// The value of `Content-Type`.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::AwsJson10 => "application/x-amz-json-1.0",
            Self::AwsJson11 => "application/x-amz-json-1.1",
        }
    }
}

/// The settings that endpoint rules can ask for.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuiltIns<'a> {
    /// `AWS::Region`.
    pub region: Option<&'a str>,
    /// `AWS::UseFIPS`.
    pub use_fips: bool,
    /// `AWS::UseDualStack`.
    pub use_dual_stack: bool,
    /// `SDK::Endpoint`: the address the user set.
    pub endpoint: Option<&'a str>,
    /// `AWS::Auth::AccountIdEndpointMode`: `preferred`, `disabled` or `required`.
    pub account_id_endpoint_mode: &'static str,
    /// The settings that only this service has.
    pub(crate) client_params: &'a [(&'static str, Document)],
}

impl<'a> BuiltIns<'a> {
    /// A setting that only this service has
    /// ([`clientContextParams`](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-clientcontextparams-trait)),
    /// by its name in the model. Default: none.
    pub fn client_param(&self, name: &str) -> Option<&'a Document> {
        let found = self.client_params.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value)
    }
}

/// What the runtime needs to know about one operation.
#[derive(Debug)]
pub struct OperationMetadata {
    /// The operation's name, such as `DisconnectCustomKeyStore`.
    pub name: &'static str,
    /// The value of `X-Amz-Target`, such as `TrentService.DisconnectCustomKeyStore`.
    pub target: &'static str,
    /// The service the operation belongs to.
    pub service: &'static Service,
}

/// One operation of a service; implemented by generated code only.
pub trait Operation: 'static {
    /// What the caller sends.
    type Input: Debug + Send + Sync + 'static;
    /// What the caller gets.
    type Output: Debug + Send + Sync + 'static;
    /// What the service can answer instead; it knows which of its kinds the model marks with the `retryable` trait.
    type Error: std::error::Error
        + ProvideErrorMetadata
        + ProvideErrorKind
        + CreateUnhandledError
        + Send
        + Sync
        + 'static;
    /// The operation's name and its like.
    const METADATA: &'static OperationMetadata;
    /// What the model asks of its calls beyond what all calls have. Default: nothing.
    const DEMANDS: &'static Demands = &Demands::NONE;

    /// Fills the idempotency tokens that are not set. Default: there are none.
    #[inline]
    fn complete(_input: &mut Self::Input, _token: &dyn Fn() -> String) {}

    /// What the input changes of the address that is called. Default: nothing.
    ///
    /// # Errors
    ///
    /// A member that is a part of the address is missing or cannot be one.
    #[inline]
    fn address(_input: &Self::Input) -> Result<Option<Address>, BoxError> {
        Ok(None)
    }

    /// Adds what the endpoint rules ask of the input and of the operation to the parameters that the client's settings
    /// give. Default: nothing.
    ///
    /// # Errors
    ///
    /// A member that the endpoint depends on is required, and missing or empty.
    #[inline]
    fn endpoint_params(
        _input: &Self::Input,
        _params: &mut endpoint::EndpointResolverParams,
    ) -> Result<(), BoxError> {
        Ok(())
    }

    /// Writes the input as one JSON object.
    fn write_input(input: &Self::Input, writer: &mut json::Writer);

    /// Reads the output from the body of a 2xx answer; an empty body counts as `{}`.
    ///
    /// # Errors
    ///
    /// The body is not JSON, or a member has another type than the model says.
    fn read_output(body: &[u8], request_id: Option<String>) -> Result<Self::Output, json::Error>;

    /// Reads the error from any other answer. It cannot fail: what is not understood is an unhandled error.
    fn read_error(response: ErrorResponse<'_>) -> Self::Error;
}
