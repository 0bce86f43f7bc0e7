//! The seam between one operation's types and the code that is the same for all operations.

use crate::endpoint::EndpointResolverParams;
use crate::error::{
    BoxError, BuildError, CreateUnhandledError, ErrorKind, ProvideErrorKind, ProvideErrorMetadata,
    RequestId, SdkError,
};
use crate::http::HttpResponse;
use crate::internal::token::token;
use crate::internal::{
    Address, Demands, ErrorResponse, Handle, Operation, OperationMetadata, SettingsBuilder, invoke,
};
use crate::json::Writer;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use bytes::Bytes;
use std::fmt;

/// Room for the inputs of most calls, so that writing one allocates once.
const BODY_CAPACITY: usize = 256;

const NO_INPUT: &str = "the input was sent already";
const WRONG_INPUT: &str = "an interceptor replaced the input by one of another type";

/// Calls an operation.
///
/// This is the one function that is compiled for every operation, so it does nothing but hold the types. It takes what
/// building the input gave, failed or not, so that its callers need not ask.
///
/// # Errors
///
/// As [`SdkError`] says: the input could not be built or written, the request not be sent, the call took too long, the answer
/// could not be received, or the service answered with an error.
pub async fn send<O: Operation>(
    client: &Handle,
    overrides: Option<&SettingsBuilder>,
    input: Result<O::Input, BuildError>,
) -> Result<O::Output, SdkError<O::Error, HttpResponse>> {
    let mut input = input?;
    O::complete(&mut input, &|| token(client, overrides));
    let mut call = TypedCall::<O> {
        input: Some(input),
        result: None,
    };
    match invoke::invoke(client, overrides, &mut call).await {
        Ok(Outcome::InCall) => call.take_output(),
        Ok(Outcome::Erased(output)) => output.downcast().ok(),
        Err(error) => return Err(error.map_service_error(|fault| call.take_error(fault))),
    }
    // Interceptors can replace the output, and the official types cannot hold them to its type.
    .ok_or_else(|| SdkError::construction_failure(WrongType))
}

/// An interceptor put a value of another type in place of the output or of the error.
#[derive(Debug)]
struct WrongType;

impl fmt::Display for WrongType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "an interceptor replaced the output or the error of the call by one of another type",
        )
    }
}

impl std::error::Error for WrongType {}

/// Where the output of a successful call is.
pub(super) enum Outcome {
    InCall,
    Erased(Output),
}

/// Where the error that the service answered is.
#[derive(Debug)]
pub(super) enum Fault {
    InCall,
    Erased(Error),
}

/// A call that ended without an output.
pub(super) type Failure = SdkError<Fault, HttpResponse>;

/// What an input becomes.
pub(super) struct Written {
    /// The input as JSON.
    pub(super) body: Bytes,
    /// What it changes of the address.
    pub(super) address: Option<Address>,
}

/// What a call can do without its types being known.
pub(super) trait Call: Send {
    fn metadata(&self) -> &'static OperationMetadata;
    fn demands(&self) -> &'static Demands;
    /// What the input becomes; it fails when a value cannot be written, or cannot be a part of the address.
    fn write(&self) -> Result<Written, BoxError>;
    /// The same from where interceptors had it; it also fails when one replaced the input by another type.
    fn write_erased(&self, input: &Input) -> Result<Written, BoxError>;
    /// Adds what the endpoint rules ask of the input; it fails when that is missing.
    fn endpoint_params(&self, params: &mut EndpointResolverParams) -> Result<(), BoxError>;
    /// The same from where interceptors have it.
    fn erased_endpoint_params(
        &self,
        input: &Input,
        params: &mut EndpointResolverParams,
    ) -> Result<(), BoxError>;
    fn erase_input(&mut self) -> Option<Input>;
    /// Reads the answer and keeps what it says; whether it is an output.
    fn read(&mut self, response: &HttpResponse) -> bool;
    /// What was read last.
    fn erase_result(&mut self) -> Option<Result<Output, Error>>;
    /// What the error that was read last says about itself.
    fn error(&self) -> About<'_>;
    fn about_erased<'a>(&self, error: &'a Error) -> About<'a>;
}

/// What an error of the service says about another attempt.
#[derive(Clone, Copy, Default)]
pub(super) struct About<'a> {
    pub(super) code: Option<&'a str>,
    /// What the model's `retryable` trait says.
    pub(super) retryable: Option<ErrorKind>,
}

fn about<E: ProvideErrorMetadata + ProvideErrorKind>(error: &E) -> About<'_> {
    About {
        code: error.meta().code(),
        retryable: error.retryable_error_kind(),
    }
}

struct TypedCall<O: Operation> {
    input: Option<O::Input>,
    result: Option<Result<O::Output, O::Error>>,
}

impl<O: Operation> TypedCall<O> {
    fn take_output(&mut self) -> Option<O::Output> {
        self.result.take()?.ok()
    }

    fn take_error(&mut self, fault: Fault) -> O::Error {
        let error = match fault {
            Fault::InCall => self.result.take().and_then(Result::err),
            Fault::Erased(error) => error.downcast().ok(),
        };
        error.unwrap_or_else(|| O::Error::create_unhandled_error(Box::new(WrongType), None))
    }
}

fn write<O: Operation>(input: &O::Input) -> Result<Written, BoxError> {
    let address = O::address(input)?;
    let mut writer = Writer::with_capacity(BODY_CAPACITY);
    O::write_input(input, &mut writer);
    match writer.failure() {
        Some(error) => Err(error.clone().into()),
        None => Ok(Written {
            body: writer.into_body(),
            address,
        }),
    }
}

impl<O: Operation> Call for TypedCall<O> {
    fn metadata(&self) -> &'static OperationMetadata {
        O::METADATA
    }

    fn demands(&self) -> &'static Demands {
        O::DEMANDS
    }

    fn write(&self) -> Result<Written, BoxError> {
        write::<O>(self.input.as_ref().ok_or(NO_INPUT)?)
    }

    fn write_erased(&self, input: &Input) -> Result<Written, BoxError> {
        write::<O>(input.downcast_ref().ok_or(WRONG_INPUT)?)
    }

    fn endpoint_params(&self, params: &mut EndpointResolverParams) -> Result<(), BoxError> {
        O::endpoint_params(self.input.as_ref().ok_or(NO_INPUT)?, params)
    }

    fn erased_endpoint_params(
        &self,
        input: &Input,
        params: &mut EndpointResolverParams,
    ) -> Result<(), BoxError> {
        O::endpoint_params(input.downcast_ref().ok_or(WRONG_INPUT)?, params)
    }

    fn erase_input(&mut self) -> Option<Input> {
        self.input.take().map(Input::erase)
    }

    fn read(&mut self, response: &HttpResponse) -> bool {
        let body = response.body().bytes().unwrap_or_default();
        let result = if response.status().is_success() {
            // The service did its work, so an output that cannot be read must not look like one that can be asked again.
            O::read_output(body, response.headers().request_id().map(String::from))
                .map_err(|error| O::Error::create_unhandled_error(Box::new(error), None))
        } else {
            let query_compatible = O::METADATA.service.query_compatible;
            let response = ErrorResponse::new(response, body, query_compatible);
            Err(O::read_error(response))
        };
        let read = result.is_ok();
        self.result = Some(result);
        read
    }

    fn erase_result(&mut self) -> Option<Result<Output, Error>> {
        self.result
            .take()
            .map(|result| result.map(Output::erase).map_err(Error::erase))
    }

    fn error(&self) -> About<'_> {
        match &self.result {
            Some(Err(error)) => about(error),
            _ => About::default(),
        }
    }

    fn about_erased<'a>(&self, error: &'a Error) -> About<'a> {
        error
            .downcast_ref::<O::Error>()
            .map(about)
            .unwrap_or_default()
    }
}
