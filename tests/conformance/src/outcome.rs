//! What comes of a call, in words that do not depend on the crate that made it.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use std::fmt::Debug;
use std::pin::Pin;

/// A call of one operation with one input.
#[derive(Debug)]
pub struct Call<Client> {
    /// The operation, as the model writes it.
    pub operation: &'static str,
    /// What the input holds.
    pub name: &'static str,
    /// Whether no map in the input has several entries, so that all is sent in one order.
    pub ordered: bool,
    /// Makes the call.
    pub send: fn(&Client) -> Pin<Box<dyn Future<Output = Outcome>>>,
}

/// A member that only one of the clients has, and that is in no call.
#[derive(Debug)]
pub struct LeftOut {
    /// Its address in the model.
    pub member: &'static str,
    /// Its name in Rust.
    pub field: &'static str,
    /// Why it is left out.
    pub why: &'static str,
}

impl LeftOut {
    /// The `Debug` text of a structure without this member.
    pub fn cut_from(&self, debug: &str) -> String {
        debug.replace(&format!(", {}: None", self.field), "")
    }
}

/// What came of a call.
#[derive(Debug, PartialEq)]
pub struct Outcome {
    /// `Debug` of the input.
    pub input: String,
    /// What was answered.
    pub result: Result<Output, Failure>,
}

/// What an output says.
#[derive(Debug, PartialEq)]
pub struct Output {
    /// `Debug` of it.
    pub debug: String,
    /// The id of the request.
    pub request_id: Option<String>,
    /// `Debug` of what each getter gives.
    pub members: Vec<(&'static str, String)>,
}

/// What an error says.
#[derive(Debug, Default, PartialEq)]
pub struct Failure {
    /// `Debug` of the operation's own error, where the model declares it: others may hold the fault that reading ended
    /// with, and each crate has faults of its own.
    pub debug: Option<String>,
    /// The variant of `SdkError`.
    pub kind: String,
    /// The status of the answer.
    pub status: Option<u16>,
    /// The variant of the operation's error.
    pub variant: String,
    /// The variant of the error of all operations.
    pub of_all_operations: String,
    /// The error's code.
    pub code: Option<String>,
    /// The error's message.
    pub message: Option<String>,
    /// The id of the request.
    pub request_id: Option<String>,
    /// What each `is_...` answers.
    pub is: Vec<(&'static str, bool)>,
}

impl Failure {
    /// What can be seen before the service's own error is taken out.
    pub fn of_call<E: Debug>(error: &SdkError<E, HttpResponse>) -> Self {
        Self {
            kind: variant(error),
            status: error.raw_response().map(|answer| answer.status().as_u16()),
            ..Self::default()
        }
    }

    /// Adds what the operation's own error says.
    pub fn look_at<E: Debug + ProvideErrorMetadata>(
        &mut self,
        error: &E,
        is: Vec<(&'static str, bool)>,
    ) {
        self.variant = variant(error);
        self.debug = (self.variant != "Unhandled").then(|| format!("{error:?}"));
        self.code = error.code().map(String::from);
        self.message = error.message().map(String::from);
        self.is = is;
    }
}

/// The name of an enum's variant, as `Debug` writes it.
pub fn variant(value: &impl Debug) -> String {
    let text = format!("{value:?}");
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    text[..end.unwrap_or(text.len())].to_owned()
}
