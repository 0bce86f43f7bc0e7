//! What generated code says about its service and about each operation.

use crate::config::AuthSchemeOptionResolverParams;
use crate::error::{BoxError, CreateUnhandledError, ErrorKind, ProvideErrorMetadata};
use crate::internal::ErrorResponse;
use crate::{endpoint, json};
use std::fmt::Debug;

/// What holds for all calls to one service; a generated crate has one, as a `static`.
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
    /// The model's endpoint rules; asked once a client, when the user set no resolver.
    pub resolve_endpoint: fn(&BuiltIns<'_>) -> Result<endpoint::Endpoint, BoxError>,
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
    /// The error codes that the model marks with the `retryable` trait.
    pub retryable: &'static [(&'static str, ErrorKind)],
}

/// One operation of a service; implemented by generated code only.
pub trait Operation: 'static {
    /// What the caller sends.
    type Input: Debug + Send + Sync + 'static;
    /// What the caller gets.
    type Output: Debug + Send + Sync + 'static;
    /// What the service can answer instead.
    type Error: std::error::Error
        + ProvideErrorMetadata
        + CreateUnhandledError
        + Send
        + Sync
        + 'static;
    /// The operation's name and its like.
    const METADATA: &'static OperationMetadata;

    /// Writes the input as one JSON object.
    fn write_input(input: &Self::Input, writer: &mut json::Writer);

    /// Reads the output from the body of a 2xx answer; an empty body counts as `{}`.
    ///
    /// # Errors
    ///
    /// The body is not JSON, or a member has another type than the model says.
    fn read_output(body: &[u8], request_id: Option<&str>) -> Result<Self::Output, json::Error>;

    /// Reads the error from any other answer. It cannot fail: what is not understood is an unhandled error.
    fn read_error(response: ErrorResponse<'_>) -> Self::Error;
}
