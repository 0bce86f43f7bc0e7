//! What the error enums of generated code hold.

use crate::error::{BoxError, ErrorMetadata, ProvideErrorMetadata};
use crate::internal::error_head::STATUS;
use std::error::Error;
use std::fmt;

/// What a variant of a generated error enum holds: an error that the model describes, or [`Unhandled`].
pub trait Fault: Error + ProvideErrorMetadata {
    /// The name of the variant, which is that of the type.
    fn variant(&self) -> &'static str;
}

impl dyn Fault {
    /// Writes the variant around this, as a derived `Debug` does.
    ///
    /// # Errors
    ///
    /// Where `f` cannot be written to.
    pub fn debug_variant(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple(self.variant()).field(&self).finish()
    }

    /// The source of the enum around this: an error that the model describes is one itself, [`Unhandled`] has one.
    pub fn source_of_variant(&self) -> Option<&(dyn Error + 'static)> {
        let error: &(dyn Error + 'static) = self;
        match error.downcast_ref::<Unhandled>() {
            Some(unhandled) => unhandled.source(),
            None => Some(error),
        }
    }
}

/// Writes an error that the model describes, as its `Display`: its name, then what the service says is wrong.
///
/// # Errors
///
/// Where `f` cannot be written to.
pub fn display_fault(f: &mut fmt::Formatter<'_>, name: &str, message: Option<&str>) -> fmt::Result {
    f.write_str(name)?;
    match message {
        Some(message) => write!(f, ": {message}"),
        None => Ok(()),
    }
}

/// An error that the model of the service does not describe, or anything else that kept a call from its output.
///
/// What is known about it is told by the error enum around it, through [`ProvideErrorMetadata`].
#[derive(Debug)]
pub struct Unhandled {
    source: BoxError,
    meta: ErrorMetadata,
}

impl Unhandled {
    /// Keeps `source`, with what the service said about it.
    pub fn new(source: impl Into<BoxError>, meta: ErrorMetadata) -> Self {
        Self {
            source: source.into(),
            meta,
        }
    }
}

impl From<ErrorMetadata> for Unhandled {
    fn from(meta: ErrorMetadata) -> Self {
        Self::new(meta.clone(), meta)
    }
}

impl ProvideErrorMetadata for Unhandled {
    fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }
}

impl Fault for Unhandled {
    fn variant(&self) -> &'static str {
        "Unhandled"
    }
}

impl Error for Unhandled {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

/// Code and message where the service gave them, the status where an answer has no code, else the whole chain of sources:
/// the first of them alone is often no more than "dispatch failure".
impl fmt::Display for Unhandled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.meta.extra(STATUS);
        match (self.meta.code(), self.meta.message()) {
            (Some(code), Some(message)) => write!(f, "{code}: {message}"),
            (Some(code), None) => f.write_str(code),
            (None, message) if status.is_some() => {
                let status = status.unwrap_or_default();
                write!(f, "HTTP status {status} without an error code")?;
                message.map_or(Ok(()), |message| write!(f, ": {message}"))
            }
            (None, Some(message)) => write!(f, "error without a code: {message}"),
            (None, None) => {
                f.write_str("unhandled error")?;
                let mut source = Error::source(self);
                while let Some(error) = source {
                    write!(f, ": {error}")?;
                    source = error.source();
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{ConnectorError, SdkError};

    #[test]
    fn code_and_message_are_shown() {
        let meta = |code: Option<&str>, message: Option<&str>| {
            let mut builder = ErrorMetadata::builder();
            if let Some(code) = code {
                builder = builder.code(code);
            }
            if let Some(message) = message {
                builder = builder.message(message);
            }
            Unhandled::from(builder.build()).to_string()
        };
        assert_eq!(meta(Some("A"), Some("m")), "A: m");
        assert_eq!(meta(Some("A"), None), "A");
        assert_eq!(meta(None, Some("m")), "error without a code: m");
    }

    #[test]
    fn without_a_code_the_status_is_shown() {
        let meta = || ErrorMetadata::builder().custom(STATUS, "503");
        let shown = |meta: ErrorMetadata| Unhandled::from(meta).to_string();
        let status = "HTTP status 503 without an error code";
        assert_eq!(shown(meta().build()), status);
        assert_eq!(
            shown(meta().message("busy").build()),
            format!("{status}: busy")
        );
    }

    #[test]
    fn without_either_the_sources_are_shown() {
        let refused = ConnectorError::io("connection refused".into());
        let failure = SdkError::<Unhandled, ()>::dispatch_failure(refused);
        let error = Unhandled::new(failure, ErrorMetadata::default());
        assert_eq!(
            error.to_string(),
            "unhandled error: dispatch failure: io error: connection refused"
        );
    }
}
