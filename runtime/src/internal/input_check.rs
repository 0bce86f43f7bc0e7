//! Inputs that are checked before they are sent, where a client is set to.

use crate::error::BoxError;
use crate::internal::Address;
use crate::internal::call::Written;
use crate::internal::run::Run;
use std::fmt;

/// How much of what the model asks of an input is checked before anything is sent.
///
/// The service checks all of it, and may by now allow more than the model from which a client was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputValidation {
    /// That every member is set which the model marks as
    /// [required](https://smithy.io/2.0/spec/type-refinement-traits.html#required-trait), those of structures inside the
    /// input too.
    RequiredMembers,
    /// That, and the [constraints](https://smithy.io/2.0/spec/constraint-traits.html) of the model: lengths (of text in
    /// characters, of blobs in bytes, of lists and maps in entries), ranges, patterns, and items that must differ. Any value
    /// of an enum is let through, as a service may know more of them than a model.
    AllConstraints,
}

/// Checks the input of the named operation, in JSON.
type Check = fn(InputValidation, &'static str, &[u8]) -> Result<(), BoxError>;

/// The check that a client does; the tables it goes by are in generated code, so that programs without it have none.
#[derive(Clone, Copy)]
pub struct InputCheck {
    level: InputValidation,
    check: Check,
}

impl InputCheck {
    /// A check by what generated code knows.
    pub fn new(level: InputValidation, check: Check) -> Self {
        Self { level, check }
    }

    /// How much is checked.
    pub fn level(&self) -> InputValidation {
        self.level
    }
}

impl fmt::Debug for InputCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.level.fmt(f)
    }
}

impl Run<'_> {
    /// Holds what is written against the settings, and against the model where the client is set to.
    pub(super) fn check(&self, written: &Written) -> Result<(), BoxError> {
        if let Some(Address::Discovered(wanted)) = &written.address {
            wanted.check(self.plan)?;
        }
        match self.plan.settings.input_check() {
            None => Ok(()),
            Some(check) => (check.check)(check.level, self.operation.name, &written.body),
        }
    }

    /// Why an input is refused from which no endpoint can be found: where inputs are checked, all that is wrong with it.
    pub(super) fn refusal(
        &self,
        error: BoxError,
        write: impl FnOnce() -> Result<Written, BoxError>,
    ) -> BoxError {
        if self.plan.settings.input_check().is_none() {
            return error;
        }
        let checked = write().and_then(|written| self.check(&written));
        checked.err().unwrap_or(error)
    }
}
