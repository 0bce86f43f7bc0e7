//! A request refused: the HTTP status, the error's type and its message, as AWS JSON carries them.

use serde_json::{Value, json};

/// Why a request was not served.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Refusal {
    /// An error with status 400: all modelled errors of the six operations but `KMSInternalException`, and, as is the way
    /// of services that speak AWS JSON, refused signatures too.
    pub(crate) fn client(code: &'static str, message: impl Into<String>) -> Self {
        Self::with_status(400, code, message)
    }

    pub(crate) fn with_status(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    /// Input that breaks a constraint of the model, or a rule between members.
    pub(crate) fn validation(message: impl Into<String>) -> Self {
        Self::client("ValidationException", message)
    }

    /// A body that is not the JSON the operation's input has.
    pub(crate) fn serialization(message: impl Into<String>) -> Self {
        Self::client("SerializationException", message)
    }

    /// A request that names nothing this service does.
    pub(crate) fn unknown_operation(status: u16, message: impl Into<String>) -> Self {
        Self::with_status(status, "UnknownOperationException", message)
    }

    pub(crate) fn body(&self) -> Value {
        json!({ "__type": self.code, "message": self.message })
    }
}
